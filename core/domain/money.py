"""Money, quantity and percent as integers, and the one rounding rule.

Money is whole tiyn (тиын, 1 ₸ = 100), quantity whole thousandths of a unit, percent whole thousandths of a percent
(16 % = 16000): PROTOCOL.md (e). Nothing here knows a binary fraction.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Money: TypeAlias = int
Quantity: TypeAlias = int
Percent: TypeAlias = int

MONEY_PLACES = 2
THOUSANDTHS_PLACES = 3
DOCUMENT_TIYN_MAX = 999_999_999_999
PRICE_TIYN_MAX = 9_999_999_999
QUANTITY_THOUSANDTHS_MAX = 999_999_999_000
PERCENT_MAX = 100_000

_DECIMAL = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]+))?", re.ASCII)


def round_half_up(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` to the nearest whole, halves away from zero (DOMAIN.md, decisions: half up)."""
    assert denominator > 0
    if numerator < 0:
        return -round_half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def line_sum(price: Money, quantity: Quantity) -> Money:
    """The sum of a line: price times quantity, rounded once."""
    return round_half_up(price * quantity, 1000)


def percent_of(amount: Money, percent: Percent) -> Money:
    """``percent`` thousandths of a percent of ``amount`` tiyn."""
    return round_half_up(amount * percent, 100_000)


def spread(amount: Money, weights: tuple[Money, ...]) -> tuple[Money, ...]:
    """Shares of ``amount`` in proportion to ``weights`` by largest remainder, so that they add up exactly.

    Equal remainders go to the earlier place (CONTRACT.md, «Reading a ticket»). Weights are not negative; with no weight
    at all nothing can be spread.
    """
    whole = sum(weights)
    assert amount >= 0 and all(weight >= 0 for weight in weights)
    if amount == 0 or whole == 0:
        assert amount == 0
        return tuple(0 for _ in weights)
    shares = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(amount * weights[place] % whole))
    for place in by_remainder[: amount - sum(shares)]:
        shares[place] += 1
    return tuple(shares)


def parse_decimal(text: str, places: int) -> int | None:
    """A decimal text as an integer of ``10**-places``; ``None`` when it is not one or has more places."""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    sign, whole, part = match.group(1), match.group(2), match.group(3) or ""
    if len(part) > places:
        return None
    value = int(whole + part.ljust(places, "0"))
    return -value if sign else value


def format_money(amount: Money) -> str:
    """Tenge with exactly two decimals: ``"1950.00"``."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def format_quantity(quantity: Quantity) -> str:
    """A quantity without needless zeros: ``"1"``, ``"1.5"``, ``"0.001"``."""
    whole, part = divmod(quantity, 1000)
    return f"{whole}.{part:03d}".rstrip("0") if part else str(whole)
