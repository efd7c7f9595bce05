"""Where a part of the bench stands: a database, an engine on it, the cheapest operator, a clock that stands."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from core.bootstrap import Engine, open_engine
from core.clock import ALMATY, MovableClock
from core.db.embedded import EmbeddedPostgres
from core.db.journal import PostgresJournal
from core.db.migrate import upgrade_async
from core.domain.iin_bin import with_check_digit
from core.domain.registration import Registration
from core.sealing import Sealer
from core.settings import Settings, load_secret_key
from core.usecases.registers import NewRegister
from sandbox.bench import fill
from sandbox.bench.fill import Filling

BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=ALMATY)
TOKEN = 0x9ABCDEF0
FIRST_DEVICE = 700_001


class BenchClock(MovableClock):
    """The time of day stands until a part moves it; the monotonic time is real."""

    def now(self) -> datetime:
        return BEGIN + self.offset

    def monotonic(self) -> float:
        return time.monotonic()

    def set(self, now: datetime) -> None:
        """Let it be ``now``."""
        self.set_offset(now - BEGIN)


@dataclass
class Ground:
    """One database with everything on it."""

    engine: Engine
    journal: PostgresJournal
    clock: BenchClock
    bare: asyncpg.Connection[Any]
    sealer: Sealer
    operator_port: int
    organisation_id: str
    devices: Iterator[int] = field(default_factory=lambda: count(FIRST_DEVICE))
    say: Callable[[str], None] = lambda _: None

    @property
    def url(self) -> str:
        """The database, as its owner."""
        return str(self.engine.settings.database_url)

    async def register(self, *, port: int | None = None) -> Registration:
        """A practice register at the cheapest operator, or at another one's ``port``."""
        device = next(self.devices)
        view = await self.engine.registers.onboard(
            NewRegister(
                organisation_id=self.organisation_id,
                title=f"Дүкен {device}",
                taxpayer="ТОО «Тест»",
                iin_bin=str(with_check_digit("13124001047")),
                address="Алматы, Абай 1",
                address_kk="Алматы қ., Абай 1",
                okved="47111",
                latitude=43238949,
                longitude=76889709,
                rnm=f"{600_000_000_000 + device}",
                znm=f"TIYN{device}",
                operator="sandbox",
                host="127.0.0.1",
                port=port or self.operator_port,
                device_id=device,
                token=TOKEN,
                vat_payer=True,
                vat_default="16",
                practice=True,
            )
        )
        return view.registration

    async def filled(
        self, registration: Registration, documents: int, *, told: bool, step: timedelta = fill.SECOND
    ) -> Filling:
        """The register with so many documents more; the clock then stands where the last was made."""
        loaded = await self.journal.load(registration.register_id)
        begun = fill.begin(registration, loaded.state, loaded.lane, self.sealer, self.clock.now(), told=told)
        await fill.fill(self.bare, begun, documents, step=step)
        self.clock.set(begun.now)
        return begun


@contextlib.contextmanager
def postgres(given: str | None) -> Iterator[str]:
    """A server's URL: the one that is given, or one that lives in a new folder for this run."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="tiyn-bench-") as folder:
        Path(folder).chmod(0o755)
        with EmbeddedPostgres(Path(folder) / "postgres") as server:
            yield server.url


@contextlib.asynccontextmanager
async def ground(
    server_url: str, operator_port: int, say: Callable[[str], None], *, pool_size: int = 10
) -> AsyncIterator[Ground]:
    """A database of its own on the server, dropped at the end."""
    name = f"tiyn_bench_{os.getpid()}_{time.time_ns()}"
    admin = await asyncpg.connect(server_url)
    await admin.execute(f'CREATE DATABASE "{name}"')
    url = server_url.replace("/postgres?", f"/{name}?", 1)
    try:
        await upgrade_async(url)
        with tempfile.TemporaryDirectory(prefix="tiyn-bench-") as folder:
            settings = Settings(data_dir=Path(folder), database_url=url, database_pool_size=pool_size)
            clock = BenchClock()
            bare = await asyncpg.connect(url)
            async with open_engine(settings, clock, role="bench") as engine:
                organisation_id = await engine.access.new_organisation("Bench")
                sealer = Sealer(load_secret_key(settings))
                journal = PostgresJournal(engine.database, sealer, settings.public_url)
                yield Ground(engine, journal, clock, bare, sealer, operator_port, organisation_id, say=say)
            await bare.close()
    finally:
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await admin.close()
