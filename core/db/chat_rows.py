"""Rows of the chat's tables as values, and what goes into their `jsonb` columns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

UPDATE_ID_MAX = 2**63 - 1
_HOLDERS = ("message", "callback_query", "my_chat_member")


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """An update that was taken in and not finished."""

    update_id: int
    chat_id: int
    body: dict[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True)
class ChatPerson:
    """What the chat knows of a person beside their roles. ``awaiting`` names the cash act whose sum is expected."""

    chat_id: int
    language: str
    chosen: bool
    awaiting: str | None
    blocked: bool


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An act that a person may make by one press. ``choice`` is what the press chose, fixed once making has begun."""

    draft_id: str
    chat_id: int
    register_id: str
    kind: str
    body: dict[str, Any]
    state: str
    choice: dict[str, Any] | None
    number: int | None
    version: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as it should look (``body``, ``revision``) and how far that was shown (``shown``, ``message_id``)."""

    chat_id: int
    key: str
    body: dict[str, Any]
    revision: int
    shown: int
    priority: int
    message_id: int | None
    register_id: str | None
    document_number: int | None


def update_row(body: dict[str, Any]) -> tuple[int, int, str] | None:
    """An update as it is taken in (id, chat, JSON); ``None`` for what has no number to be known by."""
    number = body.get("update_id")
    if type(number) is not int or not 0 <= number <= UPDATE_ID_MAX:
        return None
    return number, chat_of(body), to_jsonb(body)


def chat_of(body: dict[str, Any]) -> int:
    """Whose order an update keeps: its chat, else its sender."""
    for kind in _HOLDERS:
        inner = body.get(kind)
        if isinstance(inner, dict):
            holder = inner.get("message") if kind == "callback_query" else inner
            chat = holder.get("chat") if isinstance(holder, dict) else None
            found = chat if isinstance(chat, dict) else inner.get("from")
            number = found.get("id") if isinstance(found, dict) else None
            if type(number) is int and abs(number) <= UPDATE_ID_MAX:
                return number
    return 0


def to_jsonb(value: Any) -> str:
    """JSON that PostgreSQL takes: it has no place for U+0000 and for halves of a surrogate pair."""
    text = json.dumps(value, ensure_ascii=False)
    return text if _is_storable(text) else json.dumps(_storable(value), ensure_ascii=False)


def _is_storable(text: str) -> bool:
    """Whether JSON can stay as it is, which nearly all does: one text is looked at sooner than all that is in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in text


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_storable(key): _storable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_storable(inner) for inner in value]
    return value


def stored_update(row: Any) -> StoredUpdate:
    return StoredUpdate(row["update_id"], row["chat_id"], json.loads(row["body"]), row["attempts"])


def draft_row(row: Any) -> DraftRow:
    return DraftRow(
        draft_id=row["draft_id"],
        chat_id=row["chat_id"],
        register_id=str(row["register_id"]),
        kind=row["kind"],
        body=json.loads(row["body"]),
        state=row["state"],
        choice=None if row["choice"] is None else json.loads(row["choice"]),
        number=row["number"],
        version=row["version"],
        made_at=row["made_at"],
    )


def message_row(row: Any) -> MessageRow:
    return MessageRow(
        chat_id=row["chat_id"],
        key=row["message_key"],
        body=json.loads(row["body"]),
        revision=row["revision"],
        shown=row["shown"],
        priority=row["priority"],
        message_id=row["message_id"],
        register_id=None if row["register_id"] is None else str(row["register_id"]),
        document_number=row["document_number"],
    )
