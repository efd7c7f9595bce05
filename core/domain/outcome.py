"""The outcome of a pending document and the other steps that are not acts of a person: modes, blocks, limits. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.document import Document
from core.domain.journal import (
    BLOCK,
    LIMIT,
    MADE_AUTONOMOUSLY,
    MODE,
    OUTCOME,
    REFUSED_OUTCOME,
    REGISTERED,
    RESOLUTION,
    UNBLOCK,
    Entry,
    record,
)
from core.domain.register import AUTONOMOUS, ONLINE, RegisterState


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a pending document.

    ``reason`` says why it is autonomous; ``block`` the reason to block the register for afterwards.
    """

    outcome: str
    at: datetime
    reason: str | None = None
    block: str | None = None
    result_code: int | None = None
    result_text: str | None = None
    fiscal_sign: str | None = None
    check_url: str | None = None


def registered(at: datetime, *, fiscal_sign: str | None, check_url: str | None, text: str | None) -> Verdict:
    """The operator accepted it."""
    return Verdict(REGISTERED, at, result_code=0, result_text=text, fiscal_sign=fiscal_sign, check_url=check_url)


def autonomous(at: datetime, reason: str) -> Verdict:
    """No answer in time: it becomes an autonomous document, and the register goes autonomous."""
    return Verdict(MADE_AUTONOMOUSLY, at, reason=reason)


def refused(at: datetime, code: int, text: str | None, *, block: str | None = None) -> Verdict:
    """The operator refused it; it keeps its number and is never counted or sent again."""
    return Verdict(REFUSED_OUTCOME, at, result_code=code, result_text=text, block=block)


def draw(
    state: RegisterState, document: Document, verdict: Verdict
) -> tuple[RegisterState, tuple[Entry, ...]]:
    """The entries of an outcome: the change of mode first, then the outcome, then a block."""
    assert state.pending == document.number
    entries = []
    if verdict.outcome == MADE_AUTONOMOUSLY and state.mode == ONLINE:
        mode = {"mode": AUTONOMOUS, "since": document.made_at, "reason": verdict.reason}
        state, entry = record(state, MODE, mode)
        entries.append(entry)
    facts: dict[str, Any] = {
        "number": document.number,
        "outcome": verdict.outcome,
        "at": verdict.at,
        "reason": verdict.reason,
        "result_code": verdict.result_code,
        "text": verdict.result_text,
        "fiscal_sign": verdict.fiscal_sign,
        "check_url": verdict.check_url,
    }
    state, entry = record(state, OUTCOME, facts, document)
    entries.append(entry)
    if verdict.block is not None and state.block is None:
        state, entry = record(state, BLOCK, block_facts(verdict.block, verdict.result_text, verdict.at))
        entries.append(entry)
    return state, tuple(entries)


def block_facts(reason: str, text: str | None, since: datetime) -> dict[str, Any]:
    """The facts of a block; the operator's own words may be missing."""
    return {"reason": reason, "text": text or reason, "since": since.replace(microsecond=0)}


def block(state: RegisterState, reason: str, text: str | None, at: datetime) -> tuple[RegisterState, Entry]:
    """Block the register."""
    return record(state, BLOCK, block_facts(reason, text, at))


def unblock(state: RegisterState, at: datetime) -> tuple[RegisterState, Entry]:
    """Lift the block."""
    return record(state, UNBLOCK, {"at": at})


def go_autonomous(state: RegisterState, reason: str, since: datetime) -> tuple[RegisterState, Entry]:
    """Enter autonomous mode."""
    return record(state, MODE, {"mode": AUTONOMOUS, "since": since.replace(microsecond=0), "reason": reason})


def go_online(state: RegisterState, at: datetime) -> tuple[RegisterState, Entry]:
    """Leave autonomous mode: everything was told."""
    return record(state, MODE, {"mode": ONLINE, "at": at})


def reach_limit(state: RegisterState, at: datetime) -> tuple[RegisterState, Entry]:
    """Remember that 72 h were reached; it holds until the lane is empty (DESIGN.md 3.5)."""
    return record(state, LIMIT, {"at": at})


def resolve(
    state: RegisterState,
    resolution: str,
    reason: str,
    at: datetime,
    number: int | None,
    *,
    protocol: str | None = None,
) -> tuple[RegisterState, Entry]:
    """A person's resolution of a stopped lane; ``protocol`` is the one that all is encoded in from now on."""
    facts = {"resolution": resolution, "why": reason, "at": at, "number": number, "protocol": protocol}
    return record(state, RESOLUTION, facts)
