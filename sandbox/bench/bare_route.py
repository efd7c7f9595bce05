"""A FastAPI route that thinks nothing: ``python -m sandbox.bench.bare_route PORT FILE`` answers /quote with a JSON.

It reads the body and writes the answer as the product does, so what a quote costs beyond it is ours.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse


def main() -> None:
    """Serve until SIGTERM."""
    port, answer = int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_bytes())
    app = FastAPI(openapi_url=None)

    @app.post("/quote")
    async def quote(body: dict[str, Any]) -> JSONResponse:
        assert body
        return JSONResponse(answer)

    uvicorn.run(app, port=port, access_log=False, log_config=None, lifespan="off", ws="none")


if __name__ == "__main__":
    main()
