"""The API's description (OpenAPI): bodies, answers and examples of every call."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web import requests
from web.api.answered import REF, name_rate_headers, rate_headers, sent_events
from web.api.hook_shapes import HOOK_ANSWERS, WebhookBody
from web.api.pack_shapes import Pack
from web.api.schemas import ANSWERS

BODIES: tuple[type[BaseModel], ...] = (
    requests.BridgeBody,
    requests.CheckLinkBody,
    requests.CloseBody,
    requests.PatchBody,
    requests.PlacementBody,
    requests.QuoteTextBody,
    requests.QuoteTicketBody,
    requests.ResolveBody,
    requests.TicketBody,
    WebhookBody,
)
ALL_ANSWERS: tuple[type[BaseModel], ...] = (*ANSWERS, *HOOK_ANSWERS, Pack)

KEY_HEADER: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "1 to 64 printable characters. The same key with the same input answers the same document; "
    "keys are kept for ever, per register, and shared by documents and closes.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[ -~]+$"},
    "example": "order-20261123-0001",
}

_SALE = {
    "kind": "sell",
    "items": [{"name": "Кофе", "price": "800", "quantity": "2"}, {"name": "Нан", "price": "350.00"}],
    "payments": [{"type": "cash", "sum": "1950.00"}],
    "taken": "2000",
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "TicketBody": {
        "sale": {"summary": "A sale for cash", "value": _SALE},
        "return": {
            "summary": "A return of one line of receipt 1",
            "value": {
                "kind": "sell_return",
                "items": [{"name": "Нан", "price": "350.00"}],
                "payments": [{"type": "cash", "sum": "350.00"}],
                "parent": {"document_number": 1},
            },
        },
    },
    "PlacementBody": {"deposit": {"summary": "Cash in", "value": {"kind": "deposit", "sum": "5000.00"}}},
    "QuoteTicketBody": {
        "ticket": {
            "summary": "A ticket",
            "value": {
                "register_id": "0b0b8b5e-7a3b-4a57-9c49-0d8a0f3f7a11",
                "kind": "sell",
                "items": _SALE["items"],
            },
        }
    },
    "QuoteTextBody": {
        "text": {
            "summary": "A sale as written in the chat",
            "value": {
                "register_id": "0b0b8b5e-7a3b-4a57-9c49-0d8a0f3f7a11",
                "text": "2 кофе 800, нан 350, нал 2000",
            },
        }
    },
    "BridgeBody": {"code": {"summary": "The code that the bridge shows", "value": {"code": "48217 30551"}}},
    "WebhookBody": {
        "webhook": {
            "summary": "Told of every registered document",
            "value": {"url": "https://shop.example.kz/tiyn", "events": ["document.registered", "shift.closed"]},
        }
    },
    "CheckLinkBody": {
        "link": {
            "summary": "A check link",
            "value": {
                "url": "https://consumer.oofd.kz/?i=123456789012&f=010101234567&s=100.00&t=20260305T140709"
            },
        }
    },
    "PatchBody": {"title": {"summary": "Another title", "value": {"title": "Кофейня у вокзала"}}},
    "CloseBody": {"close": {"summary": "Close, leave the cash", "value": {"withdraw_cash": False}}},
    "ResolveBody": {
        "retry": {"summary": "Try again", "value": {"resolution": "retry", "reason": "Настройки исправлены"}}
    },
}


def takes(*models: str, parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The body of a call, as one of these shapes, for ``openapi_extra``."""
    schemas = [{"$ref": REF.format(model=model)} for model in models]
    content = {
        "schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas},
        "examples": {name: example for model in models for name, example in EXAMPLES[model].items()},
    }
    described: dict[str, Any] = {"requestBody": {"required": True, "content": {"application/json": content}}}
    return described if parameters is None else {**described, "parameters": parameters}


def install_description(app: FastAPI) -> None:
    """Replace the framework's description by one that knows our own bodies and answers."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title="Tiyn",
        version=app.version,
        summary="A fiscal cash register for Kazakhstan",
        description="Money is a decimal text in tenge, quantity and percent a decimal text with up to three places; "
        "times are ISO 8601 at +05:00. A refused request leaves nothing behind.",
        routes=app.routes,
    )
    _, shapes = models_json_schema(
        [*((model, "validation") for model in BODIES), *((model, "serialization") for model in ALL_ANSWERS)],
        ref_template=REF,
    )
    components = found.setdefault("components", {})
    components["schemas"] = shapes["$defs"]
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    components["headers"] = rate_headers()
    name_rate_headers(found["paths"])
    found["webhooks"] = sent_events()
    found["security"] = [{"key": []}]
    return found
