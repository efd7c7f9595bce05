"""What delivery does next with a lane: read from its rows and from nothing else. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.document import Document
from core.domain.lane import RESOLVING, TYPED_TOKEN, Loaded
from core.domain.register import AUTONOMOUS
from core.domain.registration import Registration
from core.ofd.head import Tries


class NextStep(StrEnum):
    """What delivery does next with a lane."""

    HEAD = "head"
    ASK_LAST = "ask_last"
    SYSTEM = "system"
    GO_ONLINE = "go_online"
    INFO = "info"
    REST = "rest"


def next_step(loaded: Loaded) -> NextStep:
    """The next step of a lane whose lease is held. Pure."""
    state, lane = loaded.state, loaded.lane
    if state.pending is not None or lane.stopped:
        return NextStep.REST
    if state.block is not None and state.block.reason != "blocked" and lane.cause not in (RESOLVING, TYPED_TOKEN):
        return NextStep.REST
    if loaded.exchange is not None and (loaded.exchange.unanswered or lane.contact):
        asked = lane.cause == TYPED_TOKEN and loaded.exchange.unanswered
        return NextStep.ASK_LAST if asked else NextStep.HEAD
    if state.block is not None or (state.mode == AUTONOMOUS and not lane.contact):
        return NextStep.SYSTEM
    if state.mode == AUTONOMOUS:
        return NextStep.HEAD if lane.head < state.last_document else NextStep.GO_ONLINE
    return NextStep.INFO if lane.info_owed else NextStep.REST


@dataclass(slots=True)
class Run:
    """One lease of a lane.

    ``ahead`` holds documents of the queue that were read before their turn; ``opened`` is the exchange that this run
    stored and has not sent yet: it is stored as unanswered already (open_exchange_v1), so nothing is to be written
    before its first byte. ``leased_at`` is no later (monotonic) than the last write of the lease.
    """

    registration: Registration
    loaded: Loaded
    told: int = 0
    tries: Tries = field(default_factory=Tries)
    connected: bool | None = None
    opened: int | None = None
    ahead: dict[int, Document] = field(default_factory=dict)
    leased_at: float = 0.0
