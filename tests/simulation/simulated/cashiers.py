"""What cashiers and owners ask for, what they were shown, and whether it was true (G1, G7, G8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from core.checks.finding import Made as Journaled
from core.checks.register_walk import RegisterWalk
from core.domain.decide import PlacementInput
from core.domain.money import line_sum
from core.domain.ticket import Adjustment, Cashier, Kind, LineInput, Parent, Payment, PaymentType, TicketInput
from core.domain.view import DocumentView
from core.errors import Refused, RegisterBusy, UnknownOutcome
from core.usecases.acts import Made
from simulated.process import Killed
from simulated.world import Machine, Till, World

ACT_S_MAX = 10.0
ACT_WITH_CASH_S_MAX = 15.0
AFTER_JOURNAL_S_MAX = 5.0
# a call's way there and back, a few times over
SLACK_S = 0.4
GOODS = ("Нан", "Сүт", "Кофе", "Шай", "Қант")
REFUSALS = frozenset(
    {
        *("REGISTER_BLOCKED", "LANE_STOPPED", "AUTONOMOUS_TOO_LONG", "SHIFT_TOO_LONG", "CLOCK_WENT_BACK"),
        *("NOT_ENOUGH_CASH", "RETURN_EXCEEDS_PARENT", "PARENT_NOT_FOUND", "OFD_REFUSED", "REGISTER_BUSY"),
    }
)
REFUSALS_OF_A_CLOSE = frozenset({"SHIFT_NOT_OPEN", "REGISTER_BUSY", "OFD_REFUSED"})


@dataclass
class Asked:
    """One act that a person wants, under one key, however often they ask for it."""

    till: Till
    key: str
    command: TicketInput | PlacementInput | None
    withdraw_cash: bool
    cashier: Cashier
    # by number: the digest of what the person was shown, at the journal and in answers
    shown: dict[int, str] = field(default_factory=dict)
    journaled_at: float | None = None
    answer: Made | Refused | None = None
    running: int = 0

    @property
    def is_close(self) -> bool:
        return self.command is None

    def __str__(self) -> str:
        what = "close" if self.command is None else str(self.command.kind)
        return f"{what} {self.key} on {self.till.device_id}"


class Cashiers:
    """Asks, remembers what was answered, and asks again for what was never answered."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.asked: list[Asked] = []

    def new(self, till: Till, walk: RegisterWalk) -> Asked:
        """Something that a cashier of this register may want now."""
        random = self._world.random
        drawn = random.random()
        command: TicketInput | PlacementInput | None
        if drawn < 0.1:
            command = None
        elif drawn < 0.2:
            command = PlacementInput(Kind.DEPOSIT, random.randrange(100, 5_000_000))
        elif drawn < 0.27:
            command = PlacementInput(Kind.WITHDRAWAL, random.randrange(1, max(walk.counting.cash, 1) + 1))
        else:
            command = _ticket(random, till, walk)
        return self.ask(till, command, withdraw_cash=random.random() < 0.4)

    def ask(self, till: Till, command: TicketInput | PlacementInput | None, *, withdraw_cash: bool = False) -> Asked:
        """A wish with a key of its own."""
        number = len(self.asked) + 1
        cashier = Cashier(number % 3, ("", "Айгүл", "Марат")[number % 3])
        asked = Asked(till, f"key-{number}", command, withdraw_cash and command is None, cashier)
        self.asked.append(asked)
        return asked

    async def perform(self, machine: Machine, asked: Asked) -> None:
        """Ask a machine for it once."""
        world, began = self._world, self._world.loop.time()
        engine = machine.engine
        assert engine is not None
        journaled_at: list[float] = []

        def journaled(view: DocumentView) -> None:
            journaled_at.append(world.loop.time())
            self._show(asked, view, "the journal")

        register_id, key, who = asked.till.register_id, asked.key, asked.cashier
        if asked.command is None:
            cash = asked.withdraw_cash
            work = engine.acts.close_shift(
                register_id, withdraw_cash=cash, key=key, cashier=who, journaled=journaled
            )
        else:
            work = engine.acts.make(register_id, asked.command, key=key, cashier=who, journaled=journaled)
        world.note(f"{machine.process.name}: {asked}")
        asked.running += 1
        try:
            ended = await self._answer(machine, work)
        finally:
            asked.running -= 1
        world.note(f"{machine.process.name}: {asked} → {_words(ended)}")
        if isinstance(ended, Made):
            self._show(asked, ended.view, "the answer")
            if ended.view.mark == "saved":
                world.find("G1", f"{asked} was answered without its outcome")
            asked.answer = ended
        elif isinstance(ended, Refused) and not isinstance(ended, RegisterBusy):
            self._refused(asked, ended)
        self._in_time(machine, asked, began, journaled_at)

    async def _answer(self, machine: Machine, work: Any) -> Made | Exception | None:
        """What came: a document, a refusal, an outcome that nobody knows; ``None`` when the machine died."""
        try:
            made: Made = await machine.process.wait_for(work)
            return made
        except Killed:
            return None
        except (Refused, UnknownOutcome) as ended:
            return ended
        except Exception as error:
            self._world.find("crash", f"an act raised {type(error).__name__}: {error}")
            return error

    def _show(self, asked: Asked, view: DocumentView, where: str) -> None:
        document = view.document
        before = asked.shown.get(document.number)
        if before is not None and before != document.digest:
            self._world.find("G1", f"{asked}: document {document.number} was shown with other bytes by {where}")
        asked.shown[document.number] = document.digest
        if len(asked.shown) > 1:
            self._world.find("G8", f"{asked} is shown as documents {sorted(asked.shown)}")
        if document.kind != (Kind.SHIFT_CLOSE if asked.command is None else asked.command.kind):
            self._world.find("G8", f"{asked} became a {document.kind}")

    def _refused(self, asked: Asked, refusal: Refused) -> None:
        allowed = REFUSALS_OF_A_CLOSE if asked.is_close else REFUSALS
        if refusal.code not in allowed:
            self._world.find("G7" if asked.is_close else "G8", f"{asked} was refused with {refusal}")
        if refusal.code != "OFD_REFUSED":
            if asked.shown:
                self._world.find("G1", f"{asked} was shown as made and then refused with {refusal}")
            if not isinstance(asked.answer, Made):
                asked.answer = refusal
        elif not asked.is_close or asked.shown:
            asked.answer = refusal

    def _in_time(self, machine: Machine, asked: Asked, began: float, journaled_at: list[float]) -> None:
        """Five seconds from the journal to the answer, ten with waiting for another's outcome (CONTRACT.md)."""
        now, process = self._world.loop.time(), machine.process
        if process.disturbed_at >= began or process.is_dead:
            return
        longest = ACT_WITH_CASH_S_MAX if asked.withdraw_cash else ACT_S_MAX
        if now - began > longest + SLACK_S:
            self._world.find("G7", f"{asked} was answered after {now - began:.2f} s")
        if journaled_at and now - journaled_at[-1] > AFTER_JOURNAL_S_MAX + SLACK_S:
            self._world.find("G7", f"{asked} was answered {now - journaled_at[-1]:.2f} s after its journal")


def _words(ended: Made | Exception | None) -> str:
    if isinstance(ended, Made):
        return f"{ended.view.document.number} {ended.view.mark}{'' if ended.created else ' again'}"
    return "killed" if ended is None else f"{type(ended).__name__} {ended}"


def _ticket(random: Random, till: Till, walk: RegisterWalk) -> TicketInput:
    drawn = random.random()
    if drawn < 0.15:
        found = _return(random, walk, till)
        if found is not None:
            return found
    kind = Kind.BUY if drawn > 0.93 and walk.counting.cash > 20_000 else Kind.SELL
    lines, total = [], 0
    for _ in range(random.choice((1, 1, 2, 3))):
        price, quantity = 2 * random.randrange(50, 200_000), random.choice((1000, 1000, 2000, 500))
        gross, discount = line_sum(price, quantity), None
        if random.random() < 0.15:
            discount = Adjustment(sum=gross // 4)
        vat = random.choice((None, None, None, "none", "10", "0")) if till.vat_payer else None
        lines.append(LineInput(random.choice(GOODS), price, quantity, vat=vat, discount=discount))
        total += gross - (gross // 4 if discount is not None else 0)
    discount = None
    if all(line.discount is None for line in lines) and random.random() < 0.2:
        discount = Adjustment(sum=total // 10)
        total -= total // 10
    if kind is Kind.BUY and total > walk.counting.cash:
        kind = Kind.SELL
    return _paid(random, TicketInput(kind, tuple(lines), discount=discount), total)


def _return(random: Random, walk: RegisterWalk, till: Till) -> TicketInput | None:
    """A part of an earlier receipt of this register, or of one made elsewhere."""
    sold = [one for one in list(walk.made.values())[-12:] if one.kind in ("sell", "buy")]
    if not sold or random.random() < 0.15:
        parent = Parent(
            fiscal_sign="123456789012",
            made_at=_yesterday(sold[-1]) if sold else None,
            rnm="600000009999",
            total=500_000,
            autonomous=False,
        )
        if parent.made_at is None:
            return None
        line = LineInput("Шай", 2 * random.randrange(50, 2_000))
        return _paid(random, TicketInput(Kind.SELL_RETURN, (line,), parent=parent), line.price)
    one = random.choice(sold)
    line = one.facts["ticket"]["items"][0]
    price = max(line["sum"] // random.choice((1, 2, 3)), 1)
    kind = Kind.SELL_RETURN if one.kind == "sell" else Kind.BUY_RETURN
    back = LineInput(line["name"], price, 1000 if line["quantity"] >= 1000 else line["quantity"])
    parent = Parent(document_number=one.number)
    return _paid(random, TicketInput(kind, (back,), parent=parent), line_sum(price, back.quantity))


def _yesterday(one: Journaled) -> Any:
    return one.made_at - timedelta(days=1)


def _paid(random: Random, ticket: TicketInput, total: int) -> TicketInput:
    kinds = (PaymentType.CASH, PaymentType.CARD, PaymentType.MOBILE)
    kind = random.choice(kinds)
    payments = (Payment(kind, total),)
    if total > 1_000 and random.random() < 0.15:
        payments = (Payment(PaymentType.CASH, total // 3), Payment(PaymentType.CARD, total - total // 3))
    taken = None
    if payments[0].type is PaymentType.CASH and random.random() < 0.5:
        taken = payments[0].sum + random.randrange(0, 100_000)
    return TicketInput(
        ticket.kind,
        ticket.items,
        discount=ticket.discount,
        payments=payments,
        taken=taken,
        parent=ticket.parent,
    )
