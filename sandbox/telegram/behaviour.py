"""The faults that `PUT /telegram/behaviour` switches on: one mode, a script of several, or a script of a seed."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from sandbox.telegram.errors import invalid

MODES = (
    "ok",
    "slow",
    "lose_answers",
    "repeat_updates",
    "http_500",
    "too_many_requests",
    "down",
    "reorder_updates",
    "forbidden",
)
# Real seconds that a call waits before it is done.
SLOW_S = 1.5
TOO_MANY_RETRY_AFTER_S = 1
SCRIPT_STEPS_MAX = 1_000
STEP_TIMES_DRAWN_MAX = 3
# These strike `getUpdates` too; the others would only keep the bot from hearing anything.
_STRIKES_POLL = ("http_500", "down")
_STRIKES_UPDATES = ("repeat_updates", "reorder_updates")
# What a bot may live through without anything being lost; a person who blocks it is another matter.
_DRAWN = tuple(mode for mode in MODES if mode != "forbidden")


class Behaviour:
    """One mode for everything; with `times` it strikes the next n requests (of an update's mode: updates), then the
    next step of the script, and ok after the last.
    """

    def __init__(self) -> None:
        self.mode = "ok"
        self.times: int | None = None
        self.script: deque[tuple[str, int | None]] = deque()
        self.changed: Callable[[], None] = lambda: None

    def set(self, mode: object, times: object = None) -> None:
        self.play([{"mode": mode, "times": times}])

    def play(self, steps: Sequence[Any]) -> None:
        """One step after another; only the last may be without `times`, and then it stays."""
        if not 1 <= len(steps) <= SCRIPT_STEPS_MAX:
            raise invalid("bad_script", most=SCRIPT_STEPS_MAX)
        script = deque(_step(one) for one in steps)
        if any(times is None for _, times in list(script)[:-1]):
            raise invalid("bad_times")
        self.script = script
        self._next_step()
        self.changed()

    def play_seed(self, seed: int, steps: int) -> None:
        """So many faults, the same ones for the same seed."""
        if not 1 <= steps <= SCRIPT_STEPS_MAX:
            raise invalid("bad_script", most=SCRIPT_STEPS_MAX)
        chance = random.Random(seed)  # noqa: S311 - a fault plan, no secret
        self.play(
            [
                {"mode": chance.choice(_DRAWN), "times": chance.randint(1, STEP_TIMES_DRAWN_MAX)}
                for _ in range(steps)
            ]
        )

    def strike(self, method: str) -> str:
        """The mode that this request meets; counts it."""
        if self.mode in _STRIKES_UPDATES:
            return "ok"
        if method == "getUpdates" and self.mode not in _STRIKES_POLL:
            return "ok"
        return self._spend()

    def repeats_update(self) -> bool:
        return self.mode == "repeat_updates" and self._spend() == "repeat_updates"

    def reorders_update(self) -> bool:
        """Whether this update comes after the next one."""
        return self.mode == "reorder_updates" and self._spend() == "reorder_updates"

    def _spend(self) -> str:
        mode = self.mode
        if self.times is not None:
            self.times -= 1
            if self.times == 0:
                self._next_step()
        return mode

    def _next_step(self) -> None:
        self.mode, self.times = self.script.popleft() if self.script else ("ok", None)


def _step(step: Any) -> tuple[str, int | None]:
    if not isinstance(step, dict) or set(step) - {"mode", "times"}:
        raise invalid("bad_script", most=SCRIPT_STEPS_MAX)
    mode, times = step.get("mode"), step.get("times")
    if mode not in MODES:
        raise invalid("unknown_mode", mode=mode, modes=", ".join(MODES))
    if times is not None and (not isinstance(times, int) or isinstance(times, bool) or times < 1):
        raise invalid("bad_times")
    return str(mode), times
