"""What ends a lane's work and what must not: races with acts, probes and resolutions answered by anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from engine_street import StillClock, Street, street
from test_engine import holds
from test_lane_engines import Died, die_after_append, on_database

from core.bootstrap import open_engine
from core.domain.view import Mark
from core.errors import Refused
from core.ofd.lane_writes import LaneWrites
from core.ofd.plan import NextStep, Run, next_step

FRUITLESS: list[dict[str, Any]] = [{"mode": "garbage"}, {"mode": "down"}, {"result_code": 254}, {"result_code": 255}]
FRUITLESS_NAMES = ["silence", "no link", "254", "255"]
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


class Gate:
    """Rows that everybody else must wait for; they pass in the order in which they came."""

    def __init__(self, transaction: Any, looking: asyncpg.Connection[Any]) -> None:
        self._transaction = transaction
        self._looking = looking
        self._came = 0

    async def comes(self, act: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
        """Start an act and return once it waits."""
        task = asyncio.create_task(act)
        self._came += 1
        while await self._looking.fetchval(_WAITING) < self._came:
            assert not task.done()
        return task

    async def open(self) -> None:
        await self._transaction.rollback()


@asynccontextmanager
async def gate(database: str, held: str) -> AsyncIterator[Gate]:
    """``held`` is the statement that takes the rows."""
    holding, looking = await asyncpg.connect(database), await asyncpg.connect(database)
    try:
        transaction = holding.transaction()
        await transaction.start()
        await holding.execute(held)
        yield Gate(transaction, looking)
    finally:
        await holding.close()
        await looking.close()


async def nobody_listens(_: str) -> None:
    """A hint into the void."""


async def topics(here: Street) -> list[str]:
    return [item.topic for item in await here.engine.news.take(1000)]


async def reason(here: Street) -> str | None:
    block = (await here.view()).block
    return None if block is None else block.reason


async def block_by_service(here: Street) -> None:
    """A receipt refused with a code that only a person can mend; the shift is closed by itself."""
    await here.sell()
    here.behave(result_code=3, text="протокол")
    with pytest.raises(Refused):
        await here.sell()
    await here.close()
    assert await reason(here) == "service"
    here.advance(minutes=10)
    await here.tick()
    assert not await here.is_due()


async def well_again(here: Street) -> None:
    """The operator answers again: all is told and the register sells."""
    await here.recover()
    view = await here.view()
    assert (view.state, view.mode, view.unsent) == ("active", "online", 0)
    assert (await here.sell()).view.mark is Mark.REGISTERED


async def test_seventy_two_hours_are_remembered_though_a_close_comes_first(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        for _ in range(3):
            here.advance(hours=24)
            await here.close()
            await here.sell()
        here.behave(result_code=254, commands=["CLOSE_SHIFT"])
        here.advance(seconds=60)
        async with gate(database, "SELECT 1 FROM register FOR UPDATE") as held:
            closing = await held.comes(here.close())
            telling = await held.comes(here.tick())
            await held.open()
            await asyncio.gather(closing, telling)
        assert (await here.marks())[0] == Mark.AUTONOMOUS_REGISTERED
        with pytest.raises(Refused, match="AUTONOMOUS_TOO_LONG"):
            await here.sell()
        await well_again(here)
        await here.agrees()


@pytest.mark.parametrize(
    ("code", "becomes"), [(1, "service"), (2, "bad_token"), (3, "service"), (18, "service"), (99, "service")]
)
async def test_a_probe_answered_otherwise_tells_what_holds_the_register_now(
    database: str, tmp_path: Path, code: int, becomes: str
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.behave(result_code=15, text="не оплачено")
        await here.sell()
        here.advance(seconds=60)
        await here.tick()
        assert await reason(here) == "blocked"
        here.behave(result_code=code, text="иначе")
        here.advance(seconds=60)
        await here.tick()
        block = (await here.view()).block
        assert block is not None
        assert (block.reason, block.text, block.since) == (becomes, "иначе", here.clock.now())
        blocked = [item.facts for item in await here.engine.news.take(100) if item.topic == "register.blocked"]
        assert [facts["reason"] for facts in blocked] == ["blocked", becomes]
        assert not await here.is_due()
        here.behave()
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
        await well_again(here)
        await here.agrees()


@pytest.mark.parametrize(("code", "before"), [(3, "service"), (9, "numbering"), (2, "bad_token")])
async def test_a_retry_answered_15_is_a_block_that_is_probed(
    database: str, tmp_path: Path, code: int, before: str
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.behave(result_code=code)
        with pytest.raises(Refused):
            await here.sell()
        assert await reason(here) == before
        here.behave(result_code=15, text="не оплачено")
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
        assert await reason(here) == "blocked"
        for _ in range(2):
            asked = len(here.exchanges("SYSTEM"))
            here.advance(seconds=59)
            assert not await here.tick()
            here.advance(seconds=1)
            assert await here.tick() and len(here.exchanges("SYSTEM")) == asked + 1
        assert (await topics(here)).count("register.blocked") == 2
        await well_again(here)
        await here.agrees()


@pytest.mark.parametrize("behaviour", FRUITLESS, ids=FRUITLESS_NAMES)
async def test_a_retry_that_nobody_answers_goes_on_each_minute(
    database: str, tmp_path: Path, behaviour: dict[str, Any]
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await block_by_service(here)
        here.behave(**behaviour)
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
        for _ in range(3):
            assert await reason(here) == "service" and not await here.is_due()
            here.advance(seconds=60)
            assert await here.tick()
        await well_again(here)
        await here.agrees()


async def stop_by_token(here: Street, *, booked: bool) -> None:
    """The second document went unanswered and the token is not taken any more."""
    await here.sell()
    here.behave("lose_answers" if booked else "garbage")
    await here.sell()
    here.behave(result_code=2)
    here.advance(seconds=60)
    await here.tick()
    assert (await here.view()).lane.stopped


async def type_token(here: Street) -> None:
    token = here.ofd.issue_token(here.device_id)
    await here.engine.lanes.resolve(here.register_id, "retry", "новый токен", token=token)


@pytest.mark.parametrize("behaviour", [*FRUITLESS, {"result_code": 15}], ids=[*FRUITLESS_NAMES, "15"])
@pytest.mark.parametrize("booked", [True, False], ids=["booked before", "not booked"])
async def test_a_typed_token_is_tried_until_the_operator_tells_its_last_document(
    database: str, tmp_path: Path, behaviour: dict[str, Any], booked: bool
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await stop_by_token(here, booked=booked)
        here.behave(**behaviour)
        await type_token(here)
        for _ in range(2):
            assert not (await here.view()).lane.stopped and not await here.is_due()
            assert await reason(here) == ("blocked" if behaviour == {"result_code": 15} else None)
            assert (await here.marks())[1] == Mark.AUTONOMOUS
            here.advance(seconds=60)
            assert await here.tick()
        await well_again(here)
        assert [one["printed_document_number"] for one in here.booked()] == [1, 2, 3]
        assert (await topics(here)).count("lane.stopped") == 1
    await holds(database)


async def test_a_typed_token_that_is_not_taken_stops_the_lane_again_and_says_so(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await stop_by_token(here, booked=False)
        for code, asked in ((2, 2), (3, 1)):
            here.behave(result_code=code, text="нет")
            count = len(here.exchanges("INFO"))
            await type_token(here)
            assert len(here.exchanges("INFO")) == count + asked
            view = await here.view()
            assert (view.lane.stopped, view.lane.result_code, view.lane.text) == (True, code, "нет")
            told = await here.document(2)
            assert (told.mark, told.result_code, told.result_text) == (Mark.STOPPED, code, "нет")
        stops = [item.facts for item in await here.engine.news.take(100) if item.topic == "lane.stopped"]
        assert [(facts["number"], facts["result_code"]) for facts in stops] == [(2, 2), (2, 2), (2, 3)]
        here.behave()
        await type_token(here)
        await well_again(here)
        await here.agrees()


async def test_a_typed_token_met_by_strange_numbers_stops_the_lane_and_says_so(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await stop_by_token(here, booked=False)
        here.behave()
        last = here.booked()[-1]
        last["printed_document_number"] = 77
        await type_token(here)
        assert (await here.view()).lane.stopped and (await here.marks())[1] == Mark.STOPPED
        assert (await topics(here)).count("lane.stopped") == 2
        last["printed_document_number"] = 1
        await type_token(here)
        await well_again(here)
        await here.agrees()


@pytest.mark.parametrize("code", [3, 99])
async def test_info_answered_by_another_code_is_reported_once(database: str, tmp_path: Path, code: int) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        here.behave(result_code=code, text="не сейчас", commands=["INFO"])
        here.advance(seconds=60)
        await here.tick()
        view = await here.view()
        assert (view.state, view.mode, await here.is_due()) == ("active", "online", False)
        reported = [item.facts for item in await here.engine.news.take(100) if item.topic == "lane.difference"]
        assert reported == [{"differences": [], "result_code": code, "text": "не сейчас"}]
        here.advance(hours=1)
        assert not await here.tick()
        await here.agrees()


@pytest.mark.parametrize("first", ["outcome", "rest"])
async def test_a_lane_given_back_beside_an_outcome_stays_due(database: str, tmp_path: Path, first: str) -> None:
    """Whoever writes last, and though the one that gives it back dies right after."""
    async with street(database, tmp_path, clock=StillClock()) as here:
        await die_after_append(here, "dead")
        await on_database(database, "UPDATE lane SET lease_until = now() - interval '1 second'")
        await on_database(database, "UPDATE register SET pending_since = now() - interval '6 seconds'")
        journal = here.engine.acts._journal
        before = await journal.load(here.register_id)
        assert before.lane.next_try_at is None
        assert await journal.claim(here.register_id, before.lane.fence, "dying") is not None
        loaded = await journal.load(here.register_id)
        assert next_step(loaded) is NextStep.REST
        registration = (await here.view()).registration
        acts: dict[str, Callable[[], Coroutine[Any, Any, object]]] = {
            "outcome": lambda: here.engine.acts.draw_abandoned(here.register_id, "timeout"),
            "rest": lambda: LaneWrites(journal, here.clock, nobody_listens).rest(Run(registration, loaded)),
        }
        second = next(name for name in acts if name != first)
        async with gate(database, "SELECT 1 FROM lane FOR UPDATE") as held:
            tasks = [await held.comes(acts[name]()) for name in (first, second)]
            await held.open()
            await asyncio.gather(*tasks)
        loaded = await journal.load(here.register_id)
        assert (loaded.state.mode, loaded.unsent, loaded.lane.leased) == ("autonomous", 1, False)
        assert loaded.lane.next_try_at == here.clock.now() + timedelta(seconds=60)
        await well_again(here)
        await here.agrees()


async def test_a_lane_with_nothing_to_tell_is_not_kept_due(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        await here.engine.lanes.due(here.register_id, here.clock.now())
        assert await here.tick() and not await here.is_due()
        await block_by_service(here)
        await here.engine.lanes.due(here.register_id, here.clock.now())
        assert await here.tick() and not await here.is_due()
        here.behave()
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
        await well_again(here)
        await here.agrees()


async def test_a_clock_that_went_back_does_not_put_the_next_try_off(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.advance(days=20)
        await here.sell()
        here.advance(days=-20)

        def points(point: str) -> None:
            if point == "after_append":
                raise Died

        async with open_engine(here.engine.settings, here.clock, points=points) as dying:
            with pytest.raises(Died):
                await dying.acts.close_shift(here.register_id, withdraw_cash=False, key="close")
        await on_database(database, "UPDATE lane SET lease_until = now() - interval '1 second'")
        await on_database(database, "UPDATE register SET pending_since = now() - interval '6 seconds'")
        assert await here.engine.acts.draw_abandoned(here.register_id, "power_lost")
        here.advance(seconds=59)
        assert not await here.is_due()
        here.advance(seconds=1)
        assert await here.tick()
        while await here.tick():
            pass
        assert (await here.view()).unsent == 0
        await here.agrees()
