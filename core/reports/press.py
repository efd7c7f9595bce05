"""Where files are made for download: in threads beside the event loop, a few at a time, without holding a month."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from core.domain.view import DocumentView
from core.errors import Refused
from core.reports.tally import Books, Control
from core.usecases.exports import Exports, Extract, Page

AT_ONCE_MAX = 2

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Sink(Protocol):
    """One format: bytes as soon as there are any. Every call comes from one thread at a time, :meth:`close` last.

    A sink with ``whole_shifts`` is given the documents of cut shifts too, also those outside of the period.
    """

    whole_shifts: bool

    def begin(self) -> bytes: ...

    def documents(self, views: list[DocumentView]) -> bytes: ...

    def end(self, control: Control) -> Iterator[bytes]: ...

    def close(self) -> None: ...


class Press:
    """Makes files for one process; who comes when all places are taken is refused with ``EXPORT_BUSY``."""

    def __init__(self, exports: Exports, at_once_max: int = AT_ONCE_MAX) -> None:
        self._exports = exports
        self._places = threading.BoundedSemaphore(at_once_max)

    async def stream(self, extract: Extract, make: Callable[[], Sink]) -> AsyncIterator[bytes]:
        """The file, piece by piece; its place is free again once the thread has cleaned up, also for who went away."""
        if not self._places.acquire(blocking=False):
            raise Refused("EXPORT_BUSY")
        thread = ThreadPoolExecutor(1, "export")
        sink: Sink | None = None
        try:
            sink = await _in(thread, make)
            books = Books(extract)
            if begun := await _in(thread, sink.begin):
                yield begun
            async for page in self._exports.pages(extract):
                piece = await _in(thread, _read, sink, books, page)
                if piece:
                    yield piece
            control = await _in(thread, books.finish)
            if not control.agrees:
                log.error("the export of %s does not agree with its reports", extract.registration.register_id)
            pieces = await _in(thread, sink.end, control)
            while (piece := await _in(thread, next, pieces, b"")) != b"":
                yield piece
        finally:
            cleaned = thread.submit(_clean, sink)
            cleaned.add_done_callback(self._free)
            thread.shutdown(wait=False)
            await asyncio.shield(asyncio.wrap_future(cleaned))

    def _free(self, cleaned: Future[None]) -> None:
        self._places.release()
        if (error := cleaned.exception()) is not None:
            log.error("what an export left could not be cleaned up", exc_info=error)


async def _in(thread: ThreadPoolExecutor, act: Callable[..., Result], *arguments: Any) -> Result:
    return await asyncio.get_running_loop().run_in_executor(thread, act, *arguments)


def _read(sink: Sink, books: Books, page: Page) -> bytes:
    views = page.read()
    within = books.read(views)
    return sink.documents(views if sink.whole_shifts else within)


def _clean(sink: Sink | None) -> None:
    if sink is not None:
        sink.close()
