"""A report added up from the documents that the API answered: PROTOCOL.md (g) row by row, in fractions of a tenge."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any

OPS = ("sell", "sell_return", "buy", "buy_return")
INTO_THE_DRAWER = {"sell", "buy_return", "deposit"}
AUTONOMOUS = {"autonomous", "autonomous_registered", "stopped", "settled"}

Answer = dict[str, Any]


def money(amount: Fraction | int) -> str:
    """As the API writes it."""
    tiyn = int(amount * 100)
    assert tiyn == amount * 100
    sign = "-" if tiyn < 0 else ""
    return f"{sign}{abs(tiyn) // 100}.{abs(tiyn) % 100:02}"


def folded(documents: list[Answer], shift: int) -> Answer:
    """The members of a report that are sums and counts, out of all documents of a register so far."""
    life = [one for one in documents if one["mark"] != "refused" and one["kind"] != "shift_close"]
    here = [one for one in life if one["shift"] == shift]
    before = [one for one in life if one["shift"] < shift]
    lines = [(one["kind"], line) for one in here if one["kind"] in OPS for line in one["items"]]
    codes = sorted({line["section"] for _, line in lines})
    operations = {op: _positions(lines, op) for op in OPS}
    modified = {name: {op: _modifiers(here, op, name) for op in OPS} for name in ("discount", "markup")}
    revenue = sum(_sign(one) * Fraction(one["total"]) for one in here if one["kind"] in OPS)
    return {
        "sections": {
            code: {op: _positions([row for row in lines if row[1]["section"] == code], op) for op in OPS}
            for code in codes
        },
        "operations": operations,
        "discounts": modified["discount"],
        "markups": modified["markup"],
        "total_result": {
            op: {
                "count": operations[op]["count"],
                "sum": money(
                    Fraction(operations[op]["sum"])
                    - Fraction(modified["discount"][op]["sum"])
                    + Fraction(modified["markup"][op]["sum"])
                ),
            }
            for op in OPS
        },
        "taxes": _taxes(lines),
        "tickets": {op: _tickets(life, here, op) for op in OPS},
        "money_placements": {kind: _placements(life, here, kind) for kind in ("deposit", "withdrawal")},
        "cash": money(sum(_sign(one) * _cash(one) for one in life)),
        "revenue": {"sum": money(abs(revenue)), "is_negative": revenue < 0},
        "non_nullable_start": {op: _total(before, op) for op in OPS},
        "non_nullable_end": {op: _total(life, op) for op in OPS},
    }


def _sign(document: Answer) -> int:
    return 1 if document["kind"] in INTO_THE_DRAWER else -1


def _total(documents: list[Answer], kind: str) -> str:
    return money(sum(Fraction(one["total"]) for one in documents if one["kind"] == kind))


def _cash(document: Answer) -> Fraction:
    if document["kind"] not in OPS:
        return Fraction(document["total"])
    return sum((Fraction(one["sum"]) for one in document["payments"] if one["type"] == "cash"), Fraction(0))


def _positions(lines: list[tuple[str, Answer]], op: str) -> Answer:
    of_op = [line for kind, line in lines if kind == op]
    signed = [(-1 if line["storno"] else 1) * Fraction(line["gross"]) for line in of_op]
    return {"count": len([line for line in of_op if not line["storno"]]), "sum": money(sum(signed))}


def _modifiers(here: list[Answer], op: str, name: str) -> Answer:
    count, amount = 0, Fraction(0)
    for one in here:
        if one["kind"] != op:
            continue
        for line in one["items"]:
            if Fraction(line[name]):
                count += 0 if line["storno"] else 1
                amount += (-1 if line["storno"] else 1) * Fraction(line[name])
        if Fraction(one[name]):
            count, amount = count + 1, amount + Fraction(one[name])
    return {"count": count, "sum": money(amount)}


def _taxes(lines: list[tuple[str, Answer]]) -> list[Answer]:
    sums: dict[str, dict[str, list[Fraction]]] = defaultdict(lambda: {op: [Fraction(0), Fraction(0)] for op in OPS})
    for op, line in lines:
        if line["vat"] != "none":
            sign = -1 if line["storno"] else 1
            row = sums[line["vat"]][op]
            row[0] += sign * Fraction(line["sum"])
            row[1] += sign * Fraction(line["vat_sum"])
    return [
        {
            "rate": rate,
            "operations": {
                op: {"turnover": money(row[0]), "sum": money(row[1]), "turnover_without_tax": money(row[0] - row[1])}
                for op, row in sums[rate].items()
            },
        }
        for rate in sorted(sums, key=int, reverse=True)
    ]


def _tickets(life: list[Answer], here: list[Answer], op: str) -> Answer:
    of_op = [one for one in here if one["kind"] == op]
    paid = [payment for one in of_op for payment in one["payments"]]
    return {
        "total_count": len([one for one in life if one["kind"] == op]),
        "count": len(of_op),
        "sum": _total(here, op),
        "payments": {
            kind: {
                "count": len([one for one in paid if one["type"] == kind]),
                "sum": money(sum(Fraction(one["sum"]) for one in paid if one["type"] == kind)),
            }
            for kind in ("cash", "card", "mobile")
        },
        "offline_count": len([one for one in of_op if one["mark"] in AUTONOMOUS]),
        "discount_sum": money(sum(Fraction(one["discount"]) for one in of_op)),
        "markup_sum": money(sum(Fraction(one["markup"]) for one in of_op)),
        "change_sum": money(sum(Fraction(one["change"] or 0) for one in of_op)),
    }


def _placements(life: list[Answer], here: list[Answer], kind: str) -> Answer:
    of_kind = [one for one in here if one["kind"] == kind]
    return {
        "total_count": len([one for one in life if one["kind"] == kind]),
        "count": len(of_kind),
        "sum": _total(here, kind),
        "offline_count": len([one for one in of_kind if one["mark"] in AUTONOMOUS]),
    }
