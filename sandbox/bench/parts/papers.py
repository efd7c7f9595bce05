"""What people hold: a receipt as a file, a picture, a page under load and paper, and the bridge beside the printer."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

from core.domain.registration import Registration
from core.domain.ticket import Cashier, Kind, LineInput, Payment, PaymentType, TicketInput
from core.domain.view import DocumentView
from core.receipt.blocks import Layout
from core.receipt.pdf import render_pdf
from core.receipt.picture import render_picture
from core.receipt.print_job import print_blocks
from core.receipt.typeset import typeset
from printer_bridge.job import parse_job
from printer_bridge.profile import PAPERS
from printer_bridge.render import render
from sandbox.bench.figures import Figure, at_most, median
from sandbox.bench.ground import Ground
from sandbox.bench.limits import bare_pdf, bare_picture
from sandbox.bench.processes import BARE_BRIDGE, free_port, listening, processor_ms, program, resident_mib
from sandbox.bench.readers import Readers
from sandbox.printer import Paper, VirtualPrinter
from web.papers import about_document, document_paper

PDF_MS_MAX = 35.0
PICTURE_MS_MAX = 40.0
PAGE_MS_MAX = 15.0
PAGE_BYTES_MAX = 30_000
PAGES_PER_S = 50
RENDERED_MS_MAX = 15.0
BRIDGE_MIB_MAX = 40.0
IDLE_MS_A_SECOND_MAX = 2.0
WARM_S = 2.0
WARM = round(WARM_S * PAGES_PER_S)
PAPERS_PRINTED = 5
LINES = (
    LineInput("Капучино 0,3", 80_000, 2000, ntin="0200123456789"),
    LineInput("Булочка с корицей", 35_000, mark="010460043993125621JgXJ5.T"),
    LineInput("Сүт 3,2 %, 1 л", 62_000, 1000, vat="16"),
    LineInput("Қызмет", 50_000, unit="5114", vat="none"),
    LineInput("Сүт құйма", 120_000, 1350, unit="112"),
)
TAKEN = 600_000


@dataclass(frozen=True, slots=True)
class Scale:
    """How often each drawing is made, how many receipts the readers open, how long they and the idle bridge are
    watched.
    """

    rounds: int
    receipts: int
    seconds: float


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """Drawings in turn with their limits, then the web process under load, then the bridge printing and idle."""
    registration = await ground.register()
    ground.say(f"{scale.receipts} receipts are being written")
    await ground.filled(registration, scale.receipts, told=True)
    shown = await _sold(ground, registration, "drawn")
    figures = [*_drawings(shown, scale.rounds), *_rendered(document_paper(shown, "kk-ru"), scale.rounds)]
    port, settings = free_port(), ground.engine.settings
    environment = {
        "DATABASE_URL": ground.url,
        "TIYN_DATA_DIR": str(settings.data_dir),
        "TIYN_WEB_PORT": str(port),
    }
    async with listening("tiyn.py", "run", "--role", "web", port=port, **environment) as pid:
        figures += await _pages(ground, registration, scale, port, pid)
        figures += await _bridge(ground, registration, scale, port)
    return figures


async def _sold(ground: Ground, registration: Registration, key: str) -> DocumentView:
    """A sale of five lines, made by the whole engine."""
    sale = TicketInput(Kind.SELL, LINES, payments=(Payment(PaymentType.CASH, _total()),), taken=TAKEN)
    made = await ground.engine.acts.make(registration.register_id, sale, key=key, cashier=Cashier(7, "Айгүл"))
    return made.view


def _total() -> int:
    return sum(one.price * one.quantity // 1000 for one in LINES)


def _drawings(shown: DocumentView, rounds: int) -> list[Figure]:
    layout, about = document_paper(shown, "kk-ru"), about_document(shown)
    sheet = typeset(layout, "80")
    acts: dict[str, tuple[float, Callable[[], object], Callable[[], object], float]] = {
        "PDF": (PDF_MS_MAX, lambda: render_pdf(layout, "80", about), lambda: bare_pdf(sheet), 3.0),
        "PNG": (PICTURE_MS_MAX, lambda: render_picture(layout, "80"), lambda: bare_picture(sheet), 2.0),
    }
    figures = []
    for name, (asked, ours, bare, times) in acts.items():
        ours_ms, bare_ms = _in_turn(ours, bare, rounds)
        figures.append(Figure(f"papers: {name}", median(ours_ms), "ms", asked, at_most(1), ours_ms))
        title = f"papers: {name} to the bare library"
        figures.append(Figure(title, median(ours_ms), "ms", median(bare_ms), at_most(times), ours_ms))
    return figures


def _rendered(layout: Layout, rounds: int) -> list[Figure]:
    """From the wire to the printer's bytes, as the bridge does it."""
    wire: dict[str, Any] = {
        "id": "1", "sequence": 1, "register_id": "r", "document": 1, "title": layout.title, "copy": False,
        "language": layout.language, "blocks": print_blocks(layout),
    }  # fmt: skip
    figures = []
    for name, drawn in (("letters", False), ("drawn", True)):
        profile = replace(PAPERS["80"], letters="drawn" if drawn else "page", own_qr=not drawn)
        taken = _timed(lambda profile=profile: render(parse_job(wire), profile), rounds)  # type: ignore[misc]
        title = f"papers: print job rendered, {name}"
        figures.append(Figure(title, median(taken), "ms", RENDERED_MS_MAX, at_most(1), taken))
    return figures


def _in_turn(
    ours: Callable[[], object], bare: Callable[[], object], rounds: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Milliseconds of both, one after the other, so that a busy machine slows both."""
    ours(), bare()
    pairs = [(_once(ours), _once(bare)) for _ in range(rounds)]
    return tuple(one for one, _ in pairs), tuple(one for _, one in pairs)


def _timed(act: Callable[[], object], rounds: int) -> tuple[float, ...]:
    act()
    return tuple(_once(act) for _ in range(rounds))


def _once(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


async def _pages(ground: Ground, registration: Registration, scale: Scale, port: int, pid: int) -> list[Figure]:
    """Every request opens another receipt as long as there are enough; the reader's time holds the server's in it.

    In turn with a server that has the bytes ready, second by second, so that a busy machine slows both.
    """
    views = await ground.engine.books.documents(registration.register_id, after=0, limit=scale.receipts)
    paths = [urlsplit(one.receipt_url).path for one in views if one.document.is_ticket]
    ours, busy_ms = Readers(port), 0.0
    await ours.read(paths[-WARM:], PAGES_PER_S, WARM_S)
    taken: list[float] = []
    taken_bare: list[float] = []
    async with _ready_pages(ours.heaviest) as bare:
        await bare.read(["/"], PAGES_PER_S, WARM_S)
        for _ in range(round(scale.seconds)):
            before = processor_ms(pid)
            begin = len(taken) % len(paths)
            taken += await ours.read([*paths[begin:], *paths[:begin]], PAGES_PER_S, 1)
            busy_ms += processor_ms(pid) - before
            taken_bare += await bare.read(["/"], PAGES_PER_S, 1)
    await ours.close()
    p95, title = _p95(taken), f"papers: page at {PAGES_PER_S} requests/s, p95"
    return [
        Figure(title, p95, "ms", PAGE_MS_MAX, at_most(1), tuple(taken), "from the due moment to the last byte"),
        Figure(f"{title}, to ready bytes", p95, "ms", _p95(taken_bare), at_most(10), tuple(taken)),
        Figure("papers: page, processor time of each", busy_ms / len(taken), "ms", PAGE_MS_MAX, at_most(0.5)),
        Figure("papers: page", ours.heaviest, "bytes", PAGE_BYTES_MAX, at_most(1)),
    ]


@contextlib.asynccontextmanager
async def _ready_pages(size: int) -> AsyncIterator[Readers]:
    """Readers before a server that has so many bytes ready."""
    port = free_port()
    with tempfile.NamedTemporaryFile(prefix="tiyn-bench-") as page:
        page.write(b"x" * size)
        page.flush()
        async with listening("-m", "sandbox.bench.ready", str(port), page.name, port=port):
            readers = Readers(port)
            yield readers
            await readers.close()


def _p95(samples: Sequence[float]) -> float:
    return quantiles(samples, n=20)[-1]


async def _bridge(ground: Ground, registration: Registration, scale: Scale, server_port: int) -> list[Figure]:
    """`tiyn-bridge run` draws its papers, which costs it the most memory, and then waits for the next one."""
    _, token = await ground.engine.access.new_bridge(ground.organisation_id, "Bench")
    printer, came_out = VirtualPrinter(now=ground.clock.now), asyncio.Queue[Paper]()
    printer_port = await printer.start("127.0.0.1", 0)
    printer.on_paper.append(came_out.put_nowait)
    with tempfile.TemporaryDirectory(prefix="tiyn-bench-") as folder:
        said = ("--server", f"http://127.0.0.1:{server_port}", "--printer", f"tcp://127.0.0.1:{printer_port}")
        arguments = ("-m", "printer_bridge", "run", *said, "--drawn", "--folder", str(Path(folder)))
        async with program(*arguments, TIYN_BRIDGE_TOKEN=token) as pid, program("-c", BARE_BRIDGE) as bare:
            for number in range(PAPERS_PRINTED):
                await _sold(ground, registration, f"printed-{number}")
                await came_out.get()
            await asyncio.sleep(WARM_S)
            before, begun = processor_ms(pid), time.perf_counter()
            assert before > 0, "the bridge has printed"
            await asyncio.sleep(scale.seconds)
            idle = (processor_ms(pid) - before) / (time.perf_counter() - begun)
            memory, libraries = resident_mib(pid), resident_mib(bare)
    await printer.stop()
    return [
        Figure("papers: bridge's memory", memory, "MiB", BRIDGE_MIB_MAX, at_most(1)),
        Figure("papers: bridge's memory to its bare libraries", memory, "MiB", libraries, at_most(1.5)),
        Figure("papers: idle bridge", idle, "ms a second", IDLE_MS_A_SECOND_MAX, at_most(1)),
    ]
