"""An archive of a register that has lived, taken apart and put together again by somebody who would alter it."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import secrets
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from engine_street import Street, sale, street

from core.archive.command import write_archive
from core.domain.decide import PlacementInput
from core.domain.ticket import Adjustment, Kind, LineInput, Parent, Payment, PaymentType, TicketInput
from core.errors import Refused


class Files(dict[str, bytes]):
    """The files of an archive by their names."""

    def __repr__(self) -> str:
        return f"Files of {len(self)}"


def lived_register(server: str, template: str, folder: Path) -> Files:
    """The files of an archive of a register with everything that a life has."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _lived(server, template, folder)).result()


async def _lived(server: str, template: str, folder: Path) -> Files:
    name = f"tiyn_archive_{secrets.token_hex(6)}"
    admin = await asyncpg.connect(server)
    try:
        await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        async with street(urlsplit(server)._replace(path=f"/{name}").geturl(), folder) as here:
            await life(here)
            await here.agrees()
            out = folder / "archive.zip"
            await write_archive(here.engine.settings, here.register_id, out, io.StringIO())
        return unpacked(out.read_bytes())
    finally:
        await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await admin.close()


async def life(here: Street) -> None:
    """Sales, parts, discounts, a return, cash in and out, a refusal, autonomous work, two Z and an open shift."""
    acts, register = here.engine.acts, here.register_id
    await here.sell(payment=PaymentType.CASH)
    lines = (LineInput("Сүт «Айналайын» \\ \"1 л\"", 45_050, 1_500), LineInput("Нан", 18_000, vat="5"))
    parts = (Payment(PaymentType.CASH, 40_000), Payment(PaymentType.MOBILE, 44_575))
    await acts.make(
        register, TicketInput(Kind.SELL, lines, discount=Adjustment(sum=1_000), payments=parts), key=here.key()
    )
    back = replace(sale(payment=PaymentType.CASH), kind=Kind.SELL_RETURN, parent=Parent(document_number=1))
    await acts.make(register, back, key=here.key())
    here.behave("ok", result_code=13, text="жоқ", times=1)
    with suppress(Refused):
        await here.sell()
    await acts.make(register, PlacementInput(Kind.DEPOSIT, 500_000), key=here.key())
    await here.close(withdraw_cash=True)
    here.behave("down")
    await here.sell()
    await acts.make(register, replace(sale(), kind=Kind.BUY), key=here.key())
    await here.close()
    await here.sell(77_700)
    await here.recover()
    await here.sell(12_345, payment=PaymentType.CASH)


def unpacked(data: bytes) -> Files:
    """Every file of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        assert box.testzip() is None
        return Files({name: box.read(name) for name in box.namelist()})


def packed(files: Files) -> bytes:
    """A ZIP of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in files.items():
            box.writestr(name, data)
    return out.getvalue()


def rows_of(files: Files, name: str) -> list[dict[str, Any]]:
    """The lines of a JSON Lines file."""
    return [json.loads(line) for line in files[name].splitlines()]


def with_rows(files: Files, name: str, rows: list[dict[str, Any]]) -> Files:
    """The same files with other lines in one of them."""
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows]
    return Files({**files, name: "".join(lines).encode()})


def resealed(files: Files, change: Callable[[dict[str, Any]], None] = lambda _: None) -> Files:
    """The same with a manifest that fits them: what somebody does who knows how archives are made."""
    manifest = json.loads(files["manifest.json"])
    manifest.pop("seal")
    for name in manifest["files"]:
        data = files[name]
        lines = len(data.splitlines(keepends=True)) if name.endswith("jsonl") else data.count(b"\n")
        manifest["files"][name] = {"bytes": len(data), "lines": lines, "sha256": hashlib.sha256(data).hexdigest()}
    change(manifest)
    written = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    manifest["seal"] = hashlib.sha256(written).hexdigest()
    return Files({**files, "manifest.json": (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()})


def verified(program: bytes, data: bytes, folder: Path, *arguments: str) -> tuple[int, str]:
    """What the shipped program says of a ZIP: alone, without our packages or anybody's."""
    (folder / "alone.py").write_bytes(program)
    (folder / "archive.zip").write_bytes(data)
    command = [sys.executable, "-I", "-S", "alone.py", "archive.zip", "--lang", "en", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.stderr == "", done.stderr
    return done.returncode, done.stdout
