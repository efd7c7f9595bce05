"""What calls answer, for the API's description: shapes with examples, problems in their words, headers, webhooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.errors import Refused
from core.texts import LANGUAGE_DEFAULT
from web.api.rates import Rate, TooManyRequests
from web.problems import KeyNeeded, problem_body

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REF = "#/components/schemas/{model}"
_HEADER = "#/components/headers/{name}"
_ONE: dict[str, Any] = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))
_LISTS = {
    "BridgeList": "BridgeShape",
    "DocumentList": "Document",
    "RegisterList": "Register",
    "ShiftList": "Shift",
    "WebhookDeliveryList": "WebhookDelivery",
    "WebhookList": "WebhookShown",
}
ANSWER_EXAMPLES: dict[str, Any] = {
    **_ONE,
    **{name: {"items": [_ONE[one]], "next": None} for name, one in _LISTS.items()},
    "DocumentLayout": {"document": _ONE["Document"], "layout": _ONE["LayoutShape"]},
}
"""Answers as they came from a register of the sandbox; long ones are shortened."""

_REFUSALS: dict[int, Refused] = {
    401: KeyNeeded(),
    403: Refused("FORBIDDEN"),
    404: Refused("NOT_FOUND"),
    422: Refused("VALIDATION", field="items.0.price", reason="figure"),
    429: TooManyRequests(Rate(limit=6000, remaining=0, reset_s=60, wait_s=1)),
}
_PROBLEMS = {status: problem_body(LANGUAGE_DEFAULT, one) for status, one in _REFUSALS.items()}
_RATE_HEADERS = {
    "RateLimit-Limit": "How many requests this key may make in a minute; absent where nothing is limited.",
    "RateLimit-Remaining": "How many of them are left.",
    "RateLimit-Reset": "In how many seconds all of them are there again.",
}
_RETRY_AFTER = {"description": "In how many seconds the same request may be sent again.", "schema": {"type": "integer"}}
_SIGNED = {
    "Tiyn-Event": ("The event.", "document.registered"),
    "Tiyn-Event-Id": (
        "The same with every attempt: whoever has seen it answers 2xx and does nothing.",
        _ONE["WebhookEvent"]["id"],
    ),
    "Tiyn-Signature": (
        "`t=` seconds since 1970, `,v1=` HMAC-SHA256 in hexadecimal, with the webhook's secret, over those seconds, "
        "a point and the body's bytes.",
        f"t=1763870400,v1={'0' * 64}",
    ),
}


def answers(
    model: str | None = None,
    *,
    created: bool = False,
    made: bool = False,
    media: str | None = None,
    empty: bool = False,
) -> dict[int | str, Any]:
    """What a call answers: the shape, a file of the ``media`` type or nothing, and a problem for everything else.

    ``created`` is for calls with an idempotency key, ``made`` for those that always make something new.
    """
    content = {media or "application/json": _file(media) if media is not None else _shape(model or "")}
    described: dict[int | str, Any] = {200: {"description": "As asked.", "content": content}}
    if empty:
        described = {204: {"description": "Done."}}
    if made:
        described = {201: {"description": "Made now.", "content": content}}
    if created:
        described[200] = {"description": "Made before with the same key.", "content": content}
        described[201] = {"description": "Made now.", "content": content}
    for status, body in _PROBLEMS.items():
        described[status] = _problem(body)
    described[429]["headers"] = {"Retry-After": _RETRY_AFTER}
    return {**described, "default": _problem()}


def pack_answers() -> dict[int | str, Any]:
    """What an export answers: one of several files."""
    described = answers("Pack")
    described[200]["content"] |= {WORKBOOK: _file(WORKBOOK), "text/csv": _file("text/csv")}
    return described


def rate_headers() -> dict[str, Any]:
    """The headers that every answer to a known key bears, for ``components``."""
    return {
        name: {"description": words, "schema": {"type": "integer", "minimum": 0}}
        for name, words in _RATE_HEADERS.items()
    }


def name_rate_headers(paths: dict[str, Any]) -> None:
    """Name those headers with each answer but 401, whose caller is nobody."""
    named = {name: {"$ref": _HEADER.format(name=name)} for name in _RATE_HEADERS}
    for calls in paths.values():
        for call in calls.values():
            for status, answer in call["responses"].items():
                if status not in ("401", "default"):
                    answer["headers"] = {**answer.get("headers", {}), **named}


def sent_events() -> dict[str, Any]:
    """What is sent to webhooks, as OpenAPI describes it."""
    body = {"schema": {"$ref": REF.format(model="WebhookEvent")}, "example": _ONE["WebhookEvent"]}
    header = {"in": "header", "required": True, "schema": {"type": "string"}}
    headers = [
        {"name": name, **header, "description": words, "example": one} for name, (words, one) in _SIGNED.items()
    ]
    call = {
        "summary": "An event of a register, signed; in order for each register, until taken or a day old",
        "security": [],
        "parameters": headers,
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "2XX": {"description": "Taken."},
            "default": {"description": "Anything else, a redirect too, or nothing within 10 s: sent again later."},
        },
    }
    return {"event": {"post": call}}


def _shape(model: str) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": REF.format(model=model)}}
    if model in ANSWER_EXAMPLES:
        content["example"] = ANSWER_EXAMPLES[model]
    return content


def _file(media: str) -> dict[str, Any]:
    text = {"type": "string"}
    return {"schema": text if media.startswith("text/") else {**text, "format": "binary"}}


def _problem(example: dict[str, Any] | None = None) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": REF.format(model="ProblemShape")}}
    if example is not None:
        content["example"] = example
    return {"description": "Refused; nothing was made.", "content": {"application/problem+json": content}}
