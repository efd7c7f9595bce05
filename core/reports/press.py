"""Where files are made for download: in threads beside the event loop, a few at a time, without holding a month."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeVar

from core.domain.view import DocumentView
from core.errors import Refused
from core.reports.tally import Books, Control
from core.usecases.archives import Archives, Chapter, FrozenRow, Life
from core.usecases.exports import Exports, Extract, Page

AT_ONCE_MAX = 2

log = logging.getLogger(__name__)


class Sink(Protocol):
    """One format: bytes as soon as there are any. Every call comes from one thread at a time, :meth:`close` last.

    A sink with ``whole_shifts`` is given the documents of cut shifts too, also those outside of the period.
    """

    whole_shifts: bool

    def begin(self) -> bytes: ...

    def documents(self, views: list[DocumentView]) -> bytes: ...

    def end(self, control: Control) -> Iterator[bytes]: ...

    def close(self) -> None: ...


class Chapters(Protocol):
    """An archive on its way: the same for rows that are frozen for ever."""

    def begin(self) -> bytes: ...

    def write(self, chapter: Chapter, rows: list[FrozenRow]) -> bytes: ...

    def end(self) -> Iterator[bytes]: ...

    def close(self) -> None: ...


class Closing(Protocol):
    """What leaves something behind if it is not closed."""

    def close(self) -> None: ...


Made = TypeVar("Made", bound=Closing)
Told = Callable[[int], None]
"""Hears how many documents or rows are written."""


def untold(_count: int) -> None:
    """Nobody waits for the figures."""


class Press:
    """Makes files for one process; who comes when all places are taken is refused with ``EXPORT_BUSY``."""

    def __init__(self, exports: Exports, archives: Archives, at_once_max: int = AT_ONCE_MAX) -> None:
        self._exports = exports
        self._archives = archives
        self._places = threading.BoundedSemaphore(at_once_max)

    async def stream(self, extract: Extract, make: Callable[[], Sink], told: Told = untold) -> AsyncIterator[bytes]:
        """The file of a period, piece by piece; raises ``BrokenJournal`` where it would tell what is not so."""
        async with self._place(make) as (sink, do):
            books, written = Books(extract), 0
            if begun := await do(sink.begin):
                yield begun
            async for page in self._exports.pages(extract):
                if piece := await do(_read, sink, books, page):
                    yield piece
                written += page.count
                told(written)
            control = await do(books.finish)
            if not control.agrees:
                log.error("the export of %s does not agree with its reports", extract.registration.register_id)
            pieces = await do(sink.end, control)
            while (piece := await do(next, pieces, b"")) != b"":
                yield piece

    async def archive(self, life: Life, make: Callable[[], Chapters], told: Told = untold) -> AsyncIterator[bytes]:
        """A register's archive, piece by piece."""
        async with self._place(make) as (bundle, do):
            written = 0
            yield await do(bundle.begin)
            async for chapter, rows in self._archives.pages(life):
                if piece := await do(bundle.write, chapter, rows):
                    yield piece
                written += len(rows)
                told(written)
            pieces = await do(bundle.end)
            while (piece := await do(next, pieces, b"")) != b"":
                yield piece

    @asynccontextmanager
    async def _place(self, make: Callable[[], Made]) -> AsyncIterator[tuple[Made, Callable[..., Awaitable[Any]]]]:
        """A place with a thread of its own; free again once the thread has cleaned up, also for who went away."""
        if not self._places.acquire(blocking=False):
            raise Refused("EXPORT_BUSY")
        thread = ThreadPoolExecutor(1, "export")
        made: Made | None = None

        async def do(act: Callable[..., Any], *arguments: Any) -> Any:
            return await asyncio.get_running_loop().run_in_executor(thread, act, *arguments)

        try:
            made = await do(make)
            yield made, do
        finally:
            cleaned = thread.submit(_clean, made)
            cleaned.add_done_callback(self._free)
            thread.shutdown(wait=False)
            await asyncio.shield(asyncio.wrap_future(cleaned))

    def _free(self, cleaned: Future[None]) -> None:
        self._places.release()
        if (error := cleaned.exception()) is not None:
            log.error("what an export left could not be cleaned up", exc_info=error)


def _read(sink: Sink, books: Books, page: Page) -> bytes:
    views = page.read()
    within = books.read(views)
    return sink.documents(views if sink.whole_shifts else within)


def _clean(made: Closing | None) -> None:
    if made is not None:
        made.close()
