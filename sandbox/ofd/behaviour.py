"""The faults that the sandbox operator can be told to have: CONTRACT.md 2, `PUT /ofd/behaviour`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sandbox.ofd.wire import COMMANDS

MODES = ("ok", "down", "silent", "lose_answers", "slow", "garbage", "split")
AFTER_THE_REPEAT_RULE = frozenset({11, 13, 14, 17})
BLOCKED = 15
DELAY_S_DEFAULT = 1.0
DELAY_S_MAX = 3600.0
TEXT_CHARACTERS_MAX = 1000
UINT32_MAX = 2**32 - 1


class BadBehaviour(ValueError):
    """A behaviour that cannot be asked for; the message says why."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How requests are met. `times` counts down with each request met so; None means until told otherwise."""

    mode: str = "ok"
    delay_s: float = DELAY_S_DEFAULT
    result_code: int | None = None
    text: str | None = None
    commands: frozenset[str] | None = None
    times: int | None = None

    def told(self, device_id: int | None) -> dict[str, Any]:
        """As it can be put again."""
        return {
            "device_id": device_id,
            "mode": self.mode,
            "delay_s": self.delay_s,
            "result_code": self.result_code,
            "text": self.text,
            "commands": None if self.commands is None else sorted(self.commands),
            "times": self.times,
        }

    def meets(self, command: str) -> bool:
        """Whether it holds for this command."""
        return self.commands is None or command in self.commands

    @property
    def before_the_body(self) -> bool:
        """A connection that is refused before anybody knows which command it would have brought."""
        return self.mode == "down" and self.commands is None

    @property
    def shuts_the_door(self) -> bool:
        """Whether it needs nobody to be let in at all, as long as it holds for every device."""
        return self.before_the_body and self.times is None


WELL = Behaviour()


class Behaviours:
    """One behaviour for all, and those of single devices, which go before it."""

    def __init__(self) -> None:
        self._all = WELL
        self._of: dict[int, Behaviour] = {}

    def set(self, device_id: int | None, behaviour: Behaviour) -> None:
        """Set that of one device, or replace all of them."""
        if device_id is None:
            self._all = behaviour
            self._of.clear()
        else:
            self._of[device_id] = behaviour

    def of(self, device_id: int) -> Behaviour:
        """The behaviour in force, whatever the command."""
        return self._of.get(device_id, self._all)

    @property
    def door_is_shut(self) -> bool:
        """Whether connections are refused: nobody could be served."""
        return self._all.shuts_the_door and all(one.shuts_the_door for one in self._of.values())

    def take(self, device_id: int, command: str) -> Behaviour:
        """How this request is to be met; counts it."""
        behaviour = self.of(device_id)
        if not behaviour.meets(command):
            return WELL
        if behaviour.times is not None:
            left = behaviour.times - 1
            after = replace(behaviour, times=left) if left else WELL
            if device_id in self._of:
                self._of[device_id] = after
            else:
                self._all = after
        return behaviour


def read_behaviour(body: Any) -> tuple[int | None, Behaviour]:
    """The device (None for all) and the behaviour that a JSON body asks for."""
    if not isinstance(body, dict):
        raise BadBehaviour("the body is not an object")
    unknown = set(body) - {"device_id", "mode", "delay_s", "result_code", "text", "commands", "times"}
    if unknown:
        raise BadBehaviour(f"unknown fields: {', '.join(sorted(unknown))}")
    given = {name: value for name, value in body.items() if value is not None}
    if given.get("mode") not in MODES:
        raise BadBehaviour(f"mode is one of {', '.join(MODES)}")
    behaviour = Behaviour(
        mode=given["mode"],
        delay_s=_delay(given.get("delay_s", DELAY_S_DEFAULT)),
        result_code=_whole(given, "result_code", 0) or None,
        text=_text(given.get("text")),
        commands=_commands(given.get("commands")),
        times=_whole(given, "times", 1),
    )
    return _whole(given, "device_id", 0), behaviour


def _whole(given: dict[str, Any], name: str, least: int) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= UINT32_MAX:
        raise BadBehaviour(f"{name} is a whole number from {least} to {UINT32_MAX}")
    return value


def _delay(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= DELAY_S_MAX:
        raise BadBehaviour(f"delay_s is a number of seconds from 0 to {DELAY_S_MAX:.0f}")
    return float(value)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > TEXT_CHARACTERS_MAX:
        raise BadBehaviour(f"text is a text of at most {TEXT_CHARACTERS_MAX} characters")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadBehaviour("text holds half a character") from error
    return value


def _commands(value: Any) -> frozenset[str] | None:
    if value is None:
        return None
    names = set(COMMANDS.values())
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise BadBehaviour("commands is a list of names")
    if not names.issuperset(value):
        raise BadBehaviour(f"commands are {', '.join(sorted(names))}")
    return frozenset(value)
