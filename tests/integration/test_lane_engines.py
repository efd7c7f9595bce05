"""Two processes on one register: dense numbers, one outcome, no overtaking, and what a dead one leaves behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from engine_street import StillClock, Street, neighbour, sale, street
from test_engine import holds

from core.bootstrap import Engine, open_engine
from core.domain.ticket import PaymentType
from core.domain.view import Mark
from core.errors import Refused
from core.service import LaneWorker
from core.usecases.acts import Made
from core.usecases.ports import FenceLost, LaneWrite


class Died(BaseException):
    """The process ended here."""


@asynccontextmanager
async def second(here: Street) -> AsyncIterator[Engine]:
    async with open_engine(here.engine.settings, here.clock) as engine:
        yield engine


async def on_database(database: str, statement: str) -> None:
    connection = await asyncpg.connect(database)
    await connection.execute(statement)
    await connection.close()


async def die_after_append(here: Street, key: str) -> None:
    """A process that appends a pending document and is gone."""

    def points(point: str) -> None:
        if point == "after_append":
            raise Died

    async with open_engine(here.engine.settings, here.clock, points=points) as engine:
        with pytest.raises(Died):
            await engine.acts.make(here.register_id, sale(), key=key)


async def test_twenty_sales_at_once_by_two_engines_are_dense_and_booked_once(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        engines = [here.engine, other]
        sales = [engines[n % 2].acts.make(here.register_id, sale(100 + n), key=f"k{n}") for n in range(20)]
        made = await asyncio.gather(*sales)
        assert sorted(one.view.document.number for one in made) == list(range(1, 21))
        assert {one.view.mark for one in made} == {Mark.REGISTERED}
        await here.agrees()


async def test_the_same_key_at_once_from_both_is_one_document(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        engines = [here.engine, other] * 5
        made = await asyncio.gather(*(one.acts.make(here.register_id, sale(), key="same") for one in engines))
        assert {one.view.document.number for one in made} == {1}
        assert [one.created for one in made].count(True) == 1
        assert len(here.booked()) == 1
        await here.agrees()


async def test_a_close_races_sales(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        await here.sell()
        ends = await asyncio.gather(
            *(here.engine.acts.make(here.register_id, sale(), key=f"s{n}") for n in range(4)),
            *(other.acts.close_shift(here.register_id, withdraw_cash=False, key=f"c{n}") for n in range(2)),
            return_exceptions=True,
        )
        refused = [one.code for one in ends if isinstance(one, Refused)]
        assert all(isinstance(one, Made | Refused) for one in ends) and set(refused) <= {"SHIFT_NOT_OPEN"}
        await here.agrees()


async def test_another_acts_find_a_dead_processs_document_at_five_seconds(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await die_after_append(here, "dead")
        assert (await here.view()).pending == 1
        await on_database(database, "UPDATE register SET pending_since = now() - interval '4.6 seconds'")
        made = await here.sell(payment=PaymentType.CASH)
        assert (made.view.mark, made.view.document.number) == (Mark.AUTONOMOUS, 2)
        dead = await here.document(1)
        assert (dead.mark, dead.reason) == (Mark.AUTONOMOUS, "timeout")
        again = await here.engine.acts.make(here.register_id, sale(), key="dead")
        assert (again.created, again.view) == (False, dead)
        assert here.exchanges() == []
        await on_database(database, "UPDATE lane SET lease_until = now() - interval '1 second'")
        await here.recover()
        assert (await here.view()).mode == "online"
        await here.agrees()


async def test_a_worker_that_starts_draws_what_the_power_cut_left(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await die_after_append(here, "dead")
        await on_database(database, "UPDATE register SET pending_since = now() - interval '5 seconds'")
        await on_database(database, "UPDATE lane SET lease_until = now() - interval '1 second'")
        stop = asyncio.Event()
        serving = asyncio.create_task(LaneWorker(here.engine).run(stop))

        async def drawn() -> bool:
            return (await here.view()).pending is None

        await here.until(drawn)
        dead = await here.document(1)
        assert (dead.mark, dead.reason) == (Mark.AUTONOMOUS, "power_lost")
        here.advance(seconds=60)

        async def online() -> bool:
            return (await here.view()).mode == "online"

        await here.until(online)
        stop.set()
        await serving
        await here.agrees()


async def test_nobody_draws_a_document_before_its_five_seconds_are_over(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        here.behave("slow", delay_s=4.6, times=1)
        first = asyncio.create_task(here.sell())
        await here.reached(1)
        made = await other.acts.make(here.register_id, sale(200), key="waits")
        assert [(await first).view.mark, made.view.mark] == [Mark.REGISTERED] * 2
        await here.agrees()


async def test_an_exchange_of_a_worker_that_died_counts_as_unanswered(database: str, tmp_path: Path) -> None:
    """The queue's second document was booked and its worker died; a code before the repeat rule settles nothing."""
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        await here.sell()
        here.behave()
        here.advance(seconds=60)
        sent: list[str] = []

        def points(point: str) -> None:
            sent.append(point)
            if sent.count("after_send") == 3:
                raise Died

        count = len(here.exchanges())
        async with open_engine(here.engine.settings, here.clock, points=points) as dying:
            with pytest.raises(Died):
                await dying.delivery.deliver(here.register_id)
        await here.reached(count + 3)
        await on_database(database, "UPDATE lane SET lease_until = now() - interval '1 second'")
        here.behave(result_code=3)
        assert await here.tick()
        assert (await here.view()).lane.stopped
        here.behave()
        token = here.ofd.issue_token(here.device_id)
        await here.engine.lanes.resolve(here.register_id, "retry", "новый токен", token=token)
        assert (await here.view()).mode == "online"
        assert [one["printed_document_number"] for one in here.booked()] == [1, 2]
        assert await here.marks() == [Mark.AUTONOMOUS_REGISTERED] * 2
    await holds(database)


async def test_a_worker_that_lost_its_lease_writes_nothing(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        here.behave("garbage")
        await here.sell()
        await here.sell()
        here.behave("slow", delay_s=0.4)
        here.advance(seconds=60)
        telling = asyncio.create_task(here.tick())
        await here.reached(5)
        # its lease ends while the operator thinks, and another takes the lane
        await on_database(database, "UPDATE lane SET lease_until = now() - interval '1 second'")
        here.behave()
        await other.delivery.deliver(here.register_id)
        await telling
        assert (await here.view()).mode == "online"
        await here.agrees()
        loaded = await here.engine.acts.settled_state(here.register_id)
        stale = LaneWrite(loaded.lane.fence - 1, loaded.lane)
        with pytest.raises(FenceLost):
            await here.engine.acts._journal.settle(here.register_id, stale)


@pytest.mark.parametrize("answer", [{"mode": "silent"}, {"mode": "slow", "delay_s": 3}], ids=["silent", "slow"])
async def test_info_yields_to_a_sale_and_is_asked_again(
    database: str, tmp_path: Path, answer: dict[str, object]
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        here.behave(commands=["INFO"], **answer)
        here.advance(seconds=60)
        telling = asyncio.create_task(here.tick())
        await here.reached(1, "INFO")
        made = await here.sell()
        assert (made.view.mark, made.view.document.number) == (Mark.REGISTERED, 2)
        assert await telling
        here.behave()
        assert await here.tick()
        assert len(here.exchanges("INFO")) == 2 and not await here.tick()
        assert [item for item in await here.engine.news.take(100) if item.topic == "lane.difference"] == []
        await here.agrees()


async def test_going_online_never_passes_a_sale_made_meanwhile(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        registers = [here, *[await neighbour(here) for _ in range(3)]]
        for one in registers:
            one.behave("garbage")
        await asyncio.gather(*(one.sell() for one in registers))
        here.advance(seconds=60)

        async def sell_on(one: Street, engine: Engine) -> None:
            for n in range(12):
                await engine.acts.make(one.register_id, sale(100 + n), key=f"on-{n}")

        for one in registers:
            one.behave()
        async with asyncio.TaskGroup() as group:
            for one in registers:
                group.create_task(one.tick())
                group.create_task(sell_on(one, other))
        for one in registers:
            while await one.tick():
                pass
            view = await one.view()
            assert (view.mode, view.unsent, view.last_document) == ("online", 0, 13)
            await one.agrees()
