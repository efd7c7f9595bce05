"""What a person may do with a lane: try again now, resolve a stopped one (DESIGN.md 3, «A stopped lane»)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from core.clock import Clock
from core.domain.lane import RESOLVING, TYPED_TOKEN, Loaded
from core.domain.outcome import reach_limit, resolve
from core.domain.register import AUTONOMOUS_HOURS_MAX
from core.domain.registration import Registration, other_protocol
from core.domain.view import Mark
from core.errors import Refused, RegisterBusy
from core.usecases.ports import FenceLost, Journal, LaneWrite, MarkChange, News, Registrations, Step

RESOLUTIONS = ("retry", "encode_again", "settled_outside")
HOLDING = ("service", "numbering", "bad_token")
OWNER = "person"
WRITES_MAX = 5

Deliver = Callable[[str], Awaitable[bool | None]]


class Lanes:
    """Resolutions are entries of the register's chain; delivery starts in the same call."""

    def __init__(
        self, journal: Journal, registrations: Registrations, clock: Clock, deliver: Deliver
    ) -> None:
        self._journal = journal
        self._registrations = registrations
        self._clock = clock
        self._deliver = deliver

    async def due(self, register_id: str, at: datetime) -> None:
        """Make a lane due."""
        await self._journal.due(register_id, at)

    async def probe(self, register_id: str) -> bool | None:
        """Ask the operator now instead of at the next try; says as delivery does whether a connection was made."""
        await self._registrations.registration(register_id)
        await self._journal.due(register_id, self._now())
        return await self._deliver(register_id)

    async def resolve(
        self, register_id: str, resolution: str, reason: str, token: int | None = None
    ) -> None:
        """Move a stopped lane or lift a block that holds delivery; raises ``VALIDATION`` for a lane that runs."""
        if resolution not in RESOLUTIONS or not reason.strip():
            raise Refused("VALIDATION", field="resolution")
        registration = await self._registrations.registration(register_id)
        loaded = await self._journal.load(register_id)
        self._check(loaded, resolution)
        if loaded.lane.leased:
            raise RegisterBusy
        fence = await self._journal.claim(register_id, loaded.lane.fence, OWNER)
        if fence is None:
            raise RegisterBusy
        try:
            await self._resolve_claimed(registration, resolution, reason.strip(), token)
        except FenceLost:
            raise RegisterBusy from None
        await self._deliver(registration.register_id)

    async def _resolve_claimed(
        self, registration: Registration, resolution: str, reason: str, token: int | None
    ) -> None:
        """Decide on the rows as they are under the lease; a lane that was not moved is given back."""
        register_id = registration.register_id
        for _ in range(WRITES_MAX):
            loaded = await self._journal.load(register_id)
            try:
                self._check(loaded, resolution)
                if await self._write(registration, loaded, resolution, reason, token):
                    return
            except Refused:
                await self._journal.settle(register_id, LaneWrite(loaded.lane.fence, loaded.lane))
                raise
        await self._journal.settle(register_id, LaneWrite(loaded.lane.fence, loaded.lane))
        raise RegisterBusy

    def _check(self, loaded: Loaded, resolution: str) -> None:
        block = loaded.state.block
        held = block is not None and (block.reason in HOLDING or resolution == "retry")
        if not loaded.lane.stopped and not held:
            raise Refused("VALIDATION", field="resolution")
        if resolution == "settled_outside" and not loaded.lane.stopped:
            raise Refused("VALIDATION", field="resolution")

    async def _write(
        self, registration: Registration, loaded: Loaded, resolution: str, reason: str, token: int | None
    ) -> bool:
        now, lane, exchange = self._now(), loaded.lane, loaded.exchange
        number = lane.head + 1 if lane.stopped else None
        state, entries = loaded.state, []
        oldest = loaded.oldest_unconfirmed_at
        if oldest is not None and now > oldest + AUTONOMOUS_HOURS_MAX and not state.limit_reached:
            # a stopped lane never ran, so nobody has entered the limit yet; settling its head would forget it (G7)
            state, entry = reach_limit(state, now)
            entries.append(entry)
        protocol = None
        if resolution == "encode_again":
            # the other version of the protocol, for this document and for all that follow: the entry switches it
            protocol = other_protocol(registration.speaking(state.protocol).protocol)
        state, entry = resolve(state, resolution, reason, now, number, protocol=protocol)
        entries.append(entry)
        unanswered = exchange is not None and exchange.unanswered > 0
        cause = TYPED_TOKEN if token is not None and unanswered else RESOLVING
        moved = replace(lane, stopped=False, cause=cause, next_try_at=now, token=token or lane.token, contact=False)
        mark = None
        news: tuple[News, ...] = ()
        if number is not None and resolution == "settled_outside":
            moved = replace(moved, head=number)
            mark = MarkChange(number, Mark.SETTLED, result_text=reason)
            news = (News("document.settled", now, {"number": number, "mark": str(Mark.SETTLED)}),)
        elif number is not None:
            mark = MarkChange(number, Mark.AUTONOMOUS)
        renewed = not unanswered and (resolution == "encode_again" or token is not None)
        write = LaneWrite(lane.fence, moved)
        if exchange is not None and (resolution == "settled_outside" or renewed):
            # an unanswered exchange keeps token and request number whatever a person decides: it may have been booked.
            # A new encoding of it goes out under them; a typed token is never tried under an old exchange
            write = replace(write, exchange=exchange, finish=True)
        step = Step(loaded.state.version, state, tuple(entries), news, mark)
        return await self._journal.step(step, write=write)

    def _now(self) -> datetime:
        return self._clock.now().replace(microsecond=0)
