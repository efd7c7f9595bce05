"""What a run of the bench answers: figures beside their limits, as JSON, as a table and as a chart of bars."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

BAR_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked of a ratio: at least or at most so much."""

    bound: float
    at_least: bool

    def met(self, ratio: float) -> bool:
        """Whether a ratio is good enough."""
        return ratio >= self.bound if self.at_least else ratio <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"


def at_least(bound: float) -> Goal:
    """A goal from below."""
    return Goal(bound, True)


def at_most(bound: float) -> Goal:
    """A goal from above."""
    return Goal(bound, False)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``limit`` is what was measured of the bare machine, or the bound that is asked for, in ``unit``;
    ``ratio`` is value to limit; ``samples`` are those that the median was taken of.
    """

    name: str
    value: float
    unit: str
    limit: float
    goal: Goal
    samples: tuple[float, ...] = ()
    note: str = ""

    @property
    def ratio(self) -> float:
        """The figure as a share of its limit."""
        return self.value / self.limit if self.limit else 0.0

    @property
    def spread(self) -> tuple[float, float]:
        """The smallest and the largest sample."""
        return (min(self.samples), max(self.samples)) if self.samples else (self.value, self.value)

    def plain(self) -> dict[str, Any]:
        """The figure as CONTRACT.md 2 has it, and what else was noticed."""
        low, high = self.spread
        return {
            "name": self.name,
            "value": rounded(self.value),
            "unit": self.unit,
            "limit": rounded(self.limit),
            "ratio": rounded(self.ratio),
            "goal": str(self.goal),
            "met": self.goal.met(self.ratio),
            "min": rounded(low),
            "max": rounded(high),
            "samples": len(self.samples) or 1,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured."""

    processor: str
    cores: int
    memory_gib: int
    system: str
    python: str
    postgresql: str


@dataclass(slots=True)
class Report:
    """A run."""

    machine: Machine
    figures: list[Figure] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """The run as JSON facts."""
        return {"machine": asdict(self.machine), "figures": [one.plain() for one in self.figures]}

    def markdown(self) -> str:
        """The run as a table, each ratio with a bar that is full where the limit itself stands."""
        machine = self.machine
        lines = [
            f"{machine.cores} cores, {machine.memory_gib} GiB, {machine.processor}, {machine.system}, "
            f"Python {machine.python}, PostgreSQL {machine.postgresql}",
            "",
            "| figure | value | limit | ratio | goal | |",
            "|---|---|---|---|---|---|",
        ]
        for one in self.figures:
            bar = "█" * round(min(one.ratio, 1.0) * BAR_CHARACTERS)
            met = "" if one.goal.met(one.ratio) else " ✗"
            lines.append(
                f"| {one.name} | {rounded(one.value):g} {one.unit} | {rounded(one.limit):g} | {rounded(one.ratio):g} "
                f"| {one.goal}{met} | `{bar:·<{BAR_CHARACTERS}}` |"
            )
        return "\n".join(lines) + "\n"


def rounded(value: float) -> float:
    """Four significant digits: more would be noise."""
    return float(f"{value:.4g}")


async def milliseconds(act: Callable[[], Awaitable[object]]) -> float:
    """How long an act takes from its begin to its answer."""
    begun = time.perf_counter()
    await act()
    return (time.perf_counter() - begun) * 1000


def median(samples: Sequence[float]) -> float:
    """The middle sample."""
    return statistics.median(samples)


def machine(postgresql: str) -> Machine:
    """The facts of this machine."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gib=round(pages / 2**30),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        postgresql=postgresql,
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
