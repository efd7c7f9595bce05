"""Ten thousand registers of one dead operator: how many connects it gets in an interval."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from core.bootstrap import open_engine
from core.db.arguments import register_argument
from core.db.ids import link_key, uuid7
from core.domain.journal import GENESIS, record
from core.domain.lane import Lane
from core.domain.register import RegisterState
from core.domain.registration import Registration
from core.ofd.link import Attempt, Link
from core.service import LaneWorker
from sandbox.bench import fill
from sandbox.bench.figures import Figure, at_most
from sandbox.bench.fill import Filling
from sandbox.bench.ground import TOKEN, Ground

INTERVAL = timedelta(seconds=60)
QUIET_S = 1.2


@dataclass(frozen=True, slots=True)
class Scale:
    """Registers, and intervals that are watched."""

    registers: int
    intervals: int


class CountedLink(Link):
    """The product's link, with its attempts counted."""

    def __init__(self) -> None:
        super().__init__(lambda _: None)
        self.attempts = 0

    async def attempt(self, *where: Any, **more: Any) -> Attempt:
        """One attempt more."""
        self.attempts += 1
        return await super().attempt(*where, **more)


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """All of them have one untold receipt; the operator refuses connections."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and never listened on: every connect is refused
        port = taken.getsockname()[1]
        model = await ground.register(port=port)
        ground.say(f"{scale.registers} registers are being written")
        await _many(ground, model, scale.registers)
        ground.clock.set(ground.clock.now() + INTERVAL)
        counts = await _watched(ground, scale)
    worst = max(counts)
    return [
        Figure(
            f"probes: connects an interval, {scale.registers} registers",
            worst,
            "connects",
            1,
            at_most(1),
            tuple(counts),
        )
    ]


async def _watched(ground: Ground, scale: Scale) -> list[float]:
    """Connects in each interval after the breaker has opened."""
    link = CountedLink()
    stop = asyncio.Event()
    async with open_engine(ground.engine.settings, ground.clock, role="lanes") as engine:
        engine.delivery._link = link  # the bench alone looks at what leaves
        serving = asyncio.create_task(LaneWorker(engine).run(stop))
        await _quiet(engine, link)
        counts = []
        for _ in range(scale.intervals):
            before = link.attempts
            ground.clock.set(ground.clock.now() + INTERVAL)
            await _quiet(engine, link)
            counts.append(float(link.attempts - before))
        stop.set()
        await serving
    return counts


async def _quiet(engine: Any, link: CountedLink) -> None:
    """Until nothing has left for a while: the worker looks twice a second."""
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET_S:
        if link.attempts != seen:
            seen, since = link.attempts, time.monotonic()
        await engine.hints.wait(0.1)


async def _many(ground: Ground, model: Registration, registers: int) -> None:
    """So many registers like the model, each autonomous with one receipt."""
    fillings = list(_made(ground, model, registers))
    bare = ground.bare
    columns = [name for name in Registration.__slots__ if name != "closed"]
    async with bare.transaction():
        rows = [tuple(getattr(one.registration, name) for name in columns) for one in fillings]
        await bare.copy_records_to_table("registration", records=rows, columns=columns)
        states = [json.loads(register_argument(one.state)) for one in fillings]
        await bare.copy_records_to_table(
            "register",
            records=[
                (
                    one.registration.register_id, state["version"], state["last_document"], state["mode"], False,
                    one.state.shift.closes_before if one.state.shift else None,
                    json.dumps(state["state"], ensure_ascii=False),
                )
                for one, state in zip(fillings, states, strict=True)
            ],
            columns=["register_id", "version", "last_document", "mode", "blocked", "shift_closes_before", "state"],
        )  # fmt: skip
        await bare.copy_records_to_table(
            "lane",
            records=[(one.registration.register_id, 0, one.sealed, bytes(32), one.now) for one in fillings],
            columns=["register_id", "head", "token_sealed", "answer_head", "next_try_at"],
        )
        for table in fill.ORDER:
            records = [row for one in fillings for row in one.rows[table]]
            await bare.copy_records_to_table(table, records=records, columns=fill.COLUMNS[table].split())


def _made(ground: Ground, model: Registration, registers: int) -> Iterable[Filling]:
    for _ in range(registers):
        device = next(ground.devices)
        register_id = uuid7()
        registration = replace(
            model,
            register_id=register_id,
            link_key=link_key() + link_key(),
            device_id=device,
            rnm=f"{600_000_000_000 + device}",
        )
        state, entry = record(RegisterState(register_id), GENESIS, {})
        one = fill.begin(registration, state, Lane(0, TOKEN), ground.sealer, ground.clock.now(), told=True)
        one.told = False
        one.entries((entry,))
        one.enter_autonomous()
        one.make(fill.goods(1))
        yield one
