"""Where pictures and PDF files are drawn: in threads beside the event loop, a few at a time, and not without end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

from core.errors import Refused
from core.receipt.blocks import Layout
from core.receipt.pdf import About, render_pdf
from core.receipt.picture import render_picture
from core.receipt.sheet import PaperName

THREADS = 2
WAITING_MAX = 64


class Workshop:
    """Draws for one process. Who comes when ``waiting_max`` drawings wait is refused with ``DRAWING_BUSY``."""

    def __init__(self, threads: int = THREADS, waiting_max: int = WAITING_MAX) -> None:
        self._threads_max = threads
        self._waiting_max = waiting_max
        self._in_hand = 0

    async def pdf(self, layout: Layout, paper: PaperName, about: About) -> bytes:
        """The layout as a PDF file."""
        return await self.draw(lambda: render_pdf(layout, paper, about))

    async def picture(self, layout: Layout, paper: PaperName) -> bytes:
        """The layout as a PNG picture."""
        return await self.draw(lambda: render_picture(layout, paper))

    async def draw(self, act: Callable[[], bytes]) -> bytes:
        """Whatever else is drawn of a receipt. Who asked may go away; the drawing keeps its place until it is done."""
        if self._in_hand >= self._waiting_max:
            raise Refused("DRAWING_BUSY")
        self._in_hand += 1
        done = asyncio.get_running_loop().run_in_executor(self._threads, act)
        done.add_done_callback(self._finished)
        return await asyncio.shield(done)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads_max, "drawing")

    def _finished(self, done: asyncio.Future[bytes]) -> None:
        self._in_hand -= 1
        if not done.cancelled():
            done.exception()


WORKSHOP = Workshop()
"""The one of this process."""
