"""The counter: acts of a person at a register, allowed by their role and limits at the moment of the act."""

from __future__ import annotations

from typing import Protocol

from core.domain.decide import PlacementInput
from core.domain.roles import CASHIER, Deed, Limits, check_ticket, check_withdrawal
from core.domain.ticket import Cashier, Kind, TicketInput
from core.usecases.acts import Acts, Journaled, Made
from core.usecases.quotes import Quotes
from core.usecases.registers import Registers


class Roles(Protocol):
    """Who asks for a role before an act."""

    async def require(self, actor: int, register_id: str, deed: Deed) -> str: ...


class LimitRows(Protocol):
    """Where limits are kept."""

    async def limits(self, register_id: str, chat_id: int) -> Limits: ...


class Counter:
    """Makes documents for people; programs with a key of their own go to the acts directly."""

    def __init__(self, acts: Acts, quotes: Quotes, registers: Registers, roles: Roles, limits: LimitRows) -> None:
        self._acts = acts
        self._quotes = quotes
        self._registers = registers
        self._roles = roles
        self._limits = limits

    async def make(
        self,
        actor: int,
        register_id: str,
        command: TicketInput | PlacementInput,
        *,
        key: str,
        cashier: Cashier,
        journaled: Journaled,
    ) -> Made:
        """As ``Acts.make``; raises ``FORBIDDEN`` or the limit that is passed, and nothing is made then."""
        limits = await self._allowed(actor, register_id)
        if isinstance(command, TicketInput):
            if limits != Limits():
                check_ticket(limits, await self._quotes.ticket(register_id, command))
        elif command.kind is Kind.WITHDRAWAL:
            check_withdrawal(limits, command.sum)
        return await self._acts.make(register_id, command, key=key, cashier=cashier, journaled=journaled)

    async def close_shift(
        self,
        actor: int,
        register_id: str,
        *,
        withdraw_cash: bool,
        key: str,
        cashier: Cashier,
        journaled: Journaled,
    ) -> Made:
        """As ``Acts.close_shift``. A limit on withdrawals forbids taking the drawer along, never the close itself."""
        limits = await self._allowed(actor, register_id)
        if withdraw_cash and limits.withdrawal_max is not None:
            check_withdrawal(limits, (await self._registers.get(register_id)).cash)
        return await self._acts.close_shift(
            register_id, withdraw_cash=withdraw_cash, key=key, cashier=cashier, journaled=journaled
        )

    async def _allowed(self, actor: int, register_id: str) -> Limits:
        role = await self._roles.require(actor, register_id, Deed.SELL)
        return await self._limits.limits(register_id, actor) if role == CASHIER else Limits()
