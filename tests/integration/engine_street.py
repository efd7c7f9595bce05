"""A small street for engine tests: the real engine over real PostgreSQL, the sandbox operator over real TCP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from core.bootstrap import Engine, nothing, open_engine
from core.clock import MovableClock
from core.domain.iin_bin import with_check_digit
from core.domain.ticket import Kind, LineInput, Payment, PaymentType, TicketInput
from core.settings import Settings
from core.usecases.acts import Made
from core.usecases.registers import NewRegister
from sandbox.ofd.server import OperatorServer

_DEVICES = count(5001)


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
    database: str, folder: Path, *, points: Callable[[str], None] = nothing, vat_payer: bool = True
) -> AsyncIterator[Street]:
    clock = MovableClock()
    ofd = OperatorServer(now=clock.now, folder=None, check_url="https://ofd.example.kz/t/")
    port = await ofd.start("127.0.0.1", 0)
    settings = Settings(data_dir=folder, database_url=database, public_url="http://127.0.0.1:8080")
    try:
        async with open_engine(settings, clock, points=points) as engine:
            organisation_id = await engine.access.new_organisation("Тест")
            made = Street(engine, clock, ofd, port, organisation_id, "", next(_DEVICES), count(1))
            await enrol(made, vat_payer=vat_payer)
            yield made
    finally:
        await ofd.stop()


async def enrol(made: Street, *, vat_payer: bool = True) -> None:
    """Take the street's register into service at its operator."""
    iin_bin = with_check_digit("13124001047")
    assert iin_bin is not None
    device_id, token = made.device_id, 0x9ABCDEF0
    rnm = f"{600_000_000_000 + device_id}"
    made.ofd.register_device(
        device_id, token, rnm=rnm, znm=f"TIYN{device_id}", iin_bin=iin_bin, title="ТОО Тест", address="Алматы"
    )
    view = await made.engine.registers.onboard(
        NewRegister(
            organisation_id=made.organisation_id,
            title="Дүкен",
            taxpayer="ТОО «Тест»",
            iin_bin=iin_bin,
            address="Алматы, Абай 1",
            address_kk="Алматы қ., Абай 1",
            okved="47111",
            latitude=43238949,
            longitude=76889709,
            rnm=rnm,
            znm=f"TIYN{device_id}",
            operator="sandbox",
            host="127.0.0.1",
            port=made.port,
            device_id=device_id,
            token=token,
            vat_payer=vat_payer,
            vat_default="16" if vat_payer else "none",
            practice=True,
        )
    )
    made.register_id = view.registration.register_id
