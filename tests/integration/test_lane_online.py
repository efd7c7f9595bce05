"""An online document's 5 s against an operator that loses, delays, garbles and refuses."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from engine_street import StillClock, Street, neighbour, street
from test_engine import holds

from core.domain.view import Mark
from core.errors import Refused
from core.usecases.acts import Made

BUSY_CODES = (254, 255)


async def timed(here: Street) -> tuple[Made, float]:
    begin = time.monotonic()
    return await here.sell(), time.monotonic() - begin


async def originals(here: Street) -> list[int]:
    orders = await here.engine.prints.take((here.register_id,), 1000)
    return [one.document_number for one in orders if not one.copy]


def identity(exchange: dict[str, object]) -> tuple[object, ...]:
    return exchange["token"], exchange["reqnum"], exchange["command"]


async def test_answers_lost_less_than_four_times_are_asked_for_again_with_identical_bytes(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path) as here:
        others = [here, await neighbour(here), await neighbour(here)]
        for lost, one in enumerate(others, start=1):
            one.behave("lose_answers", times=lost)
        made = await asyncio.gather(*(one.sell() for one in others))
        for lost, (one, sale) in enumerate(zip(others, made, strict=True), start=1):
            assert sale.view.mark is Mark.REGISTERED
            sent = one.exchanges()
            assert len(sent) == lost + 1 and len({each["request_hex"] for each in sent}) == 1
            assert len(one.booked()) == 1
            await one.sell()
            await one.agrees()


async def test_answers_lost_for_longer_end_autonomous_and_the_queue_settles_them_by_the_repeat_rule(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        others = [here, await neighbour(here)]
        for one, times in zip(others, (5, None), strict=True):
            one.behave("lose_answers", times=times)
        made = await asyncio.gather(*(one.sell() for one in others))
        for one, sale in zip(others, made, strict=True):
            assert (sale.view.mark, sale.view.reason) == (Mark.AUTONOMOUS, "timeout")
            inside = one.exchanges()
            assert 2 <= len(inside) <= 4 and len({each["request_hex"] for each in inside}) == 1
        here.advance(seconds=60)
        for one in others:
            assert await one.tick()
        here.advance(seconds=60)
        for one in others:
            one.behave()
            assert await one.tick() or (await one.view()).mode == "online"
            first, *_, last = one.exchanges("TICKET")
            assert identity(first) == identity(last)
            assert last["request"]["service"]["offline_period"] != first["request"]["service"]["offline_period"]
            assert len(one.booked()) == 1 and await originals(one) == [1]
            assert await one.marks() == [Mark.AUTONOMOUS_REGISTERED]
            while await one.tick():
                pass
            assert (await one.view()).mode == "online"
            await one.agrees()


async def test_slow_split_and_garbled_lines_within_the_five_seconds(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        brisk, slow, late, split, garbage, refused, dropped = [
            here, *[await neighbour(here) for _ in range(6)]
        ]
        brisk.behave("slow", delay_s=0.2)
        slow.behave("slow", delay_s=4.5)
        late.behave("slow", delay_s=6)
        split.behave("split")
        garbage.behave("garbage")
        dropped.behave("down")
        refused.behave()
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(timed(one)) for one in (brisk, slow, late, split, garbage, dropped)]
        marks = [task.result()[0].view.mark for task in tasks]
        assert marks == [
            Mark.REGISTERED, Mark.REGISTERED, Mark.AUTONOMOUS, Mark.REGISTERED, Mark.AUTONOMOUS, Mark.AUTONOMOUS
        ]
        assert 4.5 <= tasks[2].result()[1] < 5.5
        assert len({each["request_hex"] for each in garbage.exchanges()}) == 1
        assert {task.result()[0].view.reason for task in tasks[4:]} == {"timeout"}

        async def kept() -> bool:
            return await late.marks() == [Mark.AUTONOMOUS_REGISTERED]

        await late.until(kept)
        assert await originals(late) == [1] and len(late.exchanges("TICKET")) == 1
        assert (await late.document(1)).autonomous_sign is not None
        for one in (late, garbage, dropped):
            await one.recover()
            assert (await one.view()).mode == "online"
        assert len(late.exchanges("TICKET")) == 1
        for one in (brisk, slow, late, split, garbage, refused, dropped):
            one.behave()
            await one.sell()
            await one.agrees()


async def test_no_link_is_told_apart_quickly_and_contact_begins_with_system(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.ofd.set_behaviour("down")
        made, took = await timed(here)
        assert (made.view.mark, made.view.reason) == (Mark.AUTONOMOUS, "no_link")
        assert took < 4.5 and here.exchanges() == []
        await here.sell()
        here.ofd.set_behaviour()
        await here.recover()
        commands = [each["command"] for each in here.exchanges()]
        assert commands == ["SYSTEM", "TICKET", "TICKET", "INFO"]
        numbers = [each["request"]["ticket"]["offline_ticket_number"] for each in here.exchanges("TICKET")]
        assert numbers == [(await here.document(number)).autonomous_sign for number in (1, 2)]
        await here.agrees()


async def test_unavailable_is_tried_again_with_the_same_exchange_then_autonomous(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        others = [here, await neighbour(here), await neighbour(here)]
        for one, code in zip(others, (*BUSY_CODES, 254), strict=True):
            one.behave(result_code=code)
        others[2].behave(result_code=254, times=2)
        made = await asyncio.gather(*(one.sell() for one in others))
        assert [sale.view.mark for sale in made] == [Mark.AUTONOMOUS, Mark.AUTONOMOUS, Mark.REGISTERED]
        assert [sale.view.reason for sale in made[:2]] == ["unavailable"] * 2
        for one in others:
            assert 2 < len(one.exchanges("TICKET")) <= 4
            assert len({each["request_hex"] for each in one.exchanges("TICKET")}) == 1
            await one.recover()
            assert len({identity(each) for each in one.exchanges("TICKET")}) == 1
            await one.sell()
            await one.agrees()


async def test_a_token_refused_once_is_offered_again_and_twice_blocks_until_the_right_one_is_typed(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.behave(result_code=2, times=1)
        assert (await here.sell()).view.mark is Mark.REGISTERED
        assert len({each["request_hex"] for each in here.exchanges("TICKET")[-2:]}) == 1
        here.behave(result_code=2)
        with pytest.raises(Refused, match="OFD_REFUSED"):
            await here.sell()
        view = await here.view()
        assert (view.state, view.block.reason) == ("blocked", "bad_token")
        with pytest.raises(Refused, match="REGISTER_BLOCKED"):
            await here.sell()
        here.behave()
        token = here.ofd.issue_token(here.device_id)
        await here.engine.lanes.resolve(here.register_id, "retry", "wrong guess", token=(token + 1) % 2**32)
        assert (await here.view()).block.reason == "bad_token"
        here.advance(seconds=600)
        assert not await here.tick()
        await here.engine.lanes.resolve(here.register_id, "retry", "typed again", token=token)
        assert (await here.view()).state == "active"
        assert (await here.sell()).view.mark is Mark.REGISTERED
        await here.agrees()


async def test_numbering_is_moved_on_once_and_then_blocks(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        others = [here, await neighbour(here)]
        for one, code in zip(others, (8, 9), strict=True):
            one.behave(result_code=code, times=1)
            assert (await one.sell()).view.mark is Mark.REGISTERED
            first, second = one.exchanges("TICKET")
            assert second["reqnum"] == first["reqnum"] + 1
            one.behave(result_code=code)
            with pytest.raises(Refused, match="OFD_REFUSED"):
                await one.sell()
            assert (await one.view()).block.reason == "numbering"
            assert len(one.exchanges("TICKET")) == 4
            one.behave()
            await one.engine.lanes.resolve(one.register_id, "retry", "mended")
            assert (await one.view()).state == "active"
            assert (await one.sell()).view.mark is Mark.REGISTERED
            await one.agrees()


async def test_a_code_of_our_fault_refuses_and_blocks_until_a_person_retries(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.behave(result_code=3, text="version")
        with pytest.raises(Refused, match="OFD_REFUSED"):
            await here.sell()
        view = await here.view()
        assert (view.state, view.block.reason, view.block.text) == ("blocked", "service", "version")
        closed = await here.close()
        assert closed.view.mark is Mark.AUTONOMOUS
        here.advance(hours=1)
        assert len(here.exchanges()) == 2 or not await here.tick()
        await here.engine.lanes.resolve(here.register_id, "retry", "not yet")
        assert (await here.view()).block.reason == "service"
        here.behave()
        await here.engine.lanes.resolve(here.register_id, "retry", "mended")
        view = await here.view()
        assert (view.state, view.mode, view.unsent) == ("active", "online", 0)
        await here.agrees()


async def test_an_unanswered_attempt_decides_what_a_code_may_do(database: str, tmp_path: Path) -> None:
    """Silence first, then a code: 3 comes before the repeat rule and settles nothing, 13 comes after it and does."""
    async with street(database, tmp_path, clock=StillClock()) as here:
        others = [here, await neighbour(here)]

        async def sell_then(one: Street, code: int) -> Made | Refused:
            one.behave("garbage", times=1)
            selling = asyncio.create_task(one.sell())
            await one.reached(1)
            one.behave(result_code=code)
            try:
                return await selling
            except Refused as refusal:
                return refusal

        unsettled, settled = await asyncio.gather(sell_then(others[0], 3), sell_then(others[1], 13))
        assert isinstance(unsettled, Made) and unsettled.view.mark is Mark.AUTONOMOUS
        assert isinstance(settled, Refused) and settled.params["result_code"] == 13
        assert (await here.view()).block is None
        await here.recover()
        assert len({identity(each) for each in here.exchanges("TICKET")}) == 1
        for one in others:
            one.behave()
            assert (await one.sell()).view.mark is Mark.REGISTERED
            await one.agrees()
    await holds(database)
