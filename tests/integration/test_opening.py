"""A register opened by a person: again after a crash, at the bound of how many, with what was sold before."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from cryptography.exceptions import InvalidTag

from core.db.ids import uuid7
from core.domain.catalogue import Item
from core.domain.onboarding import FirstStart
from core.errors import Refused
from core.usecases.opening import OWNED_MAX
from tests.integration.engine_street import Street, neighbour, new_register, street

CHAT = 77


def practice(title: str = "Дүкен") -> FirstStart:
    return FirstStart(CHAT, uuid7(), True, "check", {"title": title, "vat": False})


async def opened(here: Street, asked: FirstStart) -> str:
    view, _ = await here.engine.crew.opening.open(asked, name="Айгүл", language="kk", practice_address=("x", "y"))
    return view.registration.register_id


async def test_opened_twice_at_once_or_after_a_crash_it_is_one_register(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        asked = practice()
        assert await opened(here, asked) == await opened(here, asked) == asked.register_id
        person = await here.engine.people.person(CHAT)
        assert person is not None and person.roles == {asked.register_id: "owner"}
        assert [one.kind for one in await here.engine.crew.rows.audit(asked.register_id, 9)] == ["opened"]
        both = await asyncio.gather(*(opened(here, practice(str(one))) for one in range(2)))
        assert len(set(both)) == 2


async def test_a_crash_between_the_register_and_its_owner_leaves_what_the_next_press_finishes(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path) as here:
        asked = practice()
        organisation_id = await here.engine.access.new_organisation("x")
        new = replace(
            new_register(here, 0), register_id=asked.register_id, organisation_id=organisation_id, operator=None
        )
        await here.engine.registers.onboard(new)
        assert await here.engine.people.person(CHAT) is None
        assert await opened(here, asked) == asked.register_id
        person = await here.engine.people.person(CHAT)
        assert person is not None and person.current_register == asked.register_id


async def test_one_person_owns_so_many_and_no_more(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        made = {await opened(here, practice(str(one))) for one in range(OWNED_MAX)}
        assert len(made) == OWNED_MAX
        organisations = {(await here.engine.registers.get(one)).registration.organisation_id for one in made}
        assert len(organisations) == 1
        with pytest.raises(Refused, match="TOO_MANY_REGISTERS"):
            await opened(here, practice())
        assert len(await here.engine.registers.all()) == OWNED_MAX + 1


async def test_going_real_brings_the_goods_of_the_practice_register(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        opening, catalogue = here.engine.crew.opening, here.engine.catalogue
        first = practice()
        _, was_copied = await opening.open(first, name="x", language="ru", practice_address=("x", "y"))
        assert not was_copied
        coffee = Item("Кофе", 80_000, section="Сусын", vat="0", barcode="4870001234560", favourite=True)
        await catalogue.add(CHAT, first.register_id, coffee)
        other = replace(here, device_id=99_991)
        settings = new_register(other, 0)
        other.ofd.register_device(
            other.device_id, 5, rnm=settings.rnm, znm="Z", iin_bin=settings.iin_bin, title="x", address="x"
        )
        answers = {
            "title": "Нағыз", "vat": True, "taxpayer": "x", "iin_bin": settings.iin_bin, "address": "x",
            "address_kk": "x", "okved": "47111", "place": [43000000, 76000000], "rnm": settings.rnm, "znm": "Z",
            "operator": "sandbox", "server": ["127.0.0.1", here.port], "device_id": other.device_id,
        }  # fmt: skip
        real = FirstStart(CHAT, uuid7(), False, "check", answers, token=5)
        view, was_copied = await opening.open(real, name="x", language="ru", practice_address=("x", "y"))
        assert was_copied
        assert await catalogue.everything(CHAT, real.register_id) == [coffee]
        await opening.open(real, name="x", language="ru", practice_address=("x", "y"))
        assert await catalogue.everything(CHAT, real.register_id) == [coffee]
        assert not view.registration.practice and view.registration.vat_default == "16"


async def test_a_taken_device_is_refused_before_the_operator_is_asked(database: str, tmp_path: Path) -> None:
    """A question in its name would draw a new token and stop the working register."""
    async with street(database, tmp_path) as here:
        token = here.ofd.book(here.device_id)["token"]
        before = len(here.exchanges())
        with pytest.raises(Refused, match="DEVICE_IN_USE"):
            await here.engine.registers.onboard(replace(new_register(here, token), practice=False))
        assert len(here.exchanges()) == before
        await here.sell()
        await neighbour(here)
        await here.agrees()


async def test_a_typed_token_is_sealed_in_its_row_and_opens_for_its_register_only(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path) as here:
        asked = replace(practice(), token=123_456_789, practice=False)
        starts = here.engine.crew.first_starts
        await starts.put(asked)
        assert await starts.get(CHAT) == asked
        connection = await asyncpg.connect(database)
        row = await connection.fetchval("SELECT f::text FROM first_start f")
        assert "123456789" not in row and (123_456_789).to_bytes(4, "big").hex() not in row
        await connection.execute("UPDATE first_start SET register_id = gen_random_uuid()")
        await connection.close()
        with pytest.raises(InvalidTag):
            await starts.get(CHAT)
