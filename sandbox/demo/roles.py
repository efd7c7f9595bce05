"""The supervisor's side of the product's processes: started, started again, killed, armed, told the time."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

log = logging.getLogger(__name__)

ROLES = ("web", "bot", "lanes", "clock", "bridge")
POINTS = ("after_append", "after_send", "after_answer", "after_outcome", "after_spool")
ACK_S_MAX = 5.0
STOP_S_MAX = 1.5
SHORT_LIFE_S = 5.0
PAUSES_S = (0.0, 0.0, 0.2, 0.5, 1.0, 2.0)
"""Before the next start, by the number of short lives in a row."""

Message = dict[str, Any]


class Template:
    """A process that has imported what its roles need, and forks them."""

    def __init__(self, roles: Iterable[str], log_file: str) -> None:
        self._roles = ",".join(roles)
        self._log_file = log_file
        self._turn = asyncio.Lock()
        self._stopped = False
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def start(self) -> None:
        """Begin importing; returns at once."""
        ours, theirs = socket.socketpair()
        with open(self._log_file, "ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-m", "sandbox.demo.child", "--role", self._roles, "--channel", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A session of its own: Ctrl-C in the terminal is for the supervisor, which then stops all in order.
                start_new_session=True,
            )
        theirs.close()
        self._line = ours

    async def fork(self, role: str) -> socket.socket:
        """A fresh process of a role; answers our end of its channel. Waits while the template still imports."""
        async with self._turn:
            ours, theirs = socket.socketpair()
            with theirs:
                try:
                    await asyncio.to_thread(self._ask, role, theirs.fileno())
                except OSError:
                    if self._stopped:
                        raise
                    # Somebody ended the template itself; the roles that it forked live on.
                    log.warning("the template of %s has to be started again", self._roles)
                    self._end()
                    self.start()
                    await asyncio.to_thread(self._ask, role, theirs.fileno())
            return ours

    def _ask(self, role: str, descriptor: int) -> None:
        if self._line is None:
            raise ConnectionError("the template is stopped")
        socket.send_fds(self._line, [role.encode()], [descriptor])
        if not self._line.recv(1):
            raise ConnectionError("the template ended")

    def stop(self) -> None:
        """End it for good. The processes that it forked are not its affair any more."""
        self._stopped = True
        self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)
            self._line.close()
            self._line = None


class Role:
    """One role of the product, kept running."""

    def __init__(
        self, name: str, template: Template, first: Callable[[], Message], died: Callable[[Role], None]
    ) -> None:
        self.name = name
        self.pid: int | None = None
        self.starts = 0
        self.armed: str | None = None
        self._template = template
        self._first = first
        self._died = died
        self._writer: asyncio.StreamWriter | None = None
        self._told = asyncio.Event()
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._number = 0
        self._stopping = False

    @property
    def up(self) -> bool:
        """Whether a process of this role listens to us."""
        return self.pid is not None

    async def keep(self) -> None:
        """Start it, and again whenever it ends, until `stop`."""
        short_lives = 0
        while not self._stopping:
            begun = time.monotonic()
            try:
                await self._live()
            except OSError:
                log.exception("%s could not be started", self.name)
            if self._stopping:
                return
            short_lives = short_lives + 1 if time.monotonic() - begun < SHORT_LIFE_S else 0
            self._died(self)
            await asyncio.sleep(PAUSES_S[min(short_lives, len(PAUSES_S) - 1)])

    async def come_up(self, after: int) -> None:
        """Returns once a start later than number `after` listens."""
        while not (self.starts > after and self.up):
            self._told.clear()
            await self._told.wait()

    async def tell(self, message: Message) -> None:
        """Returns when the process has obeyed; one that is not there or ends meanwhile learns it at its next start."""
        if self._writer is None:
            return
        self._number += 1
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[self._number] = done
        self._send({**message, "number": self._number})
        try:
            async with asyncio.timeout(ACK_S_MAX):
                await done
        except TimeoutError:
            log.warning("%s does not answer", self.name)
        finally:
            self._waiting.pop(self._number, None)

    async def arm(self, point: str | None) -> None:
        """From the answer on the process dies at this point, once."""
        self.armed = point
        await self.tell({"arm": point})

    def kill(self) -> None:
        """As `kill -9`; the restart follows by itself."""
        # Only while its channel is open: a number that the kernel gave to another process must not be hit.
        if self.pid is not None and self._writer is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    async def stop(self) -> None:
        """Ask it to end, and kill it if it takes too long."""
        self._stopping = True
        self._send({"stop": True})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_S_MAX):
                while self._writer is not None:
                    self._told.clear()
                    await self._told.wait()
        self.kill()

    async def _live(self) -> None:
        line = await self._template.fork(self.name)
        reader, self._writer = await asyncio.open_connection(sock=line)
        self.starts += 1
        self._send({**self._first(), "arm": self.armed})
        try:
            while (text := await reader.readline()).endswith(b"\n"):
                self._hear(json.loads(text))
        except ConnectionError:
            pass  # it ended in the middle of a word
        finally:
            self._gone()

    def _hear(self, message: Message) -> None:
        if "pid" in message:
            self.pid = message["pid"]
            self._told.set()
        elif (waiting := self._waiting.get(message.get("done", 0))) is not None and not waiting.done():
            waiting.set_result(None)

    def _gone(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._writer = self.pid = None
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(None)
        self._told.set()

    def _send(self, message: Message) -> None:
        if self._writer is not None and not self._writer.is_closing():
            self._writer.write(json.dumps(message).encode() + b"\n")


class Roles:
    """All of them. Armed as `all`, the first that passes the point takes the others with it, as a power cut does."""

    def __init__(self, templates: dict[str, Template], first: Callable[[str], Message]) -> None:
        self._together = False
        self._keeping: list[asyncio.Task[None]] = []
        self.changed: Callable[[], None] = lambda: None
        self.by_name = {name: Role(name, templates[name], self._first_of(name, first), self._died) for name in ROLES}

    def start(self) -> None:
        """Start every role; the slowest to import is asked for first."""
        self._keeping = [asyncio.create_task(role.keep(), name=role.name) for role in self.by_name.values()]

    def named(self, name: str) -> list[Role]:
        """One role or `all`."""
        return list(self.by_name.values()) if name == "all" else [self.by_name[name]]

    async def set_offset(self, offset_s: float) -> None:
        """Returns when every process that runs has the clock's new offset."""
        await asyncio.gather(*(role.tell({"offset_s": offset_s}) for role in self.by_name.values()))

    async def arm(self, name: str, point: str | None) -> None:
        """Arm one role or all; `None` disarms."""
        self._together = name == "all" and point is not None
        await asyncio.gather(*(role.arm(point) for role in self.named(name)))

    async def kill(self, name: str) -> None:
        """Kill and return when those killed are there again."""
        killed = self.named(name)
        # One that is on its way up is not there to be killed; that start is the one to wait for.
        after = [role.starts if role.up else role.starts - 1 for role in killed]
        for role in killed:
            role.kill()
        await asyncio.gather(*(role.come_up(start) for role, start in zip(killed, after, strict=True)))

    async def stop(self) -> None:
        """Stop all of them."""
        await asyncio.gather(*(role.stop() for role in self.by_name.values()))
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)

    def _first_of(self, name: str, first: Callable[[str], Message]) -> Callable[[], Message]:
        return lambda: first(name)

    def _died(self, role: Role) -> None:
        """A role ended by itself, at an armed point or by our hand."""
        log.info("%s ended and is started again", role.name)
        if role.armed is not None:
            role.armed = None
            if self._together:
                self._together = False
                for other in self.by_name.values():
                    other.armed = None
                    other.kill()
        self.changed()
