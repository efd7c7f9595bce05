"""The refusal codes of the contract, provoked over HTTP: said in three languages, and nothing stays behind."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from engine_street import StillClock
from refusals import APART, CASES, Case
from rest_shop import Shop, open_shop, problem, sale

from core.bootstrap import open_engine
from core.errors import Refused
from core.settings import Settings
from core.texts import LANGUAGES
from web.app import create_app
from web.problems import STATUSES, words

# The contract lies beside the project where it is built; a copy of the project alone has only its own list.
CONTRACT = Path(__file__).parents[3] / "shared" / "CONTRACT.md"
NAMED = """
    PAYMENTS_TOTAL_MISMATCH TAKEN_LESS_THAN_CASH DISCOUNT_AND_MARKUP DISCOUNT_SCOPES_CONFLICT DISCOUNT_OUT_OF_RANGE
    PRICE_OUT_OF_RANGE QUANTITY_OUT_OF_RANGE NAME_REQUIRED UNKNOWN_UNIT UNKNOWN_VAT VAT_NOT_ALLOWED UNKNOWN_PAYMENT
    TOTAL_NOT_POSITIVE PARENT_REQUIRED PARENT_NOT_FOUND RETURN_EXCEEDS_PARENT NOT_ENOUGH_CASH BAD_IIN_BIN
    SAME_TAXPAYER_AND_CUSTOMER AMOUNT_OUT_OF_RANGE SHIFT_NOT_OPEN SHIFT_TOO_LONG AUTONOMOUS_TOO_LONG REGISTER_BLOCKED
    REGISTER_BUSY LANE_STOPPED DEVICE_IN_USE OFD_REFUSED CLOCK_WENT_BACK IDEMPOTENCY_KEY_REQUIRED
    IDEMPOTENCY_KEY_REUSED FORBIDDEN NOT_FOUND VALIDATION
"""
KAZAKH = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
CYRILLIC = re.compile("[Ѐ-ӿ]")


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path, StillClock()) as one:
        yield one


@pytest.fixture
async def rows(database: str) -> AsyncIterator[asyncpg.Connection[Any]]:
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


async def everything(shop: Shop, rows: asyncpg.Connection[Any]) -> dict[str, Any]:
    """All that can be seen of a register, here and at its operator: rows of every table, state, reports, exchanges."""
    names = await rows.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'api_key'")
    tables = {}
    for (name,) in names:
        every = f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {name} t"  # noqa: S608
        tables[name] = await rows.fetchval(every)
    return {
        **tables,
        "state": await shop.state(),
        "x": (await shop.get("/report")).text,
        "documents": (await shop.get("/documents?limit=1000")).text,
        "exchanges": shop.operator.exchanges(device_id=shop.device_id),
        "book": shop.operator.book(shop.device_id),
    }


def said_rightly(told: dict[str, dict[str, Any]]) -> None:
    """Three languages, three texts, each in its own."""
    assert {told[lang]["code"] for lang in LANGUAGES} == {told["ru"]["code"]}
    assert len({one["title"] for one in told.values()}) == 3
    assert len({one["detail"] for one in told.values()}) == 3
    quoted = re.compile(r"«[^»]*»|№")
    english = quoted.sub("", told["en"]["title"] + told["en"]["detail"])
    assert not CYRILLIC.search(english), english
    assert CYRILLIC.search(told["ru"]["title"]) and not KAZAKH.search(quoted.sub("", told["ru"]["detail"]))
    assert KAZAKH.search(told["kk"]["detail"]), told["kk"]["detail"]
    shared = set(told["kk"]["detail"].split(". ")) & set(told["ru"]["detail"].split(". "))
    assert not shared, shared


def test_every_code_of_the_contract_has_a_case() -> None:
    """A copy of the project alone has only its own list; where the contract lies beside it, the two are one."""
    named = set(NAMED.split())
    if CONTRACT.exists():
        listed = re.search(r"\*\*Refusal codes\*\* \(at least\): `([A-Z_,\s]+)`", CONTRACT.read_text(encoding="utf-8"))
        assert listed is not None
        assert set(re.split(r",\s*", listed.group(1))) == named
    cases = {case.code for case in CASES} | APART
    assert cases == named
    assert set(STATUSES) >= named


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_refusal_is_said_in_three_languages_and_leaves_nothing(
    shop: Shop, rows: asyncpg.Connection[Any], case: Case
) -> None:
    await case.prepare(shop)
    before = await everything(shop, rows)
    told = {}
    for lang in LANGUAGES:
        answer = await case.ask(shop, "mine", {"Accept-Language": lang})
        told[lang] = problem(answer, case.status, case.code)
        assert answer.headers["content-language"] == lang
    said_rightly(told)
    after = await everything(shop, rows)
    assert {name: value for name, value in after.items() if value != before[name]} == {}
    await case.mend(shop)
    number = (await shop.state())["last_document"]
    good = await shop.make(sale(), "mine")
    assert (good.status_code, good.json()["number"]) == (201, number + 1), "the key is free"


async def test_a_key_used_for_something_else_is_refused(shop: Shop, rows: asyncpg.Connection[Any]) -> None:
    made = await shop.made(sale(), "mine")
    before = await everything(shop, rows)
    others = [sale("101"), sale(cashier={"code": 1, "name": "Әлия"}), {"kind": "deposit", "sum": "100"}]
    for other in others:
        told = {}
        for lang in LANGUAGES:
            answer = await shop.make(other, "mine", **{"Accept-Language": lang})
            told[lang] = problem(answer, 409, "IDEMPOTENCY_KEY_REUSED")
        said_rightly(told)
    problem(await shop.post("/shift/close", {"withdraw_cash": True}, "mine"), 409, "IDEMPOTENCY_KEY_REUSED")
    assert await everything(shop, rows) == before
    again = await shop.make(sale("100"), "mine")
    assert (again.status_code, again.json()) == (200, made)


async def test_what_the_operator_refuses_keeps_its_number_and_its_key_and_counts_nowhere(
    shop: Shop, rows: asyncpg.Connection[Any]
) -> None:
    await shop.made(sale(payment="cash"))
    before, x = await shop.state(), (await shop.get("/report")).json()
    shop.ofd(result_code=13, text="no such goods", times=1)
    told = {}
    for lang in LANGUAGES:
        answer = await shop.make(sale(payment="cash"), "mine", **{"Accept-Language": lang})
        told[lang] = problem(answer, 422, "OFD_REFUSED")
        assert told[lang]["params"] == {"number": 2, "result_code": 13, "text": "no such goods"}
    said_rightly(told)
    after = await shop.state()
    moved = {name for name in after if after[name] != before[name]}
    assert moved == {"last_document", "chain_head"} and after["last_document"] == 2
    later = (await shop.get("/report")).json()
    assert {name for name in later if later[name] != x[name]} == {"chain_head"}
    assert [one["printed_document_number"] for one in shop.operator.book(shop.device_id)["documents"]] == [1]
    papers = await rows.fetch("SELECT number FROM print_job WHERE register_id = $1", shop.register_id)
    assert {one["number"] for one in papers} == {1}


class Hasty(StillClock):
    """A clock whose seconds a test lets pass: a wait ends without being waited for."""

    ahead_s = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead_s


async def test_who_does_not_get_a_turn_makes_nothing(
    shop: Shop, rows: asyncpg.Connection[Any], database: str, tmp_path: Path
) -> None:
    """Another process waits for the document that this one is making; its five seconds are over first."""
    clock = Hasty()
    shop.ofd("slow", delay_s=4, times=1)
    async with open_engine(Settings(database_url=database, data_dir=tmp_path), clock) as engine:
        transport = httpx.ASGITransport(create_app(engine))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://tiyn.test", headers=shop.client.headers
        ) as client:
            other = replace(shop, engine=engine, client=client)
            first = asyncio.ensure_future(shop.made(sale()))
            while (await shop.state())["pending"] is None:
                pass
            made = await rows.fetchval("SELECT count(*) FROM document")
            asked = [asyncio.ensure_future(other.make(sale(), "mine", **{"Accept-Language": one})) for one in LANGUAGES]
            while not all(one.done() for one in asked):
                await asyncio.sleep(0)
                clock.ahead_s += 0.05
            assert not first.done(), "they were refused while the first was under way"
            answers = zip(LANGUAGES, asked, strict=True)
            said_rightly({lang: problem(one.result(), 503, "REGISTER_BUSY") for lang, one in answers})
            assert all(one.result().headers["retry-after"] == "1" for one in asked)
            assert await rows.fetchval("SELECT count(*) FROM document") == made == 1
            assert (await first)["mark"] == "registered"
    assert (await shop.made(sale(), "mine"))["number"] == 2, "the key is free"


async def test_a_device_in_use_is_refused_in_three_languages(shop: Shop, rows: asyncpg.Connection[Any]) -> None:
    before = await everything(shop, rows)
    shop.keys = itertools.count(1)
    with pytest.raises(Refused, match="DEVICE_IN_USE") as refused:
        await shop.register()
    assert await everything(shop, rows) == before
    told = {}
    for lang in LANGUAGES:
        title, detail = words(lang, refused.value)
        told[lang] = {"code": refused.value.code, "title": title, "detail": detail}
    said_rightly(told)
