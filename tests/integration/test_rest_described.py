"""The API does what its description says: schemathesis reads the description and attacks a real server by it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from rest_shop import Shop, open_shop, sale

from core.bootstrap import nothing
from core.clock import SystemClock
from core.settings import Settings
from web.service import serve

SEED = os.environ.get("TIYN_DESCRIBED_SEED", "20261125")
EXAMPLES = os.environ.get("TIYN_DESCRIBED_EXAMPLES", "10")
"""Per call; more are worth their time after a change of the API."""
BEYOND_SHAPES = (
    "POST /api/v1/check-links",
    "GET /api/v1/registers/{{register_id}}/export",
    "POST /api/v1/quote",
    "POST /api/v1/registers/{{register_id}}/documents",
    "POST /api/v1/webhooks",
)
"""Calls with rules that no shape tells (sums that add up, links of operators, periods): 422 is an honest answer."""
CONFIGURATION = """
[parameters]
"path.register_id" = "{register_id}"
"path.number" = "2"
"path.shift" = "1"
""" + "".join(
    f"""
[[operations]]
include-name = "{name}"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422"]
"""
    for name in BEYOND_SHAPES
)


async def filled(here: Shop) -> None:
    """Something to be found under the register's addresses."""
    await here.made({"kind": "deposit", "sum": "1000.00"})
    await here.made(sale())
    await here.post("/shift/close", {"withdraw_cash": False})
    await here.made(sale())


async def attacked(address: str, key: str, register_id: str, folder: Path) -> tuple[int, str]:
    """What schemathesis says, and its exit code."""
    configuration = folder / "schemathesis.toml"
    configuration.write_text(CONFIGURATION.format(register_id=register_id))
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(configuration), "run"),
        *(f"{address}/api/v1/openapi.json", "-H", f"Authorization: Bearer {key}", "--seed", SEED),
        *("--max-examples", EXAMPLES, "--phases", "examples,coverage,fuzzing,stateful"),
        *("--generation-database", "none", "--no-color", "--continue-on-failure", "--request-timeout", "20"),
    ]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        told, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return process.returncode or 0, told.decode()


async def test_schemathesis_finds_nothing(database: str, tmp_path: Path) -> None:
    settings = Settings(
        database_url=database, data_dir=tmp_path, web_port=0, api_requests_per_minute=1_000_000, webhook_private=True
    )
    async with open_shop(database, tmp_path, settings=settings) as here:
        await filled(here)
        key = await here.engine.access.new_api_key(here.organisation_id)
        stop, started = asyncio.Event(), asyncio.get_running_loop().create_future()
        server = asyncio.create_task(serve(settings, SystemClock(), nothing, stop=stop, started=started.set_result))
        try:
            code, told = await attacked(await started, key, here.register_id, tmp_path)
        finally:
            stop.set()
            await server
        assert code == 0, told
        calls = sum(len(methods) for methods in here.app.openapi()["paths"].values())
        assert f"{calls} selected / {calls} total" in told
