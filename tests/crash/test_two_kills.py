"""Two kills in a row: the process that recovers from a kill is killed at each of its own points too.

What a recovery does depends on nothing but the rows that it finds and on the operator's book. So the first kills are
sorted by what they leave; from each different state a recovery is enumerated and killed at every point. Of the replay,
whose states are many and whose recovery is a replay again, every sixteenth point is taken, from another beginning in
each state, so that together they go round all places.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.checks.verify import verify
from tests.crash.checks import holds, printed_once
from tests.crash.crash_street import Case, Crashes, side_by_side
from tests.crash.deeds import REPLAY, SALE, Deed
from tests.crash.points import KILL
from tests.crash.test_points import JOBS, recorded
from tests.integration.engine_street import StillClock, street

pytestmark = pytest.mark.timeout(300)

RECOVERY = "recovery"
NOTICED_BY_ANY = "Runs._notice_lost"
"""Which of the processes side by side marks the lost runs is chance; one that finds them marked passes no such one."""
EVERY: list[tuple[Deed, int]] = [(SALE, 1), (REPLAY, 16)]
STATE = """
SELECT r.state, l.head, l.stopped, l.contact, l.info_owed, l.cause, e.number, e.unanswered,
    ARRAY(SELECT m.mark || ' ' || coalesce(m.reason, '') FROM document_mark m
        WHERE m.register_id = r.register_id ORDER BY m.number) AS marks,
    (SELECT count(*) FROM print_job p WHERE p.register_id = r.register_id) AS jobs
FROM register r JOIN lane l ON l.register_id = r.register_id
LEFT JOIN exchange e ON e.register_id = r.register_id AND e.finished_at IS NULL
WHERE r.register_id = $1
"""


async def left_behind(crashes: Crashes, case: Case) -> str:
    """The rows and the operator's book as they decide what comes next; what is another's on every register left out."""
    row = dict((await crashes.rows(STATE, case.here.register_id))[0])
    state: dict[str, Any] = json.loads(row.pop("state"))
    kept = {name: state.get(name) for name in ("version", "mode", "pending", "last_document", "block")}
    return json.dumps([row, kept, len(case.here.booked()), len(case.here.exchanges())], default=str)


async def different(crashes: Crashes, cases: list[Case]) -> dict[str, Case]:
    """One case for each state that the first kills left."""
    found: dict[str, Case] = {}
    for one in cases:
        found.setdefault(await left_behind(crashes, one), one)
    return found


async def killed_first(crashes: Crashes, deed: Deed, points: list[str]) -> list[Case]:
    cases = await crashes.cases((deed, point, KILL) for point in points)
    await crashes.run(cases)
    await crashes.let_time_pass()
    return cases


@pytest.mark.parametrize(("deed", "every"), EVERY, ids=[deed.name for deed, _ in EVERY])
async def test_recovery_killed_at_any_point_is_recovered_from(
    database: str, tmp_path: Path, deed: Deed, every: int
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as first:
        crashes = Crashes(first, database)
        points = (await recorded(crashes, (deed,)))[0].passed
        firsts = await killed_first(crashes, deed, points)
        states = list((await different(crashes, firsts)).values())
        whole = await killed_first(crashes, deed, [str(one.point) for one in states])
        first_points = [str(one.point) for one in whole]
        for one in whole:
            one.point = None
        await crashes.run(whole, deed=RECOVERY)
        wanted = [
            (begun, second)
            for place, (begun, one) in enumerate(zip(first_points, whole, strict=True))
            for second in one.passed[place % every :: every]
        ]
        count = sum(len(one.passed) for one in whole)
        print(f"{len(states):5} states after a kill of: {deed.name}")
        print(f"{count:5} points of recoveries from them, killed at {len(wanted)}")
        cases = await killed_first(crashes, deed, [begun for begun, _ in wanted])
        for one, (_, second) in zip(cases, wanted, strict=True):
            one.point = second
        await crashes.run(cases, deed=RECOVERY)
        assert [
            (one.status, one.passed[-1])
            for one, (_, second) in zip(cases, wanted, strict=True)
            if one.status or not second.startswith(NOTICED_BY_ANY)
        ] == [(9, second) for one, (_, second) in zip(cases, wanted, strict=True) if one.status]
        await crashes.let_time_pass()
        await all_hold(crashes, [*firsts, *whole, *cases])
    assert (await verify(database)).findings == []


async def all_hold(crashes: Crashes, cases: list[Case]) -> None:
    """A third process goes on, and the deed is done once more."""
    async with crashes.recovered(cases) as engine:
        made = await crashes.again(engine, cases)
        for one in cases:
            one.point = None
        await side_by_side([holds(engine, one, result) for one, result in zip(cases, made, strict=True)])
    await printed_once(await crashes.rows(JOBS), cases)
