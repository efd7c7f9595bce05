"""A good by its barcode over the real wire: in time or not at all, never past a document and never in its way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from engine_street import StillClock, Street, street
from rest_shop import Shop, open_shop, problem

from core.domain.nomenclature import Found, Good
from core.domain.view import Mark
from core.errors import Refused
from core.ofd.link import Link
from core.ofd.nomenclature import CatalogueReader
from core.usecases.catalogue import FoundName
from core.usecases.nomenclature import Nomenclature
from web.api.schemas import CatalogueGood

BREAD, UNKNOWN = "4870001000011", "0000000000000"
LOAF = Good(BREAD, "Хлеб пшеничный, 600 г", "Бидай наны, 600 г", "0200100000010", "796", is_social=True)


async def look_up(here: Street, barcode: str = BREAD) -> Found | None:
    return await here.engine.nomenclature.lookup(here.register_id, barcode)


def patient(here: Street, timeout_s: float = 60) -> Nomenclature:
    """A lookup that would wait for longer than a sale may take."""
    engine = here.engine
    acts = engine.acts
    reader = CatalogueReader(Link(lambda _point: None), here.clock)
    return Nomenclature(acts._journal, acts._registrations, here.clock, reader, timeout_s=timeout_s)


@pytest.mark.parametrize(("protocol", "code"), [("2.0.3", 18), ("2.0.4", 0)])
async def test_a_good_is_found_or_not_and_the_lane_is_as_before(
    database: str, tmp_path: Path, protocol: str, code: int
) -> None:
    async with street(database, tmp_path, clock=StillClock(), protocol=protocol) as here:
        await here.sell()
        before = (await here.engine.acts.settled_state(here.register_id)).lane
        assert await look_up(here, f" {BREAD} ") == Found(LOAF)
        assert await look_up(here, UNKNOWN) == Found(None)
        asked = here.exchanges("NOMENCLATURE")
        assert [one["result_code"] for one in asked] == [0, code]
        assert {one["token"] for one in asked} == {before.token}
        after = (await here.engine.acts.settled_state(here.register_id)).lane
        assert (after.token, after.head, after.leased, after.reqnum) == (before.token, 1, False, before.reqnum + 2)
        assert not await here.is_due()
        assert (await here.sell()).view.mark is Mark.REGISTERED
        await here.agrees()


async def test_the_chats_catalogue_learns_a_name_from_the_operator(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        found = await here.engine.catalogue.named(here.register_id, BREAD)
        assert found == FoundName("Хлеб пшеничный, 600 г", "796", "0200100000010")
        assert await here.engine.catalogue.named(here.register_id, UNKNOWN) is None


async def test_several_at_once_wait_for_their_turn(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        found = await asyncio.gather(*(look_up(here) for _ in range(4)), here.sell())
        assert found[:4] == [Found(LOAF)] * 4
        reqnums = [one["reqnum"] for one in here.exchanges()]
        assert reqnums == sorted(set(reqnums))
        await here.agrees()


async def test_a_lookup_that_waits_gives_the_wire_up_to_a_sale(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("silent", commands=["NOMENCLATURE"], times=1)
        looking = asyncio.create_task(patient(here).lookup(here.register_id, BREAD))
        await here.reached(1, "NOMENCLATURE")
        made = await here.sell()
        assert made.view.mark is Mark.REGISTERED, "the sale has had its turn within its 5 s"
        assert await looking == Found(LOAF), "and the question was asked again after it"
        await here.agrees()


@pytest.mark.parametrize("mode", ["silent", "garbage", "down", "lose_answers"])
async def test_an_operator_that_does_not_answer_leaves_nothing_behind(
    database: str, tmp_path: Path, mode: str
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave(mode, commands=["NOMENCLATURE"])
        assert await patient(here, 0.3).lookup(here.register_id, BREAD) is None
        view = await here.view()
        assert (view.mode, view.block, view.lane.stopped) == ("online", None, False)
        assert (await here.sell()).view.mark is Mark.REGISTERED
        await here.agrees()


@pytest.mark.parametrize("code", [1, 2, 3, 15, 254])
async def test_no_code_to_a_lookup_blocks_the_register(database: str, tmp_path: Path, code: int) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave(result_code=code, commands=["NOMENCLATURE"], times=1)
        assert await look_up(here) is None
        assert ((await here.view()).block, await look_up(here)) == (None, Found(LOAF))


async def test_nothing_is_asked_past_what_must_be_told_first(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("lose_answers")
        await here.sell()
        here.behave()
        assert await look_up(here) is None
        here.behave(result_code=13, commands=["TICKET"])
        await here.deliver()
        assert (await here.view()).unsent == 0
        here.behave("down")
        await here.sell()
        here.behave(result_code=13, commands=["TICKET"])
        await here.deliver()
        assert (await here.view()).lane.stopped and await look_up(here) is None
        here.behave()
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
        here.behave(result_code=15, commands=["TICKET"], times=1)
        await here.sell()
        assert (await here.view()).block is not None and await look_up(here) is None
        assert here.exchanges("NOMENCLATURE") == []


async def test_a_lane_that_is_made_due_during_a_lookup_stays_due(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("down")
        await here.sell()
        here.behave(result_code=254, commands=["INFO"])
        await here.deliver()
        assert (await here.view()).mode == "online" and not await here.is_due()
        here.behave("silent", commands=["NOMENCLATURE"])
        looking = asyncio.create_task(patient(here, 0.5).lookup(here.register_id, BREAD))
        await here.reached(1, "NOMENCLATURE")
        await here.engine.lanes.due(here.register_id, here.clock.now())
        assert await looking is None
        here.behave()
        assert await here.is_due(), "INFO is still owed, now"
        while await here.tick():
            pass
        assert here.exchanges("INFO")[-1]["outcome"] == "answered"
        await here.agrees()


@pytest.mark.parametrize("barcode", ["", "  ", "1" * 65, "12\x0034", "12\n34"])
async def test_what_cannot_be_a_barcode_is_not_asked(database: str, tmp_path: Path, barcode: str) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        with pytest.raises(Refused, match="VALIDATION"):
            await look_up(here, barcode)
        assert here.exchanges() == []


# -- REST ----------------------------------------------------------------------------------------------------


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path) as one:
        yield one


async def asked(shop: Shop, barcode: str, language: str = "ru") -> httpx.Response:
    return await shop.get("/nomenclature", params={"barcode": barcode}, headers={"Accept-Language": language})


async def test_the_call_answers_the_good(shop: Shop) -> None:
    answer = await asked(shop, BREAD)
    assert answer.status_code == 200, answer.text
    CatalogueGood.model_validate(answer.json())
    assert answer.json() == {
        "barcode": BREAD,
        "name": "Хлеб пшеничный, 600 г",
        "name_kk": "Бидай наны, 600 г",
        "ntin": "0200100000010",
        "unit": "796",
    }


async def test_the_call_says_which_of_two_reasons_it_has_for_none(shop: Shop) -> None:
    unknown = problem(await asked(shop, UNKNOWN), 404, "NOT_FOUND")
    assert unknown["params"] == {"reason": "not_in_catalogue", "barcode": UNKNOWN}
    assert UNKNOWN in unknown["detail"]
    shop.ofd("down", commands=["NOMENCLATURE"])
    details = set()
    for language in ("kk", "ru", "en"):
        silent = problem(await asked(shop, BREAD, language), 404, "NOT_FOUND")
        assert silent["params"]["reason"] == "not_answering"
        details.add(silent["detail"])
    assert len(details) == 3


async def test_the_call_refuses_what_is_no_barcode_and_who_has_no_key(shop: Shop) -> None:
    for barcode in ("", "1" * 65, "a b", "12\x7f"):
        problem(await asked(shop, barcode), 422, "VALIDATION")
    problem(await shop.get("/nomenclature"), 422, "VALIDATION")
    stranger = await shop.get("/nomenclature", params={"barcode": BREAD}, headers={"Authorization": "Bearer nobody"})
    problem(stranger, 401, "FORBIDDEN")
    other = await shop.client.get("/api/v1/registers/0b0b8b5e-7a3b-4a57-9c49-0d8a0f3f7a11/nomenclature?barcode=1")
    problem(other, 404, "NOT_FOUND")
