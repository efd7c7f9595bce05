"""The command line of Tiyn. It opens a room only when a command needs it, so `--help` stays instant."""

from __future__ import annotations

import asyncio
import importlib
import json
import signal
import sys
from collections.abc import Callable, Coroutine
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from core.settings import Settings

app = typer.Typer(
    name="tiyn",
    help="Tiyn: a fiscal cash register that lives in a chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
wire = typer.Typer(help="Read and write frames of the OFD protocol.", no_args_is_help=True)
app.add_typer(wire, name="wire")


class Role(StrEnum):
    """What one process does; `all` does everything in one."""

    ALL = "all"
    BOT = "bot"
    WEB = "web"
    LANES = "lanes"
    CLOCK = "clock"


# Each is `async def serve(settings, clock, points, *, stop)`, which ends when `stop` is set.
SERVICES = {
    Role.WEB: "web.service:serve",
    Role.BOT: "bot.service:serve",
    Role.LANES: "core.service:serve_lanes",
    Role.CLOCK: "core.service:serve_clock",
}


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the demo's page.")] = 8080,
    data: Annotated[Path, typer.Option(help="Folder that keeps everything.")] = Path("data/demo"),
    headless: Annotated[bool, typer.Option(help="Do not open a browser.")] = False,
) -> None:
    """Start a whole street to try it on: register, chat, printer and OFD on this machine."""
    from sandbox.demo.main import run_demo

    raise typer.Exit(run_demo(port=port, data=data, headless=headless))


@app.command()
def run(role: Annotated[Role, typer.Option(help="What this process does.")] = Role.ALL) -> None:
    """Serve: the bot, the pages, the delivery to the OFD, the clock."""
    from core.db.embedded import database
    from core.settings import Settings

    settings = Settings()
    with database(settings) as url:
        if role is Role.LANES:  # and not the database, if this process has just started it
            from core.service import yield_to_sales

            yield_to_sales()
        ready = settings.model_copy(update={"database_url": url})
        _run_fast(_serve(list(SERVICES) if role is Role.ALL else [role], ready))


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    from core.db.embedded import database
    from core.db.migrate import upgrade
    from core.settings import Settings

    with database(Settings()) as url:
        upgrade(url)


@app.command()
def recount() -> None:
    """Count the statistics again from the journals; the journals themselves stay as they are."""
    from core.clock import SystemClock
    from core.db.embedded import database
    from core.service import recount as count_again
    from core.settings import Settings

    settings = Settings()
    with database(settings) as url:
        ready = settings.model_copy(update={"database_url": url})
        registers = asyncio.run(count_again(ready, SystemClock()))
        typer.echo(f"{registers} registers counted")


@app.command()
def verify() -> None:
    """Walk every chain and fold every journal; exit 1 at the first document that does not hold."""
    from core.checks.verify import verify_database
    from core.db.embedded import database
    from core.settings import Settings

    with database(Settings()) as url:
        raise typer.Exit(verify_database(url, sys.stdout))


@app.command()
def bench(
    part: Annotated[list[str] | None, typer.Argument(help="Which parts; all of them if none is named.")] = None,
    quick: Annotated[bool, typer.Option(help="Much smaller amounts, within 40 s.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="File for the figures.")] = None,
) -> None:
    """Measure every figure beside its limit, in one run on this machine."""
    from sandbox.bench.main import run_bench

    raise typer.Exit(run_bench(part or [], quick=quick, json_file=json_file, out=sys.stdout))


@wire.command("decode")
def wire_decode(
    frame: Annotated[str, typer.Argument(metavar="HEX", help="One frame.")],
    response: Annotated[bool, typer.Option("--response", help="The frame is the OFD's answer.")] = False,
) -> None:
    """Print one frame as JSON."""
    from core.ofd.wire_json import decode_hex

    _answer(lambda: json.dumps(decode_hex(frame, response=response), ensure_ascii=False, indent=2))


@wire.command("encode")
def wire_encode() -> None:
    """Print the frame, in hexadecimal, of such JSON on standard input."""
    from core.ofd.wire_json import encode_json

    text = sys.stdin.read()
    _answer(lambda: encode_json(json.loads(text)).hex())


def _run_fast(life: Coroutine[Any, Any, None]) -> None:
    """On uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(life)
    else:
        uvloop.run(life)


async def _serve(roles: list[Role], settings: Settings) -> None:
    """Every role in one event loop until Ctrl-C, SIGTERM or the first that fails."""
    from core.bootstrap import nothing
    from core.clock import SystemClock

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with asyncio.TaskGroup() as group:
        for role in roles:
            module, _, function = SERVICES[role].partition(":")
            serve = getattr(importlib.import_module(module), function)
            group.create_task(serve(settings, SystemClock(), nothing, stop=stop), name=role)


def _answer(call: Callable[[], str]) -> None:
    """Print what the call answers; a frame or text that cannot be read is one line and exit 1."""
    from core.ofd.frame import FrameError

    try:
        typer.echo(call())
    except (FrameError, ValueError) as error:
        typer.echo(f"tiyn: {' '.join(str(error).split())}", err=True)
        raise typer.Exit(1) from error


def main() -> None:
    from core.errors import TiynError

    try:
        app()
    except TiynError as error:
        sys.exit(f"tiyn: {error}")
    except ValueError as error:
        sys.exit(_wrong_settings(error))


def _wrong_settings(error: ValueError) -> str:
    """A line for each setting that cannot be; any other error is raised again."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError) or error.title != "Settings":
        raise error
    return "\n".join(f"tiyn: {_setting(one['loc'])}{one['msg']}" for one in error.errors())


def _setting(place: tuple[int | str, ...]) -> str:
    """The environment variable that is wrong, before what is wrong with it."""
    return f"TIYN_{str(place[0]).upper()}: " if place else ""


if __name__ == "__main__":
    main()
