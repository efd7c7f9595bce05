"""Who may do what on a register, and what a cashier's limits forbid. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.domain.money import Money
from core.domain.ticket import Kind, Ticket
from core.errors import Refused

OWNER, MANAGER, CASHIER, VIEWER = "owner", "manager", "cashier", "viewer"
ROLES = (OWNER, MANAGER, CASHIER, VIEWER)
"""The highest first."""

PERCENT_MAX = 100_000
"""A hundred percent in thousandths of a percent."""


class Deed(StrEnum):
    """What a role is asked for."""

    READ = "read"
    SELL = "sell"
    LIMIT = "limit"
    CHANGE = "change"
    RECONNECT = "reconnect"
    KEYS = "keys"
    EXPORT = "export"
    ARCHIVE = "archive"


_MAY = {
    Deed.READ: ROLES,
    Deed.SELL: (OWNER, MANAGER, CASHIER),
    Deed.LIMIT: (OWNER, MANAGER),
    Deed.CHANGE: (OWNER, MANAGER),
    Deed.RECONNECT: (OWNER,),
    Deed.KEYS: (OWNER,),
    # whoever looks on is most often the accountant
    Deed.EXPORT: (OWNER, MANAGER, VIEWER),
    Deed.ARCHIVE: (OWNER,),
}
_GIVES = {OWNER: ROLES, MANAGER: (CASHIER, VIEWER)}
"""Which roles somebody may give and take away: nobody gives more than their own."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A cashier's limits; ``None`` is no limit, 0 forbids. Money in tiyn, the discount in thousandths of a percent."""

    receipt_max: Money | None = None
    return_max: Money | None = None
    withdrawal_max: Money | None = None
    discount_max: int | None = None


LIMIT_FIELDS = ("receipt_max", "return_max", "withdrawal_max", "discount_max")


def may(role: str | None, deed: Deed) -> bool:
    """Whether somebody of this role (``None``: of none) may do it."""
    return role in _MAY[deed]


def gives(role: str | None, given: str) -> bool:
    """Whether somebody of this role may give ``given`` to others and take it away."""
    return given in _GIVES.get(role or "", ())


def outranks(role: str | None, other: str) -> bool:
    """Whether ``role`` is at least as high as ``other``: an invitation never lowers anybody."""
    return role is not None and ROLES.index(role) <= ROLES.index(other)


def check_ticket(limits: Limits, ticket: Ticket) -> None:
    """Raises ``RETURN_OVER_LIMIT``, ``RECEIPT_OVER_LIMIT`` or ``DISCOUNT_OVER_LIMIT``."""
    if ticket.kind in (Kind.SELL_RETURN, Kind.BUY_RETURN):
        _check("RETURN_OVER_LIMIT", limits.return_max, ticket.total)
        return
    _check("RECEIPT_OVER_LIMIT", limits.receipt_max, ticket.total)
    gross = sum(line.sign * line.gross for line in ticket.items)
    given = ticket.discount + sum(line.sign * line.discount for line in ticket.items)
    if limits.discount_max is not None and given * PERCENT_MAX > gross * limits.discount_max:
        raise Refused("DISCOUNT_OVER_LIMIT", percent=percent_text(limits.discount_max))


def check_withdrawal(limits: Limits, total: Money) -> None:
    """Raises ``WITHDRAWAL_OVER_LIMIT``."""
    _check("WITHDRAWAL_OVER_LIMIT", limits.withdrawal_max, total)


def percent_text(thousandths: int) -> str:
    """`7,5` for 7500."""
    whole, part = divmod(thousandths, 1000)
    return f"{whole},{part:03}".rstrip("0").rstrip(",") if part else str(whole)


def _check(code: str, most: Money | None, total: Money) -> None:
    if most is not None and total > most:
        raise Refused(code, most=most, total=total)
