"""Taking a real register into service: what its operator knows of it becomes entry 0."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from engine_street import Street, new_register, street

from core.checks.verify import verify
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind, PaymentType
from core.errors import Refused


async def lived(here: Street) -> None:
    """A shift of another register of the same device: 300 ₸ sold, 150 ₸ of them left in the drawer."""
    await here.sell(10_000, payment=PaymentType.CASH)
    await here.sell(20_000, payment=PaymentType.CASH)
    await here.engine.acts.make(here.register_id, PlacementInput(Kind.WITHDRAWAL, 15_000), key="out")


@pytest.mark.parametrize(("protocol", "version"), [("2.0.3", 203), ("2.0.4", 204)])
async def test_a_real_register_goes_on_from_what_the_operator_knows(
    database: str, tmp_path: Path, protocol: str, version: int
) -> None:
    async with street(database, tmp_path) as here:
        await lived(here)
        await here.engine.acts.close_shift(here.register_id, withdraw_cash=False, key="close")
        token = here.ofd.issue_token(here.device_id)
        # the same device at an operator of another name: in our directory it is another one
        real = replace(new_register(here, token), practice=False, operator="kazakhtelecom", protocol=protocol)
        view = await here.engine.registers.onboard(real)
        assert (view.cash, view.shift, view.last_document) == (15_000, None, 0)
        assert [one["version"] for one in here.exchanges("INFO")] == [version]
        here.register_id = view.registration.register_id
        made = await here.sell()
        assert (made.view.document.shift, made.view.document.practice) == (2, False)
        report = await here.engine.books.x_report(here.register_id)
        assert report.tickets["sell"].total_count == 3
        assert report.non_nullable_start["sell"] == 30_000
        assert report.money_placements["withdrawal"].total_count == 1
    assert (await verify(database)).findings == []


async def test_an_open_shift_at_the_operator_must_be_closed_first(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await lived(here)
        real = replace(new_register(here, here.ofd.issue_token(here.device_id)), practice=False, operator="beeline")
        with pytest.raises(Refused, match="SHIFT_OPEN_AT_OFD"):
            await here.engine.registers.onboard(real)
        assert len(await here.engine.registers.all()) == 1


@pytest.mark.parametrize(("mode", "code"), [("down", "OFD_NOT_ANSWERING"), ("garbage", "OFD_NOT_ANSWERING")])
async def test_an_operator_that_cannot_be_asked_leaves_nothing(
    database: str, tmp_path: Path, mode: str, code: str
) -> None:
    async with street(database, tmp_path) as here:
        here.behave(mode)
        real = replace(new_register(here, 1), practice=False, operator="beeline")
        with pytest.raises(Refused, match=code):
            await here.engine.registers.onboard(real)
        here.behave()
        with pytest.raises(Refused, match="OFD_NOT_READY"):
            await here.engine.registers.onboard(real)
        assert len(await here.engine.registers.all()) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("latitude", 2**31), ("longitude", -1), ("port", 0), ("port", 65_536), ("protocol", "2.0.2"), ("protocol", "")],
)
async def test_what_cannot_be_written_on_the_wire_is_refused_before_any_document_needs_it(
    database: str, tmp_path: Path, field: str, value: object
) -> None:
    async with street(database, tmp_path) as here:
        spoiled: Any = {"device_id": 1, field: value}
        with pytest.raises(Refused) as refusal:
            await here.engine.registers.onboard(replace(new_register(here, 1), **spoiled))
        assert (refusal.value.code, refusal.value.params["field"]) == ("VALIDATION", field)
        assert len(await here.engine.registers.all()) == 1


async def test_a_device_is_used_once_and_a_refused_second_use_leaves_nothing(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        with pytest.raises(Refused, match="DEVICE_IN_USE"):
            await here.engine.registers.onboard(new_register(here, 1))
        assert len(await here.engine.registers.all()) == 1
    assert (await verify(database)).registers == 1
