"""The printer bridge for one job: its files, server and printer are pointed; it ends once the printing is told."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from printer_bridge.bridge import Bridge
from printer_bridge.device import TcpPrinter
from printer_bridge.server import Server
from printer_bridge.spool import Entry, Spool
from tests.crash.points import Points, around_files, around_lines, around_method
from tests.integration.printer_shop import QUICK, TOKEN


async def serve(run: dict[str, Any], points: Points) -> dict[str, Any]:
    around_files(points)
    around_lines(points)
    around_method(points, Server, "jobs", lambda _server: "Server.jobs")
    around_method(points, Server, "tell", lambda _server, _job, what, _body: f"Server.tell {what}")
    facts = run["facts"]

    def named(point: str) -> None:
        points.breaks(points.named(point), "passed")

    spool = Spool(Path(facts["folder"]))
    server = Server(f"http://127.0.0.1:{facts['server_port']}", TOKEN)
    bridge = Bridge(server, TcpPrinter("127.0.0.1", facts["printer_port"], QUICK), spool, points=named)
    told = spool.told

    def and_stop(entry: Entry) -> None:
        told(entry)
        asyncio.get_running_loop().call_soon(bridge.stop)

    spool.told = and_stop  # type: ignore[method-assign]
    await bridge.run()
    await server.close()
    spool.close()
    return {}
