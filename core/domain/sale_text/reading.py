"""Reads a sale from what a vendor wrote, in Russian or Kazakh (DESIGN.md, «The way of a sale», 1).

Nothing is guessed in silence: a piece that means nothing makes the whole message unreadable, a piece that can
mean two things is read the first way and offered the other way too, and a stated total or change must agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from core.domain.money import Money
from core.domain.sale_text.buyer import buyer_beside
from core.domain.sale_text.catalogue import catalogue_of
from core.domain.sale_text.clauses import SegmentReader
from core.domain.sale_text.hearing import hear, settle_words
from core.domain.sale_text.lines import Doubt, SpokenItem
from core.domain.sale_text.marks import mark_numbers
from core.domain.sale_text.naming import ways_of_naming
from core.domain.sale_text.no_sale import refuse_no_sale
from core.domain.sale_text.numbers import NotRead
from core.domain.sale_text.payments import NamedMoney, NamedPayment, settle
from core.domain.sale_text.remembered import with_known_names
from core.domain.sale_text.said import Clauses, SpokenAdjustment
from core.domain.sale_text.segments import segments_of
from core.domain.sale_text.spoken import (
    LINES_MAX,
    TEXT_CHARACTERS_MAX,
    PaymentKind,
    Reading,
    SpokenLine,
    Unreadable,
    UnreadableReason,
)
from core.domain.sale_text.tokens import Lexer, Token, clean

FRAGMENT_CHARACTERS_MAX = 64
FRAGMENTS_MAX = 10
ALTERNATIVES_MAX = 4
NOTHING_KNOWN: Mapping[str, Money | None] = MappingProxyType({})


def read_sale(text: str, *, known: Mapping[str, Money | None] = NOTHING_KNOWN) -> Reading | Unreadable:
    """The sale that the text describes, with its other readings, or what of it was not understood.

    `known` are the catalogue's names with prices in tiyn: they are taken whole («Кола 0,5», «7 дней»), in the
    catalogue's spelling, also with a slip, and a name without a price takes the catalogue's.
    """
    if len(text) > TEXT_CHARACTERS_MAX:
        return Unreadable((_shortened(text[:TEXT_CHARACTERS_MAX]),), UnreadableReason.TOO_LONG)
    cleaned = clean(text)
    if not cleaned.strip():
        return Unreadable((), UnreadableReason.EMPTY)
    buyer, rest = buyer_beside(cleaned)
    catalogue = catalogue_of(known)
    marked = mark_numbers(hear(Lexer(rest, tuple(catalogue)).read()))
    try:
        refuse_no_sale(marked)
    except NotRead as failure:
        return _unreadable([failure])
    remembered = with_known_names(settle_words(marked), catalogue)
    answers = [_read(tokens, rest) for tokens in ways_of_naming(remembered)]
    readings = [
        replace(reading, alternatives=(), buyer=buyer)
        for answer in answers
        if isinstance(answer, Reading)
        for reading in (answer, *answer.alternatives)
    ]
    if not readings:
        return answers[0]
    others = tuple(dict.fromkeys(one for one in readings if one != readings[0] and not _is_overpaid(one)))
    return replace(readings[0], alternatives=others[:ALTERNATIVES_MAX])


def _is_overpaid(reading: Reading) -> bool:
    """More by card or QR than the whole costs: no way that anybody meant it."""
    named = sum(p.amount_tiyn or 0 for p in reading.payments or () if p.kind is not PaymentKind.CASH)
    return named > reading.total_tiyn


def _read(tokens: Sequence[Token], text: str) -> Reading | Unreadable:
    """One way of telling names from numbers, with all its readings."""
    try:
        clauses = _clauses(tokens, text)
        if len(clauses.items) > LINES_MAX:
            return Unreadable((), UnreadableReason.TOO_MANY_LINES)
        if clauses.failures:
            return _unreadable(clauses.failures)
        return _reading(clauses, text)
    except NotRead as failure:
        return _unreadable([failure])


def _shortened(fragment: str) -> str:
    joined = " ".join(fragment.split())
    return joined if len(joined) <= FRAGMENT_CHARACTERS_MAX else joined[: FRAGMENT_CHARACTERS_MAX - 1] + "…"


def _unreadable(failures: Sequence[NotRead]) -> Unreadable:
    fragments = tuple(_shortened(failure.fragment) for failure in failures[:FRAGMENTS_MAX])
    return Unreadable(fragments, failures[0].reason)


def _clauses(tokens: Sequence[Token], cleaned: str) -> Clauses:
    clauses = Clauses()
    for number, (segment, after_plus) in enumerate(segments_of(tokens)):
        SegmentReader(segment, cleaned, clauses, number, after_plus).read()
    return clauses


@dataclass(frozen=True, slots=True)
class _Sale:
    """What was said, with the doubtful payment decided."""

    items: tuple[SpokenItem, ...]
    money: NamedMoney
    line_adjustments: tuple[SpokenAdjustment, ...]
    doubtful_adjustment: SpokenAdjustment | None
    receipt_adjustments: tuple[SpokenAdjustment, ...]


def _reading(clauses: Clauses, cleaned: str) -> Reading:
    _settle_goods(clauses, cleaned)
    sale = _sale(clauses)
    doubts: list[Doubt | None] = [None]
    doubts.extend(doubt for doubt in Doubt if any(doubt in item.otherwise for item in sale.items))
    if sale.doubtful_adjustment is not None:
        doubts.append(Doubt.SCOPE)
    readings: list[Reading] = []
    failure: NotRead | None = None
    for doubt in doubts:
        try:
            reading = _under(sale, doubt, clauses)
        except NotRead as caught:
            failure = failure or caught
            continue
        if reading not in readings:
            readings.append(reading)
    if not readings:
        assert failure is not None
        raise failure
    readings = _by_cash(readings)
    return replace(readings[0], alternatives=tuple(readings[1:]))


def _by_cash(readings: Sequence[Reading]) -> list[Reading]:
    """Those that the cash handed over pays for first; «2 кофе 800, нал 1000» may still be 800 each.

    The dearer ones lose the sum that was handed over, else nobody could choose them. Where the cash pays for none
    of the readings all stay as spoken, for the caller to refuse.
    """
    fitting = [reading for reading in readings if not _is_short(reading)]
    if not fitting:
        return list(readings)
    dearer = [replace(reading, taken_tiyn=None) for reading in readings if _is_short(reading)]
    return fitting + [reading for reading in dearer if reading not in fitting]


def _is_short(reading: Reading) -> bool:
    """Whether less cash was handed over than is to be paid in cash."""
    if reading.taken_tiyn is None or reading.payments is None:
        return False
    others = sum(p.amount_tiyn or 0 for p in reading.payments if p.kind is not PaymentKind.CASH)
    cash = next((p.amount_tiyn for p in reading.payments if p.kind is PaymentKind.CASH), None)
    return reading.taken_tiyn < (reading.total_tiyn - others if cash is None else cash)


def _settle_goods(clauses: Clauses, cleaned: str) -> None:
    """«800 нал» alone is goods paid in cash, beside named goods it is 800 handed over; «итого 800» alone is goods.

    So is «карта 800»: a card is never handed over for change.
    """
    doubtful = next((payment for payment in clauses.payments if payment.maybe_goods), None)
    if doubtful is not None and doubtful.amount_tiyn is not None and _is_goods(doubtful.amount_tiyn, doubtful, clauses):
        clauses.items.append(SpokenItem(SpokenLine("", doubtful.amount_tiyn)))
        clauses.segments.append(-1)
        place = clauses.payments.index(doubtful)
        clauses.payments[place] = replace(doubtful, amount_tiyn=None, maybe_goods=False)
    only = clauses.payments[0] if len(clauses.payments) == 1 else None
    nothing_else = not clauses.items and not clauses.totals and not clauses.taken
    if nothing_else and only is not None and only.kind is not PaymentKind.CASH and only.amount_tiyn is not None:
        clauses.items.append(SpokenItem(SpokenLine("", only.amount_tiyn)))
        clauses.segments.append(-1)
        clauses.payments[0] = replace(only, amount_tiyn=None)
    if not clauses.items and len(clauses.totals) == 1:
        clauses.items.append(SpokenItem(SpokenLine("", clauses.totals[0].tiyn)))
        clauses.segments.append(-1)
    if not clauses.items:
        raise NotRead(cleaned, UnreadableReason.NO_AMOUNT)


def _is_goods(amount_tiyn: int, payment: NamedPayment, clauses: Clauses) -> bool:
    """Goods without a name, unless other goods are named or the amount pays for them."""
    if not clauses.items:
        return not clauses.totals
    others = sum(item.line.sum_tiyn for item in clauses.items)
    pays = amount_tiyn == others or (payment.kind is PaymentKind.CASH and amount_tiyn > others)
    alone = len(clauses.payments) == 1 and not clauses.taken
    return alone and not pays and all(not item.line.name for item in clauses.items)


def _sale(clauses: Clauses) -> _Sale:
    for said in (clauses.taken, clauses.changes):
        if len(said) > 1:
            raise NotRead(said[1].fragment)
    taken = clauses.taken[0] if clauses.taken else None
    change = clauses.changes[0] if clauses.changes else None
    money = NamedMoney(
        tuple(clauses.payments),
        taken.tiyn if taken else None,
        change.tiyn if change else None,
        change.fragment if change else taken.fragment if taken else "",
    )
    of_lines: list[SpokenAdjustment] = []
    of_receipt: list[SpokenAdjustment] = []
    doubtful: SpokenAdjustment | None = None
    last_segment = max(clauses.segments)
    for adjustment in clauses.adjustments:
        alone = adjustment.item is None or len(clauses.items) == 1
        if alone:
            of_receipt.append(adjustment)
        elif adjustment.segment == last_segment and not of_lines and adjustment.item == len(clauses.items) - 1:
            doubtful = adjustment
            of_receipt.append(adjustment)
        else:
            of_lines.append(adjustment)
    return _Sale(tuple(clauses.items), money, tuple(of_lines), doubtful, tuple(of_receipt))


def _under(sale: _Sale, doubt: Doubt | None, clauses: Clauses) -> Reading:
    """The whole sale with one doubt decided the other way; NotRead when a stated sum contradicts it."""
    lines = [item.under(doubt) for item in sale.items]
    of_lines, of_receipt = list(sale.line_adjustments), list(sale.receipt_adjustments)
    if doubt is Doubt.SCOPE and sale.doubtful_adjustment is not None:
        of_receipt.remove(sale.doubtful_adjustment)
        of_lines.append(sale.doubtful_adjustment)
    for adjustment in of_lines:
        assert adjustment.item is not None
        lines[adjustment.item] = _adjusted_line(lines[adjustment.item], adjustment)
    reading = Reading(tuple(lines))
    for adjustment in of_receipt:
        _refuse_new_price(adjustment, reading.total_tiyn, clauses)
        reading = _adjusted_receipt(reading, adjustment)
    for stated in clauses.totals:
        if stated.tiyn != reading.total_tiyn:
            raise NotRead(stated.fragment)
    payments, taken = settle(sale.money, reading.total_tiyn)
    return replace(reading, payments=payments, taken_tiyn=taken)


def _refuse_new_price(adjustment: SpokenAdjustment, total_tiyn: int, clauses: Clauses) -> None:
    """«көйлек 8500 жеңілдікпен 8000» may be 8000 to pay, not 500: a sum of more than half is asked about."""
    is_large = adjustment.tiyn is not None and adjustment.tiyn * 2 > total_tiyn
    if is_large and not adjustment.is_markup and not clauses.totals:
        raise NotRead(adjustment.fragment)


def _adjusted_line(line: SpokenLine, adjustment: SpokenAdjustment) -> SpokenLine:
    """The line with its own discount or markup; a second one of the same sort is not understood."""
    percent, tiyn = adjustment.percent_thousandths, adjustment.tiyn
    if adjustment.is_markup:
        _refuse_second(line.markup_percent_thousandths, line.markup_tiyn, adjustment)
        return replace(line, markup_percent_thousandths=percent, markup_tiyn=tiyn)
    _refuse_second(line.discount_percent_thousandths, line.discount_tiyn, adjustment)
    return replace(line, discount_percent_thousandths=percent, discount_tiyn=tiyn)


def _adjusted_receipt(reading: Reading, adjustment: SpokenAdjustment) -> Reading:
    """The same for the whole receipt."""
    percent, tiyn = adjustment.percent_thousandths, adjustment.tiyn
    if adjustment.is_markup:
        _refuse_second(reading.markup_percent_thousandths, reading.markup_tiyn, adjustment)
        return replace(reading, markup_percent_thousandths=percent, markup_tiyn=tiyn)
    _refuse_second(reading.discount_percent_thousandths, reading.discount_tiyn, adjustment)
    return replace(reading, discount_percent_thousandths=percent, discount_tiyn=tiyn)


def _refuse_second(percent: int | None, tiyn: int | None, adjustment: SpokenAdjustment) -> None:
    if percent is not None or tiyn is not None:
        raise NotRead(adjustment.fragment)
