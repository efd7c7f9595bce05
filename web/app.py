"""The web application: one FastAPI over one engine. Nothing here knows a rule of the trade."""

from __future__ import annotations

import asyncio

from fastapi import FastAPI

from core.bootstrap import Engine
from core.settings import Webhook
from web import bridge, pages
from web.api import bridges, documents, exports, nomenclature, quotes, registers, shifts, webhooks
from web.api.caller import Owners
from web.api.describe import install_description
from web.api.rates import RateHeaders, Rates
from web.pocket.caller import Gates
from web.pocket.routes import pocket_router
from web.problems import install_problems
from web.webhook import webhook_router

API = "/api/v1"


def create_app(engine: Engine, webhook: Webhook | None = None) -> FastAPI:
    """The application that serves this engine, and Telegram's ``webhook`` where the bot does not poll; whoever runs it
    opens and closes the engine.
    """
    app = FastAPI(
        title="Tiyn",
        version="1",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.engine = engine
    app.state.owners = Owners(engine)
    app.state.rates = Rates(engine.settings.api_requests_per_minute, engine.clock.monotonic)
    app.state.gates = Gates(engine)
    app.state.stopping = asyncio.Event()
    app.add_middleware(RateHeaders)
    install_problems(app)
    # quotes are asked for while people type, and an address is looked for in this order
    for room in (quotes, registers, nomenclature, documents, shifts, exports, bridges, webhooks):
        app.include_router(room.router, prefix=API)
    app.include_router(bridge.router)
    app.include_router(pages.router)
    app.include_router(pocket_router())
    if webhook is not None:
        app.include_router(webhook_router(webhook))
    install_description(app)
    return app
