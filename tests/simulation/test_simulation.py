"""Two hundred seeds without a violation, and a bug planted in a copy of the tree caught within the same seeds.

Both processors work side by side; the end of the run says which checker caught which bug at which seed, and how often
each fault struck.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from planted_trees import PATCHES, ROOT, Database, Outcome, run_planted, run_seeds, what_it_breaks
from simulated.database import SharedDatabase
from simulated.moods import HARMED, HARMLESS
from simulated.seed import run_seed, told

SEEDS = 200
CHUNK = 50
PROCESSES = 2
PLANTED_MIN = 30
CHUNKS = [f"{first}-{first + CHUNK - 1}" for first in range(1, SEEDS + 1, CHUNK)]
MUST_STRIKE = {
    *HARMED,
    *HARMLESS,
    *("answer late", "request late", "connect refused", "connect silent", "operator restarted", "clock set"),
    *("process killed", "process suspended", "hours passed", "token issued"),
    *("database lost before", "database lost after", "database serialization", "database slow"),
    *(f"code {code}" for code in (1, 2, 3, 8, 9, 11, 13, 14, 15, 17, 254, 255)),
}

pytestmark = pytest.mark.timeout(900)


class Runs:
    """Runs of seeds, two at a time in processes of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._threads = ThreadPoolExecutor(PROCESSES)
        self.seeds: dict[str, Future[Outcome]] = {}
        self.planted: dict[str, Future[Outcome]] = {}

    def begin(self, chunks: list[str], patches: list[Path]) -> None:
        for chunk in chunks:
            self.seeds[chunk] = self._threads.submit(run_seeds, ROOT, chunk, self._database, until_found=False)
        for patch in patches:
            self.planted[patch.stem] = self._threads.submit(run_planted, patch, f"1-{SEEDS}", self._database)

    def end(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)


@pytest.fixture(scope="session")
def runs(
    request: pytest.FixtureRequest, postgres_url: str, migrated_template: str, told_at_the_end: list[str]
) -> Iterator[Runs]:
    """Everything that the chosen tests ask for, begun at once; what came of it is told when they are over."""
    made = Runs(Database(postgres_url, migrated_template))
    chosen = [getattr(item, "callspec").params for item in request.session.items if hasattr(item, "callspec")]  # noqa: B009
    chunks = [one["chunk"] for one in chosen if "chunk" in one]
    made.begin(chunks, [one["patch"] for one in chosen if "patch" in one])
    yield made
    made.end()
    told_at_the_end.extend(report(made))


def report(runs: Runs) -> Iterator[str]:
    """What the run prints."""
    struck: Counter[str] = Counter()
    for run in runs.seeds.values():
        if run.done() and not run.cancelled() and run.exception() is None:
            struck.update(run.result().struck)
    if struck:
        yield "how often what happened in the seeds: " + ", ".join(f"{name} {n}" for name, n in struck.most_common())
    for name, run in runs.planted.items():
        if run.done() and not run.cancelled() and run.exception() is None and run.result().failed:
            found = run.result().failed[0]
            yield f"planted {name}: seed {found['seed']}, caught by {found['checker']}"


@pytest.mark.parametrize("chunk", CHUNKS)
def test_no_seed_violates_a_guarantee(runs: Runs, chunk: str) -> None:
    outcome = runs.seeds[chunk].result()
    assert outcome.failed == [], outcome.trace
    assert outcome.seeds == CHUNK


def test_every_fault_strikes(runs: Runs) -> None:
    struck: Counter[str] = Counter()
    for run in runs.seeds.values():
        struck.update(run.result().struck)
    assert len(runs.seeds) < len(CHUNKS) or {name for name in MUST_STRIKE if not struck[name]} == set()


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_planted_bug_is_caught(runs: Runs, patch: Path) -> None:
    outcome = runs.planted[patch.stem].result()
    assert outcome.failed, f"{SEEDS} seeds did not catch it: {what_it_breaks(patch)}"


def test_there_are_thirty_planted_bugs_that_say_what_they_break() -> None:
    said = {what_it_breaks(patch) for patch in PATCHES}
    assert len(said) == len(PATCHES) >= PLANTED_MIN
    assert all(one.endswith(".") and not one.startswith(("-", "+", "diff")) for one in said)


def test_one_seed_is_one_schedule(database: str) -> None:
    shared = SharedDatabase(database)
    try:
        for seed in (3, 7, 11):
            first, second = run_seed(seed, shared), run_seed(seed, shared)
            assert first.violation is None, told(first)
            assert first.trace == second.trace
            assert first.struck == second.struck
    finally:
        shared.close()
