"""The faults that `PUT /telegram/behaviour` switches on."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.telegram.errors import invalid

MODES = ("ok", "slow", "lose_answers", "repeat_updates", "http_500", "too_many_requests", "down")
# Real seconds that a call waits before it is done.
SLOW_S = 1.5
TOO_MANY_RETRY_AFTER_S = 1
# These strike `getUpdates` too; the others would only keep the bot from hearing anything.
_STRIKES_POLL = ("http_500", "down")


class Behaviour:
    """One mode for everything; with `times` it strikes the next n requests (for repeat_updates: updates), then ok."""

    def __init__(self) -> None:
        self.mode = "ok"
        self.times: int | None = None
        self.changed: Callable[[], None] = lambda: None

    def set(self, mode: object, times: object = None) -> None:
        if mode not in MODES:
            raise invalid("unknown_mode", mode=mode, modes=", ".join(MODES))
        if times is not None and (not isinstance(times, int) or isinstance(times, bool) or times < 1):
            raise invalid("bad_times")
        self.mode, self.times = str(mode), times if isinstance(times, int) else None
        self.changed()

    def strike(self, method: str) -> str:
        """The mode that this request meets; counts it."""
        if self.mode in ("ok", "repeat_updates"):
            return "ok"
        if method == "getUpdates" and self.mode not in _STRIKES_POLL:
            return "ok"
        return self._spend()

    def repeats_update(self) -> bool:
        return self.mode == "repeat_updates" and self._spend() == "repeat_updates"

    def _spend(self) -> str:
        mode = self.mode
        if self.times is not None:
            self.times -= 1
            if self.times == 0:
                self.mode, self.times = "ok", None
        return mode
