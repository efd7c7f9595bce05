"""Whose API key it is, remembered for a second, so that a program that asks often does not ask the database each time.

A revocation makes every process forget by a hint; should the hint be lost, the second is over soon enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

KEYS_REMEMBERED_MAX = 10_000
REMEMBERED_S = 1.0
REVOKED_HINT = "api_key"


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whose API key it is and what it may do."""

    organisation_id: str
    scopes: tuple[str, ...]


class KeyHolders:
    """What one process remembers. ``epoch`` changes with every forgetting: what was read before it is not kept."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._known: dict[bytes, tuple[KeyHolder, date, float]] = {}
        self.epoch = 0

    def known(self, key_hash: bytes, today: date) -> KeyHolder | None:
        """The holder, if it was read a moment ago and on this day: the first call of a day is remembered elsewhere."""
        found = self._known.get(key_hash)
        if found is None:
            return None
        holder, day, until = found
        return holder if day == today and self._monotonic() < until else None

    def remember(self, key_hash: bytes, holder: KeyHolder, today: date, epoch: int) -> None:
        """Keep what was read since ``epoch``, unless a key was revoked meanwhile."""
        if epoch != self.epoch:
            return
        if len(self._known) >= KEYS_REMEMBERED_MAX:
            self._known.clear()
        self._known[key_hash] = (holder, today, self._monotonic() + REMEMBERED_S)

    def forget(self) -> None:
        """Some key was revoked, or may have been."""
        self.epoch += 1
        self._known.clear()
