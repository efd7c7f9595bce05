"""How the money was paid: from the named amounts to payments and cash handed over, for one reading with its total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.sale_text.numbers import NotRead
from core.domain.sale_text.spoken import PaymentKind, SpokenPayment


@dataclass(frozen=True, slots=True)
class NamedPayment:
    """One «нал 2000». `maybe_goods`: the amount stood alone before the word («800 нал») and may be what was sold."""

    kind: PaymentKind
    amount_tiyn: int | None
    fragment: str
    maybe_goods: bool = False


@dataclass(frozen=True, slots=True)
class NamedMoney:
    """All that the message says about paying: payments, «с 2000», «сдача 50»."""

    payments: tuple[NamedPayment, ...] = ()
    taken_tiyn: int | None = None
    change_tiyn: int | None = None
    fragment: str = ""


def settle(named: NamedMoney, total_tiyn: int) -> tuple[tuple[SpokenPayment, ...] | None, int | None]:
    """Payments and cash taken for this total.

    Cash alone is what was handed over; beside other payments it is a part of the total, and handed over only
    where it exceeds what the others leave. Amounts that do not add up stay as spoken, for the caller to refuse.
    """
    if not named.payments:
        if named.taken_tiyn is None:
            if named.change_tiyn is not None:
                raise NotRead(named.fragment)
            return None, None
        _check_change(named, named.taken_tiyn - total_tiyn)
        return (SpokenPayment(PaymentKind.CASH),), named.taken_tiyn
    _check_kinds(named)
    others = [payment for payment in named.payments if payment.kind is not PaymentKind.CASH]
    cash = next((payment for payment in named.payments if payment.kind is PaymentKind.CASH), None)
    if cash is None:
        if named.taken_tiyn is not None or named.change_tiyn is not None:
            raise NotRead(named.fragment)
        return tuple(SpokenPayment(p.kind, p.amount_tiyn) for p in others), None
    amount, taken = _cash(named, cash, others, total_tiyn)
    spoken = tuple(
        SpokenPayment(p.kind, amount if p is cash else p.amount_tiyn) for p in named.payments
    )
    return spoken, taken


def _cash(
    named: NamedMoney, cash: NamedPayment, others: Sequence[NamedPayment], total_tiyn: int
) -> tuple[int | None, int | None]:
    """The cash part of the total (None: the rest) and the cash handed over."""
    amount, taken = cash.amount_tiyn, named.taken_tiyn
    if any(payment.amount_tiyn is None for payment in others):
        if named.change_tiyn is not None:
            raise NotRead(named.fragment)
        return amount, taken
    due = total_tiyn - sum(payment.amount_tiyn or 0 for payment in others)
    if amount is not None and taken is None and (not others or amount > due > 0):
        amount, taken = None, amount
    if taken is not None:
        _check_change(named, taken - due)
    elif named.change_tiyn is not None:
        raise NotRead(named.fragment)
    return amount, taken


def _check_kinds(named: NamedMoney) -> None:
    """Every way at most once, and at most one of them takes the rest."""
    kinds: set[PaymentKind] = set()
    open_ones = 0
    for payment in named.payments:
        open_ones += payment.amount_tiyn is None
        if payment.kind in kinds or open_ones > 1:
            raise NotRead(payment.fragment)
        kinds.add(payment.kind)


def _check_change(named: NamedMoney, change_tiyn: int) -> None:
    if named.change_tiyn is not None and named.change_tiyn != change_tiyn:
        raise NotRead(named.fragment)
