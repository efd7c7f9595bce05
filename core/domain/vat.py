"""VAT (НДС, ҚҚС): dated rates and the tax inside a price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.domain.money import Money, round_half_up

NO_VAT = "none"
RATES = ("16", "12", "10", "5", "0", NO_VAT)


@dataclass(frozen=True, slots=True)
class RatePeriod:
    """A rate that may stand on a receipt dated from ``first`` to ``last`` (both included)."""

    rate: str
    first: date
    last: date


# DOMAIN.md 2.6: 12 % to 2025-12-31, 16 % after; medicine 5 % in 2026 and 10 % from 2027; periodicals 10 % from 2026.
_PERIODS = (
    RatePeriod("12", date(2009, 1, 1), date(2025, 12, 31)),
    RatePeriod("16", date(2026, 1, 1), date.max),
    RatePeriod("10", date(2026, 1, 1), date.max),
    RatePeriod("5", date(2026, 1, 1), date(2026, 12, 31)),
    RatePeriod("0", date(2009, 1, 1), date.max),
    RatePeriod(NO_VAT, date(2009, 1, 1), date.max),
)


# The base rate on the other side of 2026's beginning and the rate of medicine after 2026, by what a default is called.
_SUCCESSIONS = {"16": "12", "12": "16", "5": "10"}


def is_allowed(rate: str, day: date) -> bool:
    """Whether ``rate`` may stand on a receipt (or on the basis of a return) dated ``day``."""
    return any(period.rate == rate and period.first <= day <= period.last for period in _PERIODS)


def default_on(rate: str, day: date) -> str:
    """What a register's default stands for on ``day``: the base rate, 12 % to 2025 and 16 % after; medicine's, 5 % in
    2026 and 10 % from 2027.

    A default that has no rate on that day stays as it is and is refused where it is used.
    """
    other = _SUCCESSIONS.get(rate)
    if other is None or is_allowed(rate, day) or not is_allowed(other, day):
        return rate
    return other


def percent_thousandths(rate: str) -> int:
    """The wire's form of a rate: 16 % = 16000 (PROTOCOL.md e). Not for :data:`NO_VAT`."""
    return int(rate) * 1000


def vat_inside(amount: Money, rate: str) -> Money:
    """The tax inside ``amount``: amount · rate / (100 + rate), half up to the tiyn; 0 without VAT."""
    if rate in (NO_VAT, "0"):
        return 0
    return round_half_up(amount * int(rate), 100 + int(rate))
