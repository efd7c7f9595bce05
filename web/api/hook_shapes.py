"""Shapes of webhooks: what is asked for, what is answered."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from web.api.schemas import Moment, Shape
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


class WebhookMade(Shape):
    id: str
    secret: str


class WebhookShown(Shape):
    id: str
    url: str
    events: list[EventName]
    made_at: Moment


class WebhookList(Shape):
    items: list[WebhookShown]
    next: None


class WebhookDelivery(Shape):
    id: str
    event: EventName
    register_id: str
    at: Moment
    state: Literal["waiting", "delivered", "given_up"]
    attempts: int
    next_try_at: Moment | None
    delivered_at: Moment | None
    status: int | None
    error: Literal["address_forbidden", "timeout", "certificate", "no_connection", "no_answer"] | None


class WebhookDeliveryList(Shape):
    items: list[WebhookDelivery]
    next: None


class WebhookEvent(Shape):
    """What is sent to a webhook. ``data`` is short: whoever wants all of a document reads it by its number."""

    id: str
    event: EventName
    register_id: str
    at: Moment
    data: dict[str, Any]


HOOK_ANSWERS: tuple[type[Shape], ...] = (WebhookDeliveryList, WebhookEvent, WebhookList, WebhookMade)
