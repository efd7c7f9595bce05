"""Phones let in and out: stale, forged, used and another's launch data, a removed cashier, two phones on a register."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from pocket_shop import AIGUL, DANIYAR, OTHER_BOT, OWNER, STRANGER, Phone, PocketShop, open_pocket
from rest_shop import open_shop, problem, sale

from core.db.pocket import PocketSessionRows
from core.settings import Settings
from core.texts import LANGUAGES
from web.pocket.caller import CALLS_PER_MINUTE, OPENINGS_PER_MINUTE


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[PocketShop]:
    async with open_pocket(database, tmp_path) as found:
        yield found


async def test_a_cashier_is_let_in_and_sells_as_themselves(shop: PocketShop) -> None:
    phone = Phone(shop, AIGUL)
    told = (await phone.open()).json()
    assert (told["chat"], told["name"], told["language"], told["current"]) == (
        AIGUL, "Айгүл", "kk", shop.rest.register_id,
    )  # fmt: skip
    assert [(one["role"], one["sells"]) for one in told["registers"]] == [("cashier", True)]
    made = await phone.sell(sale())
    assert made.status_code == 201 and made.json()["cashier"]["name"] == "Айгүл"
    named = {**sale(), "cashier": {"code": 1, "name": "Данияр"}}
    assert problem(await phone.sell(named), 422, "VALIDATION")["params"]["field"] == "cashier"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_opens_nothing_is_refused_in_words(shop: PocketShop, language: str) -> None:
    day = 24 * 3600
    cases = {
        "LAUNCH_FORGED": shop.launch(AIGUL, token=OTHER_BOT),
        "LAUNCH_STALE": shop.launch(AIGUL, age_s=day),
        "LAUNCH_STRANGER": shop.launch(STRANGER),
    }
    statuses = {"LAUNCH_STRANGER": 403}
    said = set()
    for code, data in cases.items():
        phone = Phone(shop, AIGUL)
        answer = await shop.http.post(
            "/app/api/session", json={"init_data": data, "token": phone.token}, headers={"Accept-Language": language}
        )
        said.add(problem(answer, statuses.get(code, 401), code)["detail"])
        assert answer.headers["content-language"] == language
        problem(await phone.ask("GET", "me"), 401, "SESSION_OVER")
    assert len(said) == 3


async def test_changing_who_is_named_in_signed_data_opens_nothing(shop: PocketShop) -> None:
    data = shop.launch(AIGUL).replace(f"%22id%22%3A+{AIGUL}", f"%22id%22%3A+{OWNER}")
    data = data.replace(f"%3A{AIGUL}", f"%3A{OWNER}")
    assert data != shop.launch(AIGUL)
    problem(await Phone(shop, OWNER).open(data), 401, "LAUNCH_FORGED")


async def test_an_answer_that_was_lost_is_asked_for_again_but_another_phone_is_not_let_in(shop: PocketShop) -> None:
    data, phone, thief = shop.launch(AIGUL), Phone(shop, AIGUL), Phone(shop, AIGUL)
    both = await asyncio.gather(phone.open(data), phone.open(data))
    assert [one.status_code for one in both] == [201, 201]
    problem(await thief.open(data), 401, "LAUNCH_USED")
    problem(await thief.ask("GET", "me"), 401, "SESSION_OVER")
    assert (await phone.ask("GET", "me")).json()["chat"] == AIGUL


async def test_a_phone_that_asks_twice_at_the_same_moment_is_let_in_by_both(shop: PocketShop) -> None:
    rows, now = PocketSessionRows(shop.rest.engine.database), shop.clock.now()
    for number in range(200):
        asked = (f"token {number}", f"launch {number}", AIGUL, now, now + timedelta(hours=1))
        assert await asyncio.gather(rows.open(*asked), rows.open(*asked)) == [True, True], number


async def test_a_token_stays_its_own_persons(shop: PocketShop) -> None:
    """Somebody who learns another's token cannot put a session of their own under it, nor take it over."""
    phone = await shop.phone(AIGUL)
    problem(await Phone(shop, DANIYAR, phone.token).open(), 401, "LAUNCH_USED")
    assert (await phone.ask("GET", "me")).json()["chat"] == AIGUL


@pytest.mark.parametrize("token", ["", "short", "x" * 44, "ы" * 43, "x" * 42 + " ", "0f" * 32])
async def test_a_token_that_can_be_guessed_is_not_taken(shop: PocketShop, token: str) -> None:
    problem(await Phone(shop, AIGUL, token).open(), 422, "VALIDATION")


async def test_launch_data_is_never_taken_for_a_session(shop: PocketShop) -> None:
    data = shop.launch(AIGUL)
    for given in (data, f"tma {data}", f"Bearer {data}"):
        answer = await shop.http.get("/app/api/me", headers={"Authorization": given})
        problem(answer, 401, "SESSION_OVER")


async def test_an_api_key_opens_no_page_and_a_session_no_api(shop: PocketShop) -> None:
    key = shop.rest.client.headers["Authorization"]
    problem(await shop.http.get("/app/api/me", headers={"Authorization": key}), 401, "SESSION_OVER")
    phone = await shop.phone()
    answer = await shop.http.get("/api/v1/registers", headers={"Authorization": f"Bearer {phone.token}"})
    problem(answer, 401, "FORBIDDEN")


async def test_a_removed_cashier_loses_the_phone_at_once(shop: PocketShop) -> None:
    phone = await shop.phone(AIGUL)
    assert (await phone.sell(sale())).status_code == 201
    await shop.rest.engine.crew.staff.remove(OWNER, shop.rest.register_id, AIGUL)
    problem(await phone.sell(sale()), 401, "SESSION_OVER")
    problem(await phone.at("GET"), 401, "SESSION_OVER")
    problem(await Phone(shop, AIGUL).open(), 403, "LAUNCH_STRANGER")
    assert len(await shop.documents()) == 1


async def test_a_role_is_asked_for_at_every_act(shop: PocketShop) -> None:
    """Removed from this register but not from another: the session stays, the register is shut."""
    other = await shop.rest.register()
    await shop.rest.engine.people.link_person(other, AIGUL, "cashier", "Айгүл", "kk")
    phone = await shop.phone(AIGUL)
    await shop.rest.engine.crew.staff.remove(OWNER, shop.rest.register_id, AIGUL)
    for method, path, body in (
        ("POST", "documents", sale()),
        ("POST", "shift/close", {}),
        ("POST", "quote", sale()),
        ("GET", "", None),
        ("GET", "documents", None),
        ("GET", "goods", None),
        ("GET", "report", None),
        ("GET", "acts/k", None),
        ("DELETE", "acts/k", None),
    ):
        problem(await phone.at(method, path, body, "k"), 403, "FORBIDDEN")
    assert (await phone.ask("GET", f"registers/{other}")).status_code == 200
    assert await shop.documents() == []


async def test_a_viewer_looks_and_makes_nothing(shop: PocketShop) -> None:
    await shop.rest.engine.people.link_person(shop.rest.register_id, STRANGER, "viewer", "Гость", "ru")
    phone = await shop.phone(STRANGER)
    assert (await phone.at("GET", "documents")).status_code == 200
    problem(await phone.sell(sale()), 403, "FORBIDDEN")
    problem(await phone.at("POST", "shift/close", {}, "k"), 403, "FORBIDDEN")


async def test_a_cashiers_limits_hold_on_the_phone(shop: PocketShop) -> None:
    await shop.rest.engine.crew.staff.set_limit(OWNER, shop.rest.register_id, AIGUL, "receipt_max", 5_000)
    phone = await shop.phone(AIGUL)
    problem(await phone.sell(sale("50.01")), 403, "RECEIPT_OVER_LIMIT")
    assert (await phone.sell(sale("50.00"))).status_code == 201


async def test_a_session_ends_after_twelve_hours(shop: PocketShop) -> None:
    phone = await shop.phone()
    shop.clock.set_offset(timedelta(hours=12, seconds=-60))
    assert (await phone.ask("GET", "me")).status_code == 200
    shop.clock.set_offset(timedelta(hours=12, seconds=1))
    problem(await phone.sell(sale()), 401, "SESSION_OVER")
    assert (await (await shop.phone()).sell(sale())).status_code == 201


async def test_phones_are_locked_out_by_their_person_and_by_their_superior(shop: PocketShop) -> None:
    first, second, boss, colleague = [await shop.phone(one) for one in (AIGUL, AIGUL, OWNER, DANIYAR)]
    path = f"registers/{shop.rest.register_id}/people"
    problem(await colleague.ask("DELETE", f"{path}/{AIGUL}/sessions"), 403, "FORBIDDEN")
    problem(await colleague.ask("DELETE", f"{path}/{OWNER}/sessions"), 403, "FORBIDDEN")
    assert (await first.ask("DELETE", "sessions/others")).json() == {"closed": 1}
    problem(await second.sell(sale()), 401, "SESSION_OVER")
    assert (await first.ask("GET", "me")).status_code == 200
    assert (await boss.ask("DELETE", f"{path}/{AIGUL}/sessions")).json() == {"closed": 1}
    problem(await first.sell(sale()), 401, "SESSION_OVER")
    assert (await boss.ask("DELETE", "session")).status_code == 204
    problem(await boss.ask("GET", "me"), 401, "SESSION_OVER")
    assert (await colleague.ask("GET", "me")).status_code == 200
    problem(await colleague.ask("DELETE", f"{path}/{2**64}/sessions"), 422, "VALIDATION")


async def test_whose_phones_one_may_let_out_is_told_to_superiors_only(shop: PocketShop) -> None:
    boss, cashier = await shop.phone(OWNER), await shop.phone(AIGUL)
    told = (await boss.at("GET", "people")).json()["items"]
    assert [(one["name"], one["role"]) for one in told] == [("Айгүл", "cashier"), ("Данияр", "cashier")]
    problem(await cashier.at("GET", "people"), 403, "FORBIDDEN")


async def test_a_closed_session_is_not_opened_again_by_its_old_launch(shop: PocketShop) -> None:
    data, phone = shop.launch(AIGUL), Phone(shop, AIGUL)
    assert (await phone.open(data)).status_code == 201
    await phone.ask("DELETE", "session")
    problem(await phone.open(data), 401, "LAUNCH_USED")
    problem(await Phone(shop, AIGUL).open(data), 401, "LAUNCH_USED")


async def test_the_database_holds_neither_tokens_nor_launch_data(shop: PocketShop, database: str) -> None:
    data, phone = shop.launch(AIGUL), Phone(shop, AIGUL)
    await phone.open(data)
    connection = await asyncpg.connect(database)
    try:
        (row,) = await connection.fetch("SELECT s::text AS told FROM pocket_session s")
    finally:
        await connection.close()
    secret = data.rpartition("hash=")[2]
    assert phone.token not in row["told"] and secret not in row["told"]


async def test_two_phones_sell_on_one_register_at_once(shop: PocketShop) -> None:
    phones = [await shop.phone(AIGUL), await shop.phone(DANIYAR)]
    answers = await asyncio.gather(*(phone.sell(sale()) for _ in range(4) for phone in phones))
    assert [one.status_code for one in answers] == [201] * 8
    documents = await shop.documents()
    assert [one["number"] for one in documents] == list(range(1, 9))
    assert sorted(one["cashier"]["name"] for one in documents) == ["Айгүл"] * 4 + ["Данияр"] * 4


async def test_whoever_guesses_is_slowed_down_and_honest_neighbours_are_not(shop: PocketShop) -> None:
    """Behind one address of a mobile operator stand many shops: only what fails is counted against it."""
    for _ in range(OPENINGS_PER_MINUTE + 2):
        await shop.rest.engine.people.link_person(shop.rest.register_id, 7_000 + _, "viewer", "Көрші", "kk")
        assert (await Phone(shop, 7_000 + _).open()).status_code == 201
    for _ in range(OPENINGS_PER_MINUTE):
        problem(await Phone(shop, AIGUL).open(shop.launch(AIGUL, token=OTHER_BOT)), 401, "LAUNCH_FORGED")
    answer = await Phone(shop, AIGUL).open()
    assert problem(answer, 429, "TOO_MANY_REQUESTS")["params"]["seconds"] > 0
    assert answer.headers["retry-after"]


async def test_one_person_opens_so_often_and_calls_so_often(shop: PocketShop) -> None:
    answers = [await Phone(shop, AIGUL).open() for _ in range(OPENINGS_PER_MINUTE + 1)]
    assert [one.status_code for one in answers] == [201] * OPENINGS_PER_MINUTE + [429]
    phone, gates = await shop.phone(DANIYAR), shop.rest.app.state.gates
    name = hashlib.sha256(phone.token.encode()).digest()
    for _ in range(CALLS_PER_MINUTE):
        gates.calls.take(name)
    problem(await phone.ask("GET", "me"), 429, "TOO_MANY_REQUESTS")
    assert (await (await shop.phone(OWNER)).ask("GET", "me")).status_code == 200


async def test_without_a_bot_nobody_is_let_in(database: str, tmp_path: Path) -> None:
    async with open_shop(database, tmp_path, settings=Settings(database_url=database, data_dir=tmp_path)) as rest:
        body: dict[str, Any] = {"init_data": "x", "token": secrets.token_urlsafe(32)}
        problem(await rest.client.post("/app/api/session", json=body), 409, "NO_BOT")
