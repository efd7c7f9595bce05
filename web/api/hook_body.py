"""The body of a new webhook."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from web.requests import Body

EventName = Literal[
    "document.made",
    "document.registered",
    "document.autonomous",
    "document.refused",
    "register.autonomous",
    "register.online",
    "register.blocked",
    "shift.closed",
]


class WebhookBody(Body):
    """Whom to tell of what."""

    url: Annotated[str, Field(min_length=1, max_length=2000, examples=["https://shop.example.kz/tiyn"])]
    events: Annotated[list[EventName], Field(min_length=1, max_length=8)]
