from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from printer_bridge import spool as spool_module
from printer_bridge.job import BadJob, parse_job
from printer_bridge.spool import Entry, Spool, SpoolInUse, State


def wire(number: int, job_id: str | None = None) -> dict[str, Any]:
    return {
        "id": job_id or f"r1-{number}",
        "sequence": number,
        "register_id": "r1",
        "document": number,
        "title": "Чек",
        "copy": False,
        "language": "kk-ru",
        "blocks": [{"type": "text", "text": f"Нан {number}"}],
    }


def keep(spool: Spool, number: int, job_id: str | None = None) -> Entry:
    made = wire(number, job_id)
    return spool.keep(parse_job(made), made)


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    opened = Spool(tmp_path)
    yield opened
    opened.close()


def reopened(spool: Spool, folder: Path) -> Spool:
    spool.close()
    return Spool(folder)


def test_a_kept_job_is_there_after_a_restart_whole(tmp_path: Path, spool: Spool) -> None:
    keep(spool, 1)
    again = reopened(spool, tmp_path)
    assert [entry.state for entry in again.waiting()] == [State.SPOOLED]
    assert again.load(again.waiting()[0]) == parse_job(wire(1))
    again.close()


def test_jobs_wait_in_the_order_of_their_sequence_however_they_came(tmp_path: Path, spool: Spool) -> None:
    for number in (10, 2, 9):
        keep(spool, number)
    assert [entry.sequence for entry in spool.waiting()] == [2, 9, 10]
    again = reopened(spool, tmp_path)
    assert [entry.sequence for entry in again.waiting()] == [2, 9, 10]
    again.close()


def test_a_job_that_was_printing_is_known_as_such_after_a_restart(tmp_path: Path, spool: Spool) -> None:
    spool.printing(keep(spool, 1))
    again = reopened(spool, tmp_path)
    assert [entry.state for entry in again.waiting()] == [State.PRINTING]
    again.close()


def test_a_printed_job_does_not_wait_and_is_told_until_the_server_knows(tmp_path: Path, spool: Spool) -> None:
    entry = keep(spool, 1)
    spool.printing(entry)
    spool.printed(entry)
    again = reopened(spool, tmp_path)
    assert not again.waiting()
    assert [entry.id for entry in again.untold()] == ["r1-1"]
    again.told(again.untold()[0])
    last = reopened(again, tmp_path)
    assert not last.waiting() and not last.untold()
    known = last.find("r1-1")
    assert known is not None and known.state is State.PRINTED
    assert not list(tmp_path.glob("*.job"))
    last.close()


def test_a_job_kept_twice_is_one_job(spool: Spool) -> None:
    assert keep(spool, 1) is keep(spool, 1)
    assert len(spool.waiting()) == 1


def test_a_printed_job_never_prints_again(spool: Spool) -> None:
    entry = keep(spool, 1)
    spool.printed(entry)
    with pytest.raises(ValueError, match="is printed"):
        spool.printing(entry)


def test_ids_that_no_file_may_have_are_kept(tmp_path: Path, spool: Spool) -> None:
    for job_id in ("../../etc/passwd", "a/b:c*?", "CON", "x" * 200):
        keep(spool, 1, job_id)
    again = reopened(spool, tmp_path)
    assert len(again.waiting()) == 4
    again.close()


def test_a_half_written_file_of_a_power_cut_is_no_job(tmp_path: Path, spool: Spool) -> None:
    (tmp_path / "abc.job.new").write_text('{"id": "r1')
    again = reopened(spool, tmp_path)
    assert not again.waiting()
    assert not list(tmp_path.glob("*.new"))
    again.close()


def test_a_job_spoilt_by_the_disk_is_set_aside_and_the_others_go_on(tmp_path: Path, spool: Spool) -> None:
    keep(spool, 1)
    next(tmp_path.glob("*.job")).write_bytes(b"\x00" * 40)
    keep(spool, 2)
    with pytest.raises(BadJob):
        spool.load(spool.waiting()[0])
    again = reopened(spool, tmp_path)
    assert [entry.sequence for entry in again.waiting()] == [2]
    assert len(list(tmp_path.glob("*.broken"))) == 1
    again.close()


def test_a_job_whose_state_was_spoilt_comes_out_as_a_copy_at_worst(tmp_path: Path, spool: Spool) -> None:
    spool.printing(keep(spool, 1))
    next(tmp_path.glob("*.state")).write_bytes(b"{")
    again = reopened(spool, tmp_path)
    assert [entry.state for entry in again.waiting()] == [State.PRINTING]
    again.close()


def test_two_bridges_never_share_a_spool(tmp_path: Path, spool: Spool) -> None:
    with pytest.raises(SpoolInUse, match="another bridge"):
        Spool(tmp_path)
    assert spool.waiting() == []


def test_printed_ids_are_kept_up_to_a_limit(spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_module, "PRINTED_KEPT_MAX", 3)
    for number in range(1, 7):
        entry = keep(spool, number)
        spool.printed(entry)
        spool.told(entry)
    assert [spool.find(f"r1-{n}") is not None for n in range(1, 7)] == [False] * 3 + [True] * 3
    assert len(list(tmp_path.glob("*.state"))) == 3
