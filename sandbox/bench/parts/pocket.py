"""The pocket register on a weak phone: how soon something is painted, how soon each tap is, what it all weighs.

Chromium with a processor four times slower paints a sale; the browser's own event timing says when. Without Playwright
or Chromium the part is left out.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from core.db.ids import public_code
from core.domain.catalogue import Item
from sandbox.bench.figures import Figure, at_most, median
from sandbox.bench.ground import Ground
from web.app import create_app
from web.service import Server

if TYPE_CHECKING:
    from playwright.async_api import Page

CHROMIUM = Path("/usr/bin/chromium")
SLOWER = 4
TAP_MS_MAX = 100.0
PAINT_MS_MAX = 1000.0
WEIGHT_KB_MAX = 60.0
EVENT_MS_MIN = 16.0
"""The browser tells of no event that was painted sooner."""
CASHIER = 901

_SESSION = """([chat, token]) => { localStorage.setItem("tiyn.person", chat);
  localStorage.setItem(`tiyn.${chat}.session`, JSON.stringify({ token, launch: "", good: true })); }"""
_WATCH = """window.events = []; new PerformanceObserver((list) => { for (const one of list.getEntries())
  if (one.interactionId) window.events.push(one.duration); })
  .observe({ type: "event", durationThreshold: 16 });"""
_PAINT = 'performance.getEntriesByName("first-contentful-paint")[0].startTime'
_WEIGHT = """performance.getEntries().filter((one) => one.encodedBodySize && !one.name.includes("/api/"))
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""


@dataclass(frozen=True, slots=True)
class Scale:
    """How often the page is opened; goods of the catalogue; how many taps of the walk are made, of 20."""

    rounds: int
    goods: int
    taps: int


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """Each round is a new browser: nothing is in its caches."""
    if not _has_browser():
        ground.say(f"left out: it needs Playwright and {CHROMIUM}")
        return []
    registration = await ground.register()
    await ground.engine.people.link_person(registration.register_id, CASHIER, "cashier", "Айгүл", "kk")
    await ground.engine.people.link_person(registration.register_id, CASHIER - 1, "owner", "Ерлан", "ru")
    for number in range(scale.goods):
        item = Item(f"Тауар {number}", 10_000 + number, section=f"Бөлім {number % 7}")
        await ground.engine.catalogue.add(CASHIER - 1, registration.register_id, item)
    paints, weights = [], []
    taps: list[list[float]] = []
    async with _served(ground) as address:
        for number in range(scale.rounds):
            token = public_code() + public_code()[:21]
            await ground.engine.pocket.sessions.open(CASHIER, f"bench {number}", token)
            paint, painted, weight = await _held(address, token, scale.taps)
            paints.append(paint)
            taps.append(painted)
            weights.append(weight)
    # by the kind of tap: what else the machine did meanwhile hits now this one, now that
    by_tap = [median(times) for times in zip(*taps, strict=True)]
    return [
        Figure("pocket: first paint, 4 × slower", median(paints), "ms", PAINT_MS_MAX, at_most(1), tuple(paints)),
        Figure("pocket: slowest tap painted, likewise", max(by_tap), "ms", TAP_MS_MAX, at_most(1), tuple(by_tap)),
        Figure("pocket: page, modules and words on the way", median(weights), "kB", WEIGHT_KB_MAX, at_most(1)),
    ]


def _has_browser() -> bool:
    return importlib.util.find_spec("playwright") is not None and CHROMIUM.exists()


async def _held(address: str, token: str, taps: int) -> tuple[float, list[float], float]:
    from playwright.async_api import async_playwright

    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        context = await browser.new_context(viewport={"width": 360, "height": 640})
        page = await context.new_page()
        await page.goto(f"{address}/app/icon.svg")
        await page.evaluate(_SESSION, [str(CASHIER), token])
        await page.add_init_script(_WATCH)
        devtools = await context.new_cdp_session(page)
        await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        await page.goto(f"{address}/app")
        await page.wait_for_selector(".tile")
        paint, weight = float(await page.evaluate(_PAINT)), float(await page.evaluate(_WEIGHT)) / 1000
        painted = await _walk(page, taps)
        await browser.close()
    return paint, painted, weight


async def _walk(page: Page, count: int) -> list[float]:
    """Five goods, the cart, the payment in notes, the keypad, receipts and shift: how long until each was painted."""
    taps = [".tile >> nth=0", ".tile >> nth=1", ".tile >> nth=2", ".tile >> nth=0", ".tile >> nth=4", ".strip"]
    taps += [".stepper button >> nth=2", "#main", ".note >> nth=0", "#main", ".icon", ".key >> nth=6", ".key >> nth=4"]
    taps += [".plus", "#main", ".way.first", "#main", "#tabs button >> nth=1", "#tabs button >> nth=2", "#more"]
    painted = []
    for tap in taps[:count]:
        await page.wait_for_selector("body:not([data-settling])")
        await page.evaluate("window.events = []")
        await page.click(tap)
        # an event is told of after the frame that painted it
        await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
        painted.append(max([EVENT_MS_MIN, *(float(one) for one in await page.evaluate("window.events"))]))
    return painted


@asynccontextmanager
async def _served(ground: Ground) -> AsyncIterator[str]:
    app = create_app(ground.engine)
    started: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False, lifespan="off", ws="none")
    server = Server(config, app, own_signals=False, started=started.set_result)
    serving = asyncio.create_task(server.serve())
    try:
        yield await started
    finally:
        server.should_exit = True
        await serving
