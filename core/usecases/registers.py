"""Registers: their state as people see it, their settings, taking one into service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.clock import Clock
from core.domain.cause import Facts, Situation, diagnose
from core.domain.counters import Totals
from core.domain.iin_bin import is_iin_bin
from core.domain.journal import GENESIS, Entry, record
from core.domain.lane import Loaded
from core.domain.register import AUTONOMOUS, AUTONOMOUS_HOURS_MAX, Block, RegisterState, Shift
from core.domain.registration import PROTOCOL_VERSIONS, Registration
from core.domain.vat import NO_VAT, RATES
from core.errors import Refused
from core.usecases.ports import Journal

TITLE_CHARACTERS_MAX = 64


@dataclass(frozen=True, slots=True)
class NewRegister:
    """What taking a register into service needs; ``token`` is the one that the operator issued."""

    organisation_id: str
    title: str
    taxpayer: str
    iin_bin: str
    address: str
    address_kk: str
    okved: str
    latitude: int
    longitude: int
    rnm: str
    znm: str
    operator: str | None
    host: str
    port: int
    device_id: int
    token: int
    vat_payer: bool
    vat_default: str
    practice: bool
    protocol: str = "2.0.3"
    auto_close: bool = True
    register_id: str | None = None


@dataclass(frozen=True, slots=True)
class Genesis:
    """What an operator knows of a device before its journal begins: entry 0 of a real register."""

    shift: int
    totals: Totals


ReadGenesis = Callable[[Registration, int], Awaitable[Genesis]]


@dataclass(frozen=True, slots=True)
class LaneView:
    """The lane as people see it. Code and text are those that a stopped lane stands at; ``cause`` is why the last try
    brought nothing, ``fails`` how many did so in a row.
    """

    stopped: bool
    result_code: int | None
    text: str | None
    cause: str | None = None
    fails: int = 0


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A register as people see it (CONTRACT.md, ``GET /registers``)."""

    registration: Registration
    state: str
    block: Block | None
    mode: str
    autonomous_since: datetime | None
    autonomous_until: datetime | None
    reason: str | None
    unsent: int
    pending: int | None
    lane: LaneView
    shift: Shift | None
    cash: int
    last_document: int
    chain_head: str
    limit_reached: bool = False
    last_made_at: datetime | None = None


class Directory(Protocol):
    """Where settings are kept."""

    async def registration(self, register_id: str) -> Registration: ...

    async def registrations(self, organisation_id: str | None) -> list[Registration]: ...

    async def change(self, register_id: str, *, title: str | None, auto_close: bool | None) -> None: ...

    def prepared(self, new: NewRegister) -> Registration: ...

    async def is_device_used(self, operator: str, device_id: int) -> bool: ...

    async def open_register(
        self, registration: Registration, state: RegisterState, entry: Entry, token: int
    ) -> None: ...


class Registers:
    """Reads and changes registers."""

    def __init__(
        self,
        journal: Journal,
        directory: Directory,
        clock: Clock,
        *,
        connectable: Callable[[str], bool],
        read_genesis: ReadGenesis,
    ) -> None:
        self._journal = journal
        self._directory = directory
        self._clock = clock
        self._connectable = connectable
        self._read_genesis = read_genesis

    async def all(self, organisation_id: str | None = None) -> list[RegisterView]:
        """Every register of an organisation (or of all), in the order they came into service."""
        registrations = await self._directory.registrations(organisation_id)
        return [_view(one, await self._journal.load(one.register_id)) for one in registrations]

    async def registration(self, register_id: str) -> Registration:
        """One register's settings alone; raises ``NOT_FOUND``."""
        return await self._directory.registration(register_id)

    async def get(self, register_id: str) -> RegisterView:
        """One register; raises ``NOT_FOUND``."""
        registration = await self._directory.registration(register_id)
        return _view(registration, await self._journal.load(register_id))

    async def patch(
        self, register_id: str, *, title: str | None = None, auto_close: bool | None = None
    ) -> RegisterView:
        """Change what an owner may change at any time."""
        if title is not None and not 1 <= len(title.strip()) <= TITLE_CHARACTERS_MAX:
            raise Refused("VALIDATION", field="title", limit=TITLE_CHARACTERS_MAX)
        await self._directory.change(
            register_id, title=None if title is None else title.strip(), auto_close=auto_close
        )
        return await self.get(register_id)

    async def onboard(self, new: NewRegister) -> RegisterView:
        """Take a register into service. A practice one begins at zero, a real one with what its operator knows of it.

        Raises ``DEVICE_IN_USE``, what is wrong with the data, or why the operator could not be asked; nothing stays.
        """
        _check(new)
        if new.operator is not None and not self._connectable(new.operator):
            raise Refused("VALIDATION", field="operator")
        registration = self._directory.prepared(new)
        facts = {"register_id": registration.register_id, "at": self._clock.now(), "practice": new.practice}
        if new.operator is not None and not new.practice:
            # asked before the operator is: a question in the name of a working register would cost it its token
            if await self._directory.is_device_used(new.operator, new.device_id):
                raise Refused("DEVICE_IN_USE", device_id=new.device_id)
            known = await self._read_genesis(registration, new.token)
            facts |= {"last_shift": known.shift, "totals": known.totals}
        state, entry = record(RegisterState(registration.register_id), GENESIS, facts)
        await self._directory.open_register(registration, state, entry, new.token)
        return await self.get(registration.register_id)


def _check(new: NewRegister) -> None:
    checks: tuple[tuple[bool, Callable[[], Refused]], ...] = (
        (is_iin_bin(new.iin_bin), lambda: Refused("BAD_IIN_BIN", value=new.iin_bin[:20])),
        (new.vat_default in RATES, lambda: Refused("UNKNOWN_VAT", vat=new.vat_default[:20])),
        (new.vat_payer or new.vat_default == NO_VAT, lambda: Refused("VAT_NOT_ALLOWED", vat=new.vat_default)),
        (new.protocol in PROTOCOL_VERSIONS, lambda: Refused("VALIDATION", field="protocol")),
        (0 < new.device_id < 2**32, lambda: Refused("VALIDATION", field="device_id")),
        (0 <= new.token < 2**32, lambda: Refused("VALIDATION", field="token")),
        (new.rnm.isdigit() and len(new.rnm) == 12, lambda: Refused("VALIDATION", field="rnm")),
        # what cannot be written on the wire would stand in the way of every document
        (0 <= new.latitude < 2**31, lambda: Refused("VALIDATION", field="latitude")),
        (0 <= new.longitude < 2**31, lambda: Refused("VALIDATION", field="longitude")),
        (new.operator is None or 0 < new.port < 2**16, lambda: Refused("VALIDATION", field="port")),
    )
    for fits, refusal in checks:
        if not fits:
            raise refusal()


def _view(registration: Registration, loaded: Loaded) -> RegisterView:
    state, lane = loaded.state, loaded.lane
    oldest = loaded.oldest_unconfirmed_at
    begun = (oldest or state.autonomous_since) if state.mode == AUTONOMOUS else None
    until = None if begun is None else begun + AUTONOMOUS_HOURS_MAX
    service = "active" if state.block is None else "blocked"
    return RegisterView(
        registration=registration.speaking(state.protocol),
        state="closed" if registration.closed else service,
        block=state.block,
        mode=state.mode,
        autonomous_since=state.autonomous_since,
        autonomous_until=until,
        reason=state.block.reason if state.block is not None and state.reason is None else state.reason,
        unsent=loaded.unsent if registration.operator is not None else 0,
        pending=state.pending,
        lane=LaneView(
            lane.stopped,
            lane.result_code if lane.stopped else None,
            lane.result_text if lane.stopped else None,
            lane.cause,
            lane.fails,
        ),
        shift=state.shift,
        cash=state.totals.cash,
        last_document=state.last_document,
        chain_head=state.document_head,
        limit_reached=state.limit_reached,
        last_made_at=state.last_made_at,
    )


def situation_of(view: RegisterView, now: datetime) -> Situation:
    """Why this register does not work as usual, if it does not, and the one thing to do."""
    facts = Facts(
        now=now,
        mode=view.mode,
        reason=view.reason,
        block_reason=None if view.block is None else view.block.reason,
        lane_stopped=view.lane.stopped,
        lane_code=view.lane.result_code,
        lane_cause=view.lane.cause,
        waiting=view.unsent,
        since=view.autonomous_since,
        until=view.autonomous_until,
        limit_reached=view.limit_reached,
        shift_until=None if view.shift is None else view.shift.closes_before,
        last_made_at=view.last_made_at,
        paid_until=view.registration.paid_until,
        has_fee=view.registration.operator is not None,
    )
    return diagnose(facts)
