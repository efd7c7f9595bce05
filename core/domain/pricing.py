"""The arithmetic of a ticket: from what was asked for to lines, VAT, payments and change that add up to the tiyn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from core.domain.iin_bin import is_iin_bin
from core.domain.money import (
    DOCUMENT_TIYN_MAX,
    PERCENT_MAX,
    PRICE_TIYN_MAX,
    QUANTITY_THOUSANDTHS_MAX,
    Money,
    line_sum,
    percent_of,
    spread,
)
from core.domain.names import is_visible
from core.domain.ticket import (
    Adjustment,
    Line,
    LineInput,
    Payment,
    PaymentType,
    Ticket,
    TicketInput,
    VatTotal,
)
from core.domain.units import UNITS
from core.domain.vat import NO_VAT, RATES, is_allowed, vat_inside
from core.errors import Refused

NAME_CHARACTERS_MAX = 128
LINES_MAX = 500


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a ticket is priced with: the seller and the date whose VAT rates hold (a return's is its basis's)."""

    vat_payer: bool
    vat_default: str
    rate_day: date
    seller_iin_bin: str


def price(ticket: TicketInput, pricing: Pricing) -> Ticket:
    """Price a ticket or refuse it; pure. Payments left out (a quote) stay left out."""
    if not ticket.items:
        raise Refused("VALIDATION", field="items", reason="length")
    if len(ticket.items) > LINES_MAX:
        raise Refused("VALIDATION", field="items", reason="length", limit=LINES_MAX)
    _check_scopes(ticket)
    _check_customer(ticket, pricing)
    own = tuple(_own(line, place, pricing) for place, line in enumerate(ticket.items))
    subtotal = sum(line.sign * line.own_sum for line in own)
    discount = _adjusted(ticket.discount, subtotal)
    markup = _adjusted(ticket.markup, subtotal)
    if discount > max(subtotal, 0):
        raise Refused("DISCOUNT_OUT_OF_RANGE")
    total = subtotal - discount + markup
    if subtotal <= 0 or total <= 0:
        raise Refused("TOTAL_NOT_POSITIVE")
    if total > DOCUMENT_TIYN_MAX or subtotal > DOCUMENT_TIYN_MAX:
        raise Refused("AMOUNT_OUT_OF_RANGE")
    lines = _shared(own, discount, markup)
    vat = vat_totals(lines)
    _check_storno(lines, vat, discount, markup)
    payments, taken, change = _paid(ticket, total)
    return Ticket(
        kind=ticket.kind,
        items=lines,
        total=total,
        discount=discount,
        markup=markup,
        vat=vat,
        payments=payments,
        taken=taken,
        change=change,
        customer=ticket.customer,
        parent=ticket.parent,
    )


def vat_totals(lines: tuple[Line, ...]) -> tuple[VatTotal, ...]:
    """VAT by rate as the sum of line taxes, never recomputed (DOMAIN.md, decisions); lines without VAT have no
    entry.
    """
    out = []
    for rate in RATES:
        of_rate = [line for line in lines if line.vat == rate and rate != NO_VAT]
        if of_rate:
            turnover = sum(line.sign * line.sum for line in of_rate)
            out.append(VatTotal(rate, turnover, sum(line.sign * line.vat_sum for line in of_rate)))
    return tuple(out)


def _check_scopes(ticket: TicketInput) -> None:
    if ticket.discount is not None and ticket.markup is not None:
        raise Refused("DISCOUNT_AND_MARKUP")
    if ticket.discount is not None and any(line.discount is not None for line in ticket.items):
        raise Refused("DISCOUNT_SCOPES_CONFLICT")


def _check_storno(lines: tuple[Line, ...], vat: tuple[VatTotal, ...], discount: Money, markup: Money) -> None:
    """A storno takes back no more than the ticket holds of each thing that a Z counts: the wire has no minus sign.

    A rate's turnover without tax is such a thing: storno lines round on their own and may leave less turnover than tax.
    """
    counted: Counter[str] = Counter(discount=discount, markup=markup)
    for line in lines:
        counted[f"section {line.section}"] += line.sign * line.gross
        counted["discount"] += line.sign * line.discount
        counted["markup"] += line.sign * line.markup
    if any(amount < 0 for amount in counted.values()) or any(not 0 <= row.sum <= row.turnover for row in vat):
        raise Refused("TOTAL_NOT_POSITIVE", reason="storno")


def _check_customer(ticket: TicketInput, pricing: Pricing) -> None:
    iin_bin = ticket.customer.iin_bin
    if iin_bin is None:
        return
    if not is_iin_bin(iin_bin):
        raise Refused("BAD_IIN_BIN", value=iin_bin[:20])
    if iin_bin == pricing.seller_iin_bin:
        raise Refused("SAME_TAXPAYER_AND_CUSTOMER")


def _own(line: LineInput, place: int, pricing: Pricing) -> Line:
    """A line after its own discount and markup; its share of the receipt's comes later."""
    name = line.name.strip()
    if not is_visible(name):
        raise Refused("NAME_REQUIRED")
    if len(name) > NAME_CHARACTERS_MAX:
        raise Refused("VALIDATION", field=f"items[{place}].name", reason="length", limit=NAME_CHARACTERS_MAX)
    if not 1 <= line.price <= PRICE_TIYN_MAX:
        raise Refused("PRICE_OUT_OF_RANGE", name=name)
    if not 1 <= line.quantity <= QUANTITY_THOUSANDTHS_MAX:
        raise Refused("QUANTITY_OUT_OF_RANGE", name=name)
    if line.unit not in UNITS:
        raise Refused("UNKNOWN_UNIT", unit=line.unit[:20])
    rate = pricing.vat_default if line.vat is None else line.vat
    if rate not in RATES:
        raise Refused("UNKNOWN_VAT", vat=rate[:20])
    if not is_allowed(rate, pricing.rate_day) or (rate != NO_VAT and not pricing.vat_payer):
        raise Refused("VAT_NOT_ALLOWED", vat=rate)
    gross = line_sum(line.price, line.quantity)
    if gross > DOCUMENT_TIYN_MAX:
        raise Refused("AMOUNT_OUT_OF_RANGE")
    discount, markup = _adjusted(line.discount, gross), _adjusted(line.markup, gross)
    if discount > gross:
        raise Refused("DISCOUNT_OUT_OF_RANGE", name=name)
    own_sum = gross - discount + markup
    return Line(
        name=name,
        price=line.price,
        quantity=line.quantity,
        unit=line.unit,
        section=line.section.strip() or "1",
        gross=gross,
        discount=discount,
        markup=markup,
        share=0,
        sum=own_sum,
        vat=rate,
        vat_sum=vat_inside(own_sum, rate),
        storno=line.storno,
        barcode=line.barcode,
        ntin=line.ntin,
        mark=line.mark,
    )


def _adjusted(adjustment: Adjustment | None, base: Money) -> Money:
    """The money of a discount or markup; a percent is taken from ``base``, once, half up."""
    if adjustment is None:
        return 0
    if adjustment.percent is not None:
        if not 0 <= adjustment.percent <= PERCENT_MAX:
            raise Refused("DISCOUNT_OUT_OF_RANGE")
        return percent_of(base, adjustment.percent)
    amount = adjustment.sum or 0
    if not 0 <= amount <= DOCUMENT_TIYN_MAX:
        raise Refused("DISCOUNT_OUT_OF_RANGE")
    return amount


def _shared(own: tuple[Line, ...], discount: Money, markup: Money) -> tuple[Line, ...]:
    """Spread the receipt's discount or markup over the lines that are not storno, by their sums (CONTRACT.md)."""
    amount = markup - discount
    if amount == 0:
        return own
    weights = tuple(0 if line.storno else line.own_sum for line in own)
    shares = spread(abs(amount), weights)
    direction = 1 if amount > 0 else -1
    return tuple(_with_share(line, direction * share) for line, share in zip(own, shares, strict=True))


def _with_share(line: Line, share: Money) -> Line:
    net = line.own_sum + share
    return replace(line, share=share, sum=net, vat_sum=vat_inside(net, line.vat))


def _paid(ticket: TicketInput, total: Money) -> tuple[tuple[Payment, ...] | None, Money | None, Money | None]:
    """Payments, cash taken and change: Σ payments = total, change only from cash (PROTOCOL.md i-11…14)."""
    payments, taken = ticket.payments, ticket.taken
    if taken is not None and taken > DOCUMENT_TIYN_MAX:
        raise Refused("AMOUNT_OUT_OF_RANGE")
    if payments is None:
        if taken is not None and taken < 0:
            raise Refused("AMOUNT_OUT_OF_RANGE")
        return None, taken, None
    _check_sums(payments, total)
    cash = sum(payment.sum for payment in payments if payment.type is PaymentType.CASH)
    if not cash:
        if taken is not None:
            raise Refused("VALIDATION", field="taken", reason="no_cash")
        return payments, None, None
    taken = cash if taken is None else taken
    if taken < cash:
        raise Refused("TAKEN_LESS_THAN_CASH", taken=taken, cash=cash)
    return payments, taken, taken - cash


def _check_sums(payments: tuple[Payment, ...], total: Money) -> None:
    if len({payment.type for payment in payments}) != len(payments):
        raise Refused("VALIDATION", field="payments", reason="repeated")
    paid = sum(payment.sum for payment in payments)
    if any(payment.sum <= 0 for payment in payments):
        raise Refused("PAYMENTS_TOTAL_MISMATCH", paid=paid, total=total, reason="not_positive")
    if paid != total:
        raise Refused("PAYMENTS_TOTAL_MISMATCH", paid=paid, total=total)
