"""A FastAPI route that thinks nothing: ``python -m sandbox.bench.bare_route PORT FILE`` answers /quote with a JSON.

It takes the same body and gives the same answer in the framework's own way, so what a quote costs beyond it is ours.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel


class Item(BaseModel):
    """A line, its figures taken as they come."""

    name: str
    price: str
    quantity: str = "1"
    unit: str = "796"
    discount_percent: str | None = None


class Ticket(BaseModel):
    """What a quote is asked with."""

    register_id: str
    kind: str
    items: list[Item]


def bare_app(answer: dict[str, Any]) -> FastAPI:
    """The application with its one route."""
    app = FastAPI(openapi_url=None)

    @app.post("/quote")
    async def quote(body: Ticket) -> Any:
        assert body.items
        return answer

    return app


def main() -> None:
    """Serve until SIGTERM."""
    port, answer = int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_bytes())
    uvicorn.run(bare_app(answer), port=port, access_log=False, log_config=None, lifespan="off", ws="none")


if __name__ == "__main__":
    main()
