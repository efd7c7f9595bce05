"""A Z-report of ten thousand receipts, and the walk over every chain that ``tiyn verify`` makes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from core.checks.verify import verify
from sandbox.bench.figures import Figure, at_least, at_most, median
from sandbox.bench.ground import Ground

Z_MS_MAX = 50.0
ENTRIES_PER_S_MIN = 30_000.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Receipts of the shift; how often the Z is made and the chains are walked."""

    receipts: int
    rounds: int


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """The Z is timed as the whole act, from the decision to its answer; the walk as the whole of ``tiyn verify``."""
    closes = []
    for number in range(scale.rounds):
        registration = await ground.register()
        await ground.filled(registration, scale.receipts, told=False)
        begun = time.perf_counter()
        made = await ground.engine.acts.close_shift(registration.register_id, withdraw_cash=False, key=f"z-{number}")
        closes.append((time.perf_counter() - begun) * 1000)
        report = made.view.document.report
        assert report is not None and report.tickets["sell"].count == scale.receipts
    rows = await ground.bare.fetchval(
        "SELECT (SELECT count(*) FROM journal_entry) + (SELECT count(*) FROM document) + (SELECT count(*) FROM answer)"
    )
    walks = []
    for _ in range(scale.rounds):
        begun = time.perf_counter()
        summary = await verify(ground.url)
        walks.append(rows / (time.perf_counter() - begun))
        assert not summary.findings, summary.findings[0]
    title = f"reports: Z of {scale.receipts} receipts"
    return [
        Figure(title, median(closes), "ms", Z_MS_MAX, at_most(1), tuple(closes)),
        Figure("reports: chains walked", median(walks), "entries/s", ENTRIES_PER_S_MIN, at_least(1), tuple(walks)),
    ]
