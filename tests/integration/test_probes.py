"""«Я оплатил — проверить»: the operator is asked at once, whatever the lane and the breaker wait for."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from engine_street import StillClock, neighbour, street

from core.domain.view import Mark
from core.errors import Refused
from core.service import LaneWorker
from core.usecases import probes
from core.usecases.probes import Probe


async def test_a_block_is_lifted_and_the_queue_sent_at_once(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.behave(result_code=15, text="не оплачено")
        await here.sell()
        await here.close()
        here.behave()
        assert not await here.is_due() and here.exchanges("SYSTEM") == []
        found = await here.engine.probes.ask(here.register_id)
        assert len(here.exchanges("SYSTEM")) == 1
        assert found.before.block is not None and found.is_answered
        assert (found.after.block, found.after.mode, found.after.unsent) == (None, "online", 0)
        await here.agrees()


async def test_a_question_that_is_answered_15_leaves_the_block_with_its_words(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave(result_code=15, text="не оплачено")
        await here.sell()
        found = await here.engine.probes.ask(here.register_id)
        assert len(here.exchanges("SYSTEM")) == 1
        assert found.after.block is not None and found.after.block.text == "не оплачено"


async def test_silence_is_no_answer(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        asked = len(here.exchanges())
        found = await here.engine.probes.ask(here.register_id)
        assert not found.is_answered and found.after.lane.cause == "timeout"
        assert len(here.exchanges()) == asked + 1
        assert found.after.unsent == 1


async def test_one_question_in_five_seconds_per_register(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        other = await neighbour(here)
        for one in (here, other):
            one.behave("garbage")
            await one.sell()
        asked = len(here.exchanges())
        ask = here.engine.probes.ask
        here.behave("slow", delay_s=0.5, result_code=254)
        both = await asyncio.gather(ask(here.register_id), ask(here.register_id))
        assert [one.too_soon for one in both] == [False, False] and len(here.exchanges()) == asked + 1
        again = await ask(here.register_id)
        assert again.too_soon and again.after.unsent == 1 and len(here.exchanges()) == asked + 1
        assert not (await ask(other.register_id)).too_soon
        monkeypatch.setattr(probes, "PROBE_INTERVAL_S", 0.0)
        assert not (await ask(here.register_id)).too_soon
        assert len(here.exchanges()) == asked + 2
        with pytest.raises(Refused, match="NOT_FOUND"):
            await ask("00000000-0000-0000-0000-000000000000")


@pytest.mark.parametrize(
    ("behaviour", "answered", "blocked"),
    [({}, True, None), ({"mode": "garbage"}, False, None), ({"result_code": 15, "text": "нет"}, True, "blocked")],
)
async def test_an_online_register_is_really_asked(
    database: str, tmp_path: Path, behaviour: dict[str, Any], answered: bool, blocked: str | None
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.behave(**behaviour)
        found = await here.engine.probes.ask(here.register_id)
        assert [one["command"] for one in here.exchanges()] == ["TICKET", "INFO"]
        assert found.is_answered == answered and found.after.unsent == 0
        assert (None if found.after.block is None else found.after.block.reason) == blocked
        await here.recover()
        assert (await here.sell()).view.mark is Mark.REGISTERED
        await here.agrees()


async def test_an_open_breaker_holds_no_question_and_closes_with_its_answer(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        others = [await neighbour(here) for _ in range(3)]
        here.ofd.set_behaviour("down")
        for one in (here, *others):
            assert (await one.sell()).view.reason == "no_link"
        worker, stop = LaneWorker(here.engine), asyncio.Event()
        serving = asyncio.create_task(worker.run(stop))
        here.advance(seconds=60)

        async def opened() -> bool:
            return any(breaker.is_open for breaker in worker._breakers.values())

        await here.until(opened)
        here.ofd.set_behaviour("ok")
        found = await here.engine.probes.ask(here.register_id)
        assert (found.after.mode, found.is_answered) == ("online", True)

        async def all_online() -> bool:
            return all([(await one.view()).mode == "online" for one in others])

        await here.until(all_online)
        stop.set()
        await serving
        for one in (here, *others):
            await one.agrees()


async def test_whoever_asks_while_another_does_waits_for_that_answer(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        here.behave("slow", delay_s=0.4)
        delivering = asyncio.create_task(here.engine.delivery.deliver(here.register_id))
        await here.reached(len(here.exchanges()) + 1)
        found: Probe = await here.engine.probes.ask(here.register_id)
        await delivering
        assert (found.after.mode, found.after.unsent) == ("online", 0)
        assert [one["printed_document_number"] for one in here.booked()] == [1]
        await here.agrees()
