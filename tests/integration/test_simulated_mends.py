"""Faults that the simulation found, each in the plainest street that shows it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from engine_street import StillClock, sale, street
from test_lane_engines import die_after_append, on_database, second

import core.ofd.delivery
import core.usecases.acts
from core.checks.verify import verify
from core.domain.ticket import Kind, Parent, PaymentType
from core.errors import Refused
from core.ofd.link import Link, NoLink


class Meanwhile:
    """A journal to which something happens just before one of its calls, once."""

    def __init__(self, journal: Any, name: str, happens: Any) -> None:
        self._journal = journal
        self._name = name
        self._happens = happens

    def __getattr__(self, name: str) -> Any:
        happens = self._happens if name == self._name else None
        real = getattr(self._journal, name)
        if happens is None:
            return real

        async def call(*arguments: Any, **named: Any) -> Any:
            self._happens = None
            await happens()
            return await real(*arguments, **named)

        return call


@pytest.mark.parametrize("wait_s", [5, 0])
async def test_a_return_pressed_on_two_machines_at_once_is_not_refused_for_its_own_sake(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_s: int
) -> None:
    """The second press reads the returns of the basis when the first one's document is already among them, also at
    the end of its patience.
    """
    monkeypatch.setattr(core.usecases.acts, "TURN_WAIT_S_MAX", wait_s)
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        await here.sell(payment=PaymentType.CASH)
        back = replace(sale(payment=PaymentType.CASH), kind=Kind.SELL_RETURN, parent=Parent(document_number=1))
        first: list[Any] = []

        async def press() -> None:
            first.append(await other.acts.make(here.register_id, back, key="press"))

        bases: Any = here.engine.acts._bases
        bases._journal = Meanwhile(bases._journal, "returns_of", press)
        made = await here.engine.acts.make(here.register_id, back, key="press")
        assert (made.created, made.view) == (False, first[0].view)
        await here.agrees()


async def test_a_close_with_the_cash_pressed_twice_is_one_close(database: str, tmp_path: Path) -> None:
    """The first press closes the shift just after the second found its key unused."""
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        await here.sell(payment=PaymentType.CASH)
        first: list[Any] = []

        async def press() -> None:
            first.append(await other.acts.close_shift(here.register_id, withdraw_cash=True, key="press"))

        acts: Any = here.engine.acts
        acts._journal = Meanwhile(acts._journal, "load", press)
        made = await here.engine.acts.close_shift(here.register_id, withdraw_cash=True, key="press")
        assert (made.created, made.view) == (False, first[0].view)
        assert [str(one) for one in await here.marks()] == ["registered"] * 3
        await here.agrees()


async def test_a_clock_set_back_by_seconds_does_not_reopen_the_72_hours(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("down")
        await here.sell()
        here.advance(hours=24)
        await here.close()
        here.advance(hours=48, seconds=-5)
        await here.sell()
        here.advance(seconds=10)
        await here.close()
        with pytest.raises(Refused, match="AUTONOMOUS_TOO_LONG"):
            await here.sell()
        here.advance(seconds=-30)
        with pytest.raises(Refused, match="AUTONOMOUS_TOO_LONG"):
            await here.sell()


class Suspended(StillClock):
    """The machine was suspended for a while: its monotonic time has gone on, its program has not."""

    def __init__(self) -> None:
        super().__init__()
        self.lost_s = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.lost_s


async def test_a_worker_that_was_suspended_before_its_frame_left_sends_nothing(database: str, tmp_path: Path) -> None:
    """Meanwhile another worker was refused the same exchange; the operator would book the frame that comes too late."""
    clock = Suspended()
    async with street(database, tmp_path, clock=clock) as here, second(here) as other:
        here.behave("garbage")
        await here.sell()
        await here.sell()
        here.behave()
        here.advance(seconds=60)
        told: list[int] = []

        async def suspended() -> None:
            told.append(2)
            clock.lost_s += 9
            await on_database(database, "UPDATE lane SET lease_until = now() - interval '1 second'")
            here.behave(result_code=13, times=1)
            await other.delivery.deliver(here.register_id)

        delivery: Any = here.engine.delivery
        hold = delivery._hold

        async def held(run: Any) -> None:
            if run.told == 1 and not told and run.loaded.exchange is not None:
                await suspended()
            await hold(run)

        delivery._hold = held
        await here.tick()
        assert [str(one) for one in await here.marks()] == ["autonomous_registered", "stopped"]
        assert [one["printed_document_number"] for one in here.booked()] == [1]
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
        await here.agrees()


async def test_a_connection_that_was_made_too_late_carries_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    received: list[bytes] = []
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.append(await reader.read())
        writer.close()
        over.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    loop, connect = asyncio.get_running_loop(), asyncio.open_connection
    now = loop.time

    async def suspended(*arguments: Any) -> Any:
        made = await connect(*arguments)
        monkeypatch.setattr(loop, "time", lambda: now() + 9)
        return made

    monkeypatch.setattr(asyncio, "open_connection", suspended)
    port = server.sockets[0].getsockname()[1]
    attempt = await Link(lambda _: None).attempt("127.0.0.1", port, b"frame", 1, 1, 5)
    assert attempt == NoLink("connected too late")
    await over.wait()
    assert received == [b""]
    server.close()


class Jumping(StillClock):
    """Time that passes for both clocks, and jumps of the wall clock alone."""

    def __init__(self) -> None:
        super().__init__()
        self.passed_s = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.passed_s


async def test_a_jump_of_the_clock_is_entered_once_by_two_machines(database: str, tmp_path: Path) -> None:
    """The second machine acts long after the first has entered it, and sees the same jump by its own clocks."""
    clock = Jumping()
    async with street(database, tmp_path, clock=clock) as here, second(here) as other:
        here.advance(hours=2)
        await here.sell()
        here.advance(hours=3)
        clock.passed_s += 3 * 3600
        await other.acts.make(here.register_id, sale(), key="other")
        told = [item.topic for item in await here.engine.news.take(100)]
        assert told.count("clock.jumped") == 1
        await here.agrees()


async def test_a_repeat_that_stood_still_looks_once_more(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for another's document, and is suspended meanwhile, does not answer with what was seen before."""
    clock = Jumping()
    async with street(database, tmp_path, clock=clock) as here:
        await die_after_append(here, "press")
        journal: Any = here.engine.acts._journal
        read, looks = journal.load, []

        async def load(register_id: str, key: str | None = None) -> Any:
            loaded = await read(register_id, key)
            if key is None:
                looks.append(loaded.state.pending)
            if len(looks) == 2 and not clock.passed_s:
                await on_database(database, "UPDATE register SET pending_since = now() - interval '44 seconds'")
                clock.passed_s = 44
            return loaded

        monkeypatch.setattr(journal, "load", load)
        made = await here.engine.acts.make(here.register_id, sale(), key="press")
        assert looks[:2] == [1, 1] and (made.created, made.view.mark) == (False, "autonomous")
        await here.agrees()


async def test_an_answer_after_the_72_hours_does_not_make_them_unreached(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest document leaves a second before the limit and is answered after it, with others still waiting."""
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("down")
        await here.sell()
        here.advance(hours=20)
        await here.sell()
        here.advance(hours=52, seconds=-1)
        here.behave()
        attempt = core.ofd.delivery.attempt_exchange

        async def slow(link: Any, registration: Any, exchange: Any, timeout_s: float) -> Any:
            answered = await attempt(link, registration, exchange, timeout_s)
            if exchange.command == "TICKET":
                here.advance(seconds=3)
                here.behave("down")
            return answered

        monkeypatch.setattr("core.ofd.delivery.attempt_exchange", slow)
        await here.tick()
        assert (await here.document(1)).mark == "autonomous_registered"
        with pytest.raises(Refused, match="AUTONOMOUS_TOO_LONG"):
            await here.sell()
        monkeypatch.undo()
        await here.recover()
        assert (await here.close()).view.mark == "registered"
        assert (await here.sell()).view.mark == "registered"
    assert (await verify(database)).findings == []
