"""One key, one document: repeats, races, refusals, a close with its withdrawal, a connection lost in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest
from engine_street import StillClock, sale, street

from core.bootstrap import open_engine
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind, PaymentType
from core.domain.view import Mark
from core.errors import Refused

# a sequence counts also what is rolled back: only the first append is cut off
CUT = """
CREATE SEQUENCE cuts;
CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF nextval('cuts') = 1 THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cut AFTER INSERT ON document FOR EACH STATEMENT EXECUTE FUNCTION cut();
"""


async def test_a_repeat_is_the_stored_document_and_another_input_an_error(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        acts, register_id = here.engine.acts, here.register_id
        here.behave("garbage")
        made = await acts.make(register_id, sale(), key="one")
        await here.recover()
        again = await acts.make(register_id, sale(), key="one")
        assert (made.view.mark, made.created) == (Mark.AUTONOMOUS, True)
        assert (again.view.mark, again.created) == (Mark.AUTONOMOUS_REGISTERED, False)
        for attempt in (sale(10_001), PlacementInput(Kind.DEPOSIT, 10_000)):
            with pytest.raises(Refused, match="IDEMPOTENCY_KEY_REUSED"):
                await acts.make(register_id, attempt, key="one")
        with pytest.raises(Refused, match="IDEMPOTENCY_KEY_REUSED"):
            await acts.close_shift(register_id, withdraw_cash=False, key="one")
        here.behave(result_code=13, text="нет", times=1)
        for _ in range(2):
            with pytest.raises(Refused) as refusal:
                await acts.make(register_id, sale(), key="two")
            assert refusal.value.params == {"number": 2, "result_code": 13, "text": "нет"}
        with pytest.raises(Refused, match="NOT_ENOUGH_CASH"):
            await acts.make(register_id, PlacementInput(Kind.WITHDRAWAL, 1), key="free")
        assert (await acts.make(register_id, sale(), key="free")).view.document.number == 3
        await here.agrees()


async def test_a_close_with_withdrawal_goes_on_where_it_stopped(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell(payment=PaymentType.CASH)
        here.behave(result_code=13, times=1)
        for _ in range(2):
            with pytest.raises(Refused) as refusal:
                await here.close(withdraw_cash=True, key="close")
            assert refusal.value.params["number"] == 2
        assert (await here.view()).shift is not None and (await here.view()).cash == 10_000
        here.behave(result_code=13, commands=["CLOSE_SHIFT"], times=1)
        with pytest.raises(Refused):
            await here.close(withdraw_cash=True, key="other")
        view = await here.view()
        assert view.shift is not None and view.cash == 0
        closed = await here.close(withdraw_cash=True, key="third")
        again = await here.close(withdraw_cash=True, key="third")
        assert closed.view.mark is Mark.REGISTERED and (again.view, again.created) == (closed.view, False)
        assert await here.marks() == ["registered", "refused", "registered", "refused", "registered"]
        await here.agrees()


async def test_a_refused_withdrawal_keeps_the_shift_open_for_both_who_asked_at_once(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell(payment=PaymentType.CASH)
        here.behave("slow", delay_s=0.5, result_code=13)
        async with open_engine(here.engine.settings, here.clock) as other:
            closes = [
                one.acts.close_shift(here.register_id, withdraw_cash=True, key="close") for one in (here.engine, other)
            ]
            ends = await asyncio.gather(*closes, return_exceptions=True)
        assert [isinstance(end, Refused) for end in ends] == [True, True]
        assert await here.marks() == ["registered", "refused"]
        await here.agrees()


async def test_a_server_process_that_ends_in_the_append_costs_nothing(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        superuser = await asyncpg.connect(database)
        await superuser.execute(CUT)
        made = await here.engine.acts.make(here.register_id, sale(), key="cut")
        assert await superuser.fetchval("SELECT last_value FROM cuts") == 2
        await superuser.close()
        assert (made.view.mark, made.created, made.view.document.number) == (Mark.REGISTERED, True, 2)
        await here.agrees()


@pytest.mark.parametrize("lost", ["request", "answer"])
async def test_a_line_to_the_database_that_breaks_at_the_append_is_resolved_by_the_key(
    database: str, tmp_path: Path, lost: str
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here, breaking_line(database, lost, b'"cut"') as url:
        await here.sell()
        settings = here.engine.settings.model_copy(update={"database_url": url})
        async with open_engine(settings, here.clock) as engine:
            made = await engine.acts.make(here.register_id, sale(), key="cut")
            assert (made.created, made.view.document.number) == (True, 2)
            assert made.view.mark is (Mark.REGISTERED if lost == "request" else Mark.AUTONOMOUS)
            again = await engine.acts.make(here.register_id, sale(), key="cut")
            assert (again.created, again.view) == (False, made.view)
        if lost == "answer":
            superuser = await asyncpg.connect(database)
            await superuser.execute("UPDATE lane SET lease_until = now() - interval '1 second'")
            await superuser.close()
            await here.recover()
        await here.agrees()


@asynccontextmanager
async def breaking_line(database: str, lost: str, marker: bytes) -> AsyncIterator[str]:
    """A URL whose line breaks once, at the call that carries ``marker``, before it or its answer arrives."""
    parts = urlsplit(database)
    broken: list[bool] = []
    host = parse_qs(parts.query)["host"][0] if parts.query else parts.hostname
    port = int(parse_qs(parts.query)["port"][0]) if parts.query else parts.port
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if host is not None and host.startswith("/"):
            up_reader, up_writer = await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        else:
            up_reader, up_writer = await asyncio.open_connection(host, port)
        answered = asyncio.Event()

        async def back() -> None:
            while data := await up_reader.read(65536):
                if answered.is_set():
                    break
                writer.write(data)

        backward = asyncio.create_task(back())
        try:
            while data := await reader.read(65536):
                if marker in data and not broken:
                    broken.append(True)
                    if lost == "answer":
                        answered.set()
                        up_writer.write(data)
                        await backward
                    break
                up_writer.write(data)
        except ConnectionError:
            pass
        finally:
            backward.cancel()
            await asyncio.gather(backward, return_exceptions=True)
            for end in (writer, up_writer):
                end.transport.abort()

    def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accepted, "127.0.0.1", 0)
    credentials = parts.netloc.rpartition("@")[0]
    there = server.sockets[0].getsockname()[1]
    try:
        yield f"postgresql://{credentials}@127.0.0.1:{there}{parts.path}?sslmode=disable"
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert broken
