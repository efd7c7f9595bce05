"""``tiyn archive``: the archive of one register as a file, for whoever owns the server. Reads only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TextIO

from core.archive.bundle import Bundle
from core.clock import SystemClock
from core.db.archive import ArchiveRows
from core.db.directory import Directory
from core.db.pool import Database
from core.errors import Refused, TiynError
from core.sealing import Sealer
from core.settings import Settings, load_secret_key
from core.usecases.archives import Archives, Life

TOLD_EVERY_ROWS = 10_000


async def write_archive(settings: Settings, register: str, out: Path, voice: TextIO) -> None:
    """Write the archive of a register, named by its id or its РНМ, to a file that is not there yet.

    The file has its name only once it is whole; what breaks off leaves nothing behind.
    """
    assert settings.database_url is not None, "whoever calls starts or names the database"
    database = await Database.open(settings.database_url, size_max=1)
    try:
        directory = Directory(database, Sealer(load_secret_key(settings)))
        archives = Archives(ArchiveRows(database), directory, SystemClock())
        life = await archives.life(await _found(directory, register))
        unfinished = out.with_name(f"{out.name}.part")
        try:
            await _write(archives, life, unfinished, voice)
            os.link(unfinished, out)
        except FileExistsError:
            raise TiynError(f"{out} is there already; name another file") from None
        finally:
            unfinished.unlink(missing_ok=True)
    finally:
        await database.close()
    voice.write(f"{out}: {life.documents} documents. To check it: python3 verify.py {out}, verify.py is inside\n")


async def _write(archives: Archives, life: Life, path: Path, voice: TextIO) -> None:
    bundle, written, said = Bundle(life), 0, 0
    with path.open("wb") as file:
        try:
            file.write(bundle.begin())
            async for chapter, rows in archives.pages(life):
                file.write(bundle.write(chapter, rows))
                written += len(rows)
                if written - said >= TOLD_EVERY_ROWS:
                    said = written
                    voice.write(f"{written} of {life.rows} rows\n")
                    voice.flush()
            for piece in bundle.end():
                file.write(piece)
        finally:
            bundle.close()


async def _found(directory: Directory, register: str) -> str:
    for one in await directory.registrations(None):
        if register in (one.register_id, one.rnm):
            return one.register_id
    raise Refused("NOT_FOUND")
