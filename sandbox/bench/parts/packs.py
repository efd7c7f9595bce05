"""The accountant's files of a month and the archive: how long they take, how much memory, each in its own process."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from core.domain.decide import CloseInput
from core.domain.registration import Registration
from core.domain.ticket import Kind, LineInput, Payment, PaymentType, TicketInput
from sandbox.bench import fill
from sandbox.bench.figures import Figure, at_most
from sandbox.bench.ground import BEGIN, Ground
from sandbox.bench.packer import ARCHIVE
from sandbox.bench.processes import ROOT, resident_mib

PACK_S_MAX = 20.0
MIB_MAX = 200.0
VERIFIER_MIB_MAX = 64.0
MONTH = timedelta(days=27)
FORMS = ("xlsx", "csv-lines", "commerceml", "goods")
LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Scale:
    """Receipts of the month; receipts of ``lines`` lines in another register's month; the formats that are made."""

    receipts: int
    long: int
    lines: int
    forms: tuple[str, ...] = FORMS


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """A month of usual receipts in every format and as an archive, then a month of long ones as a workbook."""
    registration = await ground.register()
    ground.say(f"a month of {scale.receipts} receipts is being written")
    await ground.filled(registration, scale.receipts, told=True, step=MONTH / scale.receipts)
    figures = []
    with tempfile.TemporaryDirectory(prefix="tiyn-bench-") as folder:
        for form in scale.forms:
            made = await _packed(ground, registration, form, Path(folder) / "pack")
            title = f"packs: {form} of {scale.receipts} receipts"
            figures += _figures(title, made, PACK_S_MAX)
        path = Path(folder) / "archive.zip"
        made = await _packed(ground, registration, ARCHIVE, path)
        entries = await ground.bare.fetchval(
            "SELECT count(*) FROM journal_entry WHERE register_id = $1", registration.register_id
        )
        title = f"packs: archive of {entries} entries, {round(made['bytes'] / 1e6)} MB"
        figures += _figures(title, made, PACK_S_MAX)
        figures += _figures(f"{title}, verified by itself", await _verified(path), PACK_S_MAX, VERIFIER_MIB_MAX)
        figures += await _long(ground, scale, Path(folder) / "long")
    return figures


async def _long(ground: Ground, scale: Scale, path: Path) -> list[Figure]:
    """Memory must not grow with the lines: the same bound for ten times as many."""
    registration = await ground.register()
    ground.clock.set(BEGIN)
    loaded = await ground.journal.load(registration.register_id)
    filling = fill.begin(registration, loaded.state, loaded.lane, ground.sealer, ground.clock.now(), told=True)
    ground.say(f"a month of {scale.long * scale.lines} lines is being written")
    for number in range(scale.long):
        shift = filling.state.shift
        if shift is not None and filling.now - shift.opened_at >= fill.SHIFT_MAX:
            filling.make(CloseInput())
        filling.make(_of_lines(scale.lines, number))
        filling.now += MONTH / scale.long
        if number % fill.ROWS_AT_ONCE == 0:
            await fill.write(ground.bare, filling)
            await asyncio.sleep(0)
    await fill.write(ground.bare, filling)
    made = await _packed(ground, registration, "xlsx", path)
    title = f"packs: xlsx of {scale.long * scale.lines} lines"
    return [Figure(f"{title}, memory", made["mib"], "MiB", MIB_MAX, at_most(1), note=f"{made['seconds']:.1f} s")]


def _of_lines(lines: int, number: int) -> TicketInput:
    sold = tuple(LineInput(f"Тауар {(number * 7 + line) % 500}", 10_000 + line) for line in range(lines))
    total = sum(line.price for line in sold)
    return TicketInput(Kind.SELL, sold, payments=(Payment(PaymentType.CARD, total),))


def _figures(title: str, made: dict[str, float], seconds: float, mib: float = MIB_MAX) -> list[Figure]:
    return [
        Figure(title, made["seconds"], "s", seconds, at_most(1)),
        Figure(f"{title}, memory", made["mib"], "MiB", mib, at_most(1)),
    ]


async def _packed(ground: Ground, registration: Registration, form: str, out: Path) -> dict[str, float]:
    told: dict[str, Any] = {
        "data_dir": str(ground.engine.settings.data_dir),
        "database_url": ground.url,
        "register_id": registration.register_id,
        "form": form,
        "first": f"{BEGIN:%Y-%m-%d}",
        "last": f"{BEGIN + MONTH + timedelta(days=1):%Y-%m-%d}",
        "out": str(out),
    }
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox.bench.packer", json.dumps(told), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await child.communicate()
    assert child.returncode == 0, f"{form} was not made"
    found: dict[str, float] = json.loads(said)
    return found


async def _verified(path: Path) -> dict[str, float]:
    """The archive's own program on it, as anybody would run it."""
    program = path.with_name("verify.py")
    with zipfile.ZipFile(path) as box:
        program.write_bytes(box.read("verify.py"))
    begun, mib = time.perf_counter(), 0.0
    arguments = ("-I", "-S", str(program), str(path))
    child = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.DEVNULL)
    waiting = asyncio.create_task(child.wait())
    while not waiting.done():
        try:
            mib = max(mib, resident_mib(child.pid, peak=True))
        except (AssertionError, OSError):
            break
        await asyncio.wait({waiting}, timeout=LOOK_S)
    assert await waiting == 0, "the archive does not hold"
    return {"seconds": time.perf_counter() - begun, "mib": mib}
