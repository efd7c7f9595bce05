"""What must hold: right after a process died, and once others have gone on."""

from __future__ import annotations

import signal
from typing import Any

from core.bootstrap import Engine
from core.domain.ticket import PaymentType
from core.domain.view import DocumentView, Mark
from core.usecases.acts import Made
from tests.crash.crash_street import Case
from tests.crash.deeds import PRICE, abandoned, onboard, settle_outside, stopped_in_doubt
from tests.integration.engine_street import sale

TOLD = (Mark.REGISTERED, Mark.AUTONOMOUS_REGISTERED)
LATER = {"autonomous": Mark.AUTONOMOUS_REGISTERED, "registered": Mark.REGISTERED}
"""What becomes of a mark that a person was told."""


def came_to_its_point(case: Case) -> None:
    """Killed exactly where it was to be killed; or it lived, and said something."""
    if case.was_killed:
        assert case.status == signal.SIGKILL, (case, case.status, case.passed[-3:])
        assert case.passed[-1] == case.point, case
    else:
        assert case.status == 0 and case.answer is not None, (case, case.status)
        assert case.point is None or case.point in case.passed, case


async def as_the_flow_says(engine: Engine, case: Case) -> None:
    """What docs/flows.md says of a crash: the journal's calls that were done stand whole, nothing else does."""
    view = await engine.registers.get(case.here.register_id)
    before, appended, drawn = case.deed.before, case.done("append"), case.done("outcome")
    is_pending = not case.deed.offline and appended > drawn
    if case.deed.prepare is abandoned:
        is_pending = drawn == 0
    assert view.last_document == before + appended, case
    assert view.pending == (view.last_document if is_pending else None), case


async def nothing_in_doubt_is_forgotten(rows: list[Any], cases: list[Case]) -> None:
    """A lane that stands at a document which may be booked keeps its exchange until the very call that decides."""
    lanes = {row["register_id"]: (row["stopped"], row["in_doubt"]) for row in rows}
    for case in cases:
        if case.deed.prepare is stopped_in_doubt and not case.done("step"):
            assert lanes[case.here.register_id] == (True, True), case


async def holds(engine: Engine, case: Case, made: Made | None) -> None:
    """G1–G4, G8 and G9 of one register, on which the deed was done exactly once by now."""
    deed, register_id = case.deed, case.here.register_id
    documents = await engine.books.documents(register_id, after=0, limit=20)
    assert len(documents) == deed.before + deed.makes, case
    settled = [one for one in documents if one.mark is Mark.SETTLED]
    assert len(settled) == (deed.perform is settle_outside), case
    assert all(one.mark in TOLD for one in documents if one not in settled), (case, documents)
    if deed.makes:
        assert made is not None and made.view == documents[-1], case
        if case.was_killed:
            assert made.created == (case.done("append") < deed.makes), case
            _reason_of_the_dead(case, documents)
    view = await engine.registers.get(register_id)
    assert (view.cash, view.shift and view.shift.number) == (deed.cash, deed.shift), case
    await case.here.book_agrees()
    await _goes_on(engine, case, len(documents))


async def _goes_on(engine: Engine, case: Case, made_so_far: int) -> None:
    """The next sale is an ordinary one: number, token and request number are as if nothing had happened."""
    ticket = sale(PRICE, PaymentType.CASH)
    following = await engine.acts.make(case.here.register_id, ticket, key="the next")
    told = (following.created, following.view.document.number, following.view.mark)
    assert told == (True, made_so_far + 1, Mark.REGISTERED), case
    await case.here.book_agrees()


def _reason_of_the_dead(case: Case, documents: list[DocumentView]) -> None:
    """A document that its maker left without an outcome is autonomous, because the power was lost."""
    if case.deed.offline or case.done("append") == case.done("outcome"):
        return
    left = documents[case.deed.before + case.done("append") - 1]
    assert (left.mark, left.reason) == (Mark.AUTONOMOUS_REGISTERED, "power_lost"), case


def answered_truly(case: Case, documents: list[DocumentView], made: Made | None) -> None:
    """A process that lived on may say that it does not know; what it says, is so."""
    answer = case.answer
    assert answer is not None, case
    if "number" in answer:
        assert made is not None and not made.created, case
        stored = documents[-1]
        assert (answer["number"], LATER[answer["mark"]]) == (stored.document.number, stored.mark), case
    elif "refused" in answer:
        # it may say that its turn did not come, or that nobody could be asked: then nothing was made
        allowed = "OFD_NOT_ANSWERING" if case.deed.perform is onboard else "REGISTER_BUSY"
        assert answer["refused"] == allowed, (case, answer)
        assert made is None or made.created, case


async def printed_once(rows: list[Any], cases: list[Case]) -> None:
    """One original for each document, none twice, no copies that nobody asked for (G9)."""
    jobs: dict[str, list[tuple[int, bool]]] = {}
    for row in rows:
        jobs.setdefault(row["register_id"], []).append((row["number"], row["is_copy"]))
    for case in cases:
        count = case.deed.before + case.deed.makes + 1
        expected = [(number, False) for number in range(1, count + 1)]
        assert sorted(jobs.get(case.here.register_id, [])) == expected, case


async def taken_once(rows: list[Any], cases: list[Case]) -> None:
    """A register that was taken into service is there whole: settings, register row, lane and genesis, each once."""
    counts = {row["register_id"]: tuple(row["counts"]) for row in rows}
    for case in cases:
        if case.deed.perform is onboard:
            assert counts[case.here.register_id] == (1, 1, 1), case
