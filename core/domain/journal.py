"""Entries of a register's chain and the one function that moves its state: ``evolve``.

An entry's body is canonical JSON; its digest is SHA-256(previous entry's digest + body). Every state that a register
can be in is a fold of ``evolve`` over its entries, so ``tiyn verify`` and the register row cannot disagree unnoticed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.domain.counters import Counters, Totals, add_placement, add_ticket, count_placement, count_ticket
from core.domain.document import Document, canonical, chained
from core.domain.freeze import to_plain
from core.domain.register import AUTONOMOUS, ONLINE, RegisterState, Shift, block_from_plain
from core.domain.ticket import Kind

GENESIS = "genesis"
DOCUMENT = "document"
OUTCOME = "outcome"
MODE = "mode"
LIMIT = "limit"
BLOCK = "block"
UNBLOCK = "unblock"
RESOLUTION = "resolution"
CLOCK = "clock"

REGISTERED = "registered"
MADE_AUTONOMOUSLY = "autonomous"
REFUSED_OUTCOME = "refused"
PRACTISED = "practice"


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a register's chain; ``seq`` counts from 1 (the genesis)."""

    seq: int
    kind: str
    body: bytes
    digest: str
    previous_digest: str
    document_number: int | None


def record(
    state: RegisterState, kind: str, facts: dict[str, Any], document: Document | None = None
) -> tuple[RegisterState, Entry]:
    """Append one entry: the state after it and the entry itself. Pure."""
    plain = to_plain({key: value for key, value in facts.items() if value is not None})
    body = canonical({"kind": kind, "seq": state.version + 1, **plain})
    entry = Entry(
        seq=state.version + 1,
        kind=kind,
        body=body,
        digest=chained(state.chain_head, body),
        previous_digest=state.chain_head,
        document_number=plain.get("number"),
    )
    return replay(state, entry, document), entry


def replay(state: RegisterState, entry: Entry, document: Document | None) -> RegisterState:
    """The state after a stored entry; what it says is read from its body and from nowhere else."""
    facts = json.loads(entry.body)
    moved = _EVOLVE[facts["kind"]](state, facts, document)
    head = entry.digest if facts["kind"] == GENESIS else moved.document_head
    return replace(moved, version=entry.seq, chain_head=entry.digest, document_head=head)


def _genesis(state: RegisterState, facts: dict[str, Any], _: Document | None) -> RegisterState:
    assert state.version == 0, "a genesis is the first entry"
    return replace(
        state,
        last_document=facts.get("last_document", 0),
        last_shift=facts.get("last_shift", 0),
        totals=Totals(**facts["totals"]) if "totals" in facts else Totals(),
    )


def _document(state: RegisterState, facts: dict[str, Any], document: Document | None) -> RegisterState:
    assert document is not None and document.number == state.last_document + 1 == facts["number"]
    assert document.digest == facts["digest"] and document.previous_digest == state.document_head
    assert state.last_made_at is None or document.made_at >= state.last_made_at
    return replace(
        state,
        last_document=document.number,
        document_head=document.digest,
        last_made_at=document.made_at,
        own_sign=document.own_sign or state.own_sign,
        numbering=(document.shift, document.number_in_shift),
        pending=document.number,
    )


def _outcome(state: RegisterState, facts: dict[str, Any], document: Document | None) -> RegisterState:
    assert document is not None and state.pending == document.number == facts["number"]
    settled = replace(state, pending=None)
    if facts["outcome"] == REFUSED_OUTCOME:
        return settled
    return _counted(settled, document, autonomous=facts["outcome"] == MADE_AUTONOMOUSLY)


def _counted(state: RegisterState, document: Document, *, autonomous: bool) -> RegisterState:
    shift = state.shift or Shift(
        document.shift, document.made_at, dict(state.totals.non_nullable), Counters()
    )
    assert shift.number == document.shift
    if document.kind is Kind.SHIFT_CLOSE:
        return replace(state, shift=None, last_shift=shift.number)
    if document.ticket is not None:
        counters = count_ticket(shift.counters, document.ticket, autonomous=autonomous)
        totals = add_ticket(state.totals, document.ticket)
    else:
        assert document.sum is not None
        counters = count_placement(shift.counters, document.kind, document.sum, autonomous=autonomous)
        totals = add_placement(state.totals, document.kind, document.sum)
    assert totals.cash >= 0, "the drawer never goes below zero"
    return replace(
        state, shift=replace(shift, counters=counters), last_shift=shift.number, totals=totals
    )


def _mode(state: RegisterState, facts: dict[str, Any], _: Document | None) -> RegisterState:
    if facts["mode"] == ONLINE:
        return replace(state, mode=ONLINE, autonomous_since=None, reason=None, limit_reached=False)
    assert facts["mode"] == AUTONOMOUS
    since = datetime.fromisoformat(facts["since"])
    return replace(state, mode=AUTONOMOUS, autonomous_since=since, reason=facts["reason"])


def _limit(state: RegisterState, _: dict[str, Any], __: Document | None) -> RegisterState:
    return replace(state, limit_reached=True)


def _block(state: RegisterState, facts: dict[str, Any], _: Document | None) -> RegisterState:
    return replace(state, block=block_from_plain(facts))


def _unblock(state: RegisterState, _: dict[str, Any], __: Document | None) -> RegisterState:
    return replace(state, block=None)


def _resolution(state: RegisterState, facts: dict[str, Any], _: Document | None) -> RegisterState:
    return replace(state, protocol=facts.get("protocol", state.protocol))


def _unmoved(state: RegisterState, _: dict[str, Any], __: Document | None) -> RegisterState:
    return state


_EVOLVE: dict[str, Callable[[RegisterState, dict[str, Any], Document | None], RegisterState]] = {
    GENESIS: _genesis,
    DOCUMENT: _document,
    OUTCOME: _outcome,
    MODE: _mode,
    LIMIT: _limit,
    BLOCK: _block,
    UNBLOCK: _unblock,
    RESOLUTION: _resolution,
    CLOCK: _unmoved,
}
