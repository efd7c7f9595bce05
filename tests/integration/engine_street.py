"""A small street for engine tests: the real engine over real PostgreSQL, the sandbox operator over real TCP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from core.bootstrap import Engine, nothing, open_engine
from core.checks.verify import verify
from core.clock import ALMATY, MovableClock
from core.domain.iin_bin import with_check_digit
from core.domain.ticket import Kind, LineInput, Payment, PaymentType, TicketInput
from core.domain.view import DocumentView, Mark
from core.settings import Settings
from core.usecases.acts import Made
from core.usecases.registers import NewRegister
from sandbox.ofd.operator import draw_token
from sandbox.ofd.server import OperatorServer

_DEVICES = count(5001)


class StillClock(MovableClock):
    """The time of day stands until a test moves it; the monotonic time, which bounds an exchange, is real."""

    def __init__(self) -> None:
        super().__init__()
        self._begin = datetime(2026, 11, 23, 9, 0, tzinfo=ALMATY)

    def now(self) -> datetime:
        return self._begin + self.offset

    def monotonic(self) -> float:
        return time.monotonic()


class Bell:
    """Rings with each exchange that reaches the operator."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self, _exchange: dict[str, Any]) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self) -> None:
        await self._rung.wait()


@dataclass
class Street:
    """One register with its operator."""

    engine: Engine
    clock: MovableClock
    ofd: OperatorServer
    port: int
    organisation_id: str
    register_id: str
    device_id: int
    keys: Any
    bell: Bell = field(default_factory=Bell)

    def key(self) -> str:
        return f"key-{next(self.keys)}"

    async def sell(self, amount: int = 10_000, **more: Any) -> Made:
        return await self.engine.acts.make(self.register_id, sale(amount, **more), key=self.key())

    def advance(self, **delta: float) -> None:
        self.clock.set_offset(self.clock.offset + timedelta(**delta))

    def behave(self, mode: str = "ok", **more: Any) -> None:
        self.ofd.set_behaviour(mode, device_id=self.device_id, **more)

    def booked(self) -> list[dict[str, Any]]:
        documents: list[dict[str, Any]] = self.ofd.book(self.device_id)["documents"]
        return documents

    def exchanges(self, command: str | None = None) -> list[dict[str, Any]]:
        """What reached the operator from this register, all of it or one command's."""
        found = self.ofd.exchanges(device_id=self.device_id)
        return [one for one in found if command is None or one["command"] == command]

    async def close(self, *, withdraw_cash: bool = False, key: str | None = None) -> Made:
        return await self.engine.acts.close_shift(
            self.register_id, withdraw_cash=withdraw_cash, key=key or self.key()
        )

    async def view(self) -> Any:
        return await self.engine.registers.get(self.register_id)

    async def document(self, number: int) -> DocumentView:
        return await self.engine.books.document(self.register_id, number)

    async def marks(self) -> list[str]:
        documents = await self.engine.books.documents(self.register_id, after=0, limit=1000)
        return [str(one.mark) for one in documents]

    async def is_due(self) -> bool:
        return self.register_id in await self.engine.work.due_lanes(self.clock.now())

    async def tick(self) -> bool:
        """What a lane worker does when it looks: delivers if the lane is due, else nothing."""
        due = await self.is_due()
        if due:
            await self.engine.delivery.deliver(self.register_id)
        return due

    async def recover(self) -> None:
        """The operator is well again and the minute is over: everything is told."""
        self.behave()
        self.advance(seconds=60)
        while await self.tick():
            pass

    async def reached(self, count: int, command: str | None = None) -> None:
        """Wait until that many exchanges have come to the operator."""
        while len(self.exchanges(command)) < count:
            await self.bell.wait()

    async def until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        """Wait for what happens in the background; the engine hints when it did."""
        while not await condition():
            await self.engine.hints.wait(0.2)

    async def agrees(self) -> None:
        """The operator's book equals the journal, and ``tiyn verify`` finds nothing."""
        await self.book_agrees()
        summary = await verify(str(self.engine.settings.database_url))
        assert [str(finding) for finding in summary.findings] == []

    async def book_agrees(self) -> None:
        """G3: the operator's book is the journal without the refused ones, in order, each once.

        Documents that still wait to be told, and those that were settled outside, are not asked for.
        """
        documents = await self.engine.books.documents(self.register_id, after=0, limit=1000)
        told = [one for one in documents if one.mark in (Mark.REGISTERED, Mark.AUTONOMOUS_REGISTERED)]
        booked = self.booked()
        assert [one["printed_document_number"] for one in booked] == [one.document.number for one in told]
        assert [one["kind"] for one in booked] == [str(one.document.kind) for one in told]
        assert [one["fiscal_sign"] for one in booked] == [one.fiscal_sign for one in told]
        assert [one["fr_shift_number"] for one in booked] == [one.document.shift for one in told]
        for theirs, ours in zip(booked, told, strict=True):
            assert theirs["offline_ticket_number"] in (None, ours.autonomous_sign)

    async def deliver(self) -> None:
        """The lane's next try, 61 s on."""
        self.advance(seconds=61)
        await self.engine.delivery.deliver(self.register_id)


def sale(amount: int = 10_000, payment: PaymentType = PaymentType.CARD, **more: Any) -> TicketInput:
    return TicketInput(
        Kind.SELL, (LineInput("Нан", amount),), payments=(Payment(payment, amount),), **more
    )


@asynccontextmanager
async def street(
    database: str,
    folder: Path,
    *,
    points: Callable[[str], None] = nothing,
    vat_payer: bool = True,
    clock: MovableClock | None = None,
    protocol: str = "2.0.3",
    draw_token: Callable[[frozenset[int]], int] = draw_token,
) -> AsyncIterator[Street]:
    clock = clock or MovableClock()
    ofd = OperatorServer(now=clock.now, folder=None, check_url="https://ofd.example.kz/t/", draw_token=draw_token)
    port = await ofd.start("127.0.0.1", 0)
    settings = Settings(data_dir=folder, database_url=database, public_url="http://127.0.0.1:8080")
    try:
        async with open_engine(settings, clock, points=points) as engine:
            organisation_id = await engine.access.new_organisation("Тест")
            made = Street(engine, clock, ofd, port, organisation_id, "", next(_DEVICES), count(1))
            ofd.on_exchange = made.bell.ring
            await enrol(made, vat_payer=vat_payer, protocol=protocol)
            yield made
    finally:
        await ofd.stop()


async def neighbour(here: Street) -> Street:
    """Another register on the same engine, with a behaviour of its own."""
    made = replace(here, device_id=next(_DEVICES))
    await enrol(made)
    return made


async def enrol(made: Street, *, vat_payer: bool = True, protocol: str = "2.0.3") -> None:
    """Take the street's register into service at its operator."""
    token = 0x9ABCDEF0
    new = replace(new_register(made, token, vat_payer=vat_payer), protocol=protocol)
    made.ofd.register_device(
        made.device_id,
        token,
        rnm=new.rnm,
        znm=new.znm,
        iin_bin=new.iin_bin,
        title="ТОО Тест",
        address="Алматы",
    )
    made.register_id = (await made.engine.registers.onboard(new)).registration.register_id


def new_register(made: Street, token: int, *, vat_payer: bool = True) -> NewRegister:
    """The settings of a practice register on the street's device."""
    iin_bin = with_check_digit("13124001047")
    assert iin_bin is not None
    return NewRegister(
        organisation_id=made.organisation_id,
        title="Дүкен",
        taxpayer="ТОО «Тест»",
        iin_bin=iin_bin,
        address="Алматы, Абай 1",
        address_kk="Алматы қ., Абай 1",
        okved="47111",
        latitude=43238949,
        longitude=76889709,
        rnm=f"{600_000_000_000 + made.device_id}",
        znm=f"TIYN{made.device_id}",
        operator="sandbox",
        host="127.0.0.1",
        port=made.port,
        device_id=made.device_id,
        token=token,
        vat_payer=vat_payer,
        vat_default="16" if vat_payer else "none",
        practice=True,
    )
