"""The queue of an autonomous register: order, what each message carries, how it stops and is moved again."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from engine_street import StillClock, Street, neighbour, street
from test_engine import holds

from core.clock import ALMATY
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind, PaymentType
from core.domain.view import Mark
from core.errors import Refused
from core.ofd.delivery import GIVE_WAY_S

BODIES = ("ticket", "money_placement", "close_shift")
POISONS = ("retry", "encode_again", "settled_outside")


def moment(plain: dict[str, Any]) -> datetime:
    date, time = plain["date"], plain["time"]
    return datetime(
        date["year"], date["month"], date["day"], time["hour"], time["minute"], time.get("second", 0), tzinfo=ALMATY
    )


def period(exchange: dict[str, Any]) -> tuple[datetime, datetime]:
    told = exchange["request"]["service"]["offline_period"]
    return moment(told["begin_time"]), moment(told["end_time"])


async def deposit(here: Street, amount: int) -> None:
    await here.engine.acts.make(here.register_id, PlacementInput(Kind.DEPOSIT, amount), key=here.key())


async def test_a_day_of_silence_is_told_strictly_in_order(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.advance(seconds=30)
        here.behave("silent", times=1)
        begin = here.clock.now()
        await here.sell(payment=PaymentType.CASH)
        first = here.exchanges("TICKET")[1]
        here.advance(seconds=5)
        await here.sell()
        await deposit(here, 70_000)
        assert (await here.close(withdraw_cash=True)).view.mark is Mark.AUTONOMOUS
        here.advance(seconds=10)
        await here.sell(payment=PaymentType.CASH)
        assert (await here.close()).view.mark is Mark.AUTONOMOUS
        await here.sell()
        view = await here.view()
        assert (view.mode, view.autonomous_since, view.unsent) == ("autonomous", begin, 9 - 1)
        here.behave()
        count = len(here.exchanges())
        here.advance(seconds=44)
        assert not await here.tick()
        here.advance(seconds=1)
        assert await here.tick()
        told = here.exchanges()[count:]
        assert [one["command"] for one in told] == [
            "TICKET", "SYSTEM", "TICKET", "MONEY_PLACEMENT", "MONEY_PLACEMENT", "CLOSE_SHIFT", "TICKET", "CLOSE_SHIFT",
            "TICKET", "INFO",
        ]
        assert (told[0]["token"], told[0]["reqnum"]) == (first["token"], first["reqnum"])
        documents = [one for one in told if one["command"] not in ("SYSTEM", "INFO")]
        for number, one in enumerate(documents, start=2):
            ours = await here.document(number)
            assert ours.mark is Mark.AUTONOMOUS_REGISTERED
            body = next(one["request"][name] for name in BODIES if name in one["request"])
            assert body["printed_document_number"] == number
            if ours.document.is_ticket:
                assert body["offline_ticket_number"] == ours.autonomous_sign
            else:
                assert body["is_offline"] is True
        assert {period(one) for one in told[:-1]} == {(begin, here.clock.now())}
        assert period(told[-1])[0] == period(told[-1])[1] or "offline_period" not in told[-1]["request"]["service"]
        assert len(here.ofd.book(here.device_id)["z_reports"]) == 2
        view = await here.view()
        assert (view.mode, view.unsent, view.autonomous_since) == ("online", 0, None)
        await here.agrees()


async def test_lanes_of_a_dead_operator_do_not_stand_before_others(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        here.advance(seconds=60)
        work, now = here.engine.work, here.clock.now()
        assert await work.due_lanes(now) == [here.register_id]
        assert await work.due_lanes(now, [("127.0.0.1", here.port)]) == []
        assert await work.due_lanes(now, [("127.0.0.1", here.port + 1), ("localhost", here.port)]) == [here.register_id]
        await here.recover()
        await here.agrees()


async def test_tries_are_a_minute_apart_and_each_tells_a_fresh_end_of_the_period(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        begin = here.clock.now()
        made = len(here.exchanges())
        for minute in range(1, 4):
            here.advance(seconds=59)
            assert not await here.tick()
            here.advance(seconds=1)
            assert await here.tick()
            assert len(here.exchanges()) == made + minute
            assert period(here.exchanges()[-1]) == (begin, here.clock.now())
            assert (await here.sell()).view.mark is Mark.AUTONOMOUS
        await here.recover()
        assert (await here.view()).mode == "online"
        await here.agrees()


async def test_documents_made_while_the_queue_is_told_join_its_tail(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        await here.sell()
        here.behave("slow", delay_s=0.3)
        here.advance(seconds=60)
        async with asyncio.TaskGroup() as group:
            telling = group.create_task(here.tick())
            made = [group.create_task(here.sell()) for _ in range(3)]
        assert telling.result()
        assert {task.result().view.mark for task in made} <= {Mark.AUTONOMOUS, Mark.REGISTERED}
        here.behave()
        while await here.tick():
            pass
        view = await here.view()
        assert (view.mode, view.unsent) == ("online", 0)
        await here.agrees()


async def test_a_poisoned_head_stops_the_lane_until_a_person_decides(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        registers = [here, *[await neighbour(here) for _ in POISONS[1:]]]
        for one, resolution in zip(registers, POISONS, strict=True):
            await one.sell()
            one.behave("garbage", times=4)
            assert (await one.sell()).view.mark is Mark.AUTONOMOUS
            assert (await one.sell()).view.mark is Mark.AUTONOMOUS
            one.behave(result_code=13, text="не то", commands=["TICKET"])
            with pytest.raises(Refused, match="VALIDATION"):
                await one.engine.lanes.resolve(one.register_id, resolution, "it runs")
        here.advance(seconds=60)
        for one, resolution in zip(registers, POISONS, strict=True):
            assert await one.tick()
            view = await one.view()
            assert (view.lane.stopped, view.lane.result_code, view.lane.text) == (True, 13, "не то")
            assert await one.marks() == [Mark.REGISTERED, Mark.STOPPED, Mark.AUTONOMOUS]
            with pytest.raises(Refused, match="LANE_STOPPED"):
                await one.sell()
            if resolution != "settled_outside":
                assert (await one.close()).view.mark is Mark.AUTONOMOUS
            one.advance(hours=1)
            assert not await one.tick()
            with pytest.raises(Refused, match="VALIDATION"):
                await one.engine.lanes.resolve(one.register_id, resolution, " ")
            one.behave()
            await one.engine.lanes.resolve(one.register_id, resolution, "решено")
            settled = resolution == "settled_outside"
            assert (await one.marks())[1] == (Mark.SETTLED if settled else Mark.AUTONOMOUS_REGISTERED)
            view = await one.view()
            assert (view.mode, view.unsent, view.lane.stopped) == ("online", 0, False)
            assert (await one.sell()).view.mark is Mark.REGISTERED
            with pytest.raises(Refused, match="VALIDATION"):
                await one.engine.lanes.resolve(one.register_id, "retry", "it runs again")
            await one.agrees()
        topics = [item.topic for item in await here.engine.news.take(1000)]
        assert topics.count("lane.stopped") == len(POISONS)


async def test_a_stopped_lane_with_the_poison_still_there_stops_again(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        here.behave(result_code=13, commands=["TICKET"])
        here.advance(seconds=60)
        await here.tick()
        await here.engine.lanes.resolve(here.register_id, "retry", "наугад")
        assert (await here.view()).lane.stopped and await here.marks() == [Mark.STOPPED]
        here.behave()
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
        assert (await here.view()).mode == "online"
        await here.agrees()


@pytest.mark.parametrize("booked", [True, False], ids=["booked before", "not booked"])
async def test_a_typed_token_asks_the_operator_for_its_last_document_first(
    database: str, tmp_path: Path, booked: bool
) -> None:
    """The head went unanswered and the token chain is lost: INFO says whether the head was booked."""
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.behave(result_code=13, times=1)
        with pytest.raises(Refused):
            await here.sell()
        here.behave("lose_answers" if booked else "garbage")
        await here.sell()
        here.behave(result_code=2)
        here.advance(seconds=60)
        await here.tick()
        view = await here.view()
        assert (view.lane.stopped, view.lane.result_code) == (True, 2)
        here.behave()
        token = here.ofd.issue_token(here.device_id)
        count = len(here.exchanges())
        await here.engine.lanes.resolve(here.register_id, "retry", "новый токен", token=token)
        commands = [one["command"] for one in here.exchanges()[count:]]
        assert commands == (["INFO", "SYSTEM", "INFO"] if booked else ["INFO", "SYSTEM", "TICKET", "INFO"])
        view = await here.view()
        assert (view.mode, view.unsent, view.lane.stopped) == ("online", 0, False)
        assert await here.marks() == [Mark.REGISTERED, Mark.REFUSED, Mark.AUTONOMOUS_REGISTERED]
        assert [one["printed_document_number"] for one in here.booked()] == [1, 3]
        assert ((await here.document(3)).fiscal_sign is None) == booked
        await here.sell()
        if not booked:
            await here.agrees()
    await holds(database)


async def test_more_than_one_batch_is_told_in_order(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        for _ in range(230):
            await here.sell()
        here.behave()
        here.advance(seconds=60)
        assert await here.tick()
        assert (await here.view()).unsent == 30
        assert await here.tick()
        view = await here.view()
        assert (view.mode, view.unsent) == ("online", 0)
        await here.agrees()


async def test_a_close_after_a_lost_answer_is_taken(database: str, tmp_path: Path) -> None:
    """The operator booked the first copy, without the sign; the register counts the receipt as autonomous for ever."""
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("lose_answers")
        await here.sell()
        await here.close()
        await here.recover()
        assert (await here.view()).mode == "online"
        await here.agrees()


@pytest.mark.parametrize("sales_go_on", [True, False])
async def test_a_queue_leaves_sales_the_machine_between_two_of_its_documents(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sales_go_on: bool
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("down")
        for _ in range(3):
            await here.sell()
        pauses, sleep = [], asyncio.sleep

        async def slept(seconds: float) -> None:
            pauses.append(seconds)
            await sleep(0)

        monkeypatch.setattr("core.ofd.delivery.asyncio.sleep", slept)
        if sales_go_on:
            monkeypatch.setattr("core.ofd.delivery.SALES_FOLLOW_S", 3600)
            here.engine.delivery.give_way()
        await here.recover()
        assert pauses.count(GIVE_WAY_S) >= 2 if sales_go_on else GIVE_WAY_S not in pauses
        assert [(await here.document(number)).mark for number in (1, 2, 3)] == [Mark.AUTONOMOUS_REGISTERED] * 3
        await here.agrees()
