"""Quotes: a ticket priced, and a sale read from free text and priced, with nothing made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.domain.decide import Context, priced
from core.domain.money import Money
from core.domain.registration import Registration
from core.domain.sale_text import Reading, SpokenLine, SpokenPayment, Unreadable, read_sale
from core.domain.ticket import Adjustment, Customer, Kind, LineInput, Payment, PaymentType, Ticket, TicketInput
from core.errors import Refused
from core.texts import say
from core.usecases.acts import Acts
from core.usecases.bases import Bases
from core.usecases.ports import Journal, Registrations


@dataclass(frozen=True, slots=True)
class TextQuote:
    """One way to read a sale. ``request`` is what to make once a payment is chosen.

    ``payments`` is ``None`` where none was named; ``readings`` are all ways, this one first, where there is more
    than one.
    """

    ticket: Ticket
    request: TicketInput
    payments: tuple[Payment, ...] | None
    taken: Money | None
    change: Money | None
    readings: tuple[TextQuote, ...] = ()


class Quotes:
    """Prices without making."""

    def __init__(self, journal: Journal, registrations: Registrations, acts: Acts) -> None:
        self._registrations = registrations
        self._acts = acts
        self._bases = Bases(journal)

    async def ticket(self, register_id: str, request: TicketInput) -> Ticket:
        """A ticket as it would be priced now; payments may be left out."""
        registration = await self._registrations.registration(register_id)
        request = await self._bases.named(registration, request)
        context = await self._context(registration, request)
        return priced(request, context, context.now)

    async def text(self, register_id: str, text: str, language: str = "ru") -> TextQuote:
        """A sale as a vendor writes it. Raises ``UNREADABLE`` with what was not understood.

        A reading that cannot be sold or paid as it was written is left out; where none can, the first one's refusal.
        """
        reading = read_sale(text)
        if isinstance(reading, Unreadable):
            raise Refused("UNREADABLE", fragments=list(reading.fragments), reason=str(reading.reason))
        context = await self._context(await self._registrations.registration(register_id))
        quotes: list[TextQuote] = []
        first: Refused | None = None
        for one in (reading, *reading.alternatives):
            try:
                quotes.append(_quote(one, context, language))
            except Refused as refused:
                first = first or refused
        if not quotes:
            assert first is not None
            raise first
        return replace(quotes[0], readings=tuple(quotes)) if len(quotes) > 1 else quotes[0]

    async def _context(self, registration: Registration, request: TicketInput | None = None) -> Context:
        """Prices need no state: a quote costs the database nothing but the basis of a return."""
        return await self._acts.context(registration, None, request)


def _quote(reading: Reading, context: Context, language: str) -> TextQuote:
    request = TicketInput(
        kind=Kind.SELL,
        items=tuple(_line(line, language) for line in reading.lines),
        discount=_adjustment(reading.discount_tiyn, reading.discount_percent_thousandths),
        markup=_adjustment(reading.markup_tiyn, reading.markup_percent_thousandths),
        customer=Customer(reading.buyer.iin_bin, reading.buyer.phone, reading.buyer.email),
    )
    payments = _payments(reading, priced(request, context, context.now).total)
    in_cash = any(payment.type is PaymentType.CASH for payment in payments or ())
    request = replace(request, payments=payments, taken=reading.taken_tiyn if in_cash else None)
    ticket = priced(request, context, context.now)
    change = None if request.taken is None else ticket.change
    return TextQuote(ticket, request, payments, request.taken, change)


def _line(spoken: SpokenLine, language: str) -> LineInput:
    return LineInput(
        name=spoken.name or say(language, "sale-goods"),
        price=spoken.price_tiyn,
        quantity=spoken.quantity_thousandths,
        unit=spoken.unit,
        discount=_adjustment(spoken.discount_tiyn, spoken.discount_percent_thousandths),
        markup=_adjustment(spoken.markup_tiyn, spoken.markup_percent_thousandths),
    )


def _adjustment(amount: Money | None, percent: int | None) -> Adjustment | None:
    return None if amount is None and percent is None else Adjustment(amount, percent)


def _payments(reading: Reading, total: Money) -> tuple[Payment, ...] | None:
    """The payments as named; one without an amount takes the rest. Cash handed over alone means cash."""
    named = reading.payments
    if named is None:
        return None if reading.taken_tiyn is None else (Payment(PaymentType.CASH, total),)
    rest = total - sum(payment.amount_tiyn or 0 for payment in named)
    return tuple(Payment(PaymentType(one.kind), _amount(one, rest)) for one in named)


def _amount(payment: SpokenPayment, rest: Money) -> Money:
    return rest if payment.amount_tiyn is None else payment.amount_tiyn
