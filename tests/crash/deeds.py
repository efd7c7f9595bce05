"""What is done while the process dies: each deed with what stands before it and what must stand after it.

``prepare`` lives in the parent and needs nobody to die; ``perform`` is what the child does and what a person does again
afterwards. Documents, drawer and shift are those of a register on which the deed was done exactly once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pytest

from core.bootstrap import Engine, open_engine
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind, LineInput, Parent, Payment, PaymentType, TicketInput
from core.errors import Refused
from core.usecases.acts import Made
from core.usecases.registers import NewRegister
from tests.integration.engine_street import Street, new_register, sale

KEY = "the one deed"
PRICE = 10_000

Prepare = Callable[[Street], Awaitable[None]]
Perform = Callable[[Engine, dict[str, Any]], Awaitable[Made | None]]


class Died(BaseException):
    """The process that made the document ended here."""


@dataclass(frozen=True)
class Deed:
    """``before`` and ``makes`` count documents; ``fault`` is the operator's behaviour while the deed is done."""

    name: str
    prepare: Prepare
    perform: Perform
    before: int = 0
    makes: int = 0
    cash: int = 0
    shift: int | None = 1
    fault: dict[str, Any] = field(default_factory=dict)
    offline: bool = False
    """Whether its documents are made with their outcome at once."""
    afterwards: dict[str, Any] = field(default_factory=dict)
    """The operator's behaviour at the first try of whoever goes on."""
    by_person: bool = False
    """Whether nothing goes on until a person does it again."""


async def nothing(_here: Street) -> None:
    """A fresh register will do."""


async def sold(here: Street) -> None:
    await here.sell(PRICE, payment=PaymentType.CASH)


async def deposited(here: Street) -> None:
    await here.engine.acts.make(here.register_id, PlacementInput(Kind.DEPOSIT, PRICE), key=here.key())


async def sold_offline(here: Street) -> None:
    """A queue of one: the operator's answer to it cannot be read."""
    here.behave("garbage", times=4)
    await sold(here)
    here.behave("garbage")


async def queued(here: Street, count: int = 5) -> None:
    """A queue."""
    await sold_offline(here)
    for _ in range(count - 1):
        await sold(here)
    here.behave()


async def queued_two(here: Street) -> None:
    await queued(here, 2)


async def blocked(here: Street) -> None:
    here.behave(result_code=15, text="не оплачено")
    await sold(here)
    here.behave()


async def stopped(here: Street) -> None:
    """The head of the queue was refused."""
    await sold_offline(here)
    here.behave(result_code=13, text="неверные данные", commands=["TICKET"])
    await here.deliver()
    here.behave()


async def stopped_in_doubt(here: Street) -> None:
    """The same, after attempts that brought no answer and by a code that does not settle them: it may be booked."""
    await sold_offline(here)
    here.behave(result_code=3, text="протокол", commands=["TICKET"])
    await here.deliver()
    here.behave()


async def abandoned(here: Street) -> None:
    """A document without an outcome, made by a process that is gone before it sent anything."""

    def points(point: str) -> None:
        if point == "after_append":
            raise Died

    async with open_engine(here.engine.settings, here.clock, points=points) as engine:
        with pytest.raises(Died):
            await engine.acts.make(here.register_id, sale(PRICE, PaymentType.CASH), key=here.key())


async def sell(engine: Engine, facts: dict[str, Any]) -> Made:
    return await engine.acts.make(facts["register_id"], sale(PRICE, PaymentType.CASH), key=KEY)


async def refund(engine: Engine, facts: dict[str, Any]) -> Made:
    lines, payments = (LineInput("Нан", PRICE),), (Payment(PaymentType.CASH, PRICE),)
    ticket = TicketInput(Kind.SELL_RETURN, lines, payments=payments, parent=Parent(document_number=1))
    return await engine.acts.make(facts["register_id"], ticket, key=KEY)


async def deposit(engine: Engine, facts: dict[str, Any]) -> Made:
    return await engine.acts.make(facts["register_id"], PlacementInput(Kind.DEPOSIT, PRICE), key=KEY)


async def withdraw(engine: Engine, facts: dict[str, Any]) -> Made:
    return await engine.acts.make(facts["register_id"], PlacementInput(Kind.WITHDRAWAL, PRICE), key=KEY)


async def close(engine: Engine, facts: dict[str, Any]) -> Made:
    return await engine.acts.close_shift(facts["register_id"], withdraw_cash=False, key=KEY)


async def close_empty(engine: Engine, facts: dict[str, Any]) -> Made:
    return await engine.acts.close_shift(facts["register_id"], withdraw_cash=True, key=KEY)


async def deliver(engine: Engine, facts: dict[str, Any]) -> None:
    await engine.delivery.deliver(facts["register_id"])


async def probe(engine: Engine, facts: dict[str, Any]) -> None:
    await engine.lanes.probe(facts["register_id"])


async def resolve(engine: Engine, facts: dict[str, Any]) -> None:
    await _resolve(engine, facts, "retry")


async def settle_outside(engine: Engine, facts: dict[str, Any]) -> None:
    await _resolve(engine, facts, "settled_outside")


async def _resolve(engine: Engine, facts: dict[str, Any], resolution: str) -> None:
    """A lane that moves already has been resolved: then there is nothing left to decide."""
    try:
        await engine.lanes.resolve(facts["register_id"], resolution, "исправлено")
    except Refused as refused:
        if refused.code != "VALIDATION":
            raise


async def recover(engine: Engine, facts: dict[str, Any]) -> None:
    """What a process does for this register when it starts after a power cut."""
    await engine.acts.draw_abandoned(facts["register_id"], "power_lost")
    await engine.delivery.deliver(facts["register_id"])


async def print_all(engine: Engine, facts: dict[str, Any]) -> None:
    """The server's side of a print job: handed out, on the bridge's disk, on paper."""
    mine = (facts["register_id"],)
    for order in await engine.prints.take(mine, 10):
        await engine.prints.spooled(mine, order.job_id)
        await engine.prints.printed(mine, order.job_id)


async def onboard(engine: Engine, facts: dict[str, Any]) -> None:
    """Taking a real register into service; its device is used once, so a second time it is refused."""
    new = NewRegister(**facts["new"])
    try:
        await engine.registers.onboard(new)
    except Refused as refused:
        if refused.code != "DEVICE_IN_USE":
            raise


def facts_of(here: Street, deed: Deed) -> dict[str, Any]:
    """What ``perform`` is told."""
    facts: dict[str, Any] = {"register_id": here.register_id}
    if deed.perform is onboard:
        real = asdict(new_register(here, here.ofd.issue_token(here.device_id)))
        # the same device at an operator of another name: in our directory it is another one
        facts["new"] = {**real, "practice": False, "operator": "kazakhtelecom"}
    return facts


SALE = Deed("sale, opening a shift", nothing, sell, 0, 1, PRICE)
REFUND = Deed("refund", sold, refund, 1, 1, 0)
CLOSE = Deed("close", sold, close, 1, 1, PRICE, None)
REPLAY = Deed("replay of 5", queued, deliver, 5, 0, 5 * PRICE)
DEEDS = (
    SALE,
    REFUND,
    Deed("deposit", nothing, deposit, 0, 1, PRICE),
    Deed("withdrawal", deposited, withdraw, 1, 1, 0),
    CLOSE,
    Deed("close with withdrawal", sold, close_empty, 1, 2, 0, None),
    Deed("autonomous sale", sold_offline, sell, 1, 1, 2 * PRICE, offline=True),
    Deed("autonomous refund", sold_offline, refund, 1, 1, 0, offline=True),
    Deed("autonomous close with withdrawal", sold_offline, close_empty, 1, 2, 0, None, offline=True),
    REPLAY,
    Deed("probe of a block", blocked, probe, 1, 0, PRICE),
    Deed("resolution: retry", stopped, resolve, 1, 0, PRICE, by_person=True),
    Deed("resolution: settled while in doubt", stopped_in_doubt, settle_outside, 1, 0, PRICE, by_person=True),
    Deed("start after a power cut", abandoned, recover, 1, 0, PRICE),
    Deed("print job at the server", sold, print_all, 1, 0, PRICE),
    Deed("onboarding of a real register", nothing, onboard, 0, 0, 0, None),
)
_FAULTS: dict[str, dict[str, Any]] = {
    "one answer lost": {"mode": "lose_answers", "times": 1},
    "two answers lost": {"mode": "lose_answers", "times": 2},
    "all answers lost": {"mode": "lose_answers"},
    "silence": {"mode": "silent"},
    "operator down": {"mode": "down"},
}


def under(deed: Deed, name: str, fault: dict[str, Any]) -> Deed:
    """The deed while the operator behaves so."""
    return replace(deed, name=f"{deed.name}, {name}", fault=fault)


FAULTY_DEEDS = tuple(under(deed, name, fault) for deed in (SALE, REFUND, CLOSE) for name, fault in _FAULTS.items())
# A block settles what was never sent and nothing that may have been booked: the dead must not look as if they had never
# sent.
_BLOCKED_ONCE = {"result_code": 15, "text": "не оплачено", "times": 1}
UPSET_DEEDS = (
    replace(SALE, name="sale, a block afterwards", afterwards=_BLOCKED_ONCE),
    Deed("replay of 2, a block afterwards", queued_two, deliver, 2, 0, 2 * PRICE, afterwards=_BLOCKED_ONCE),
)
EVERY_DEED = {deed.name: deed for deed in (*DEEDS, *FAULTY_DEEDS, *UPSET_DEEDS)} | {
    "recovery": Deed("recovery", nothing, recover)
}
