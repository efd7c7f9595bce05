"""A register in 2.0.4 from the first sale to the Z, and the switch of a stopped lane to the other version."""

from __future__ import annotations

import json
from pathlib import Path

import asyncpg
import pytest
from engine_street import StillClock, Street, sale, street

from core.bootstrap import open_engine
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind, LineInput, Parent, Payment, PaymentType, TicketInput
from core.domain.view import Mark
from core.errors import Refused

CASH = PaymentType.CASH


def versions(here: Street, command: str | None = None) -> list[int]:
    return [one["version"] for one in here.exchanges(command)]


def returned(number: int, amount: int) -> TicketInput:
    return TicketInput(
        Kind.SELL_RETURN, (LineInput("Нан", amount),), payments=(Payment(CASH, amount),),
        parent=Parent(document_number=number),
    )


async def protocol(here: Street) -> str:
    told: str = (await here.view()).registration.protocol
    return told


async def resolutions(database: str) -> list[dict[str, object]]:
    """The resolutions in the register's chain, as they are journaled."""
    superuser = await asyncpg.connect(database)
    rows = await superuser.fetch("SELECT body FROM journal_entry WHERE kind = 'resolution' ORDER BY seq")
    await superuser.close()
    return [json.loads(row["body"]) for row in rows]


async def test_a_day_in_2_0_4_online_autonomous_recovered_and_closed(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock(), protocol="2.0.4") as here:
        make = here.engine.acts.make
        await make(here.register_id, PlacementInput(Kind.DEPOSIT, 50_000), key="in")
        await make(here.register_id, sale(10_000, CASH), key="sale")
        await make(here.register_id, returned(2, 4_000), key="return")
        here.behave("lose_answers")
        lost = await here.sell(7_000)
        assert lost.view.mark is Mark.AUTONOMOUS
        here.behave("down")
        await here.sell(8_000)
        await make(here.register_id, PlacementInput(Kind.WITHDRAWAL, 1_000), key="out")
        await here.close()
        await here.recover()
        view = await here.view()
        assert (view.mode, view.registration.protocol, view.unsent) == ("online", "2.0.4", 0)
        await here.sell()
        assert set(versions(here)) == {204}
        assert {one["command"] for one in here.exchanges()} == {
            "TICKET", "MONEY_PLACEMENT", "CLOSE_SHIFT", "SYSTEM", "INFO",
        }
        assert len(here.ofd.book(here.device_id)["z_reports"]) == 1
        assert await here.marks() == [*["registered"] * 3, *["autonomous_registered"] * 4, "registered"]
        await here.agrees()


async def test_encode_again_switches_a_stopped_lane_to_the_other_version_for_good(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("down")
        await here.sell()
        await here.sell()
        here.behave(result_code=3, text="версия снята", commands=["TICKET"], times=1)
        await here.deliver()
        assert (await here.view()).lane.stopped and versions(here, "TICKET") == [203]
        await here.engine.lanes.resolve(here.register_id, "encode_again", "ОФД перешёл на 2.0.4")
        assert versions(here, "TICKET") == [203, 204, 204]
        assert (await protocol(here), (await here.view()).mode) == ("2.0.4", "online")
        [entry] = await resolutions(database)
        assert (entry["resolution"], entry["protocol"], entry["number"]) == ("encode_again", "2.0.4", 1)
        async with open_engine(here.engine.settings, here.clock) as other:
            await other.acts.make(here.register_id, sale(), key="elsewhere")
            assert (await other.registers.all(here.organisation_id))[0].registration.protocol == "2.0.4"
        assert versions(here, "TICKET")[-1] == 204
        await here.agrees()


async def test_encode_again_a_second_time_goes_back(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock(), protocol="2.0.4") as here:
        here.behave("down")
        await here.sell()
        for turn, expected in enumerate(("2.0.3", "2.0.4", "2.0.3")):
            here.behave(result_code=4, commands=["TICKET"])
            if turn == 0:
                await here.deliver()
            await here.engine.lanes.resolve(here.register_id, "encode_again", "ещё раз")
            assert (await here.view()).lane.stopped and await protocol(here) == expected
        here.behave()
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
        assert versions(here, "TICKET") == [204, 203, 204, 203, 203]
        assert [entry.get("protocol") for entry in await resolutions(database)] == ["2.0.3", "2.0.4", "2.0.3", None]
        assert await here.marks() == ["autonomous_registered"]
        await here.agrees()


async def test_an_unanswered_head_is_encoded_again_under_its_own_token_and_number(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("lose_answers")
        await here.sell()
        here.behave(result_code=3, commands=["TICKET"], times=1)
        await here.deliver()
        assert (await here.view()).lane.stopped
        await here.engine.lanes.resolve(here.register_id, "encode_again", "другая версия")
        told = here.exchanges("TICKET")
        assert len({(one["token"], one["reqnum"]) for one in told}) == 1
        assert (told[-1]["version"], told[-1]["outcome"]) == (204, "repeated")
        assert len(here.booked()) == 1 and await here.marks() == ["autonomous_registered"]
        await here.agrees()


async def test_encode_again_lifts_a_block_of_a_register_whose_documents_were_refused(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave(result_code=3, commands=["TICKET"], times=1)
        with pytest.raises(Refused, match="OFD_REFUSED"):
            await here.sell()
        block = (await here.view()).block
        assert block is not None and block.reason == "service"
        await here.engine.lanes.resolve(here.register_id, "encode_again", "другая версия")
        assert ((await here.view()).block, await protocol(here)) == (None, "2.0.4")
        await here.sell()
        assert (versions(here, "SYSTEM"), versions(here, "TICKET")) == ([204], [203, 204])
        await here.agrees()


async def test_encode_again_with_a_typed_token_asks_info_in_the_other_version(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("lose_answers")
        await here.sell()
        here.behave()
        token = here.ofd.issue_token(here.device_id)
        here.behave(result_code=2, commands=["TICKET"], times=2)
        await here.deliver()
        assert (await here.view()).lane.stopped
        await here.engine.lanes.resolve(here.register_id, "encode_again", "новый токен", token=token)
        assert versions(here, "INFO")[0] == 204 and len(here.booked()) == 1
        view = await here.document(1)
        assert (view.mark, view.fiscal_sign) == (Mark.AUTONOMOUS_REGISTERED, None)


@pytest.mark.parametrize(
    ("version", "code"), [("2.0.3", 18), ("2.0.3", 19), ("2.0.4", 18), ("2.0.4", 19), ("2.0.4", 1)]
)
async def test_a_code_that_takes_the_device_off_refuses_and_blocks_in_every_version(
    database: str, tmp_path: Path, version: str, code: int
) -> None:
    async with street(database, tmp_path, clock=StillClock(), protocol=version) as here:
        here.behave(result_code=code, times=1)
        with pytest.raises(Refused) as refusal:
            await here.sell()
        assert (refusal.value.code, refusal.value.params["result_code"]) == ("OFD_REFUSED", code)
        view = await here.view()
        assert view.block is not None and view.block.reason == "service"
        with pytest.raises(Refused, match="REGISTER_BLOCKED"):
            await here.sell()
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
        await here.sell()
        here.behave("down")
        await here.sell()
        here.behave(result_code=code, commands=["TICKET"], times=1)
        await here.deliver()
        view = await here.view()
        assert (view.lane.stopped, view.lane.result_code) == (True, code)
        await here.agrees()


async def test_an_unanswered_document_is_never_refused_by_a_code_of_2_0_4(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock(), protocol="2.0.4") as here:
        here.behave("lose_answers", times=1)
        here.ofd.on_exchange = lambda _: here.behave(result_code=18)
        made = await here.sell()
        assert (made.view.mark, made.view.reason) == (Mark.AUTONOMOUS, "service")
        assert len(here.booked()) == 1
