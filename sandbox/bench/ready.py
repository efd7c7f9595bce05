"""A web server that thinks nothing: ``python -m sandbox.bench.ready PORT FILE`` answers every path with one file.

It is uvicorn on uvloop as the product's is, so what a page costs beyond it is ours.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvicorn


def main() -> None:
    """Serve until SIGTERM."""
    port, body = int(sys.argv[1]), Path(sys.argv[2]).read_bytes()
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]

    async def answer(scope: dict[str, Any], receive: object, send: Callable[[Any], Awaitable[None]]) -> None:
        assert scope["type"] == "http"
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    uvicorn.run(answer, port=port, access_log=False, log_config=None, lifespan="off", ws="none")


if __name__ == "__main__":
    main()
