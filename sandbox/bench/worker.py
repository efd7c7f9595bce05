"""A lane worker in a process of its own, so that its memory can be seen: ``python -m sandbox.bench.worker JSON``."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from core.bootstrap import open_engine
from core.service import LaneWorker, yield_to_sales
from core.settings import Settings
from sandbox.bench.ground import BenchClock


async def serve(told: dict[str, Any]) -> None:
    """Serve until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = Settings(data_dir=Path(told["data_dir"]), database_url=told["database_url"])
    clock = BenchClock(timedelta(seconds=told["offset_s"]))
    async with open_engine(settings, clock, role="lanes") as engine:
        await LaneWorker(engine).run(stop)


def main() -> None:
    """What the parent told stands in the only argument."""
    told = json.loads(sys.argv[1])
    yield_to_sales()
    try:
        import uvloop
    except ImportError:
        asyncio.run(serve(told))
    else:
        uvloop.run(serve(told))


if __name__ == "__main__":
    main()
