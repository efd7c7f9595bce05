"""`python -m printer_bridge`: serves one printer until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

from printer_bridge.bridge import Bridge, serve
from printer_bridge.device import TcpPrinter
from printer_bridge.profile import Profile
from printer_bridge.spool import SpoolInUse

DOTS_PER_LETTER = 12


def main() -> None:
    """Reads the command line; a token in TIYN_BRIDGE_TOKEN is not seen by other users of the PC."""
    parser = argparse.ArgumentParser(prog="printer_bridge", description="Prints what a Tiyn server sends.")
    parser.add_argument("--server", required=True, help="address of the server, https://…")
    token = os.environ.get("TIYN_BRIDGE_TOKEN")
    parser.add_argument("--token", default=token, help="this bridge's device token")
    parser.add_argument("--printer", required=True, help="tcp://host:port of the printer")
    parser.add_argument("--spool", required=True, type=Path, help="folder for jobs that are not printed yet")
    parser.add_argument("--width", type=int, default=48, help="letters on a line (48 on 80 mm paper)")
    parser.add_argument("--verbose", action="store_true", help="say more")
    arguments = parser.parse_args()
    if not arguments.token:
        parser.error("--token or TIYN_BRIDGE_TOKEN is needed")
    try:
        profile = Profile(width=arguments.width, width_dots=arguments.width * DOTS_PER_LETTER)
        TcpPrinter.at(arguments.printer)
    except ValueError as wrong:
        parser.error(str(wrong))
    level = logging.DEBUG if arguments.verbose else logging.INFO
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    try:
        asyncio.run(
            serve(
                arguments.server,
                arguments.token,
                arguments.printer,
                arguments.spool,
                profile,
                started=_stop_on_signals,
            )
        )
    except (SpoolInUse, ValueError) as wrong:
        sys.exit(str(wrong))


def _stop_on_signals(bridge: Bridge) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(name, bridge.stop)
        except NotImplementedError:  # Windows: the loop takes no signals
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(bridge.stop))


if __name__ == "__main__":
    main()
