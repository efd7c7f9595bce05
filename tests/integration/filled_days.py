"""Some days over a year's end, when the base VAT rate changes, of whatever tickets a test sells."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

from core.clock import ALMATY
from core.domain.decide import CloseInput, PlacementInput
from core.domain.ticket import Kind, TicketInput
from sandbox.bench import fill
from sandbox.bench.ground import Ground

BEGIN = datetime(2025, 12, 29, 9, 0, tzinfo=ALMATY)
DAYS = [date(2025, 12, 29) + timedelta(days=day) for day in range(6)]


async def filled_days(
    here: Ground,
    chance: random.Random,
    ticket: Callable[[random.Random], TicketInput],
    *,
    closes: float,
    deposits: float,
    minutes_max: int,
) -> str:
    """The register that lived through them; ``closes`` and ``deposits`` are what share of its acts these are."""
    here.clock.set(BEGIN)
    registration = await here.register()
    loaded = await here.journal.load(registration.register_id)
    filling = fill.begin(registration, loaded.state, loaded.lane, here.sealer, here.clock.now(), told=False)
    while filling.now.date() <= DAYS[-1]:
        shift = filling.state.shift
        if shift is not None and (filling.now - shift.opened_at > timedelta(hours=20) or chance.random() < closes):
            filling.make(CloseInput())
        elif chance.random() < deposits:
            filling.make(PlacementInput(Kind.DEPOSIT, chance.randint(1, 10_000_000)))
        else:
            filling.make(ticket(chance))
        filling.now += timedelta(minutes=chance.randint(1, minutes_max))
    await fill.write(here.bare, filling)
    here.clock.set(filling.now)
    return registration.register_id
