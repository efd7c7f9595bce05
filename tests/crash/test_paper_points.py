"""The printer bridge is killed at each file that it makes safe and each call to server and printer, over one job.

Nothing is lost, the original comes out at most once, and what may have begun before the kill comes out again only as
one marked copy (G9).
"""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.crash.crash_street import run_children, side_by_side
from tests.crash.points import BREAK, KILL
from tests.integration.printer_shop import Shop, job

pytestmark = pytest.mark.timeout(300)

AT_ONCE = 6
BEGAN, ENDED = "rename 2 after", "rename 3 after"
"""The spool's second and third file of a job: its printing may have begun, its paper is out."""
ASKING_ON = "Server.jobs 2 "
"""The next poll waits for another job and is given up at the end: nothing of this one hangs on it."""


@asynccontextmanager
async def shops(folder: Path, count: int) -> AsyncIterator[list[Shop]]:
    async with AsyncExitStack() as stack:
        made = []
        for number in range(count):
            place = folder / f"shop-{number}"
            shop = Shop(place)
            await shop.open()
            stack.push_async_callback(shop.close)
            await shop.server.offer(job(1))
            made.append(shop)
        yield made


async def printed(shops: list[Shop], points: list[str | None], how: str) -> list[tuple[int, list[str]]]:
    """The bridge of each shop prints its job and ends at its point; how, and what it had come to."""
    runs = [
        {
            "point": point,
            "how": how,
            "facts": {"folder": str(shop.folder), "server_port": shop.server.port, "printer_port": shop.port},
        }
        for shop, point in zip(shops, points, strict=True)
    ]
    results = await run_children("tests.crash.paper_child:serve", runs, AT_ONCE)
    return [(result["status"], result["passed"]) for result in results]


async def recorded(folder: Path) -> list[str]:
    async with shops(folder, 1) as (shop,):
        ((status, passed),) = await printed([shop], [None], KILL)
        assert status == 0 and (await papers(shop)) == (1, 0)
    return [point for point in passed if not point.startswith(ASKING_ON)]


async def papers(shop: Shop) -> tuple[int, int]:
    await shop.printer.all_drawn()
    return shop.originals(1), shop.copies(1)


async def finish(shop: Shop) -> None:
    """The bridge starts again and prints whatever is left."""
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-1"])
    await shop.stop_bridge()


async def test_a_job_killed_at_any_point_is_one_original_and_at_most_one_marked_copy(tmp_path: Path) -> None:
    points = await recorded(tmp_path / "whole")
    print(f"{len(points):5} points to kill: a print job")
    assert {BEGAN, ENDED} < set(points)
    async with shops(tmp_path, len(points)) as made:
        results = await printed(made, list(points), KILL)
        for point, (status, passed) in zip(points, results, strict=True):
            assert status == signal.SIGKILL and passed[-1] == point, (point, status, passed)
        await side_by_side([finish(shop) for shop in made])
        for shop, point, (_, passed) in zip(made, points, results, strict=True):
            originals, copies = await papers(shop)
            nobody_saw = BEGAN in passed and ENDED not in passed
            assert copies == nobody_saw, (point, originals, copies)
            assert originals == 1 or (nobody_saw and originals == 0), (point, originals, copies)


async def test_a_broken_line_to_the_printer_leaves_one_original_and_at_most_one_marked_copy(tmp_path: Path) -> None:
    points = [point for point in await recorded(tmp_path / "whole") if point.startswith("TcpPrinter.print_paper")]
    print(f"{len(points):5} points to break: a print job's line to the printer")
    async with shops(tmp_path, len(points)) as made:
        results = await printed(made, list(points), BREAK)
        for shop, point, (status, passed) in zip(made, points, results, strict=True):
            originals, copies = await papers(shop)
            assert status == 0 and point in passed, (point, status)
            assert originals <= 1 and copies <= 1 and originals + copies >= 1, (point, originals, copies)
