"""Ids and codes made in Python, never by the database: time-ordered UUIDs, link codes, keys that people hold."""

from __future__ import annotations

import os
import secrets
import time
from uuid import UUID

LINK_KEY_CHARACTERS = 6
PUBLIC_CODE_BYTES = 16
ITEM_ID_BYTES = 9
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def uuid7() -> str:
    """A time-ordered UUID (RFC 9562): good for indexes, made without the database."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))


def link_key() -> str:
    """A register's short random key, the first part of each of its receipt links."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(LINK_KEY_CHARACTERS))


def public_code() -> str:
    """The random part of a receipt link: 128 bits, 22 characters."""
    return secrets.token_urlsafe(PUBLIC_CODE_BYTES)


def item_id() -> str:
    """The id of an item of a catalogue, short enough for a button beside a draft's."""
    return secrets.token_urlsafe(ITEM_ID_BYTES)
