"""A process of the product under the demo's hand: `python -m sandbox.demo.child --role …` starts a *template*.

A template imports its rooms once and then forks a fresh process for each start of a role, because importing the bot
alone takes seconds and a process that was killed should be back at once. The fork gets a channel of JSON lines from
the supervisor: first its settings, then the clock's offset and the points to die at. When the channel ends, so does
the process: nobody is left behind by a supervisor that was killed.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import importlib
import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import IO, Any, NoReturn

Points = Callable[[str], None]
Message = dict[str, Any]

ROOMS: dict[str, tuple[str, ...]] = {
    "web": ("web.service", "web.app"),
    "bot": ("bot.service",),
    "lanes": ("core.service",),
    "clock": ("core.service",),
    "bridge": ("printer_bridge.bridge",),
}
FORK_REQUEST_BYTES = 64
TAKEN = b"+"
PR_SET_PDEATHSIG = 1


class Channel:
    """The line to the supervisor, read by a thread of its own so that it is heard while the event loop is busy."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._reader: IO[bytes] = line.makefile("rb")
        self._writing = threading.Lock()
        self.armed: str | None = None

    def first(self) -> Message:
        """What the process is to be; blocks."""
        return self._next()

    def listen(self, on_offset: Callable[[timedelta, int], None], on_stop: Callable[[], object]) -> None:
        """Obey from now on."""
        threading.Thread(target=self._obey, args=(on_offset, on_stop), daemon=True).start()

    def tell(self, message: Message) -> None:
        """One line to the supervisor; it may be gone."""
        with self._writing:
            try:
                self._line.sendall(json.dumps(message).encode() + b"\n")
            except OSError:
                leave()

    def done(self, number: int) -> None:
        """What was asked under this number holds now."""
        self.tell({"done": number})

    def points(self, name: str) -> None:
        """The kill points: at the armed one the process ends as `kill -9` would end it."""
        if name == self.armed:
            os.kill(os.getpid(), signal.SIGKILL)

    def _next(self) -> Message:
        line = self._reader.readline()
        if not line.endswith(b"\n"):
            leave()
        message: Message = json.loads(line)
        return message

    def _obey(self, on_offset: Callable[[timedelta, int], None], on_stop: Callable[[], object]) -> None:
        while True:
            message = self._next()
            if "arm" in message:
                self.armed = message["arm"]
                self.done(message["number"])
            elif "offset_s" in message:
                on_offset(timedelta(seconds=message["offset_s"]), message["number"])
            elif "stop" in message:
                on_stop()


def leave() -> NoReturn:
    """End at once: whoever started this process is gone."""
    os._exit(0)


def main() -> None:
    """The template: import, then fork whenever asked."""
    parser = argparse.ArgumentParser(prog="sandbox.demo.child", description="A process of the demo.")
    parser.add_argument("--role", required=True, help="the roles whose rooms to import, with commas between")
    parser.add_argument("--channel", required=True, type=int, help="the inherited socket to the supervisor")
    arguments = parser.parse_args()
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel collects the forks
    requests = socket.socket(fileno=arguments.channel)
    for role in arguments.role.split(","):
        for room in ROOMS[role]:
            importlib.import_module(room)
    while True:
        asked, descriptors, _, _ = socket.recv_fds(requests, FORK_REQUEST_BYTES, 1)
        if not asked:
            return
        if os.fork() == 0:
            requests.close()
            become(asked.decode(), socket.socket(fileno=descriptors[0]))
        os.close(descriptors[0])
        requests.sendall(TAKEN)


def die_with_parent() -> None:
    """Where the kernel can: end when the supervisor ends, also in the middle of an import."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def become(role: str, line: socket.socket) -> NoReturn:
    """A fork's life as a role; never returns into the template."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        channel = Channel(line)
        settings = channel.first()
        log_to(Path(settings["log"]))
        os.environ.update(settings["environment"])
        run(live(role, channel, settings))
        status = 0
    except BaseException:
        logging.getLogger(__name__).exception("%s ended", role)
    finally:
        logging.shutdown()
        os._exit(status)


def log_to(path: Path) -> None:
    """What the process says goes to its own file, from the first file descriptor on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    for noisy in ("httpx", "httpcore", "aiogram.event"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def run(life: Coroutine[Any, Any, None]) -> None:
    """On uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(life)
    else:
        uvloop.run(life)


async def live(role: str, channel: Channel, settings: Message) -> None:
    """Serve until told to stop, on the demo's clock and with its kill points."""
    from core.clock import MovableClock

    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    clock = MovableClock(timedelta(seconds=settings["offset_s"]))
    channel.armed = settings["arm"]

    def move(offset: timedelta, number: int) -> None:
        loop.call_soon_threadsafe(clock.set_offset, offset)
        loop.call_soon_threadsafe(channel.done, number)

    channel.listen(move, lambda: loop.call_soon_threadsafe(stop.set))
    channel.tell({"pid": os.getpid()})
    if role == "bridge":
        await serve_bridge(settings, channel.points, stop)
    else:
        await serve(role, clock, channel.points, stop)


def serve(role: str, clock: Any, points: Points, stop: asyncio.Event) -> Awaitable[None]:
    """The very function that production serves this role with."""
    from core.settings import Settings

    service = importlib.import_module(ROOMS[role][0])
    function = getattr(service, "serve" if role in ("web", "bot") else f"serve_{role}")
    serving: Awaitable[None] = function(Settings(), clock, points, stop=stop)
    return serving


async def serve_bridge(settings: Message, points: Points, stop: asyncio.Event) -> None:
    """The printer bridge, as on a shop's computer; it knows no settings of the server."""
    from printer_bridge.bridge import Bridge
    from printer_bridge.bridge import serve as serve_printer

    stopping: list[asyncio.Task[None]] = []

    async def stop_it(bridge: Bridge) -> None:
        await stop.wait()
        bridge.stop()

    bridge = settings["bridge"]
    await serve_printer(
        bridge["server"],
        bridge["token"],
        bridge["printer"],
        Path(bridge["spool"]),
        points=points,
        started=lambda one: stopping.append(asyncio.create_task(stop_it(one))),
    )


if __name__ == "__main__":
    main()
