"""Every statement and every socket call of every deed is a point: the process is killed there, or the line breaks.

The points enumerate themselves: a run without an end tells them, then each gets a register and a process of its own.
Afterwards the deed is done once more, as a person does who was never answered, and all must be as if it had been done
once: one document for a key, told once, printed once, the drawer right, ``verify`` without findings, and the next sale
an ordinary one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from core.checks.verify import verify
from tests.crash.checks import (
    answered_truly,
    as_the_flow_says,
    came_to_its_point,
    holds,
    nothing_in_doubt_is_forgotten,
    printed_once,
    taken_once,
)
from tests.crash.crash_street import Case, Crashes, side_by_side
from tests.crash.deeds import DEEDS, FAULTY_DEEDS, SALE, UPSET_DEEDS, Deed, recover
from tests.crash.points import BREAK, KILL
from tests.integration.engine_street import StillClock, street

pytestmark = pytest.mark.timeout(300)

JOBS = "SELECT register_id::text, number, is_copy FROM print_job"
LANES = """
SELECT l.register_id::text, l.stopped, EXISTS (
    SELECT 1 FROM exchange e WHERE e.register_id = l.register_id AND e.finished_at IS NULL AND e.unanswered > 0
) AS in_doubt FROM lane l
"""
WHOLE = """
SELECT g.register_id::text, ARRAY[
    (SELECT count(*) FROM register r WHERE r.register_id = g.register_id),
    (SELECT count(*) FROM lane l WHERE l.register_id = g.register_id),
    (SELECT count(*) FROM journal_entry e WHERE e.register_id = g.register_id AND e.kind = 'genesis')
] AS counts FROM registration g
"""
PASSES: list[tuple[str, str, tuple[Deed, ...]]] = [
    (KILL, "well", DEEDS),
    (BREAK, "well", DEEDS),
    (KILL, "faulty", FAULTY_DEEDS),
    (KILL, "upset afterwards", UPSET_DEEDS),
    # a broken line under a faulty operator is the same to refund and close as to a sale: one transaction on the wire
    (BREAK, "faulty", tuple(deed for deed in FAULTY_DEEDS if deed.perform is SALE.perform)),
]


async def recorded(crashes: Crashes, deeds: tuple[Deed, ...]) -> list[Case]:
    """Pass 0: each deed once from its beginning to its end."""
    whole = await crashes.cases((deed, None, KILL) for deed in deeds)
    await crashes.run(whole)
    return whole


def is_end(point: str, how: str) -> bool:
    """Whether anything ends there: where no line is under way there is none to break."""
    return how == KILL or not (point.endswith(" passed") or " close " in point)


def tell(how: str, operator: str, ends: dict[str, list[str]]) -> int:
    """How many points each deed has."""
    for name, points in ends.items():
        print(f"{len(points):5} points to {how}: {name}")
    count = sum(len(points) for points in ends.values())
    print(f"{count:5} points to {how}, operator {operator}, in all")
    return count


@pytest.mark.parametrize(("how", "operator", "deeds"), PASSES, ids=[f"{how}-{name}" for how, name, _ in PASSES])
async def test_at_any_point_the_deed_is_done_once(
    database: str, tmp_path: Path, how: str, operator: str, deeds: tuple[Deed, ...]
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as first:
        crashes = Crashes(first, database)
        whole = await recorded(crashes, deeds)
        assert all(len(set(one.passed)) == len(one.passed) for one in whole)
        ends = {one.deed.name: [point for point in one.passed if is_end(point, how)] for one in whole}
        count = tell(how, operator, ends)
        cases = await crashes.cases((one.deed, point, how) for one in whole for point in ends[one.deed.name])
        assert len(cases) == count
        await crashes.run(cases)
        await hold_after(crashes, [*whole, *cases])
    assert (await verify(database)).findings == []


async def first_try_fails(crashes: Crashes, cases: list[Case]) -> None:
    """Whoever goes on first meets an operator that is not well yet."""
    if cases:
        for one in cases:
            one.here.behave(**one.deed.afterwards)
        await side_by_side([recover(crashes.first.engine, one.facts) for one in cases])
        await crashes.let_time_pass()


async def hold_after(crashes: Crashes, cases: list[Case]) -> None:
    """Others go on where these ended; then everything is looked at."""
    for one in cases:
        came_to_its_point(one)
    engine = crashes.first.engine
    await side_by_side([as_the_flow_says(engine, one) for one in cases if one.was_killed])
    await nothing_in_doubt_is_forgotten(await crashes.rows(LANES), cases)
    await crashes.let_time_pass()
    await first_try_fails(crashes, [one for one in cases if one.deed.afterwards])
    by_person = [one for one in cases if one.deed.by_person]
    await crashes.again(engine, by_person)
    async with crashes.recovered(cases) as engine:
        made = await crashes.again(engine, cases)
        for one, result in zip(cases, made, strict=True):
            if not one.was_killed:
                documents = await engine.books.documents(one.here.register_id, after=0, limit=20)
                answered_truly(one, documents, result)
        await side_by_side([holds(engine, one, result) for one, result in zip(cases, made, strict=True)])
    await printed_once(await crashes.rows(JOBS), cases)
    await taken_once(await crashes.rows(WHOLE), cases)

