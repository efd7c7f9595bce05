"""Fifty thousand queued documents of one register: finding the head, draining, sales meanwhile, memory."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from core.domain.registration import Registration
from core.domain.ticket import Kind, LineInput, Payment, PaymentType, TicketInput
from core.ofd.codec import TICKET, Period, encode
from core.ofd.delivery import DOCUMENTS_PER_RUN_MAX
from sandbox.bench.figures import Figure, at_least, at_most, median, milliseconds
from sandbox.bench.ground import Ground
from sandbox.bench.limits import BareSettle, frame_of, told_in_series
from sandbox.bench.processes import resident_mib

HEAD_MS_MAX = 2.0
WORKER_MIB_MAX = 200.0
SALE = TicketInput(Kind.SELL, (LineInput("Нан", 35_000),), payments=(Payment(PaymentType.CARD, 35_000),))


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is done."""

    documents: int
    rounds: int
    sales: int


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """Fill, look, drain in turn with the limit, then let a worker of its own drain the rest while sales go on."""
    registration = await ground.register()
    register_id = registration.register_id
    ground.say(f"{scale.documents} documents are being queued")
    await ground.filled(registration, scale.documents, told=False)
    ground.clock.set(ground.clock.now() + timedelta(minutes=1))
    heads = [await milliseconds(lambda: ground.journal.document(register_id, 1)) for _ in range(100)]
    loads = [await milliseconds(lambda: ground.journal.load(register_id)) for _ in range(100)]
    found = median(heads) + median(loads)
    figures = [Figure("queue: head found", found, "ms", HEAD_MS_MAX, at_most(1), tuple(heads), "load and document")]
    other = await ground.register()
    ticket = await _queued_body(ground, registration)
    frame = frame_of(ticket, other.device_id)
    settle = await BareSettle.on(ground.bare, other.register_id, ticket, ground.clock.now())
    ours, bare = [], []
    for _ in range(scale.rounds):
        ours.append(await _drained(ground, register_id))
        bare.append(await told_in_series(settle, ground.operator_port, frame, DOCUMENTS_PER_RUN_MAX))
    figures.append(
        Figure("queue: drained", median(ours), "documents/s", median(bare), at_least(0.6), tuple(ours), "one lane")
    )
    return figures + await _meanwhile(ground, register_id, scale)


async def _queued_body(ground: Ground, registration: Registration) -> bytes:
    """The bytes of a queued sale as delivery sends it."""
    document = await ground.journal.document(registration.register_id, 1)
    assert document is not None
    now = ground.clock.now()
    return encode(registration, TICKET, Period(document.made_at, now), document, offline=True)


async def _drained(ground: Ground, register_id: str) -> float:
    """Documents a second of one run of delivery."""
    before = (await ground.journal.load(register_id)).lane.head
    begun = time.perf_counter()
    await ground.engine.delivery.deliver(register_id)
    spent = time.perf_counter() - begun
    told = (await ground.journal.load(register_id)).lane.head - before
    assert told > 0, "the lane told nothing"
    return told / spent


async def _meanwhile(ground: Ground, register_id: str, scale: Scale) -> list[Figure]:
    """Autonomous sales of the same register: idle, then while another process drains its queue, and idle again."""
    idle = await _sales(ground, register_id, scale.sales, "before")
    worker = await _worker(ground)
    try:
        await _moved(ground, register_id)
        busy = await _sales(ground, register_id, scale.sales, "busy")
        left = (await ground.journal.load(register_id)).unsent
        ground.say(f"{left} documents were left when the sales were over")
        memory = resident_mib(worker.pid, peak=True)
    finally:
        worker.terminate()
        await worker.wait()
    idle += await _sales(ground, register_id, scale.sales, "after")
    return [
        Figure("queue: autonomous sale meanwhile", median(busy), "ms", median(idle), at_most(1.3), tuple(busy)),
        Figure("queue: worker's memory", memory, "MiB", WORKER_MIB_MAX, at_most(1)),
    ]


async def _sales(ground: Ground, register_id: str, sales: int, name: str) -> list[float]:
    async def sell(number: int) -> None:
        made = await ground.engine.acts.make(register_id, SALE, key=f"{name}-{number}")
        assert made.view.mark == "autonomous", made.view.mark

    return [await milliseconds(lambda number=number: sell(number)) for number in range(sales)]  # type: ignore[misc]


async def _worker(ground: Ground) -> asyncio.subprocess.Process:
    """A process of its own that serves the lanes."""
    settings = ground.engine.settings
    told = {
        "database_url": settings.database_url,
        "data_dir": str(settings.data_dir),
        "offset_s": ground.clock.offset.total_seconds(),
    }
    root = Path(__file__).parents[3]
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox.bench.worker",
        json.dumps(told),
        env={**os.environ, "PYTHONPATH": str(root)},
    )


async def _moved(ground: Ground, register_id: str) -> None:
    """Wait until the worker has told something."""
    before = (await ground.journal.load(register_id)).lane.head
    while (await ground.journal.load(register_id)).lane.head == before:
        await ground.engine.hints.wait(0.1)
