"""Runs the parts that were asked for and writes what came of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import asyncpg

from core.settings import Settings
from sandbox.bench.figures import Figure, Report, machine
from sandbox.bench.ground import Ground, ground, postgres
from sandbox.bench.operator import operator
from sandbox.bench.parts import answers, card, chats, evening, growth, packs, papers, pocket, probes, queue, reports

Run = Callable[[Ground, Any], Awaitable[list[Figure]]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bench with how much it does, whole and in a hurry."""

    run: Run
    whole: Any
    quick: Any


PARTS = {
    "growth": Part(growth.run, growth.Scale(10_000, 1_000_000, 300), growth.Scale(500, 5_000, 30)),
    "reports": Part(reports.run, reports.Scale(10_000, 3), reports.Scale(1_000, 2)),
    "evening": Part(evening.run, evening.Scale(365, 100, 15, 20), evening.Scale(10, 30, 3, 2)),
    "card": Part(card.run, card.Scale(10_000, 3, 20), card.Scale(1_000, 2, 5)),
    "probes": Part(probes.run, probes.Scale(10_000, 5), probes.Scale(200, 2)),
    "papers": Part(papers.run, papers.Scale(100, 1_000, 20), papers.Scale(20, 150, 5)),
    "queue": Part(queue.run, queue.Scale(50_000, 10, 500), queue.Scale(4_000, 3, 60)),
    "packs": Part(packs.run, packs.Scale(100_000, 100_000, 10), packs.Scale(500, 100, 10, ("xlsx",))),
    "answers": Part(answers.run, answers.Scale(500, 5, 300), answers.Scale(40, 1, 10)),
    "pocket": Part(pocket.run, pocket.Scale(5, 300, 20), pocket.Scale(1, 60, 9)),
    "chats": Part(chats.run, chats.Scale(200, 3, 7, 60), chats.Scale(40, 1, 3, 20)),
}


def run_bench(only: Sequence[str], *, quick: bool, json_file: Path | None, out: TextIO) -> int:
    """Run and report; 1 when a goal was missed."""
    report = asyncio.run(_run(only or list(PARTS), quick=quick, out=out))
    out.write("\n" + report.markdown())
    if json_file is not None:
        json_file.write_text(json.dumps(report.plain(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0 if all(one.goal.met(one.ratio) for one in report.figures) else 1


async def _run(only: Sequence[str], *, quick: bool, out: TextIO) -> Report:
    def say(text: str) -> None:
        out.write(f"  {text}\n")
        out.flush()

    with postgres(Settings().database_url) as url, operator() as port:
        connection = await asyncpg.connect(url)
        version = await connection.fetchval("SHOW server_version")
        await connection.close()
        report = Report(machine(version))
        for name in only:
            part = PARTS[name]
            out.write(f"{name}\n")
            async with ground(url, port, say) as here:
                report.figures += await part.run(here, part.quick if quick else part.whole)
    return report
