"""One file made in a process of its own, so that its memory can be seen: ``python -m sandbox.bench.packer JSON``."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

from core.archive.bundle import Bundle
from core.bootstrap import Engine, open_engine
from core.clock import SystemClock
from core.reports.formats import sink_maker
from core.reports.words import Words
from core.settings import Settings
from core.usecases.exports import Period
from sandbox.bench.processes import resident_mib

ARCHIVE = "archive"


async def pack(told: dict[str, Any], out: Path) -> dict[str, float]:
    """Seconds, MiB at the most and bytes of the file that the parent asked for."""
    settings = Settings(data_dir=Path(told["data_dir"]), database_url=told["database_url"])
    async with open_engine(settings, SystemClock(), role="bench") as engine:
        begun, size = time.perf_counter(), 0
        with out.open("wb") as file:
            async for piece in await _pieces(engine, told):
                size += len(piece)
                file.write(piece)
        seconds = time.perf_counter() - begun
    return {"seconds": seconds, "mib": resident_mib(os.getpid(), peak=True), "bytes": size}


async def _pieces(engine: Engine, told: dict[str, Any]) -> AsyncIterator[bytes]:
    if told["form"] == ARCHIVE:
        life = await engine.archives.life(told["register_id"])
        return engine.press.archive(life, lambda: Bundle(life))
    period = Period(date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))
    extract = await engine.exports.extract(told["register_id"], period)
    return engine.press.stream(extract, sink_maker(told["form"], extract, Words("ru")))


def main() -> None:
    """What the parent told stands in the only argument; what came of it is printed."""
    told = json.loads(sys.argv[1])
    sys.stdout.write(json.dumps(asyncio.run(pack(told, Path(told["out"])))))


if __name__ == "__main__":
    main()
