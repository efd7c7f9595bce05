"""The count of the drawer (пересчёт кассы) at the close of a shift, kept in the close's draft until that is made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.db.chat_rows import DraftRow
from core.db.drawer import DrawerCount

REASON_CHARACTERS_MAX = 120


def close_body(shift: int, expected: int) -> dict[str, Any]:
    """The body of a close's draft before anybody counted; ``expected`` is what the register holds, in tiyn."""
    return {"shift": shift, "expected": expected, "counted": None, "reason": "", "counted_at": None, "count": 0}


def counted_body(body: dict[str, Any], expected: int, counted: int, at: datetime) -> dict[str, Any]:
    """The body with a new count; the reason of an earlier one is not this one's."""
    return {
        **body,
        "expected": expected,
        "counted": counted,
        "reason": "",
        "counted_at": at.isoformat(),
        "count": body["count"] + 1,
    }


def reasoned_body(body: dict[str, Any], reason: str) -> dict[str, Any]:
    """The body with why the drawer differs, in a person's words."""
    return {**body, "reason": reason[:REASON_CHARACTERS_MAX], "count": body["count"] + 1}


def count_of(row: DraftRow, counted_by: str = "") -> DrawerCount | None:
    """The count in a close's draft, if there is one."""
    body = row.body
    if row.kind != "close" or body.get("counted") is None:
        return None
    return DrawerCount(
        shift=body["shift"],
        expected=body["expected"],
        counted=body["counted"],
        reason=body["reason"],
        counted_by=counted_by,
        counted_at=datetime.fromisoformat(body["counted_at"]),
    )


def count_id(row: DraftRow) -> str:
    """The name of this count: the same however often the close is tried, another after the drawer was counted anew."""
    return f"{row.draft_id}:{row.body['count']}"
