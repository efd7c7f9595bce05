"""The JSON arguments of the database's functions (alembic/functions)."""

from __future__ import annotations

import json
from datetime import datetime

from core.db.ids import uuid7
from core.domain.journal import Entry
from core.domain.register import RegisterState, state_to_plain
from core.usecases.ports import MarkChange, NewDocument, News


def text_of(moment: datetime | None) -> str | None:
    """A time as a function's JSON argument."""
    return None if moment is None else moment.isoformat()


def register_argument(state: RegisterState) -> str:
    return json.dumps(
        {
            "version": state.version,
            "last_document": state.last_document,
            "pending": state.pending,
            "mode": state.mode,
            "blocked": state.block is not None,
            "shift_closes_before": None if state.shift is None else state.shift.closes_before.isoformat(),
            "state": state_to_plain(state),
        },
        ensure_ascii=False,
    )


def entries_argument(entries: tuple[Entry, ...]) -> str:
    return json.dumps(
        [
            {
                "seq": entry.seq,
                "kind": entry.kind,
                "number": entry.document_number,
                "digest": entry.digest,
                "previous": entry.previous_digest,
            }
            for entry in entries
        ]
    )


def document_argument(new: NewDocument) -> str:
    document = new.document
    parent = document.ticket.parent if document.ticket is not None else None
    return json.dumps(
        {
            "number": document.number,
            "kind": document.kind,
            "shift": document.shift,
            "number_in_shift": document.number_in_shift,
            "made_at": document.made_at.isoformat(),
            "own_sign": document.own_sign,
            "total": document.total,
            "parent_number": parent.document_number if parent is not None else None,
            "parent_key": parent.key if parent is not None else None,
            "public_code": new.public_code,
            "idempotency_key": new.key,
            "input_hash": None if new.input_hash is None else new.input_hash.hex(),
            "digest": document.digest,
            "previous_digest": document.previous_digest,
        },
        ensure_ascii=False,
    )


def mark_argument(mark: MarkChange | None) -> str | None:
    if mark is None:
        return None
    return json.dumps(
        {
            "number": mark.number,
            "mark": mark.mark,
            "reason": mark.reason,
            "autonomous_sign": mark.autonomous_sign,
            "fiscal_sign": mark.fiscal_sign,
            "check_url": mark.check_url,
            "result_code": mark.result_code,
            "result_text": mark.result_text,
            "registered_at": text_of(mark.registered_at),
        },
        ensure_ascii=False,
    )


def news_argument(news: tuple[News, ...]) -> str | None:
    if not news:
        return None
    return json.dumps(
        [
            {"news_id": uuid7(), "topic": item.topic, "facts": item.facts, "at": item.at.isoformat()}
            for item in news
        ],
        ensure_ascii=False,
    )
