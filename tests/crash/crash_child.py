"""Forks one process from a warm one for each run on its standard input, and tells how each ended.

A run does one deed, which may end at a point. Answers a list of ``{status, passed, answer}``: the wait status (9 for
one that was killed), the points that it came to in order, and what the deed was answered with if it lived.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import core.ofd.delivery
from core.bootstrap import open_engine
from core.errors import Refused, UnknownOutcome
from core.settings import Settings
from core.usecases.acts import Made
from tests.crash.deeds import EVERY_DEED
from tests.crash.points import Points, around_database, around_lines
from tests.integration.engine_street import StillClock

ONE_POLL_S = 60
LIFE_S = 90
"""No run is as long; one whose parent and database are gone would wait for ever."""

Run = dict[str, Any]


def clock_of(run: Run) -> StillClock:
    clock = StillClock()
    clock.set_offset(timedelta(seconds=run["offset_s"]))
    assert clock.now() == datetime.fromisoformat(run["now"])
    return clock


def settings_of(run: Run) -> Settings:
    return Settings(
        data_dir=Path(run["folder"]), database_url=run["database"], public_url="http://127.0.0.1:8080", **run["more"]
    )


async def deed(run: Run, points: Points) -> dict[str, Any]:
    """Do it on an engine of this process; what a person would have been told."""
    around_database(points)
    around_lines(points)
    # INFO looks aside for a sale every so often: on a busy machine that would be another number of points each time
    core.ofd.delivery.INFO_POLL_S = ONE_POLL_S
    perform = EVERY_DEED[run["deed"]].perform

    def named(point: str) -> None:
        points.breaks(points.named(point), "passed")

    async with open_engine(settings_of(run), clock_of(run), points=named) as engine:
        # what is heard first empties the caches: before the deed, or at another point each time
        await engine.hints.listening.wait()
        try:
            made = await perform(engine, run["facts"])
        except Refused as refused:
            return {"refused": refused.code}
        except UnknownOutcome:
            return {"unknown": True}
    if isinstance(made, Made):
        return {"number": made.view.document.number, "mark": str(made.view.mark), "created": made.created}
    return {}


def live(run: Run, handle: int, act: Callable[[Run, Points], Any]) -> None:
    """The life of one process; what it says goes down a pipe at once, so that it outlives it."""

    signal.alarm(LIFE_S)

    def told(point: str) -> None:
        os.write(handle, f"{point}\n".encode())

    try:
        answer = asyncio.run(act(run, Points(run["point"], run["how"], told)))
        os.write(handle, b"\0" + json.dumps(answer).encode())
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def fork(run: Run, act: Callable[[Run, Points], Any]) -> tuple[int, int]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        live(run, writing, act)
    os.close(writing)
    return pid, reading


def ended(status: int, reading: int) -> dict[str, Any]:
    with os.fdopen(reading, "rb") as said:
        passed, _, answer = said.read().decode().partition("\0")
    return {"status": status, "passed": passed.splitlines(), "answer": json.loads(answer) if answer else None}


def main() -> None:
    given = json.load(sys.stdin)
    module, _, function = given["act"].partition(":")
    act = deed if module == "" else getattr(importlib.import_module(module), function)
    waiting = list(enumerate(given["runs"]))
    gc.freeze()  # the children share what is warm, and do not copy it by looking through it
    results: dict[int, dict[str, Any]] = {}
    running: dict[int, tuple[int, int]] = {}
    while waiting or running:
        while waiting and len(running) < given["at_once"]:
            place, run = waiting.pop(0)
            pid, reading = fork(run, act)
            running[pid] = (place, reading)
        pid, status = os.wait()
        place, reading = running.pop(pid)
        results[place] = ended(status, reading)
    print(json.dumps([results[place] for place in sorted(results)]))


if __name__ == "__main__":
    main()
