"""One street: its clock, its database, its operator's line, its processes and registers."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from core import service
from core.bootstrap import Engine, open_engine
from core.clock import ALMATY
from core.db.pool import Database
from core.domain.iin_bin import with_check_digit
from core.errors import Refused, UnknownOutcome
from core.sealing import Sealer
from core.service import LaneWorker, ShiftKeeper
from core.settings import Settings
from core.usecases.registers import NewRegister
from sandbox.ofd.operator import Operator
from simulated.database import PoolWorld, SharedDatabase
from simulated.loop import VirtualLoop
from simulated.network import Network
from simulated.process import CURRENT, Process, make_task

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=ALMATY)
TOKEN_FIRST = 0x9ABCDEF0
DISTURBED_S = 20
CALM_TRIES_MAX = 120
EXPECTED = (Refused, UnknownOutcome)
# two machines that each do everything, or a process for each role (DESIGN.md 2)
STREETS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("till",), ("till",), ("lanes",), ("lanes",), ("clock",)),
    (("till", "lanes", "clock"), ("till", "lanes", "clock")),
    (("till", "lanes"), ("till", "clock"), ("lanes",)),
)


class Violation(Exception):
    """A guarantee did not hold: which checker says so, and what it saw."""

    def __init__(self, checker: str, what: str) -> None:
        super().__init__(f"{checker}: {what}")
        self.checker = checker


class StreetClock:
    """The wall clock of all machines: virtual time plus an offset that somebody may set, forward or back."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self.offset = timedelta(0)

    def true(self) -> datetime:
        """The time that nobody can set; the operator and the database go by it."""
        return BEGIN + timedelta(seconds=self._loop.time())

    def now(self) -> datetime:
        return self.true() + self.offset

    def monotonic(self) -> float:
        return self._loop.time()

    async def wait_until(self, moment: datetime) -> None:
        while self.now() < moment:  # noqa: ASYNC110 - somebody may set it meanwhile
            await asyncio.sleep((moment - self.now()).total_seconds())


JUMP = timedelta(hours=1)


@dataclass
class Till:
    """A register on the street, as its owner knows it."""

    register_id: str
    device_id: int
    rnm: str
    vat_payer: bool
    settled_outside: bool = False
    tokens_issued: int = 0
    issued_token: int | None = None


@dataclass
class Machine:
    """A process with its engine and what it serves."""

    process: Process
    roles: tuple[str, ...]
    engine: Engine | None = None
    opened: Any = None
    work: list[asyncio.Task[Any]] = field(default_factory=list)

    @property
    def serves(self) -> bool:
        """Whether a cashier can be served by it now."""
        return self.engine is not None and not self.process.is_dead and not self.process.is_suspended


class World:
    """Everything of one seed. ``random`` decides all that happens."""

    def __init__(self, seed: int, shared: SharedDatabase, folder: Path) -> None:
        self.seed = seed
        self.random = Random(seed)
        self.loop = VirtualLoop(Random(seed + 1_000_003))
        self.loop.set_task_factory(make_task)
        self.loop.set_exception_handler(self._unheard)
        self.clock = StreetClock(self.loop)
        self.pools = PoolWorld(self.loop, Random(seed + 2_000_003), shared, BEGIN)
        self.shared = shared
        self.folder = folder
        draws = Random(seed + 3_000_003)
        self._draw_token = lambda taken: _drawn_token(draws, taken)
        self._draw_sign = lambda: str(draws.randrange(10**11, 10**12))
        self.network = Network(self.loop, Random(seed + 4_000_003), self._open_operator)
        self.network.fence_of = self.lane_fence
        self.loop.network = self.network
        self.tills: list[Till] = []
        self.machines: list[Machine] = []
        self.violations: list[Violation] = []
        self.struck: Counter[str] = Counter()
        self.forward_jumps = 0
        self.forward_steps = timedelta(0)
        self.trace: list[str] = []
        self._graveyard: list[Machine] = []

    def _open_operator(self) -> Operator:
        return Operator(
            now=self.clock.true,
            folder=self.folder,
            check_url="https://ofd.example.kz/t/",
            draw_token=self._draw_token,
            draw_sign=self._draw_sign,
        )

    def set_forward(self, by: timedelta) -> None:
        """The wall clock was set by this; backwards is no jump."""
        if by >= JUMP:
            self.forward_jumps += 1
        elif by > timedelta(0):
            self.forward_steps += by

    @property
    def jumps_max(self) -> int:
        """Jumps that a register may have seen: several smaller steps between two of its acts are one, too."""
        return self.forward_jumps + self.forward_steps // JUMP

    def note(self, what: str) -> None:
        """A line of the trace that a failure prints."""
        self.trace.append(f"{self.loop.time():>11.3f} {self.clock.now():%d.%m %H:%M:%S} {what}")

    def find(self, checker: str, what: str) -> None:
        """Something did not hold; the seed ends with the step."""
        self.note(f"VIOLATION {checker}: {what}")
        self.violations.append(Violation(checker, what))

    async def open_machine(self, roles: tuple[str, ...], place: int | None = None) -> Machine:
        """Start a process; in place of one that died, where given."""
        name = f"{'+'.join(roles)}-{len(self._graveyard) + len(self.machines)}"
        machine = Machine(Process(name, self.loop), roles)
        if place is None:
            self.machines.append(machine)
        else:
            self._graveyard.append(self.machines[place])
            self.machines[place] = machine
        settings = Settings(data_dir=self.folder, database_url="postgresql://", public_url="http://127.0.0.1:8080")
        machine.opened = open_engine(settings, self.clock, role=name)
        machine.engine = await machine.process.wait_for(machine.opened.__aenter__())
        stop = asyncio.Event()
        for role, server in (("lanes", LaneWorker), ("clock", ShiftKeeper)):
            if role in roles:
                machine.work.append(machine.process.start(server(machine.engine).run(stop)))
        self.note(f"{name} started")
        return machine

    async def open_till(self, engine: Engine, number: int) -> Till:
        """A register of its own, taken into service at the operator."""
        organisation_id = await engine.access.new_organisation("Тест")
        device_id, vat_payer = 5000 + number, self.random.random() < 0.7
        iin_bin = with_check_digit("13124001047")
        assert iin_bin is not None
        new = NewRegister(
            organisation_id=organisation_id,
            title="Дүкен",
            taxpayer="ТОО «Тест»",
            iin_bin=iin_bin,
            address="Алматы, Абай 1",
            address_kk="Алматы қ., Абай 1",
            okved="47111",
            latitude=43238949,
            longitude=76889709,
            rnm=f"{600_000_000_000 + device_id}",
            znm=f"TIYN{device_id}",
            operator="sandbox",
            host="ofd.example.kz",
            port=7777,
            device_id=device_id,
            token=TOKEN_FIRST,
            vat_payer=vat_payer,
            vat_default="16" if vat_payer else "none",
            practice=True,
            auto_close=self.random.random() < 0.6,
            register_id=str(UUID(int=self.seed << 16 | number)),
        )
        self.network.operator.register_device(
            device_id,
            TOKEN_FIRST,
            rnm=new.rnm,
            znm=new.znm,
            iin_bin=new.iin_bin,
            title=new.taxpayer,
            address=new.address,
        )
        view = await engine.registers.onboard(new)
        till = Till(view.registration.register_id, device_id, new.rnm, vat_payer)
        if self.random.random() < 0.2:
            last_before_wrap = 65535 - self.random.randrange(6)
            statement = "UPDATE lane SET reqnum = $2 WHERE register_id = $1"
            self.shared.owner.call("execute", statement, till.register_id, last_before_wrap)
        self.tills.append(till)
        return till

    async def until_quiet(self, tasks: set[asyncio.Task[Any]]) -> None:
        """Wait for acts that are under way."""
        if tasks:
            await asyncio.wait(tasks)

    async def let_pass(self, seconds: float) -> None:
        """Hours in which nothing but time passes; nobody is interrupted in what they do, if they come to an end."""
        for _ in range(CALM_TRIES_MAX):
            if not self.pools.is_busy and not self.network.is_busy:
                self.loop.advance(seconds)
                return
            await asyncio.sleep(0.05)
        self.freeze(seconds)

    def freeze(self, seconds: float) -> None:
        """All machines stand for a while in the middle of what they do, and do not know it."""
        self.loop.advance(seconds)
        for machine in self.machines:
            machine.process.disturbed_at = self.loop.time()

    def serving(self) -> Machine | None:
        """A machine that a person can be served by now."""
        machines = [one for one in self.machines if "till" in one.roles and one.serves]
        return self.random.choice(machines) if machines else None

    def lane_token(self, till: Till) -> int:
        """The token that the lane's row holds now."""
        statement = "SELECT token_sealed FROM lane WHERE register_id = $1"
        sealed = self.shared.owner.call("fetchval", statement, till.register_id)
        return Sealer((self.folder / "secret.key").read_bytes()).open(till.register_id, sealed)

    def lane_reqnum(self, till: Till) -> int:
        """The request number of the lane's last exchange."""
        statement = "SELECT reqnum FROM lane WHERE register_id = $1"
        return int(self.shared.owner.call("fetchval", statement, till.register_id))

    def lane_fence(self, device_id: int) -> int:
        """The fence of the lane's row now; no register of this device yet: its genesis is being read."""
        till = next((one for one in self.tills if one.device_id == device_id), None)
        statement = "SELECT fence FROM lane WHERE register_id = $1"
        return 0 if till is None else self.shared.owner.call("fetchval", statement, till.register_id)

    @property
    def was_disturbed(self) -> bool:
        """Whether some process may still be doing what it began before it was suspended."""
        processes = [machine.process for machine in (*self._graveyard, *self.machines)]
        return any(one.disturbed_at > self.loop.time() - DISTURBED_S for one in processes)

    def end(self) -> None:
        """Close everything of this seed; what was under way is over."""
        self.network.close()
        with contextlib.suppress(Exception):
            self.loop.close()
        with warnings.catch_warnings():
            # a task that was made and never begun when its process was killed
            warnings.simplefilter("ignore", RuntimeWarning)
            for machine in (*self._graveyard, *self.machines):
                machine.process.bury()
            gc.collect()
        self.tills.clear()

    def counted(self) -> Counter[str]:
        """How often each fault has struck."""
        total = Counter(self.struck)
        total.update(self.network.weather.struck)
        for pool in self.pools.pools:
            total.update(pool.trouble.struck)
        return total

    def _unheard(self, _: Any, context: dict[str, Any]) -> None:
        """What a task of the background raised and nobody asked for."""
        error = context.get("exception")
        if error is not None and not isinstance(error, EXPECTED):
            self.find("crash", f"{context.get('message')}: {type(error).__name__}: {error}")


class LoggedErrors(logging.Handler):
    """What the roles only log is a finding, unless the database or the law said so."""

    def __init__(self, world: World) -> None:
        super().__init__(logging.ERROR)
        self._world = world

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is None or not isinstance(error, EXPECTED):
            self._world.find("crash", f"{record.getMessage()}: {type(error).__name__}: {error}")


@contextlib.contextmanager
def seams(world: World) -> Iterator[None]:
    """For the time of one seed: the engine's pool is the simulated one, its roles look a little less often."""
    real_open, scout_s = Database.open, service.SCOUT_S
    log, handler = logging.getLogger("core"), LoggedErrors(world)
    before = (log.propagate, list(log.handlers))

    async def simulated(_: str, **__: Any) -> Database:
        process = CURRENT.get()
        assert process is not None
        return Database(world.pools.pool(process))  # type: ignore[arg-type]

    Database.open = simulated  # type: ignore[method-assign]
    service.SCOUT_S = world.random.uniform(1, 4)  # type: ignore[misc]
    log.propagate = False
    log.addHandler(handler)
    gc.disable()
    try:
        yield
    finally:
        Database.open, service.SCOUT_S = real_open, scout_s  # type: ignore[method-assign, misc]
        log.propagate, log.handlers = before[0], before[1]
        gc.enable()


def _drawn_token(random: Random, taken: frozenset[int]) -> int:
    while True:
        token = random.randrange(1, 2**32)
        if token not in taken:
            return token


def plain(row: Any) -> Any:
    """The state of a register row as it is stored."""
    return json.loads(row["state"])
