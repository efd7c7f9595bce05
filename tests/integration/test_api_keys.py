"""API keys made and revoked by people, attacked: others' roles, others' registers, races, limits, what is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from engine_street import StillClock
from rest_shop import Shop, open_shop, problem, sale

from core.bootstrap import open_engine
from core.db.key_holders import KEYS_REMEMBERED_MAX, REMEMBERED_S, REVOKED_HINT, KeyHolder, KeyHolders
from core.errors import Refused
from core.usecases.api_keys import KEYS_MAX
from tests.integration.test_staff import CASHIER, MANAGER, NEWCOMER, OWNER, ROLES, VIEWER

BOTH = ("read", "sell")


async def staffed(here: Shop) -> Shop:
    for chat, role in ROLES.items():
        await here.engine.people.link_person(here.register_id, chat, role, role, "ru")
    return here


async def refused(awaited: Awaitable[Any]) -> str:
    with pytest.raises(Refused) as told:
        await awaited
    return told.value.code


async def made(here: Shop, scopes: tuple[str, ...] = BOTH) -> tuple[str, dict[str, str]]:
    """A new key's id and the header that uses it."""
    key, secret = await here.engine.crew.keys.make(OWNER, here.register_id, scopes)
    return key.key_id, {"Authorization": f"Bearer {secret}"}


async def test_a_key_does_what_its_scopes_say_until_it_is_revoked(database: str, tmp_path: Path) -> None:
    async with open_shop(database, tmp_path) as here:
        await staffed(here)
        reads_id, reads = await made(here, ("read",))
        _, sells = await made(here)
        assert (await here.get(headers=reads)).status_code == 200
        problem(await here.make(sale(), **reads), 403, "FORBIDDEN")
        assert (await here.make(sale(), **sells)).status_code == 201
        assert await here.engine.crew.keys.revoke(OWNER, here.register_id, reads_id)
        assert not await here.engine.crew.keys.revoke(OWNER, here.register_id, reads_id)
        problem(await here.get(headers=reads), 401, "FORBIDDEN")
        assert (await here.get(headers=sells)).status_code == 200
        assert reads_id not in [one.key_id for one in await here.engine.crew.keys.all(OWNER, here.register_id)]


async def test_another_process_forgets_a_revoked_key_at_once(database: str, tmp_path: Path) -> None:
    async with open_shop(database, tmp_path) as here:
        await staffed(here)
        key, secret = await here.engine.crew.keys.make(OWNER, here.register_id, BOTH)
        async with open_engine(here.engine.settings, StillClock(), role="web") as other:
            await other.hints.listening.wait()
            today = other.clock.now().date()
            assert await other.access.holder(secret, today) is not None
            heard = asyncio.Event()
            other.hints.on_topic(lambda topic: heard.set() if topic == REVOKED_HINT else None)
            await here.engine.crew.keys.revoke(OWNER, here.register_id, key.key_id)
            await heard.wait()
            assert await other.access.holder(secret, today) is None


def test_a_holder_is_remembered_for_a_second_of_one_day_and_not_past_a_revocation() -> None:
    seconds = [10.0]
    holders, today = KeyHolders(lambda: seconds[0]), date(2026, 11, 23)
    one = KeyHolder("organisation", BOTH)
    epoch = holders.epoch
    holders.remember(b"key", one, today, epoch)
    assert holders.known(b"key", today) == one and holders.known(b"other", today) is None
    assert holders.known(b"key", today + timedelta(days=1)) is None
    seconds[0] += REMEMBERED_S
    assert holders.known(b"key", today) is None
    holders.remember(b"key", one, today, epoch)
    holders.forget()
    assert holders.known(b"key", today) is None
    holders.remember(b"key", one, today, epoch)
    assert holders.known(b"key", today) is None, "it was read before the revocation"
    for number in range(KEYS_REMEMBERED_MAX + 1):
        holders.remember(str(number).encode(), one, today, holders.epoch)
    assert holders.known(b"0", today) is None and holders.known(str(KEYS_REMEMBERED_MAX).encode(), today) == one


@pytest.mark.parametrize("actor", [MANAGER, CASHIER, VIEWER, NEWCOMER])
async def test_nobody_but_an_owner_sees_makes_or_revokes(database: str, tmp_path: Path, actor: int) -> None:
    async with open_shop(database, tmp_path) as here:
        await staffed(here)
        key_id, header = await made(here)
        keys = here.engine.crew.keys
        assert await refused(keys.all(actor, here.register_id)) == "FORBIDDEN"
        assert await refused(keys.make(actor, here.register_id, BOTH)) == "FORBIDDEN"
        assert await refused(keys.revoke(actor, here.register_id, key_id)) == "FORBIDDEN"
        assert (await here.get(headers=header)).status_code == 200


async def test_an_owner_of_one_register_of_two_makes_no_key_to_both(database: str, tmp_path: Path) -> None:
    async with open_shop(database, tmp_path) as here:
        await staffed(here)
        second = await here.register()
        keys = here.engine.crew.keys
        assert await refused(keys.make(OWNER, here.register_id, BOTH)) == "NOT_OWNER_OF_ALL"
        await here.engine.people.link_person(second, OWNER, "manager", "x", "ru")
        assert await refused(keys.all(OWNER, here.register_id)) == "NOT_OWNER_OF_ALL"
        await here.engine.people.link_person(second, OWNER, "owner", "x", "ru")
        _, header = await made(here)
        found = (await here.client.get("/api/v1/registers", headers=header)).json()["items"]
        assert {one["register_id"] for one in found} == {here.register_id, second}


async def test_a_key_of_another_organisation_is_not_revoked(database: str, tmp_path: Path) -> None:
    async with open_shop(database, tmp_path) as here:
        await staffed(here)
        key_id, header = await made(here)
        other = await here.register(organisation_id=await here.engine.access.new_organisation("Чужие"))
        await here.engine.people.link_person(other, NEWCOMER, "owner", "x", "ru")
        assert not await here.engine.crew.keys.revoke(NEWCOMER, other, key_id)
        assert (await here.get(headers=header)).status_code == 200


async def test_keys_stand_in_the_record_of_every_register_and_their_secrets_nowhere(
    database: str, tmp_path: Path
) -> None:
    async with open_shop(database, tmp_path) as here:
        await staffed(here)
        second = await here.register()
        await here.engine.people.link_person(second, OWNER, "owner", "x", "ru")
        key, secret = await here.engine.crew.keys.make(OWNER, here.register_id, ("read",))
        await here.engine.crew.keys.revoke(OWNER, second, key.key_id)
        for register_id in (here.register_id, second):
            last, first = await here.engine.crew.rows.audit(register_id, 10)
            assert [(one.kind, one.actor) for one in (first, last)] == [("key_made", OWNER), ("key_revoked", OWNER)]
            assert (first.facts, last.facts) == ({"key": key.key_id, "scopes": ["read"]}, {"key": key.key_id})
        connection = await asyncpg.connect(database)
        kept = await connection.fetchval(
            "SELECT string_agg(row, '') FROM (SELECT k::text AS row FROM api_key k "
            "UNION ALL SELECT a::text FROM audit_entry a) AS rows"
        )
        await connection.close()
        assert secret.startswith(key.hint) and len(secret) - len(key.hint) >= 39
        assert secret not in kept and secret.encode().hex() not in kept and secret[len(key.hint) :] not in kept


async def test_there_are_only_so_many_keys_and_a_revoked_one_gives_its_place_back(
    database: str, tmp_path: Path
) -> None:
    async with open_shop(database, tmp_path) as here:
        await staffed(here)
        keys = here.engine.crew.keys
        for _ in range(KEYS_MAX - len(await keys.all(OWNER, here.register_id))):
            key_id, _ = await made(here)
        assert await refused(keys.make(OWNER, here.register_id, BOTH)) == "TOO_MANY_KEYS"
        assert await keys.revoke(OWNER, here.register_id, key_id)
        await made(here)


async def test_of_many_who_revoke_at_once_one_does_and_the_record_has_one_line(database: str, tmp_path: Path) -> None:
    async with open_shop(database, tmp_path) as here:
        await staffed(here)
        key_id, _ = await made(here)
        calls = (here.engine.crew.keys.revoke(OWNER, here.register_id, key_id) for _ in range(8))
        assert sorted(await asyncio.gather(*calls)) == [False] * 7 + [True]
        record = await here.engine.crew.rows.audit(here.register_id, 10)
        assert [one.kind for one in record] == ["key_revoked", "key_made"]


async def test_the_day_of_the_last_call_is_remembered_and_never_goes_back(database: str, tmp_path: Path) -> None:
    clock = StillClock()
    async with open_shop(database, tmp_path, clock) as here:
        await staffed(here)
        key_id, header = await made(here, ("read",))

        async def last() -> Any:
            found = await here.engine.crew.keys.all(OWNER, here.register_id)
            return next(one.last_used_on for one in found if one.key_id == key_id)

        assert await last() is None
        await here.get(headers=header)
        today = clock.now().date()
        assert await last() == today
        clock.set_offset(clock.offset + timedelta(days=2))
        await here.get(headers=header)
        assert await last() == today + timedelta(days=2)
        clock.set_offset(clock.offset - timedelta(days=1))
        await here.get(headers=header)
        assert await last() == today + timedelta(days=2)
