"""Forks one process for each scenario on its standard input; each makes one act and dies at its point by SIGKILL.

Prints how each ended, as a list of wait statuses: 9 for one that was killed, 0 for one that never came to its point.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine_street import StillClock, sale

from core.bootstrap import open_engine
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind
from core.settings import Settings

AT_ONCE_MAX = 4
KEY = "crash"


async def act(scenario: dict[str, Any]) -> None:
    def points(point: str) -> None:
        if point == scenario["point"]:
            os.kill(os.getpid(), signal.SIGKILL)

    settings = Settings(
        data_dir=Path(scenario["folder"]), database_url=scenario["database"], public_url="http://127.0.0.1:8080"
    )
    clock = StillClock()
    clock.set_offset(timedelta(seconds=scenario["offset_s"]))
    assert clock.now() == datetime.fromisoformat(scenario["now"])
    register_id, acts = scenario["register_id"], None
    async with open_engine(settings, clock, points=points) as engine:
        acts = engine.acts
        if scenario["act"] == "close":
            await acts.close_shift(register_id, withdraw_cash=False, key=KEY)
        elif scenario["act"] == "deposit":
            await acts.make(register_id, PlacementInput(Kind.DEPOSIT, 10_000), key=KEY)
        else:
            await acts.make(register_id, sale(), key=KEY)


def fork(scenario: dict[str, Any]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            asyncio.run(act(scenario))
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    return pid


def main() -> None:
    waiting = list(enumerate(json.load(sys.stdin)))
    ended: dict[int, int] = {}
    running: dict[int, int] = {}
    while waiting or running:
        while waiting and len(running) < AT_ONCE_MAX:
            place, scenario = waiting.pop(0)
            running[fork(scenario)] = place
        pid, status = os.wait()
        ended[running.pop(pid)] = status
    print(json.dumps([ended[place] for place in sorted(ended)]))


main()
