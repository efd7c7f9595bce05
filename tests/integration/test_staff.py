"""Roles, join links, limits and their record, attacked: late, spent, stolen, lowered, removed, raced."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from core.domain.decide import PlacementInput
from core.domain.roles import Deed, Limits
from core.domain.ticket import Adjustment, Cashier, Kind, Parent, Payment, PaymentType
from core.errors import Refused
from tests.integration.engine_street import StillClock, Street, sale, street

OWNER, MANAGER, CASHIER, VIEWER, NEWCOMER, OTHER = 1, 2, 3, 4, 5, 6
ROLES = {OWNER: "owner", MANAGER: "manager", CASHIER: "cashier", VIEWER: "viewer"}


async def staffed(here: Street) -> Street:
    for chat, role in ROLES.items():
        await here.engine.people.link_person(here.register_id, chat, role, role, "ru")
    return here


async def refused(awaited: Awaitable[Any]) -> str:
    with pytest.raises(Refused) as told:
        await awaited
    return told.value.code


async def token_for(here: Street, role: str, maker: int = OWNER) -> str:
    return await here.engine.crew.staff.invite(maker, here.register_id, role)


async def came(here: Street, token: str, chat: int) -> bool:
    """Whether this person is new after showing a token and pressing the button."""
    link = await here.engine.crew.staff.shown(token, chat)
    return (await here.engine.crew.staff.join(link.link_id, chat, "Оля", "kk")).is_new


async def test_a_link_brings_one_person_once(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        token = await token_for(here, "cashier")
        assert await came(here, token, NEWCOMER)
        assert not await came(here, token, NEWCOMER)
        assert await refused(came(here, token, OTHER)) == "LINK_SPENT"
        person = await here.engine.people.person(NEWCOMER)
        assert person is not None and person.roles == {here.register_id: "cashier"}
        assert person.current_register == here.register_id


async def test_of_many_who_press_at_once_one_joins(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        token = await token_for(here, "manager")
        shown = [await here.engine.crew.staff.shown(token, chat) for chat in range(100, 110)]
        calls = (here.engine.crew.staff.join(shown[0].link_id, chat, "x", "ru") for chat in range(100, 110))
        said = await asyncio.gather(*calls, return_exceptions=True)
        assert sum(not isinstance(one, BaseException) for one in said) == 1
        assert {one.code for one in said if isinstance(one, Refused)} == {"LINK_SPENT"}
        assert len(await here.engine.people.people(here.register_id, ("manager",))) == 2


async def test_a_link_is_good_for_fifteen_minutes(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await staffed(here)
        token = await token_for(here, "viewer")
        late = await token_for(here, "viewer")
        here.advance(seconds=15 * 60 - 1)
        assert await came(here, token, NEWCOMER)
        link = await here.engine.crew.staff.shown(late, OTHER)
        here.advance(seconds=1)
        assert await refused(here.engine.crew.staff.join(link.link_id, OTHER, "x", "ru")) == "LINK_SPENT"
        assert await refused(here.engine.crew.staff.shown(late, OTHER)) == "LINK_SPENT"


async def test_only_whoever_showed_the_token_may_press(database: str, tmp_path: Path) -> None:
    """The button names the link's id, which is no secret."""
    async with street(database, tmp_path) as here:
        await staffed(here)
        link = await here.engine.crew.staff.shown(await token_for(here, "owner"), NEWCOMER)
        assert await refused(here.engine.crew.staff.join(link.link_id, OTHER, "x", "ru")) == "LINK_SPENT"
        assert await here.engine.people.person(OTHER) is None


async def test_the_database_keeps_no_token(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        token = await token_for(here, "cashier")
        assert len(token) >= 22
        connection = await asyncpg.connect(database)
        kept = await connection.fetchval("SELECT string_agg(j::text, '') FROM join_link j")
        await connection.close()
        assert token not in kept and token.encode().hex() not in kept


@pytest.mark.parametrize(
    ("maker", "role", "may"),
    [
        (OWNER, "owner", True),
        (OWNER, "viewer", True),
        (MANAGER, "cashier", True),
        (MANAGER, "viewer", True),
        (MANAGER, "manager", False),
        (MANAGER, "owner", False),
        (CASHIER, "viewer", False),
        (VIEWER, "viewer", False),
        (NEWCOMER, "viewer", False),
        (OWNER, "king", False),
    ],
)
async def test_who_may_invite(database: str, tmp_path: Path, maker: int, role: str, may: bool) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        if may:
            assert await came(here, await token_for(here, role, maker), NEWCOMER)
        else:
            assert await refused(token_for(here, role, maker)) == "FORBIDDEN"


async def test_the_link_of_a_removed_manager_opens_nothing(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        token = await token_for(here, "cashier", MANAGER)
        await here.engine.crew.staff.remove(OWNER, here.register_id, MANAGER)
        assert await refused(came(here, token, NEWCOMER)) == "LINK_SPENT"


async def test_a_link_lowers_nobody_and_a_used_one_brings_nobody_back(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        token = await token_for(here, "cashier")
        assert await refused(came(here, token, OWNER)) == "ALREADY_HERE"
        assert await refused(came(here, token, CASHIER)) == "ALREADY_HERE"
        assert await came(here, token, VIEWER), "a viewer rises to cashier"
        await here.engine.crew.staff.remove(OWNER, here.register_id, VIEWER)
        assert await refused(came(here, token, VIEWER)) == "LINK_SPENT"


async def test_a_register_is_never_without_an_owner(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        staff = here.engine.crew.staff
        assert await refused(staff.remove(OWNER, here.register_id, OWNER)) == "LAST_OWNER"
        await here.engine.people.link_person(here.register_id, OTHER, "owner", "x", "ru")
        both = (staff.remove(OWNER, here.register_id, OTHER), staff.remove(OTHER, here.register_id, OWNER))
        await asyncio.gather(*both, return_exceptions=True)
        assert len(await here.engine.people.people(here.register_id, ("owner",))) == 1


@pytest.mark.parametrize(
    ("actor", "whom", "may"),
    [
        (OWNER, MANAGER, True),
        (MANAGER, CASHIER, True),
        (MANAGER, MANAGER, True),
        (CASHIER, CASHIER, True),
        (MANAGER, OWNER, False),
        (CASHIER, VIEWER, False),
        (NEWCOMER, CASHIER, False),
    ],
)
async def test_who_may_remove_whom(database: str, tmp_path: Path, actor: int, whom: int, may: bool) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        call = here.engine.crew.staff.remove(actor, here.register_id, whom)
        if may:
            await call
            assert await refused(here.engine.crew.staff.require(whom, here.register_id, Deed.READ)) == "FORBIDDEN"
        else:
            assert await refused(call) == "FORBIDDEN"


async def sold(here: Street, actor: int, amount: int, **more: Any) -> int:
    made = await here.engine.crew.counter.make(
        actor,
        here.register_id,
        sale(amount, **more),
        key=here.key(),
        cashier=Cashier(),
        journaled=lambda view: None,
    )
    return made.view.document.number


async def test_whoever_is_removed_or_only_looks_makes_nothing(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        assert await sold(here, CASHIER, 100) == 1
        assert await refused(sold(here, VIEWER, 100)) == "FORBIDDEN"
        await here.engine.crew.staff.remove(OWNER, here.register_id, CASHIER)
        assert await refused(sold(here, CASHIER, 100)) == "FORBIDDEN"
        assert await here.marks() == ["registered"]


async def test_limits_bind_a_cashier_to_the_tiyn_and_nobody_above(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        limit = here.engine.crew.staff.set_limit
        await limit(MANAGER, here.register_id, CASHIER, "receipt_max", 10_000)
        await limit(MANAGER, here.register_id, CASHIER, "discount_max", 10_000)
        assert await sold(here, CASHIER, 10_000) == 1
        assert await refused(sold(here, CASHIER, 10_001)) == "RECEIPT_OVER_LIMIT"
        assert await sold(here, OWNER, 10_001) == 2
        await limit(OWNER, here.register_id, CASHIER, "receipt_max", None)
        assert await sold(here, CASHIER, 10_001) == 3
        for actor in (CASHIER, VIEWER, NEWCOMER):
            assert await refused(limit(actor, here.register_id, CASHIER, "receipt_max", None)) == "FORBIDDEN"
        assert await refused(limit(OWNER, here.register_id, MANAGER, "receipt_max", 1)) == "FORBIDDEN"


@pytest.mark.parametrize(("given", "code"), [(1_000, None), (1_001, "DISCOUNT_OVER_LIMIT")])
async def test_a_discount_counts_on_lines_and_on_the_receipt(
    database: str, tmp_path: Path, given: int, code: str | None
) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        await here.engine.crew.staff.set_limit(OWNER, here.register_id, CASHIER, "discount_max", 10_000)
        whole = sale(10_000, PaymentType.CARD, discount=Adjustment(sum=given))
        asked = replace(whole, payments=(Payment(PaymentType.CARD, 10_000 - given),))
        call = here.engine.crew.counter.make(
            CASHIER, here.register_id, asked, key="d", cashier=Cashier(), journaled=lambda view: None
        )
        if code is None:
            assert (await call).view.document.total == 9_000
        else:
            assert await refused(call) == code


async def test_returns_and_the_drawer_have_limits_of_their_own(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        limit, counter = here.engine.crew.staff.set_limit, here.engine.crew.counter
        await limit(OWNER, here.register_id, CASHIER, "return_max", 0)
        await limit(OWNER, here.register_id, CASHIER, "withdrawal_max", 500)
        assert await sold(here, CASHIER, 700, payment=PaymentType.CASH) == 1
        back = sale(700, PaymentType.CASH, parent=Parent(document_number=1))
        returned = replace(back, kind=Kind.SELL_RETURN)

        def made(command: Any, key: str) -> Awaitable[Any]:
            return counter.make(
                CASHIER,
                here.register_id,
                command,
                key=key,
                cashier=Cashier(),
                journaled=lambda view: None,
            )

        assert await refused(made(returned, "r")) == "RETURN_OVER_LIMIT"
        assert await refused(made(PlacementInput(Kind.WITHDRAWAL, 501), "w")) == "WITHDRAWAL_OVER_LIMIT"
        close: dict[str, Any] = {"cashier": Cashier(), "journaled": lambda view: None}
        taking = counter.close_shift(CASHIER, here.register_id, withdraw_cash=True, key="c", **close)
        assert await refused(taking) == "WITHDRAWAL_OVER_LIMIT"
        await made(PlacementInput(Kind.WITHDRAWAL, 500), "w")
        leaving = counter.close_shift(CASHIER, here.register_id, withdraw_cash=False, key="c", **close)
        assert (await leaving).view.document.kind is Kind.SHIFT_CLOSE


async def test_each_change_stands_in_the_record_which_nobody_can_change(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        engine, register_id = here.engine, here.register_id
        assert await came(here, await token_for(here, "cashier"), NEWCOMER)
        await engine.crew.staff.set_limit(MANAGER, register_id, NEWCOMER, "receipt_max", 5)
        await engine.crew.changes.change(MANAGER, register_id, "title", "Жаңа дүкен")
        await engine.crew.staff.remove(OWNER, register_id, NEWCOMER)
        assert await engine.crew.rows.limits(register_id, NEWCOMER) == Limits()
        record = [(one.kind, one.actor) for one in reversed(await engine.crew.rows.audit(register_id, 10))]
        assert record == [("granted", OWNER), ("limited", MANAGER), ("changed", MANAGER), ("removed", OWNER)]
        connection = await asyncpg.connect(database)
        for statement in ("UPDATE audit_entry SET actor = 0", "DELETE FROM audit_entry", "TRUNCATE audit_entry"):
            with pytest.raises(asyncpg.PostgresError):
                await connection.execute(statement)
        await connection.close()


@pytest.mark.parametrize(
    ("actor", "field", "value", "code"),
    [
        (MANAGER, "title", "x" * 65, "ANSWER_UNFIT"),
        (MANAGER, "server", ["ofd.example.kz", 1], "FORBIDDEN"),
        (OWNER, "vat_default", "12", "VAT_NOT_ALLOWED"),
        (OWNER, "rnm", "1" * 12, "ANSWER_UNFIT"),
        (OWNER, "device_id", 7, "ANSWER_UNFIT"),
        (CASHIER, "auto_close", False, "FORBIDDEN"),
        (NEWCOMER, "title", "x", "FORBIDDEN"),
    ],
)
async def test_what_may_not_be_changed_stays(
    database: str, tmp_path: Path, actor: int, field: str, value: object, code: str
) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        before = await here.engine.registers.get(here.register_id)
        assert await refused(here.engine.crew.changes.change(actor, here.register_id, field, value)) == code
        assert await here.engine.registers.get(here.register_id) == before
        assert await here.engine.crew.rows.audit(here.register_id, 10) == []


async def test_a_changed_title_stands_on_the_next_receipt_and_not_on_the_last(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await staffed(here)
        assert (await here.sell()).view.document.seller.title == "Дүкен"
        await here.engine.crew.changes.change(OWNER, here.register_id, "title", "Жаңа")
        assert (await here.sell()).view.document.seller.title == "Жаңа"
        assert (await here.engine.books.document(here.register_id, 1)).document.seller.title == "Дүкен"
