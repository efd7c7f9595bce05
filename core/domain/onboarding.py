"""The first start as a small state machine: which question comes next, and what an answer must look like. Pure.

An answer that does not fit is refused with ``ANSWER_UNFIT`` and the name of its question; nothing moves then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Any

from core.domain.iin_bin import is_iin_bin
from core.errors import Refused

TITLE, VAT, CHECK = "title", "vat", "check"
PLACE, OPERATOR, SERVER, TOKEN = "place", "operator", "server", "token"
PRACTICE_STEPS = (TITLE, VAT, CHECK)
REAL_STEPS = (
    "iin_bin",
    "taxpayer",
    TITLE,
    "address",
    "address_kk",
    PLACE,
    VAT,
    "okved",
    "rnm",
    "znm",
    OPERATOR,
    SERVER,
    "device_id",
    TOKEN,
    CHECK,
)
TEXT_CHARACTERS_MAX = {TITLE: 64, "taxpayer": 120, "address": 160, "address_kk": 160, "znm": 40}
DEGREE = 1_000_000
"""Places are kept in millionths of a degree, as the wire takes them."""
KAZAKHSTAN = ((40, 56), (46, 88))
"""Latitudes and longitudes, generously: a pair in the wrong order is outside."""
_NUMBER = r"(\d{1,3})(?:[.,](\d{1,9}))?"
_PLACE = re.compile(rf"\s*{_NUMBER}\s*(?:[,;]\s*|\s+){_NUMBER}\s*")
_SERVER = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9.\-]{0,250}[A-Za-z0-9])?)(?:\s*:\s*|\s+)(\d{1,5})\s*")
_NUMBER_ENDS = {"device_id": 2**32, TOKEN: 2**32}


@dataclass(frozen=True, slots=True)
class FirstStart:
    """How far somebody came. ``version`` counts the moves; ``origin`` names the update that made the last one, so that
    the same update handled twice moves once. The register's id is drawn before the register is made.
    """

    chat_id: int
    register_id: str
    practice: bool
    step: str
    answers: dict[str, Any] = field(default_factory=dict)
    token: int | None = field(default=None, repr=False)
    reviewing: bool = False
    version: int = 1
    origin: str = ""

    @property
    def steps(self) -> tuple[str, ...]:
        return PRACTICE_STEPS if self.practice else REAL_STEPS

    @property
    def is_complete(self) -> bool:
        """Whether every question has its answer."""
        return all(step in self.answers for step in self.steps if step not in (CHECK, TOKEN)) and (
            self.practice or self.token is not None
        )


def begin(chat_id: int, register_id: str, origin: str, *, practice: bool) -> FirstStart:
    """The first question."""
    steps = PRACTICE_STEPS if practice else REAL_STEPS
    return FirstStart(chat_id, register_id, practice, steps[0], origin=origin)


def answered(now: FirstStart, value: Any, origin: str) -> FirstStart:
    """The answer is kept and the next question asked; while reviewing it is the whole list again."""
    assert now.step != CHECK
    step = CHECK if now.reviewing and now.is_complete else now.steps[now.steps.index(now.step) + 1]
    moved = replace(now, step=step, reviewing=now.reviewing or step == CHECK, version=now.version + 1, origin=origin)
    if now.step == TOKEN:
        return replace(moved, token=int(value))
    return replace(moved, answers={**now.answers, now.step: value})


def went_back(now: FirstStart, origin: str) -> FirstStart:
    """The question before, or the same one where there is none."""
    place = now.steps.index(now.step)
    return replace(now, step=now.steps[max(0, place - 1)], reviewing=False, version=now.version + 1, origin=origin)


def changing(now: FirstStart, step: str, origin: str) -> FirstStart:
    """One answer of the list is to be given anew."""
    if step not in now.steps or step == CHECK:
        raise Refused("ANSWER_UNFIT", field=step[:20])
    return replace(now, step=step, reviewing=True, version=now.version + 1, origin=origin)


def read_answer(step: str, text: str, *, own_machine: bool = False) -> Any:
    """The value of a written answer. ``own_machine`` lets an operator stand on this very machine, as in a sandbox."""
    plain = " ".join(text.split())
    if step in TEXT_CHARACTERS_MAX:
        return _checked(step, plain, 1 <= len(plain) <= TEXT_CHARACTERS_MAX[step] and plain.isprintable())
    digits = re.sub(r"(?<=\d)[ \-](?=\d)", "", plain)
    match step:
        case "iin_bin":
            return _checked(step, digits, is_iin_bin(digits))
        case "rnm":
            return _checked(step, digits, re.fullmatch("[0-9]{12}", digits) is not None)
        case "okved":
            code = digits.replace(".", "")
            return _checked(step, code, re.fullmatch("[0-9]{5}", code) is not None)
        case "device_id" | "token":
            fits = re.fullmatch("[0-9]{1,10}", digits) is not None and 0 < int(digits) < _NUMBER_ENDS[step]
            return int(_checked(step, digits, fits))
        case "place":
            found = _PLACE.fullmatch(plain)
            return _place(found) if found else _checked(step, None, False)
        case "server":
            return _server(plain, own_machine=own_machine)
    raise Refused("ANSWER_UNFIT", field=step)


def check_place(latitude: int, longitude: int) -> list[int]:
    """A place in millionths of a degree, if it is in Kazakhstan."""
    (south, north), (west, east) = KAZAKHSTAN
    fits = south * DEGREE <= latitude <= north * DEGREE and west * DEGREE <= longitude <= east * DEGREE
    return _checked(PLACE, [latitude, longitude], fits)  # type: ignore[no-any-return]


def server_text(server: list[Any]) -> str:
    """`ofd.example.kz:7777`."""
    return f"{server[0]}:{server[1]}"


def place_text(place: list[int]) -> str:
    """`43.238949, 76.889709`."""
    return ", ".join(f"{one // DEGREE}.{one % DEGREE:06}" for one in place)


def _place(found: re.Match[str]) -> list[int]:
    latitude, longitude = (
        int(whole) * DEGREE + int((part or "")[:6].ljust(6, "0"))
        for whole, part in ((found[1], found[2]), (found[3], found[4]))
    )
    return check_place(latitude, longitude)


def _server(plain: str, *, own_machine: bool) -> list[Any]:
    """Host and port; an address inside somebody's own network is no operator's and is never dialled."""
    found = _SERVER.fullmatch(plain)
    host, port = (found[1].lower(), int(found[2])) if found else ("", 0)
    fits = 0 < port < 2**16 and ".." not in host and (own_machine or _is_public(host))
    return _checked(SERVER, [host, port], fits)  # type: ignore[no-any-return]


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        last = host.rsplit(".", 1)[-1]
        return "." in host and not last.isdigit() and last not in ("local", "localhost", "internal", "lan", "home")


def _checked(step: str, value: Any, fits: bool) -> Any:
    if not fits:
        raise Refused("ANSWER_UNFIT", field=step)
    return value
