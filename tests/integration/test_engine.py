"""The engine's main job over real PostgreSQL and the sandbox operator's real TCP."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import asyncpg
import pytest
from engine_street import sale, street

from core.checks.verify import verify, verify_database
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind, PaymentType
from core.domain.view import Mark
from core.errors import Refused


async def holds(database: str) -> None:
    summary = await verify(database)
    assert [str(finding) for finding in summary.findings] == []


async def test_a_sale_is_registered_and_booked_once(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        made = await here.sell()
        assert (made.view.mark, made.view.document.number, made.created) == (Mark.REGISTERED, 1, True)
        assert made.view.fiscal_sign and made.view.check_url and made.view.autonomous_sign is None
        again = await here.engine.acts.make(here.register_id, sale(), key="key-1")
        assert (again.created, again.view) == (False, made.view)
        assert len(here.booked()) == 1
    await holds(database)


async def test_silence_makes_it_autonomous_and_recovery_tells_all_in_order(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await here.sell()
        here.behave("silent")
        first = await here.sell()
        assert first.view.mark is Mark.AUTONOMOUS and first.view.autonomous_sign
        second = await here.sell(payment=PaymentType.CASH)
        closed = await here.engine.acts.close_shift(here.register_id, withdraw_cash=False, key="close")
        assert [second.view.mark, closed.view.mark] == [Mark.AUTONOMOUS] * 2
        here.behave()
        await here.deliver()
        view = await here.engine.registers.get(here.register_id)
        assert (view.mode, view.unsent) == ("online", 0)
        documents = here.booked()
        assert [one["printed_document_number"] for one in documents] == [1, 2, 3, 4]
        told = await here.engine.books.document(here.register_id, 2)
        assert told.mark is Mark.AUTONOMOUS_REGISTERED and told.fiscal_sign and told.autonomous_sign
    await holds(database)


async def test_a_refused_sale_keeps_its_number_and_counts_nowhere(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        here.behave("ok", result_code=13, text="жоқ", times=1)
        with pytest.raises(Refused) as refusal:
            await here.sell()
        assert refusal.value.code == "OFD_REFUSED" and refusal.value.params["number"] == 1
        made = await here.sell()
        assert (made.view.document.number, made.view.document.shift, made.view.document.number_in_shift) == (2, 1, 2)
        report = await here.engine.books.x_report(here.register_id)
        assert report.tickets["sell"].count == 1
    await holds(database)


async def test_blocked_lets_only_the_close_through_and_a_probe_frees_it(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await here.sell()
        here.behave("ok", result_code=15, text="не оплачено")
        assert (await here.sell()).view.mark is Mark.AUTONOMOUS
        with pytest.raises(Refused, match="REGISTER_BLOCKED"):
            await here.sell()
        closed = await here.engine.acts.close_shift(here.register_id, withdraw_cash=False, key="close")
        assert closed.view.mark is Mark.AUTONOMOUS
        here.behave()
        await here.deliver()
        view = await here.engine.registers.get(here.register_id)
        assert (view.state, view.mode, view.unsent) == ("active", "online", 0)
    await holds(database)


async def test_cash_in_and_out_and_the_close_with_withdrawal(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        acts = here.engine.acts
        await acts.make(here.register_id, PlacementInput(Kind.DEPOSIT, 500_000), key="in")
        with pytest.raises(Refused, match="NOT_ENOUGH_CASH"):
            await acts.make(here.register_id, PlacementInput(Kind.WITHDRAWAL, 500_001), key="out")
        closed = await acts.close_shift(here.register_id, withdraw_cash=True, key="close")
        again = await acts.close_shift(here.register_id, withdraw_cash=True, key="close")
        assert again.view == closed.view and not again.created
        documents = await here.engine.books.documents(here.register_id, after=0, limit=9)
        assert [one.document.kind for one in documents] == [Kind.DEPOSIT, Kind.WITHDRAWAL, Kind.SHIFT_CLOSE]
    await holds(database)


async def test_verify_names_the_document_whose_bytes_were_changed(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        for _ in range(3):
            await here.sell()
    connection = await asyncpg.connect(database)
    await connection.execute("SET session_replication_role = replica")
    await connection.execute(
        "UPDATE document SET frozen_bytes = set_byte(frozen_bytes, 20, get_byte(frozen_bytes, 20) # 1) WHERE number = 2"
    )
    await connection.close()
    out = io.StringIO()
    assert await asyncio.to_thread(verify_database, database, out) == 1
    assert "document 2" in out.getvalue()


async def test_a_forward_jump_of_the_clock_is_entered_and_told_once(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await here.sell()
        here.advance(hours=2)
        await here.sell()
        await here.sell()
        kinds = await here.engine.database.rows("SELECT kind FROM journal_entry WHERE kind = 'clock'")
        topics = [item.topic for item in await here.engine.news.take(100)]
        assert (len(kinds), topics.count("clock.jumped")) == (1, 1)
    await holds(database)
