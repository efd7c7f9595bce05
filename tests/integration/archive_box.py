"""An archive of a register that has lived: everything that a life has."""

from __future__ import annotations

import asyncio
import io
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
from archive_files import Files, unpacked
from engine_street import Street, sale, street

from core.archive.command import write_archive
from core.domain.decide import PlacementInput
from core.domain.ticket import Adjustment, Kind, LineInput, Parent, Payment, PaymentType, TicketInput
from core.errors import Refused


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
