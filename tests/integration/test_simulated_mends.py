"""Faults that the simulation found, each in the plainest street that shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from engine_street import StillClock, sale, street
from test_lane_engines import second

from core.domain.ticket import Kind, Parent, PaymentType
from core.errors import Refused


class Meanwhile:
    """A journal to which something happens just before one of its calls, once."""

    def __init__(self, journal: Any, name: str, happens: Any) -> None:
        self._journal = journal
        self._name = name
        self._happens = happens

    def __getattr__(self, name: str) -> Any:
        happens = self._happens if name == self._name else None
        real = getattr(self._journal, name)
        if happens is None:
            return real

        async def call(*arguments: Any, **named: Any) -> Any:
            self._happens = None
            await happens()
            return await real(*arguments, **named)

        return call


async def test_a_return_pressed_on_two_machines_at_once_is_not_refused_for_its_own_sake(
    database: str, tmp_path: Path
) -> None:
    """The second press reads the returns of the basis when the first one's document is already among them."""
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        await here.sell(payment=PaymentType.CASH)
        back = replace(sale(payment=PaymentType.CASH), kind=Kind.SELL_RETURN, parent=Parent(document_number=1))
        first: list[Any] = []

        async def press() -> None:
            first.append(await other.acts.make(here.register_id, back, key="press"))

        bases: Any = here.engine.acts._bases
        bases._journal = Meanwhile(bases._journal, "returns_of", press)
        made = await here.engine.acts.make(here.register_id, back, key="press")
        assert (made.created, made.view) == (False, first[0].view)
        await here.agrees()


async def test_a_close_with_the_cash_pressed_twice_is_one_close(database: str, tmp_path: Path) -> None:
    """The first press closes the shift just after the second found its key unused."""
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        await here.sell(payment=PaymentType.CASH)
        first: list[Any] = []

        async def press() -> None:
            first.append(await other.acts.close_shift(here.register_id, withdraw_cash=True, key="press"))

        acts: Any = here.engine.acts
        acts._journal = Meanwhile(acts._journal, "load", press)
        made = await here.engine.acts.close_shift(here.register_id, withdraw_cash=True, key="press")
        assert (made.created, made.view) == (False, first[0].view)
        assert [str(one) for one in await here.marks()] == ["registered"] * 3
        await here.agrees()


async def test_a_clock_set_back_by_seconds_does_not_reopen_the_72_hours(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("down")
        await here.sell()
        here.advance(hours=24)
        await here.close()
        here.advance(hours=48, seconds=-5)
        await here.sell()
        here.advance(seconds=10)
        await here.close()
        with pytest.raises(Refused, match="AUTONOMOUS_TOO_LONG"):
            await here.sell()
        here.advance(seconds=-30)
        with pytest.raises(Refused, match="AUTONOMOUS_TOO_LONG"):
            await here.sell()
