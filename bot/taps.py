"""Drafts that change by taps: each tap is applied once, and their one message may move down the chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.db.chat_rows import DraftRow

if TYPE_CHECKING:
    from bot.desk import Desk

APPLIED_KEPT = 50
EDITS_MAX = 20
ANSWER_AGE_MAX = timedelta(minutes=15)
"""So long a written number or name is taken for the answer to what a draft asked."""

ChangeBody = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


async def changed_body(desk: Desk, row: DraftRow, origin: str, change: ChangeBody) -> DraftRow:
    """The draft after this change, once for each origin; as it is when it is not open or was so changed before."""
    for _ in range(EDITS_MAX):
        applied = list(row.body["applied"])
        if row.state != "open" or origin in applied:
            return row
        after = {**await change(row.body), "applied": [*applied, origin][-APPLIED_KEPT:]}
        edited = await desk.store.taps.edit(row, after, desk.clock.now())
        if edited is not None:
            return edited
        again = await desk.store.draft(row.draft_id)
        assert again is not None, "a draft is not forgotten while it is pressed"
        row = again
    return row
