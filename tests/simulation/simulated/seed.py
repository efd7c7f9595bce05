"""One seed from its beginning to its end: steps with their checks, healing, draining, the last judgement."""

from __future__ import annotations

import asyncio
import io
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.checks.verify import walk_all
from core.domain.ticket import Kind, LineInput, Payment, PaymentType, TicketInput
from core.errors import Refused
from core.usecases.acts import Made
from simulated.cashiers import Asked, Cashiers
from simulated.checks import Checks
from simulated.database import SharedDatabase
from simulated.loop import NothingHappens
from simulated.schedule import Schedule
from simulated.world import STREETS, Till, Violation, World, seams

STEPS = (25, 60)
DRAIN_ROUNDS_MAX = 40


@dataclass
class Ran:
    """What came of a seed."""

    seed: int
    violation: Violation | None = None
    steps: int = 0
    acts: int = 0
    documents: int = 0
    struck: Counter[str] = field(default_factory=Counter)
    trace: list[str] = field(default_factory=list)


def run_seed(seed: int, shared: SharedDatabase) -> Ran:
    """Run one seed on a database that is wiped first."""
    shared.wipe()
    ran = Ran(seed)
    with TemporaryDirectory(prefix="tiyn-simulation-") as folder:
        world = World(seed, shared, Path(folder))
        with seams(world):
            try:
                world.loop.run_until_complete(_live(world, ran))
            except Violation as violation:
                ran.violation = violation
            except NothingHappens:
                ran.violation = Violation("liveness", "every task waits for something that never comes")
            finally:
                world.end()
        ran.struck, ran.trace = world.counted(), world.trace
    return ran


async def _live(world: World, ran: Ran) -> None:
    cashiers = Cashiers(world)
    checks = Checks(world, cashiers)
    for roles in world.random.choice(STREETS):
        await world.open_machine(roles)
    engine = world.machines[0].engine
    assert engine is not None
    for number in range(world.random.choice((1, 1, 1, 2, 3))):
        checks.watch(await world.open_till(engine, number))
    schedule = Schedule(world, cashiers, checks)
    for _ in range(world.random.randrange(*STEPS)):
        ran.steps += 1
        await schedule.step()
        judge(world, checks)
    await End(world, cashiers, checks, schedule).come()
    ran.acts = len(cashiers.asked)
    ran.documents = sum(len(one.walk.made) for one in checks.watched.values())


def judge(world: World, checks: Checks) -> None:
    """All checkers; the first violation ends the seed."""
    if not world.violations:
        checks.after_step()
    if world.violations:
        raise world.violations[0]


class End:
    """The faults stop: everything must drain, every wish be answered, both books agree to the last tiyn."""

    def __init__(self, world: World, cashiers: Cashiers, checks: Checks, schedule: Schedule) -> None:
        self._world = world
        self._cashiers = cashiers
        self._checks = checks
        self._schedule = schedule

    async def come(self) -> None:
        await self._heal()
        await self._stopped_stays()
        await self._drain()
        await self._answers()
        await self._drain()
        for till in self._world.tills:
            await self._last_day(till)
        judge(self._world, self._checks)
        self._books_agree()
        self._verify()
        if self._world.violations:
            raise self._world.violations[0]

    async def _heal(self) -> None:
        world = self._world
        world.note("the faults stop")
        world.network.weather.heal()
        for pool in world.pools.pools:
            pool.trouble.coming.clear()
        self._set_clock(timedelta(0))
        for place, machine in enumerate(world.machines):
            machine.process.resume()
            if machine.process.dies_in is not None or machine.process.is_dead:
                machine.process.kill()
                await world.open_machine(machine.roles, place)
        await self._schedule.settle()
        judge(world, self._checks)
        # an act that was decided by the clock as it stood before may have made its document meanwhile
        self._set_clock(world.clock.offset)

    def _set_clock(self, at_least: timedelta) -> None:
        world = self._world
        set_to = max(at_least, self._latest() - world.clock.true())
        world.set_forward(set_to - world.clock.offset)
        world.clock.offset = set_to

    def _latest(self) -> datetime:
        """Nobody leaves a clock behind the last document for ever."""
        made = [document.made_at for one in self._checks.watched.values() for document in one.walk.made.values()]
        return max(made, default=self._world.clock.true())

    async def _stopped_stays(self) -> None:
        """A lane that waits for a person is left exactly as it is, however long nobody comes."""
        before = {one.till.device_id: one.lane["head"] for one in self._stopped()}
        await self._world.let_pass(200)
        await asyncio.sleep(10)
        judge(self._world, self._checks)
        for one in self._checks.watched.values():
            head = before.get(one.till.device_id)
            if head is not None and (not one.lane["stopped"] or one.lane["head"] != head):
                self._world.find("G3", f"the stopped lane of {one.till.device_id} moved without a person")

    def _stopped(self) -> list[Any]:
        return [one for one in self._checks.watched.values() if one.lane["stopped"]]

    async def _drain(self) -> None:
        for _ in range(DRAIN_ROUNDS_MAX):
            judge(self._world, self._checks)
            if all(self._is_drained(one) for one in self._checks.watched.values()):
                return
            for one in self._checks.watched.values():
                await self._help(one)
                while one.till.settled_outside and one.lane["stopped"]:
                    # the operator's shift is another now: each document that follows must be settled by hand too
                    await self._help(one)
                    judge(self._world, self._checks)
            await self._world.let_pass(55)
            await asyncio.sleep(10)
        left = [self._told(one) for one in self._checks.watched.values() if not self._is_drained(one)]
        raise Violation("liveness", f"after all faults were over this did not drain: {left}")

    async def _help(self, one: Any) -> None:
        """Only a person moves a lane that was stopped or blocked for a person."""
        state, cause = _state(one), one.lane["cause"]
        block = state.get("block")
        reason = None if block is None else block["reason"]
        if not one.lane["stopped"] and reason in (None, "blocked"):
            return
        wants_token = "bad_token" in (cause, reason) or one.till.tokens_issued
        if one.till.settled_outside and one.lane["stopped"]:
            await self._schedule.owners.resolve(one.till, "settled_outside")
        else:
            await self._schedule.owners.resolve(one.till, "token" if wants_token else "retry")

    def _is_drained(self, one: Any) -> bool:
        register, lane = one.register, one.lane
        idle = (register["mode"], register["blocked"], register["pending"]) == ("online", False, None)
        told = lane["head"] == register["last_document"]
        owes = lane["info_owed"] or lane["stopped"] or self._unfinished(one)
        return bool(idle and told and not owes)

    def _unfinished(self, one: Any) -> bool:
        statement = "SELECT 1 FROM exchange WHERE register_id = $1 AND finished_at IS NULL"
        return self._world.shared.owner.call("fetchval", statement, one.till.register_id) is not None

    def _told(self, one: Any) -> str:
        state, lane = _state(one), one.lane
        names = ("head", "stopped", "cause", "contact", "info_owed", "next_try_at", "fails")
        shown = {name: str(lane[name]) for name in names}
        return f"{one.till.device_id} {state['mode']} {state.get('block')} pending {state.get('pending')} {shown}"

    async def _answers(self) -> None:
        """Whoever was never answered asks again and learns what is true."""
        for asked in self._cashiers.asked:
            if asked.answer is None:
                self._schedule.ask(asked)
                await self._schedule.settle()
        judge(self._world, self._checks)
        left = [str(one) for one in self._cashiers.asked if one.answer is None and not one.is_close]
        if left:
            raise Violation("G1", f"these were never answered: {left}")

    async def _last_day(self, till: Till) -> None:
        """The register works as if nothing had been: an open shift is closed, a sale and a close are registered."""
        watched = self._checks.watched[till.register_id]
        if _state(watched).get("shift") is not None:
            await self._ask_with_its_token(till, None)
        if till.settled_outside:
            return
        line = LineInput("Нан", 25_000)
        sale = TicketInput(Kind.SELL, (line,), payments=(Payment(PaymentType.CARD, 25_000),))
        for command in (sale, None):
            asked = await self._ask_with_its_token(till, command)
            if not isinstance(asked.answer, Made) or asked.answer.view.mark != "registered":
                self._world.find("liveness", f"{asked} on a healed street: {asked.answer}")

    async def _ask_with_its_token(self, till: Till, command: TicketInput | None) -> Asked:
        """A register that was never told of the token issued last learns of it now, from a person."""
        asked = await self._ask(till, command)
        answer = asked.answer
        if till.tokens_issued and isinstance(answer, Refused) and answer.params.get("result_code") == 2:
            await self._drain()
            asked = await self._ask(till, command)
        return asked

    async def _ask(self, till: Till, command: TicketInput | None) -> Asked:
        asked = self._cashiers.ask(till, command)
        self._schedule.ask(asked)
        await self._schedule.settle()
        judge(self._world, self._checks)
        return asked

    def _books_agree(self) -> None:
        """G3 to the end: what each side has counted since the first day."""
        for one in self._checks.watched.values():
            if one.till.settled_outside:
                continue
            outcomes = one.walk.outcomes.items()
            ours = [number for number, outcome in outcomes if outcome != "refused"]
            if sorted(one.booked) != ours:
                self._world.find("G3", f"booked {sorted(one.booked)}, in the journal {ours}")
            book = self._world.network.operator.book(one.till.device_id)
            counting = one.walk.counting
            for op, row in book["tickets"].items():
                told = (row["count"], row["sum"])
                amount = counting.non_nullable[op]
                if told != (counting.counts[op], f"{amount // 100}.{amount % 100:02d}"):
                    self._world.find("G3", f"the operator counts {told} of {op}, we {counting.counts[op]}, {amount}")
            self._people(one)

    def _people(self, one: Any) -> None:
        """G9, G10 as far as rows tell: an original of each document that holds, news of each change of mode."""
        call, register_id = self._world.shared.owner.call, one.till.register_id
        jobs = call("fetch", "SELECT number, is_copy FROM print_job WHERE register_id = $1", register_id)
        originals = Counter(row["number"] for row in jobs if not row["is_copy"])
        for number, outcome in one.walk.outcomes.items():
            if originals[number] != (outcome != "refused"):
                self._world.find("G9", f"document {number} ({outcome}) came out {originals[number]} times")
        topics = Counter(
            row["topic"] for row in call("fetch", "SELECT topic FROM news WHERE register_id = $1", register_id)
        )
        entries = call("fetch", "SELECT kind, body FROM journal_entry WHERE register_id = $1", register_id)
        asked = len([row for row in entries if row["kind"] == "clock"])
        if asked > self._world.jumps_max:
            self._world.find("G10", f"{asked} jumps of the clock were entered, there were {self._world.jumps_max}")
        modes = Counter(f"register.{mode}" for mode in _modes(entries))
        for topic, count in modes.items():
            if topics[topic] != count:
                self._world.find("G10", f"{topic} happened {count} times and was told {topics[topic]} times")

    def _verify(self) -> None:
        """What ``tiyn verify`` does, from the genesis on."""
        owner = self._world.shared.owner

        async def walk() -> Any:
            async with owner.real.transaction(isolation="repeatable_read", readonly=True):
                return await walk_all(owner.real)

        for finding in owner.run(walk()).findings:
            self._world.find(f"core/checks {finding.guarantee}", f"tiyn verify: {finding}")


def _state(one: Any) -> Any:
    return json.loads(one.register["state"])


def _modes(entries: Any) -> list[str]:
    return [json.loads(row["body"])["mode"] for row in entries if row["kind"] == "mode"]


def told(ran: Ran, lines: int = 60) -> str:
    """A failure as it is printed: the seed, the checker, the end of the trace."""
    out = io.StringIO()
    out.write(f"seed {ran.seed} after {ran.steps} steps: {ran.violation}\n")
    for line in ran.trace[-lines:]:
        out.write(f"    {line}\n")
    return out.getvalue()
