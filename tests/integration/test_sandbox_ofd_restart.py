"""The sandbox operator started again on the folder of an earlier run."""

from __future__ import annotations

from pathlib import Path

from ofd_client import DEVICE, Street, Till, later


async def test_a_restart_on_the_same_folder_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async with Street(tmp_path) as street:
        till = Till(street)
        await till.made(till.ticket())
        later(street, hours=1)
        queued = till.ticket(30_00)
        queued.ticket.offline_ticket_number = 9
        await till.made(queued)
        await till.made(await till.close())
        till.shift = 2
        await till.made(till.ticket())
        _, answer = await till.raw(till.sent)
        book, exchanges = till.book, street.server.exchanges(0)
    # What a crash in the middle of a line leaves behind.
    with (tmp_path / "operator.jsonl").open("ab") as file:
        file.write(b'{"n":99,"at":"2026')
    async with Street(tmp_path) as street:
        till.street = street
        assert till.book == book
        assert street.server.exchanges(0) == exchanges
        assert (await till.raw(till.sent))[1] == answer
        await till.made(till.ticket())
        await till.made(await till.close())
        assert street.server.exchanges(len(exchanges))[0]["n"] == len(exchanges) + 1
    async with Street(tmp_path) as street:
        till.street = street
        assert [one["kind"] for one in till.book["documents"]][-2:] == ["sell", "shift_close"]
        assert len(till.book["z_reports"]) == 2


async def test_a_new_token_from_the_cabinet_is_the_one_that_counts(tmp_path: Path) -> None:
    async with Street(tmp_path) as street:
        fresh = street.server.issue_token(DEVICE)
    async with Street(tmp_path) as street:
        till = Till(street)
        assert (await till.told(till.ticket()))[0] == 2
        till.token = fresh
        await till.made(till.ticket())
