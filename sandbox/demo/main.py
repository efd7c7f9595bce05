"""`tiyn demo`: the supervisor, from an empty folder to READY and back to silence."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

from core.errors import TiynError
from sandbox.demo.control import make_app
from sandbox.demo.state import HOST, PortTaken
from sandbox.demo.street import open_street

LOCK_FILE = "demo.lock"


class FolderInUse(Exception):
    """Another demo runs on this folder."""


def run_demo(*, port: int, data: Path, headless: bool) -> int:
    """Run until Ctrl-C or SIGTERM; the exit status. A second start on the same folder goes on where it stopped."""
    folder = data.expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            (folder / "demo.json").unlink(missing_ok=True)
            logging.basicConfig(filename=folder / "demo.log", level=logging.INFO, force=True, format=_FORMAT)
            _run(_demo(folder, port, headless))
    except (FolderInUse, PortTaken, TiynError, OSError, TimeoutError) as error:
        print(f"tiyn demo: {str(error) or type(error).__name__}", file=sys.stderr)
        return 1
    return 0


_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


async def _demo(folder: Path, port: int, headless: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    working = asyncio.create_task(_serve(folder, port, headless))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working


async def _serve(folder: Path, port: int, headless: bool) -> None:
    if not _is_free(port):
        raise PortTaken(f"port {port} is taken by another program; try: tiyn demo --port {port + 1}")
    print(f"Tiyn · http://{HOST}:{port}/", flush=True)
    async with open_street(folder, port, make_app) as street:
        await street.ready()
        street.write_demo_json()
        print("READY", flush=True)
        if not headless:
            webbrowser.open(f"{street.sandbox_url}/")
        await asyncio.Event().wait()


def _is_free(port: int) -> bool:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError:
            return False
    return True


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """One demo a folder; the kernel lets the lock go however the process ends."""
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderInUse(f"another demo runs on {folder}; give this one another folder: --data DIR") from error
        yield
    finally:
        os.close(descriptor)


def _run(life: Coroutine[Any, Any, None]) -> None:
    try:
        import uvloop
    except ImportError:
        asyncio.run(life)
    else:
        uvloop.run(life)
