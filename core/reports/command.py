"""``tiyn export``: an accountant's file of a period for whoever owns the server. Reads only."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from core.bootstrap import open_engine
from core.clock import SystemClock
from core.errors import Refused, TiynError
from core.reports.formats import sink_maker
from core.reports.words import Words
from core.settings import Settings
from core.usecases.exports import Period


async def write_export(settings: Settings, register: str, period: Period, form: str, lang: str, out: Path) -> None:
    """Write a file of a register, named by its id or its РНМ, under a name that is not taken yet.

    The file has its name only once it is whole; what breaks off leaves nothing behind.
    """
    async with open_engine(settings, SystemClock(), role="export") as engine:
        found = [
            one.registration.register_id
            for one in await engine.registers.all(None)
            if register in (one.registration.register_id, one.registration.rnm)
        ]
        if not found:
            raise Refused("NOT_FOUND")
        extract = await engine.exports.extract(found[0], period)
        unfinished = out.with_name(f"{out.name}.part")
        try:
            with unfinished.open("wb") as file:
                async for piece in engine.press.stream(extract, sink_maker(form, extract, Words(lang))):
                    file.write(piece)
            os.link(unfinished, out)
        except FileExistsError:
            raise TiynError(f"{out} is there already; name another file") from None
        finally:
            unfinished.unlink(missing_ok=True)


def day(text: str) -> date:
    """``2026-11-01``; raises ``TiynError`` for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TiynError(f"{text} is no day: write it as 2026-11-01") from None
