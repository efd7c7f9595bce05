"""The hash of an act's input: same input = same parsed command, however it was written (CONTRACT.md 1)."""

from __future__ import annotations

import hashlib
from typing import Any

from core.domain.decide import Command
from core.domain.document import canonical
from core.domain.freeze import to_plain
from core.domain.ticket import Cashier


def input_hash(command: Command, cashier: Cashier, *options: Any) -> bytes:
    """SHA-256 over the canonical form of what was asked for."""
    facts = {
        "command": type(command).__name__,
        "input": to_plain(command),
        "cashier": to_plain(cashier),
        "options": [str(option) for option in options],
    }
    return hashlib.sha256(canonical(facts)).digest()
