"""A ticket priced a second time: fractions, plain loops, CONTRACT.md «Reading a ticket» and nothing of the product's.

It answers either every refusal that is true or the figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from core.domain.ticket import Adjustment, LineInput, TicketInput

TOP = 9_999_999_999_99
UNITS = set(
    re.findall(
        r"\d+",
        "796 116 5114 006 112 021 168 356 359 360 362 003 004 005 642 008 160 161 162 163 164 110 111 055 059 061 625"
        " 728 736 778 868 931 113",
    )
)
# what may stand on a receipt of 2026
RATES_2026 = {"16": 16, "10": 10, "5": 5, "0": 0, "none": 0}


@dataclass(frozen=True)
class NaiveLine:
    """The figures of a line in tiyn."""

    gross: int
    discount: int
    markup: int
    share: int
    sum: int
    rate: str
    tax: int
    sign: int


@dataclass(frozen=True)
class NaiveTicket:
    """The figures of a ticket in tiyn."""

    lines: list[NaiveLine]
    total: int
    discount: int
    markup: int
    taxes: dict[str, tuple[int, int]]
    taken: int | None
    change: int | None


def naive_price(request: TicketInput, *, payer: bool, default: str) -> NaiveTicket | set[str]:
    """The figures, or all codes that it may be refused with. The buyer, the basis and the drawer are not looked at."""
    wrong: set[str] = set()
    if request.discount is not None and request.markup is not None:
        wrong.add("DISCOUNT_AND_MARKUP")
    if request.discount is not None and any(line.discount is not None for line in request.items):
        wrong.add("DISCOUNT_SCOPES_CONFLICT")
    for line in request.items:
        wrong |= _line_faults(line, payer, default)
    rows = [_own(line, default) for line in request.items]
    if any(row["discount"] > row["gross"] for row in rows):
        wrong.add("DISCOUNT_OUT_OF_RANGE")
    if any(row["gross"] > TOP for row in rows):
        wrong.add("AMOUNT_OUT_OF_RANGE")
    before = sum(row["sign"] * row["own"] for row in rows)
    discount, markup = _of(request.discount, before), _of(request.markup, before)
    if not _fits(request.discount) or not _fits(request.markup) or discount > max(before, 0):
        wrong.add("DISCOUNT_OUT_OF_RANGE")
    total = before - discount + markup
    if before <= 0 or total <= 0:
        wrong.add("TOTAL_NOT_POSITIVE")
    if total > TOP or before > TOP:
        wrong.add("AMOUNT_OUT_OF_RANGE")
    unpaid = _payment_faults(request, total)
    if wrong:
        return wrong | unpaid
    lines = _with_shares(rows, markup - discount)
    taxes = _taxes(lines)
    if _takes_back_too_much(request, lines, taxes, discount, markup):
        unpaid.add("TOTAL_NOT_POSITIVE")
    if unpaid:
        return unpaid
    cash = sum(one.sum for one in request.payments or () if one.type == "cash")
    taken = (cash if request.taken is None else request.taken) if cash else None
    return NaiveTicket(lines, total, discount, markup, taxes, taken, None if taken is None else taken - cash)


def naive_total(request: TicketInput, default: str) -> int:
    """What it comes to, whether or not it may be sold."""
    before = sum(row["sign"] * row["own"] for row in (_own(line, default) for line in request.items))
    return before - _of(request.discount, before) + _of(request.markup, before)


def half_up(value: Fraction) -> int:
    """To the nearest whole, a half away from zero."""
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(-value + Fraction(1, 2))


def _fits(one: Adjustment | None) -> bool:
    if one is None:
        return True
    return 0 <= one.percent <= 100_000 if one.percent is not None else 0 <= (one.sum or 0) <= TOP


def _of(one: Adjustment | None, base: int) -> int:
    if one is None:
        return 0
    return half_up(Fraction(base * one.percent, 100_000)) if one.percent is not None else one.sum or 0


def _line_faults(line: LineInput, payer: bool, default: str) -> set[str]:
    rate = default if line.vat is None else line.vat
    checks = {
        "NAME_REQUIRED": line.name.strip() != "",
        "VALIDATION": len(line.name.strip()) <= 128,
        "PRICE_OUT_OF_RANGE": 1 <= line.price <= 99_999_999_99,
        "QUANTITY_OUT_OF_RANGE": 1 <= line.quantity <= 999_999_999_000,
        "UNKNOWN_UNIT": line.unit in UNITS,
        "UNKNOWN_VAT": rate in {*RATES_2026, "12"},
        "VAT_NOT_ALLOWED": rate != "12" and (payer or rate == "none"),
        "DISCOUNT_OUT_OF_RANGE": _fits(line.discount) and _fits(line.markup),
    }
    return {code for code, good in checks.items() if not good}


def _own(line: LineInput, default: str) -> dict[str, Any]:
    gross = half_up(Fraction(line.price * line.quantity, 1000))
    discount, markup = _of(line.discount, gross), _of(line.markup, gross)
    return {
        "gross": gross,
        "discount": discount,
        "markup": markup,
        "own": gross - discount + markup,
        "rate": default if line.vat is None else line.vat,
        "sign": -1 if line.storno else 1,
    }


def _with_shares(rows: list[dict[str, Any]], amount: int) -> list[NaiveLine]:
    """Largest remainder: whole parts first, then one tiyn each to the largest remainders, the earlier line first."""
    bearing = [place for place, row in enumerate(rows) if row["sign"] > 0]
    whole = sum(rows[place]["own"] for place in bearing)
    exact = {place: Fraction(abs(amount) * rows[place]["own"], whole) for place in bearing}
    shares = {place: floor(share) for place, share in exact.items()}
    for _ in range(abs(amount) - sum(shares.values())):
        best = max(bearing, key=lambda place: (exact[place] - shares[place], -place))
        shares[best] += 1
    out = []
    for place, row in enumerate(rows):
        share = shares.get(place, 0) * (1 if amount > 0 else -1)
        net = row["own"] + share
        percent = RATES_2026[row["rate"]]
        tax = half_up(Fraction(net * percent, 100 + percent))
        out.append(
            NaiveLine(row["gross"], row["discount"], row["markup"], share, net, row["rate"], tax, row["sign"])
        )
    return out


def _taxes(lines: list[NaiveLine]) -> dict[str, tuple[int, int]]:
    taxes: dict[str, tuple[int, int]] = {}
    for line in lines:
        if line.rate != "none":
            turnover, tax = taxes.get(line.rate, (0, 0))
            taxes[line.rate] = (turnover + line.sign * line.sum, tax + line.sign * line.tax)
    return taxes


def _takes_back_too_much(
    request: TicketInput, lines: list[NaiveLine], taxes: dict[str, tuple[int, int]], discount: int, markup: int
) -> bool:
    """Nothing that a Z counts of this ticket may be below zero."""
    sections = {
        item.section: sum(
            line.sign * line.gross
            for line, other in zip(lines, request.items, strict=True)
            if other.section == item.section
        )
        for item in request.items
    }
    discounts = discount + sum(line.sign * line.discount for line in lines)
    markups = markup + sum(line.sign * line.markup for line in lines)
    bases = [turnover - tax for turnover, tax in taxes.values()]
    figures = [*sections.values(), discounts, markups, *bases, *(tax for _, tax in taxes.values())]
    return min(figures) < 0


def _payment_faults(request: TicketInput, total: int) -> set[str]:
    wrong = set()
    taken, payments = request.taken, request.payments
    if taken is not None and taken > TOP:
        wrong.add("AMOUNT_OUT_OF_RANGE")
    assert payments is not None
    kinds = [str(one.type) for one in payments]
    if len(kinds) != len(set(kinds)):
        wrong.add("VALIDATION")
    if any(one.sum <= 0 for one in payments) or sum(one.sum for one in payments) != total:
        wrong.add("PAYMENTS_TOTAL_MISMATCH")
    cash = sum(one.sum for one in payments if one.type == "cash")
    if taken is not None and not cash:
        wrong.add("VALIDATION")
    if taken is not None and cash and taken < cash:
        wrong.add("TAKEN_LESS_THAN_CASH")
    return wrong
