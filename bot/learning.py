"""What a sale teaches the catalogue, from its news: the sale itself waits for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.desk import Desk
from core.errors import Refused

if TYPE_CHECKING:
    from core.db.queues import NewsItem


async def learn(desk: Desk, item: NewsItem) -> None:
    """Teach the catalogue of this register what this document sold; twice teaches once."""
    try:
        view = await desk.engine.books.document(item.register_id, int(item.facts["number"]))
    except Refused:
        return
    await desk.engine.catalogue.learn(view)
