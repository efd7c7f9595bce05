"""The API beside what it stands on: a quote beside a bare FastAPI route, a document beside the engine's own act."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from dataclasses import dataclass
from typing import Any

from sandbox.bench.figures import Figure, at_least, at_most, median
from sandbox.bench.ground import Ground
from sandbox.bench.parts.queue import SALE
from sandbox.bench.processes import free_port, listening, processor_ms

OVER_ENGINE_MS_MAX = 2.0
WARM = 100
AT_ONCE = 4
ITEMS = [
    {"name": "Кофе", "price": "800.00", "quantity": "2"},
    {"name": "Сүт құйма", "price": "1200.00", "quantity": "1.35", "unit": "112"},
    {"name": "Нан", "price": "350.00", "discount_percent": "10"},
]


@dataclass(frozen=True, slots=True)
class Scale:
    """Requests in a round, rounds, and documents that are made either way."""

    requests: int
    rounds: int
    documents: int


class Line:
    """One connection that is kept, as programs keep theirs."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: str) -> None:
        self._reader = reader
        self._writer = writer
        self._key = key

    @classmethod
    async def to(cls, port: int, key: str) -> Line:
        """A connection with the key of the API."""
        return cls(*await asyncio.open_connection("127.0.0.1", port), key)

    async def post(self, path: str, body: dict[str, Any], *headers: str) -> dict[str, Any]:
        """One request and its whole answer."""
        data = json.dumps(body).encode()
        told = (f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json", *headers)
        head = "\r\n".join((*told, f"Authorization: Bearer {self._key}", f"Content-Length: {len(data)}", "", ""))
        self._writer.write(head.encode() + data)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        size = next(int(one[15:]) for one in answer.lower().split(b"\r\n") if one.startswith(b"content-length:"))
        found: dict[str, Any] = json.loads(await self._reader.readexactly(size))
        assert answer.startswith(b"HTTP/1.1 20"), found
        return found

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """Both servers at once, asked in turn, so that a busy machine slows both."""
    priced, own = await ground.register(), await ground.register()
    key = await ground.engine.access.new_api_key(ground.organisation_id)
    port, settings = free_port(), ground.engine.settings
    environment = {
        "DATABASE_URL": ground.url,
        "TIYN_DATA_DIR": str(settings.data_dir),
        "TIYN_WEB_PORT": str(port),
        "TIYN_API_REQUESTS_PER_MINUTE": "0",
    }
    async with listening("tiyn.py", "run", "--role", "web", port=port, **environment) as pid:
        line = await Line.to(port, key)
        figures = [
            *await _quotes(port, pid, key, priced.register_id, scale),
            await _documents(ground, line, priced.register_id, own.register_id, scale),
        ]
        line.close()
    return figures


async def _quotes(own_port: int, own_pid: int, key: str, register_id: str, scale: Scale) -> list[Figure]:
    """Some programs at once on either server, because one alone would mostly wait; and what each server's processor
    does for a request, which does not depend on who else is on the machine.
    """
    body = {"register_id": register_id, "kind": "sell", "items": ITEMS}
    ours = [await Line.to(own_port, key) for _ in range(AT_ONCE)]
    answer = await ours[0].post("/api/v1/quote", body)
    port = free_port()
    with tempfile.NamedTemporaryFile(prefix="tiyn-bench-") as file:
        file.write(json.dumps(answer).encode())
        file.flush()
        async with listening("-m", "sandbox.bench.bare_route", str(port), file.name, port=port) as pid:
            bare = [await Line.to(port, "") for _ in range(AT_ONCE)]
            await _per_s(ours, "/api/v1/quote", body, WARM), await _per_s(bare, "/quote", body, WARM)
            before = processor_ms(own_pid), processor_ms(pid)
            both = [
                (
                    await _per_s(ours, "/api/v1/quote", body, scale.requests),
                    await _per_s(bare, "/quote", body, scale.requests),
                )
                for _ in range(scale.rounds)
            ]
            spent = processor_ms(own_pid) - before[0], processor_ms(pid) - before[1]
            for one in (*ours, *bare):
                one.close()
    rates, limits = [one for one, _ in both], [one for _, one in both]
    asked = scale.rounds * (scale.requests // AT_ONCE) * AT_ONCE
    return [
        Figure("answers: quote", median(rates), "requests/s", median(limits), at_least(0.5), tuple(rates)),
        Figure("answers: quote, processor time", spent[0] / asked, "ms", spent[1] / asked, at_most(3)),
    ]


async def _per_s(lines: list[Line], path: str, body: dict[str, Any], requests: int) -> float:
    async def asks(line: Line) -> None:
        for _ in range(requests // len(lines)):
            await line.post(path, body)

    begun = time.perf_counter()
    await asyncio.gather(*(asks(line) for line in lines))
    return requests / (time.perf_counter() - begun)


async def _documents(ground: Ground, line: Line, over: str, own: str, scale: Scale) -> Figure:
    """The same sale through the API and by the engine alone, each on a register of its own."""
    body = {
        "kind": "sell",
        "items": [{"name": one.name, "price": f"{one.price // 100}"} for one in SALE.items],
        "payments": [{"type": "card", "sum": f"{SALE.items[0].price // 100}"}],
    }
    api_ms, engine_ms = [], []
    for number in range(scale.documents):
        begun = time.perf_counter()
        made = await line.post(f"/api/v1/registers/{over}/documents", body, f"Idempotency-Key: bench-{number}")
        api_ms.append((time.perf_counter() - begun) * 1000)
        assert made["mark"] == "registered", made
        begun = time.perf_counter()
        await ground.engine.acts.make(own, SALE, key=f"bench-{number}")
        engine_ms.append((time.perf_counter() - begun) * 1000)
    over_ms = median(api_ms) - median(engine_ms)
    note = f"{median(api_ms):.2f} ms by the API, {median(engine_ms):.2f} ms by the engine"
    title = "answers: document over the engine's own, p50"
    return Figure(title, over_ms, "ms", OVER_ENGINE_MS_MAX, at_most(1), note=note)
