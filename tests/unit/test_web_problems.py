from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

import core
from core.clock import SystemClock
from core.errors import Refused
from core.settings import Settings
from core.texts import LANGUAGES, messages
from web.app import create_app
from web.problems import MONEY_PARAMS, REASONS, STATUSES, KeyNeeded, Problem, spoken_money, words

PARAMS: dict[str, Any] = {
    **dict.fromkeys(MONEY_PARAMS, 195000),
    **{"number": 3, "shift": 2, "result_code": 13, "text": "нет", "unit": "x", "vat": "12", "reason": "blocked"},
    "day": "30.11.2026",
    "days": 366,
    "first": "2026-11-01",
    "last": "2026-11-30",
    "barcode": "4870204391510",
    "ntin": "0200123456789",
    "limit": 100,
    "seconds": 3,
    "name": "Нан",
    "percent": "7,5",
}
EVERY = [Refused(code, **PARAMS) for code in STATUSES]
EVERY += [Refused("VALIDATION", field="items[0].price", reason=reason) for reason in REASONS]
EVERY += [KeyNeeded(), Refused("UNREADABLE", fragments=("абв",)), Refused("SOMETHING_NEW")]


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """The application of settings and a clock alone: what is answered before anything of the register is asked."""
    engine = SimpleNamespace(settings=Settings(), clock=SystemClock())
    transport = httpx.ASGITransport(create_app(cast("Any", engine)))
    async with httpx.AsyncClient(transport=transport, base_url="http://tiyn.test") as client:
        yield client


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == {"type", "title", "status", "code", "detail", "params"}
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    return body


@pytest.mark.parametrize("refused", EVERY, ids=str)
def test_every_refusal_is_said_in_three_different_languages(refused: Refused) -> None:
    said = {lang: words(lang, refused) for lang in LANGUAGES}
    assert len({title for title, _ in said.values()}) == 3
    assert len({detail for _, detail in said.values()}) == 3
    assert all((title and detail.endswith((".", "!"))) or ")" in detail for title, detail in said.values())


def test_every_code_that_the_core_refuses_with_has_a_status_and_words() -> None:
    raised = {
        code
        for path in Path(core.__file__).parent.rglob("*.py")
        for code in re.findall(r'Refused\(\s*"([A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(raised) > 15
    assert raised - set(STATUSES) == set()


def test_every_text_of_a_refusal_belongs_to_a_code() -> None:
    stems = {f"refusal-{code.lower().replace('_', '-')}" for code in (*STATUSES, "OTHER")}
    expected = {f"{stem}-{part}" for stem in stems for part in ("title", "detail")}
    assert {key for key in messages("ru") if key.startswith("refusal-")} == expected


def test_money_is_said_as_people_write_it() -> None:
    assert spoken_money(123456789005) == "1\u00a0234\u00a0567\u00a0890,05\u00a0₸"
    assert spoken_money(99) == "0,99\u00a0₸"
    _, detail = words("ru", Refused("NOT_ENOUGH_CASH", cash=0, needed=195000))
    assert "1\u00a0950,00\u00a0₸" in detail and "{" not in detail


def test_what_was_typed_is_said_back_as_it_is() -> None:
    _, detail = words("en", Refused("UNREADABLE", fragments=["<b>{ $x }", "\u202eabc"]))
    assert "<b>{ $x } · \u202eabc" in detail


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere", "/api/v1/registers/", "/api/v2/registers"])
async def test_an_unknown_address_is_a_problem(client: httpx.AsyncClient, path: str) -> None:
    problem(await client.get(path), 404, "NOT_FOUND")


async def test_a_wrong_method_is_a_problem_that_names_the_right_ones(client: httpx.AsyncClient) -> None:
    right = {"/registers": "GET", "/registers/x": "GET, PATCH", "/registers/x/documents": "GET, POST"}
    for path, allowed in right.items():
        answer = await client.delete(f"/api/v1{path}")
        problem(answer, 405, "METHOD_NOT_ALLOWED")
        assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer a b", "Bearer ключ".encode(), "Bearer " + "x" * 201],
)
async def test_no_key_is_always_answered_in_the_same_words(
    client: httpx.AsyncClient, authorization: str | bytes | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = await client.get("/api/v1/registers", headers=cast("Any", headers))
    body = problem(answer, 401, "FORBIDDEN")
    assert answer.headers["www-authenticate"] == 'Bearer realm="tiyn"'
    assert body["params"] == {}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/registers"),
        ("GET", "/registers/x"),
        ("PATCH", "/registers/x"),
        ("POST", "/registers/x/lane/resolve"),
        ("POST", "/registers/x/documents"),
        ("GET", "/registers/x/documents"),
        ("GET", "/registers/x/documents/1"),
        ("GET", "/registers/x/documents/1.txt"),
        ("GET", "/registers/x/documents/1.json"),
        ("GET", "/registers/x/report"),
        ("GET", "/registers/x/report.txt"),
        ("POST", "/registers/x/shift/close"),
        ("GET", "/registers/x/shifts"),
        ("GET", "/registers/x/shifts/1/report"),
        ("GET", "/registers/x/shifts/1/report.txt"),
        ("POST", "/quote"),
        ("POST", "/check-links"),
    ],
)
async def test_every_call_asks_for_the_key_before_it_reads_a_body(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    problem(await client.request(method, f"/api/v1{path}", content=b"not json"), 401, "FORBIDDEN")


@pytest.mark.parametrize("path", ["jobs", "jobs/1/spooled"])
async def test_the_bridge_needs_its_token(client: httpx.AsyncClient, path: str) -> None:
    method = "GET" if path == "jobs" else "POST"
    problem(await client.request(method, f"/bridge/v1/{path}"), 401, "FORBIDDEN")


async def test_words_follow_the_callers_language(client: httpx.AsyncClient) -> None:
    told = {}
    for lang in LANGUAGES:
        answer = await client.get("/nowhere", headers={"Accept-Language": f"de, {lang};q=0.5"})
        assert answer.headers["content-language"] == lang
        told[lang] = answer.json()["detail"]
    assert len(set(told.values())) == 3
    assert (await client.get("/nowhere")).json()["detail"] == told["ru"]


async def test_a_parameter_out_of_bounds_is_a_problem(client: httpx.AsyncClient) -> None:
    wrong = ("limit=0", "limit=2147483648", "limit=x", "after=-1", "after=99999999999", "shift=0")
    wrong += ("limit=" + "9" * 5000,)
    for query in wrong:
        answer = await client.get(f"/api/v1/registers/x/documents?{query}")
        assert problem(answer, 422, "VALIDATION")["params"]["field"] == query.split("=")[0]


def test_a_problem_has_the_status_that_it_was_given() -> None:
    assert Problem("VALIDATION", 409).status == 409
    assert STATUSES["OFD_REFUSED"] == STATUSES["PAYMENTS_TOTAL_MISMATCH"] == 422
    assert STATUSES["REGISTER_BUSY"] == 503
    assert STATUSES["SHIFT_NOT_OPEN"] == STATUSES["IDEMPOTENCY_KEY_REUSED"] == 409


async def test_the_description_knows_every_call_and_needs_no_key(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/openapi.json")
    description = answer.json()
    assert answer.status_code == 200 and description["openapi"].startswith("3.")
    assert "/api/v1/registers/{register_id}/documents" in description["paths"]
    text = answer.text
    named = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert named <= set(description["components"]["schemas"])
    assert '"/bridge/' not in text


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_front_door_speaks_and_loads_nothing_from_elsewhere(client: httpx.AsyncClient, lang: str) -> None:
    answer = await client.get("/", headers={"Accept-Language": lang})
    assert answer.status_code == 200 and f'<html lang="{lang}">' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "//" not in answer.text.replace("<!doctype html>", "")


async def test_the_server_says_that_it_is_alive(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
