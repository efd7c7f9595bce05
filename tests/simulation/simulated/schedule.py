"""What happens on the street, step by step: acts of people and faults, drawn from the seed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from core.domain.decide import PlacementInput
from core.domain.freeze import to_plain
from core.domain.ticket import Kind
from core.errors import Refused, UnknownOutcome
from simulated.cashiers import Asked, Cashiers
from simulated.checks import Checks
from simulated.moods import (
    HARMED,
    HARMLESS,
    HEADING,
    LOST,
    MOODS,
    OF_NUMBERING,
    OF_SERVICE,
    REFUSALS,
    RESOLUTIONS,
    TRAPPING,
    UNAVAILABLE,
)
from simulated.network import Fate
from simulated.owners import Owners
from simulated.process import Killed
from simulated.world import Machine, Till, World


class Schedule:
    """Draws and does the steps of one seed."""

    def __init__(self, world: World, cashiers: Cashiers, checks: Checks) -> None:
        self._world = world
        self._random: Random = world.random
        self._cashiers = cashiers
        self._checks = checks
        self.owners = Owners(world, checks)
        self.under_way: set[asyncio.Task[Any]] = set()
        mood = self._random.choice(list(MOODS))
        if mood == "long" and self._random.random() < 0.6:
            world.network.weather.connects = "refused"
        self.mood = {**MOODS[mood], "read": MOODS[mood].get("read", 1)}
        world.note(f"mood {mood}")
        self._steps: dict[str, Callable[[], Awaitable[None]]] = {
            name: getattr(self, f"_{name}") for name in {one: None for mood in MOODS.values() for one in mood}
        }

    async def step(self) -> None:
        """One step; acts that it starts may still be under way when the next begins."""
        names = list(self.mood)
        name = self._random.choices(names, [self.mood[one] for one in names])[0]
        if self._world.clock.offset < timedelta(0) and self._random.random() < 0.25:
            name = "wall"
        elif self._waits_for_a_person() and self._random.random() < 0.3:
            name = "person"
        self._world.note(f"step: {name}")
        await self._steps[name]()
        if self._random.random() < 0.75:
            await self.settle()
        self.under_way = {task for task in self.under_way if not task.done()}

    async def settle(self) -> None:
        """Wait until every act that is under way has its answer."""
        for machine in self._world.machines:
            if machine.process.is_suspended and self.under_way:
                await asyncio.sleep(self._random.uniform(0.1, 4))
                machine.process.resume()
        await self._world.until_quiet(self.under_way)
        self.under_way.clear()

    def ask(self, asked: Asked, machine: Machine | None = None) -> None:
        """Let a machine that serves do it."""
        chosen = machine or self._world.serving()
        if chosen is not None:
            self._go(self._cashiers.perform(chosen, asked))

    def _go(self, work: Any) -> None:
        self.under_way.add(self._world.loop.create_task(work))

    def _till(self) -> Till:
        return self._random.choice(self._world.tills)

    async def _acts(self) -> None:
        random = self._random
        till = self._till()
        for _ in range(random.choice((1, 1, 2, 3, 5))):
            if random.random() < 0.2:
                till = self._till()
            asked = self._cashiers.new(till, self._checks.watched[till.register_id].walk)
            self.ask(asked)
            if random.random() < 0.12:
                await asyncio.sleep(random.choice((0.0, 0.03, 0.1, 0.2, 1.0)))
                self.ask(asked)
            if random.random() < 0.5:
                await asyncio.sleep(random.choice((0.0, 0.01, 0.1, 1.0)))

    async def _repeat(self) -> None:
        """Ask again under a key that was used, mostly with the same input."""
        if not self._cashiers.asked:
            return
        asked = self._random.choice(self._cashiers.asked[-15:])
        if self._random.random() < 0.85:
            for _ in range(self._random.choice((1, 1, 2, 3))):
                self.ask(asked)
            return
        await self.settle()
        await self._reuse(asked)

    async def _reuse(self, asked: Asked) -> None:
        """The same key with another input is refused, if the key was taken, and makes nothing."""
        machine = self._world.serving()
        if machine is None or not asked.shown:
            return
        assert machine.engine is not None
        other = PlacementInput(kind=Kind.DEPOSIT, sum=self._random.randrange(1, 10_000) + 77_000_000)
        try:
            work = machine.engine.acts.make(asked.till.register_id, other, key=asked.key, cashier=asked.cashier)
            made = await machine.process.wait_for(work)
            self._world.find("G8", f"{asked}: another input under its key was made: {made.view.document.number}")
        except Refused as refusal:
            if refusal.code not in ("IDEMPOTENCY_KEY_REUSED", "REGISTER_BUSY"):
                self._world.find("G8", f"{asked}: another input under its key was answered {refusal}")
        except (UnknownOutcome, Killed):
            return
        except Exception as error:
            self._world.find("crash", f"{asked} under another input raised {type(error).__name__}: {error}")

    async def _line(self) -> None:
        """The next attempts of a register meet faults."""
        random = self._random
        till = self._till()
        coming = self._world.network.weather.coming[till.device_id]
        drawn = random.random()
        if drawn < 0.4:
            coming.extend(Fate(random.choice(LOST)) for _ in range(random.randrange(1, 6)))
        elif drawn < 0.75:
            coming.extend(Fate(random.choice((*HARMED, *HARMLESS))) for _ in range(random.randrange(1, 6)))
        elif drawn < 0.9:
            late = random.choice(("answer late", "request late"))
            coming.append(Fate(late, delay_s=random.uniform(3.5, 9)))
        else:
            coming.extend((Fate(random.choice(LOST)), Fate(code=random.choice((*OF_SERVICE, 2, 254, 13, 15, 8)))))

    async def _code(self) -> None:
        """The operator says no to the next attempts, or for a while to all."""
        random = self._random
        till = self._till()
        weather = self._world.network.weather
        code = random.choice((*REFUSALS, *UNAVAILABLE, *OF_SERVICE, *OF_NUMBERING, 2))
        if random.random() < 0.1:
            weather.standing[till.device_id] = random.choice((*UNAVAILABLE, 13, 3))
            return
        weather.coming[till.device_id].extend(Fate(code=code) for _ in range(random.choice((1, 1, 2, 3))))

    async def _block(self) -> None:
        """The fee is not paid, or is paid again."""
        standing = self._world.network.weather.standing
        till = self._till()
        if standing.pop(till.device_id, None) is None:
            standing[till.device_id] = 15

    async def _token(self) -> None:
        """Somebody has a new token issued in the operator's cabinet."""
        till = self._till()
        till.issued_token = self._world.network.operator.issue_token(till.device_id)
        till.tokens_issued += 1
        self._world.struck["token issued"] += 1

    async def _connect(self) -> None:
        """Nobody listens at the operator, or nobody answers, or all is well again."""
        weather = self._world.network.weather
        weather.connects = self._random.choice(("well", "well", "refused", "silent"))

    async def _operator(self) -> None:
        self._world.network.restart()

    async def _minute(self) -> None:
        """A lane's next try comes near."""
        await self.settle()
        await self._world.let_pass(self._random.uniform(40, 61))
        await asyncio.sleep(self._random.uniform(1, 8))

    async def _hours(self) -> None:
        """Up to three days in which nobody does anything; often to the very end of one of the law's limits."""
        random = self._random
        await self.settle()
        self._checks.after_step()
        hours = random.choice((1, 5, 11, 22.5, 23.2, 23.6, 30, 47))
        ends = self._limits()
        seconds = hours * 3600.0
        if ends and random.random() < 0.7:
            around = random.choice((-1900, -60, -2, 0, 1, 2, 5, 60, 1800, 3500))
            seconds = max((random.choice(ends) - self._world.clock.now()).total_seconds() + around, 1)
        await self._world.let_pass(seconds)
        self._world.struck["hours passed"] += 1
        if random.random() < 0.6:
            await self._acts()
        await asyncio.sleep(random.uniform(0.5, 8))

    async def _outage(self) -> None:
        """Three days without the operator while the shop works on; then it is told some of it, and is away again."""
        random, weather = self._random, self._world.network.weather
        weather.connects = "refused"
        for _ in range(random.choice((3, 4))):
            await self._acts()
            await self.settle()
            await self._world.let_pass(random.uniform(17, 23.4) * 3600)
            for till in self._world.tills:
                self.ask(self._cashiers.ask(till, None))
            await self.settle()
            self._checks.after_step()
        weather.connects = "well"
        for till in self._world.tills:
            told = [Fate()] * random.randrange(1, 9)
            weather.coming[till.device_id].extend((*told, Fate(random.choice(LOST))))
        for _ in range(random.randrange(3)):
            await asyncio.sleep(random.uniform(0.3, 2.5))
            await self._acts()

    def _limits(self) -> list[datetime]:
        """When the open shifts will be 24 h old, and the oldest untold documents 72 h."""
        ends = []
        for one in self._checks.watched.values():
            shift = one.walk.counting.shift
            if shift is not None:
                ends.append(datetime.fromisoformat(shift.opened_at) + timedelta(hours=24))
            oldest = one.walk.made.get(one.lane["head"] + 1)
            if oldest is not None:
                ends.append(oldest.made_at + timedelta(hours=72))
        return ends

    async def _wall(self) -> None:
        """The wall clock is set; the monotonic one and the database's do not follow."""
        random = self._random
        clock, before = self._world.clock, self._world.clock.offset
        if clock.offset and random.random() < (0.8 if clock.offset < timedelta(0) else 0.2):
            clock.offset = timedelta(0)
        else:
            seconds = random.choice((-30, -59, -61, -3600, -86_400, 30, 3600, 3700, 5 * 3600, 25 * 3600, 73 * 3600))
            clock.offset += timedelta(seconds=seconds)
        self._world.struck["clock set"] += 1
        self._world.set_forward(clock.offset - before)
        for machine in self._world.machines:
            machine.process.disturbed_at = self._world.loop.time()
        await asyncio.sleep(random.uniform(0, 3))

    async def _kill(self) -> None:
        """A process ends at some await from now on, and is started again."""
        random = self._random
        place = random.randrange(len(self._world.machines))
        machine = self._world.machines[place]
        process = machine.process
        process.resume()
        process.dies_in = random.choice((1, 1, random.randrange(2, 30), random.randrange(2, 200)))
        await self._acts()
        await asyncio.wait({process.died}, timeout=random.uniform(0.5, 6))
        await self._replace(place)

    async def _suspend(self) -> None:
        """A process gets no processor for a while, longer than a lease at times."""
        random = self._random
        machine = random.choice(self._world.machines)
        await self._acts()
        await asyncio.sleep(random.choice((0, 0.02, 0.06, 0.1, 0.3)))
        machine.process.suspend()
        self._world.struck["process suspended"] += 1
        if random.random() < 0.5:
            await self._acts()
        await asyncio.sleep(random.choice((0.5, 3, 6, 8.5, 12, 20)))
        if random.random() < 0.3:
            self._world.freeze(random.uniform(30, 61))
            await asyncio.sleep(4)
        machine.process.resume()

    async def _trap(self) -> None:
        """Answers are lost or late, then comes a code, and whoever sends is suspended, killed or cut off meanwhile."""
        random = self._random
        till = self._till()
        coming = self._world.network.weather.coming[till.device_id]
        if random.random() < 0.4:
            await self._answered_too_late(till)
            return
        coming.extend(Fate(random.choice((*HARMED, "answer late"))) for _ in range(random.choice((0, 0, 1, 1, 2, 5))))
        coming.extend(Fate(code=random.choice(TRAPPING)) for _ in range(random.choice((1, 1, 2))))
        place = random.randrange(len(self._world.machines))
        machine = self._world.machines[place]
        if "till" in machine.roles and machine.serves:
            self.ask(self._cashiers.new(till, self._checks.watched[till.register_id].walk), machine)
        await asyncio.sleep(random.choice((0.01, 0.04, 0.08, 0.12, 0.2, 0.4)))
        kind = random.choice(("suspend", "suspend", "kill", "database", "none"))
        if kind == "suspend":
            machine.process.suspend()
            await self._acts()
            await asyncio.sleep(random.choice((3, 5.5, 7, 9, 13)))
            machine.process.resume()
        elif kind == "database":
            self._trouble(machine, 5)
        elif kind == "kill":
            await self._replace(place)
        await asyncio.sleep(random.uniform(0, 3))

    async def _answered_too_late(self, till: Till) -> None:
        """A maker stands still with the operator's answer in its hands until somebody else has drawn the outcome."""
        random, network = self._random, self._world.network
        await self.settle()
        machine = self._world.serving()
        if machine is None:
            return
        code = random.choice((None, *TRAPPING))
        network.weather.coming[till.device_id].clear()
        network.weather.coming[till.device_id].append(Fate(code=code))
        answered = asyncio.Event()
        network.on_answer = lambda device_id: answered.set() if device_id == till.device_id else None
        self.ask(self._cashiers.new(till, self._checks.watched[till.register_id].walk), machine)
        await asyncio.wait({asyncio.create_task(answered.wait())}, timeout=1)
        await asyncio.sleep(random.uniform(0, 0.1))
        machine.process.suspend()
        self._world.struck["process suspended"] += 1
        for _ in range(random.choice((0, 1, 2))):
            await self._acts()
        await asyncio.sleep(random.choice((4.5, 5.6, 6.5, 7.5, 9)))
        machine.process.resume()
        await asyncio.sleep(random.uniform(0, 2))

    async def _replace(self, place: int) -> None:
        """End a process here and start it again a little later."""
        machine = self._world.machines[place]
        machine.process.kill()
        self._world.struck["process killed"] += 1
        await asyncio.sleep(self._random.choice((0, 0.1, 2, 6, 9)))
        await self._world.open_machine(machine.roles, place)

    async def _database(self) -> None:
        """A process loses its database for some calls: nobody knows whether they were done."""
        self._trouble(self._random.choice(self._world.machines), self._random.randrange(3, 14))
        await self._acts()

    def _trouble(self, machine: Machine, calls: int) -> None:
        pool = next(one for one in self._world.pools.pools if one.process is machine.process)
        kinds = ("well", "well", "lost before", "lost after", "serialization", "slow")
        pool.trouble.coming.extend(self._random.choice(kinds) for _ in range(calls))

    async def _person(self) -> None:
        """Somebody looks after a lane: tries again, types a token, settles it outside, asks the operator now."""
        till = self._random.choice(self._waits_for_a_person() or self._world.tills)
        await self.owners.resolve(till, self._random.choice(RESOLUTIONS))

    def _waits_for_a_person(self) -> list[Till]:
        watched = [one for one in self._checks.watched.values() if one.lane is not None]
        return [one.till for one in watched if one.lane["stopped"] or one.register["blocked"]]

    async def _read(self) -> None:
        """An X-report counts as the journal does."""
        machine, till = self._world.serving(), self._till()
        if machine is None:
            return
        assert machine.engine is not None
        try:
            report = await machine.process.wait_for(machine.engine.books.x_report(till.register_id))
        except (Refused, UnknownOutcome, Killed):
            return
        self._checks.after_step()
        watched = self._checks.watched[till.register_id]
        if watched.walk.chains.document_head.hex() != report.chain_head or watched.register["pending"] is not None:
            return
        told = {name: value for name, value in to_plain(report).items() if name not in HEADING}
        if told != watched.walk.counting.report():
            self._world.find("G4", f"the X-report of {till.device_id} differs from the journal")
