"""Numbers in paths and queries: bounded before anything is asked of the database."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from core.errors import Refused
from web.answers import Answer, page

NUMBER_MAX = 2**31 - 1
PAGE_ITEMS_MAX = 1000
PAGE_ITEMS = 50

After = Annotated[int, Query(ge=0, le=NUMBER_MAX, description="Begin after this number.")]
Limit = Annotated[
    int, Query(ge=1, le=NUMBER_MAX, description=f"How many at most; never more than {PAGE_ITEMS_MAX} at once.")
]
ShiftNumber = Annotated[int | None, Query(ge=1, le=NUMBER_MAX, description="Only those of this shift.")]


def path_number(text: str) -> int:
    """A number in a path; what is none names nothing that exists."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(NUMBER_MAX)):
        raise Refused("NOT_FOUND")
    number = int(text)
    if not 1 <= number <= NUMBER_MAX:
        raise Refused("NOT_FOUND")
    return number


def page_size(limit: int) -> int:
    """How many items one page holds, whatever was asked for; ``next`` says that there are more."""
    return min(limit, PAGE_ITEMS_MAX)


def paged(items: list[Answer], limit: int) -> Answer:
    """A page of ``limit`` items out of a list that was asked for with one more."""
    kept = items[:limit]
    return page(kept, kept[-1]["number"] if len(items) > limit else None)
