"""A process of the product that can be killed at any await, suspended and thawed, as a kernel does it.

Every task that is made inside a process runs behind a :class:`Mortal`: once its process is dead it is never resumed,
so no ``finally`` and no ``except`` of it runs.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any

CURRENT: ContextVar[Process | None] = ContextVar("process", default=None)


class Killed(BaseException):
    """Somebody waited for a task of a process that was killed."""


class Process:
    """One process: its tasks, whether it lives, whether it runs."""

    def __init__(self, name: str, loop: asyncio.AbstractEventLoop) -> None:
        self.name = name
        self.is_dead = False
        self.is_suspended = False
        # the number of resumptions until it dies; None while nobody wants it dead
        self.dies_in: int | None = None
        self.died: asyncio.Future[None] = loop.create_future()
        self.disturbed_at = -1.0
        self.tasks: set[Mortal] = set()
        self._loop = loop
        self._held: list[asyncio.Future[None]] = []

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run ``work`` as a task of this process."""
        token = CURRENT.set(self)
        try:
            return self._loop.create_task(work)
        finally:
            CURRENT.reset(token)

    async def wait_for(self, work: Coroutine[Any, Any, Any]) -> Any:
        """The result of ``work`` inside this process; raises :class:`Killed` when the process ends before."""
        task = self.start(work)
        await asyncio.wait({task, self.died}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Killed
        return task.result()

    def kill(self) -> None:
        """End it here, as kill -9 would."""
        if not self.is_dead:
            self.is_dead = True
            self.died.set_result(None)

    def suspend(self) -> None:
        """Give it no processor until :meth:`resume`."""
        self.is_suspended = True
        self.disturbed_at = self._loop.time()

    def resume(self) -> None:
        """It goes on where it stood and does not know that time has passed."""
        self.is_suspended = False
        self.disturbed_at = self._loop.time()
        held, self._held = self._held, []
        for one in held:
            if not one.done():
                one.set_result(None)

    def step(self) -> None:
        """One resumption of one task."""
        if self.dies_in is not None:
            self.dies_in -= 1
            if self.dies_in <= 0:
                self.kill()

    def hold(self) -> asyncio.Future[None]:
        """What a resumption waits for while the process is suspended."""
        future = self._loop.create_future()
        self._held.append(future)
        return future

    def bury(self) -> None:
        """After the end of its world: close what is still open, and let nothing of it be heard."""
        self.is_dead = True
        for task in list(self.tasks):
            task.bury()


class Mortal(Coroutine[Any, Any, Any]):
    """A coroutine that its process may stop resuming."""

    def __init__(self, process: Process, inner: Coroutine[Any, Any, Any]) -> None:
        self._process = process
        self._inner = inner
        self._held: Callable[[], Any] | None = None
        process.tasks.add(self)

    def send(self, value: Any) -> Any:
        return self._step(lambda: self._inner.send(value))

    def throw(self, kind: Any, value: Any = None, traceback: Any = None) -> Any:
        error = kind if value is None else value
        return self._step(lambda: self._inner.throw(error), replaces=True)

    def close(self) -> None:
        self._inner.close()

    def __await__(self) -> Any:
        raise AssertionError("a task's coroutine is driven by its task alone")

    def bury(self) -> None:
        with contextlib.suppress(BaseException):
            self._inner.close()

    def _step(self, resume: Callable[[], Any], *, replaces: bool = False) -> Any:
        process = self._process
        process.step()
        if process.is_dead:
            return _blocking(asyncio.get_running_loop().create_future())
        if process.is_suspended:
            if self._held is None or replaces:
                self._held = resume
            return _blocking(process.hold())
        if self._held is not None and not replaces:
            resume = self._held
        self._held = None
        try:
            return resume()
        except BaseException:
            process.tasks.discard(self)
            raise


def _blocking(future: asyncio.Future[None]) -> asyncio.Future[None]:
    """A future as ``await`` hands it to the task that drives it."""
    future._asyncio_future_blocking = True
    return future


def make_task(loop: asyncio.AbstractEventLoop, work: Any, **named: Any) -> asyncio.Task[Any]:
    """The loop's task factory: what a process starts belongs to it."""
    process = CURRENT.get()
    if process is None:
        return asyncio.Task(work, loop=loop, **named)
    task: asyncio.Task[Any] = asyncio.Task(Mortal(process, work), loop=loop, **named)
    task._log_destroy_pending = False  # type: ignore[attr-defined]
    return task
