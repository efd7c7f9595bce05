"""`tiyn-bridge`: pairs with a server, prints what it sends, says how it stands, prints a test page."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path

from printer_bridge.bridge import Bridge, serve
from printer_bridge.device import Trouble
from printer_bridge.pairing import NotLetIn, pair
from printer_bridge.ports import EXAMPLES, printer_at
from printer_bridge.profile import PAPERS
from printer_bridge.server import NotPaired, Server, ServerAway
from printer_bridge.settings import SPOOL, Settings, folder_default, load, save
from printer_bridge.spool import SpoolInUse, survey

TITLE_CHARACTERS_MAX = 64
STATES = {
    "ready": "ready",
    "silent": "takes paper, answers no questions",
    "paper_out": "out of paper",
    "cover_open": "its cover is open",
    "off": "switched off or not connected",
    "error": "reports an error",
}


def main() -> None:
    """Reads the command line. A token in TIYN_BRIDGE_TOKEN is not seen by other users of the PC."""
    arguments = _parser().parse_args()
    level = logging.DEBUG if arguments.verbose else logging.INFO
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    acts = {"pair": _pair, "run": _run, "status": _status, "test-page": _test_page}
    try:
        sys.exit(asyncio.run(acts[arguments.act](arguments)))
    except (SpoolInUse, NotLetIn, NotPaired, ServerAway, Trouble, ValueError, OSError) as wrong:
        sys.exit(f"tiyn-bridge: {wrong}")
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tiyn-bridge", description="Prints what a Tiyn server sends.")
    acts = parser.add_subparsers(dest="act", required=True, metavar="pair|run|status|test-page")
    for name, words in (
        ("pair", "show a code for the owner to type in the chat, and keep what the server answers"),
        ("run", "print until told to stop"),
        ("status", "say how server, printer and spool stand; the exit code is 0 if all is well"),
        ("test-page", "print what this printer can do"),
    ):
        act = acts.add_parser(name, help=words)
        act.add_argument("--folder", type=Path, default=folder_default(), help="where the bridge keeps its things")
        act.add_argument("--server", help="address of the server, https://…", required=name == "pair")
        act.add_argument("--printer", help=EXAMPLES, required=name == "pair")
        act.add_argument("--paper", choices=list(PAPERS), help="58 mm, 80 mm, or 80 mm with 512 dots")
        act.add_argument("--drawn", action=argparse.BooleanOptionalAction, help="draw all letters as pictures")
        act.add_argument("--own-qr", action=argparse.BooleanOptionalAction, help="let the printer make QR codes")
        act.add_argument("--cutter", action=argparse.BooleanOptionalAction, help="the printer cuts the paper")
        act.add_argument("--drawer", action=argparse.BooleanOptionalAction, help="a cash drawer hangs on the printer")
        act.add_argument("--logo", help="a picture to print on top of every paper")
        act.add_argument("--verbose", action="store_true", help="say more")
        if name == "pair":
            act.add_argument("--title", default=socket.gethostname(), help="what the owner calls this place")
    return parser


def _settings(arguments: argparse.Namespace) -> Settings:
    """What was kept, with what the command line says otherwise; everything needed may be said there."""
    names = ("server", "printer", "paper", "drawn", "own_qr", "cutter", "drawer", "logo")
    said = {name: value for name in names if (value := getattr(arguments, name)) is not None}
    if token := os.environ.get("TIYN_BRIDGE_TOKEN"):
        said["token"] = token
    if {"server", "printer"} <= set(said) and (arguments.act == "pair" or "token" in said):
        settings = Settings(**said)
    else:
        settings = replace(load(arguments.folder), **said)
    printer_at(settings.printer)
    return settings


async def _pair(arguments: argparse.Namespace) -> int:
    settings = _settings(arguments)
    settings.profile()
    server = Server(settings.server)

    def show(code: str) -> None:
        sys.stdout.write(
            f"\n    {code}\n\n"
            f"Telegram-дағы Tiyn ботына жазыңыз:      принтер {code}\n"
            f"Напишите боту Tiyn в Telegram:          принтер {code}\n"
            f"Write to the Tiyn bot in Telegram:      printer {code}\n\n"
        )
        sys.stdout.flush()

    try:
        token = await pair(server, arguments.title[:TITLE_CHARACTERS_MAX].strip() or "printer", show)
    finally:
        await server.close()
    save(arguments.folder, replace(settings, token=token))
    sys.stdout.write("Қосылды. Подключено. Connected. → tiyn-bridge test-page, tiyn-bridge run\n")
    return 0


async def _run(arguments: argparse.Namespace) -> int:
    settings = _settings(arguments)
    spool = arguments.folder / SPOOL
    await serve(
        settings.server, settings.token, settings.printer, spool, settings.profile(), started=_stop_on_signals
    )
    return 0


async def _status(arguments: argparse.Namespace) -> int:
    settings = _settings(arguments)
    told, paired = await _server_state(settings)
    printer = await printer_at(settings.printer).state()
    spool = survey(arguments.folder / SPOOL)
    broken = f", {spool.broken} files are unreadable and set aside" if spool.broken else ""
    sys.stdout.write(
        f"server   {settings.server}: {told}\n"
        f"printer  {settings.printer}: {STATES.get(printer, printer)}\n"
        f"spool    {spool.waiting} waiting{broken}\n"
    )
    return 0 if paired and printer in ("ready", "silent") and not spool.broken else 1


async def _server_state(settings: Settings) -> tuple[str, bool]:
    server = Server(settings.server, settings.token)
    try:
        return f"paired, prints for {await server.registers()} registers", True
    except (NotPaired, ServerAway) as wrong:
        return str(wrong), False
    finally:
        await server.close()


async def _test_page(arguments: argparse.Namespace) -> int:
    from printer_bridge.trial import trial_page

    settings = _settings(arguments)
    page = trial_page(settings.profile())
    await printer_at(settings.printer).print_paper(page, lambda: None, _say_trouble)
    sys.stdout.write(f"the test page came out of {settings.printer}\n")
    return 0


def _say_trouble(trouble: Trouble) -> None:
    sys.stderr.write(f"tiyn-bridge: {trouble.text}\n")


def _stop_on_signals(bridge: Bridge) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(name, bridge.stop)
        except NotImplementedError:  # Windows: the loop takes no signals
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(bridge.stop))


if __name__ == "__main__":
    main()
