"""A Z-report of ten thousand receipts, and the walk over every chain that ``tiyn verify`` makes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from core.checks.chains import Chains
from core.checks.verify import verify
from sandbox.bench.figures import Figure, at_least, at_most, median
from sandbox.bench.ground import Ground

Z_MS_MAX = 50.0
ENTRIES_PER_S_MIN = 30_000.0
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Scale:
    """Receipts of the shift; how often the Z is made and the chains are walked."""

    receipts: int
    rounds: int


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """The Z is timed as the whole act, until its answer; then every chain, then all of ``tiyn verify``."""
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
    walks, verified = [], []
    for _ in range(scale.rounds):
        begun = time.perf_counter()
        walked = await _walked(ground)
        walks.append(walked / (time.perf_counter() - begun))
        begun = time.perf_counter()
        summary = await verify(ground.url)
        verified.append(rows / (time.perf_counter() - begun))
        assert walked == rows and not summary.findings, (walked, rows, summary.findings)
    title = f"reports: Z of {scale.receipts} receipts"
    return [
        Figure(title, median(closes), "ms", Z_MS_MAX, at_most(1), tuple(closes)),
        Figure("reports: chains walked", median(walks), "entries/s", ENTRIES_PER_S_MIN, at_least(1), tuple(walks)),
        Figure(
            "reports: everything verified", median(verified), "entries/s", median(walks), at_least(0.2), tuple(verified)
        ),
    ]


async def _walked(ground: Ground) -> int:
    """Every link of every chain computed again from the stored bytes; how many there were."""
    count = 0
    async with ground.bare.transaction(readonly=True):
        for register in await ground.bare.fetch("SELECT register_id FROM register ORDER BY register_id"):
            chains = Chains(str(register["register_id"]))
            for table, order, step in (
                ("answer", "seq", chains.answer),
                ("journal_entry", "seq", chains.entry),
                ("document", "number", chains.document),
            ):
                # the first document names the genesis, whose digest the walk over the entries has kept
                statement = f"SELECT * FROM {table} WHERE register_id = $1 ORDER BY {order}"  # noqa: S608
                async for row in ground.bare.cursor(statement, register["register_id"], prefetch=ROWS_AT_ONCE):
                    step(row)
                    count += 1
    return count
