"""Telegram's pushes: an update is stored before it is acknowledged; the bot's process is woken and handles it."""

from __future__ import annotations

import hmac
import logging

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from core.db.chat import UPDATE_TOPIC, ChatStore
from core.db.chat_rows import update_row
from core.settings import Webhook
from web.api.caller import engine_of
from web.json_body import read_json
from web.problems import KeyNeeded

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105


def webhook_router(webhook: Webhook) -> APIRouter:
    """The one address that Telegram was told; it takes POST only."""
    router = APIRouter(include_in_schema=False)

    async def pushed(request: Request) -> Response:
        """Nothing of the body is read without the secret. Anything but 2xx makes Telegram push again."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), webhook.secret.encode()):
            raise KeyNeeded
        engine, body = engine_of(request), await read_json(request)
        row = update_row(body)
        if row is None:
            # it would come again and again for ever, and there is nothing to know it by
            log.warning("Telegram pushed something without a number")
            return Response(status_code=204)
        if await ChatStore(engine.database).take_in([row]):
            await engine.database.hint(UPDATE_TOPIC)
        return Response(status_code=204)

    router.add_api_route(webhook.path, pushed, methods=["POST"])
    return router
