"""How many requests a key may make: headers, refusals that leave nothing behind, and keys that do not share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_shop import Shop, open_shop, problem, sale

from core.settings import Settings
from web.api.rates import Rates, TooManyRequests

LIMIT = 5


class Seconds:
    """Monotonic seconds by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def limited(database: str, folder: Path, limit: int = LIMIT) -> AsyncIterator[tuple[Shop, Seconds]]:
    """A shop whose application counts requests by seconds of our own."""
    settings = Settings(database_url=database, data_dir=folder, api_requests_per_minute=limit)
    async with open_shop(database, folder, settings=settings) as here:
        seconds = Seconds()
        here.app.state.rates = Rates(limit, seconds)
        yield here, seconds


async def test_each_answer_says_what_is_left_and_one_too_many_is_refused_until_a_place_is_free(
    database: str, tmp_path: Path
) -> None:
    async with limited(database, tmp_path) as (here, seconds):
        for left in range(LIMIT - 1, -1, -1):
            answer = await here.get()
            assert answer.status_code == 200
            assert answer.headers["ratelimit-limit"] == str(LIMIT)
            assert answer.headers["ratelimit-remaining"] == str(left)
            assert answer.headers["ratelimit-reset"] == str((LIMIT - left) * 12)
        for _ in range(3):
            answer = await here.get()
            body = problem(answer, 429, "TOO_MANY_REQUESTS")
            assert answer.headers["retry-after"] == "12" and answer.headers["ratelimit-remaining"] == "0"
            assert body["params"] == {"limit": LIMIT, "seconds": 12}
        seconds.now += 11.9
        assert (await here.get()).headers["retry-after"] == "1"
        seconds.now += 0.1
        assert (await here.get()).status_code == 200
        problem(await here.get(), 429, "TOO_MANY_REQUESTS")


async def test_a_quote_is_one_request(database: str, tmp_path: Path) -> None:
    async with limited(database, tmp_path) as (here, _):
        for left in (LIMIT - 1, LIMIT - 2):
            answer = await here.client.post("/api/v1/quote", json={"register_id": here.register_id, **sale()})
            assert answer.status_code == 200, answer.text
            assert answer.headers["ratelimit-remaining"] == str(left)


async def test_a_refused_sale_leaves_nothing_behind_and_its_key_is_free(database: str, tmp_path: Path) -> None:
    async with limited(database, tmp_path, limit=1) as (here, seconds):
        await here.get()
        problem(await here.make(sale(), "order-1"), 429, "TOO_MANY_REQUESTS")
        seconds.now += 60
        first = await here.make(sale("200.00"), "order-1")
        assert (first.status_code, first.json()["number"]) == (201, 1)


async def test_keys_do_not_share_and_refusals_count_while_strangers_are_not_remembered(
    database: str, tmp_path: Path
) -> None:
    async with limited(database, tmp_path) as (here, _):
        reader = await here.engine.access.new_api_key(here.organisation_id, ("read",))
        for _ in range(LIMIT):
            assert (await here.get()).status_code == 200
        problem(await here.get(), 429, "TOO_MANY_REQUESTS")
        header = {"Authorization": f"Bearer {reader}"}
        answer = await here.make(sale(), **header)
        problem(answer, 403, "FORBIDDEN")
        assert answer.headers["ratelimit-remaining"] == str(LIMIT - 1)
        for path in ("/nothing", "/documents/99"):
            answer = await here.get(path, headers=header)
            assert answer.status_code == 404
        assert answer.headers["ratelimit-remaining"] == str(LIMIT - 2), "an address that is none asks for no key"
        for number in range(3 * LIMIT):
            answer = await here.get(headers={"Authorization": f"Bearer tiyn_{number}"})
            problem(answer, 401, "FORBIDDEN")
            assert "ratelimit-limit" not in answer.headers
        assert "ratelimit-limit" not in (await here.client.get("/api/v1/openapi.json")).headers


async def test_no_limit_is_no_header(database: str, tmp_path: Path) -> None:
    async with limited(database, tmp_path, limit=0) as (here, _):
        for _ in range(20):
            answer = await here.get()
            assert answer.status_code == 200 and "ratelimit-limit" not in answer.headers


@given(
    limit=st.integers(1, 700),
    pauses=st.lists(st.floats(0, 90, allow_nan=False).map(lambda pause: round(pause, 3)), max_size=200),
)
def test_never_more_than_twice_the_limit_in_a_minute_and_waiting_as_told_always_helps(
    limit: int, pauses: list[float]
) -> None:
    """A full minute at once and, while it passes, as many again: what the algorithm promises and no more."""
    seconds, taken = Seconds(), []
    rates = Rates(limit, seconds)
    for pause in pauses:
        seconds.now += pause
        try:
            rate = rates.take(b"key")
        except TooManyRequests as refused:
            seconds.now += refused.rate.wait_s
            rate = rates.take(b"key")
        assert rate is not None and 0 <= rate.remaining < limit
        taken.append(seconds.now)
    for start in taken:
        assert sum(start <= at < start + 60 for at in taken) <= 2 * limit


def test_what_is_full_again_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.api.rates.KEYS_REMEMBERED_MAX", 10)
    seconds = Seconds()
    rates = Rates(1, seconds)
    for number in range(10):
        rates.take(b"old%d" % number)
    seconds.now += 61
    rates.take(b"new")
    with pytest.raises(TooManyRequests):
        rates.take(b"new")
    rates.take(b"old1")
