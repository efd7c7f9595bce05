"""What an act costs on a long journal beside the same act on a short one, in turn, in one database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.bench import fill
from sandbox.bench.figures import Figure, at_most, median, milliseconds
from sandbox.bench.ground import Ground
from sandbox.bench.parts.queue import SALE

Act = Callable[[str, int], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Scale:
    """The two lengths and how often each act is timed on both."""

    short: int
    long: int
    rounds: int


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """Two registers, all of whose documents were told but the last ones."""
    end = ground.clock.now() + scale.long * fill.SECOND
    journals = []
    for documents in (scale.short, scale.long):
        registration = await ground.register()
        ground.clock.set(end - documents * fill.SECOND)
        ground.say(f"a journal of {documents} documents is being written")
        await ground.filled(registration, documents, told=True)
        journals.append(registration)
    for registration in journals:
        ground.clock.set(end)
        await ground.filled(registration, 1, told=False)
    await ground.bare.execute("VACUUM ANALYZE")
    acts: dict[str, Act] = {
        "sale": lambda one, number: ground.engine.acts.make(one, SALE, key=f"growth-{number}"),
        "X-report": lambda one, _: ground.engine.books.x_report(one),
        "journal page": lambda one, _: ground.engine.books.documents(one, after=scale.short // 2, limit=50),
    }
    figures = []
    for name, act in acts.items():
        short, long = await _timed(journals[0].register_id, journals[1].register_id, act, scale.rounds)
        title = f"growth: {name} at {scale.long} to {scale.short} documents"
        figures.append(Figure(title, median(long), "ms", median(short), at_most(1.15), tuple(long)))
    return figures


async def _timed(short: str, long: str, act: Act, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of the act on each, in turn."""
    taken: dict[str, list[float]] = {short: [], long: []}
    for number in range(rounds):
        for one in (short, long):
            taken[one].append(await milliseconds(lambda one=one, number=number: act(one, number)))  # type: ignore[misc]
    return taken[short], taken[long]
