"""What travels in a button: one letter of an action, what it is about, and what was chosen. At most 64 bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

CALLBACK_BYTES_MAX = 64
"""core.telegram.org/bots/api#inlinekeyboardbutton: callback_data is 1-64 bytes."""


class Action(StrEnum):
    """Actions on a draft name its id, actions on a document its register and number; `LANE` and `FEE` also what was
    decided. `JOIN` names an invitation, which is no secret; `WELCOME` the answer and which move it answers; `KEPT` the
    code of a receipt's link, which is all that a customer has.
    """

    SALE = "s"
    READING = "v"
    CANCEL = "x"
    CASH = "c"
    RETURN_ASK = "r"
    RETURN = "y"
    CLOSE = "z"
    QR = "q"
    PROBE = "p"
    LANE = "k"
    CLOSE_ASK = "w"
    FEE = "f"
    LANGUAGE = "l"
    EXAMPLE = "e"
    CART = "b"
    GOODS = "g"
    DRILL = "drill"
    WELCOME = "n"
    JOIN = "j"
    PEOPLE = "u"
    SETTINGS = "o"
    KEYS = "keys"
    PART = "part"
    COUNT = "count"
    DETAILS = "why"
    FEED = "feed"
    COPY = "copy"
    PDF = "pdf"
    KEPT = "kept"
    DAY = "day"
    EXPORT = "exp"
    EVENING = "eve"


class Tap(StrEnum):
    """What a tap on a cart asks for; the first letter of the button's choice, its number is the button's."""

    HOME = "h"
    PAGE = "n"
    SECTIONS = "s"
    SECTION = "o"
    ADD = "t"
    KEYPAD = "k"
    DIGIT = "d"
    ENTER = "e"
    LINES = "l"
    LINE = "i"
    MORE = "p"
    LESS = "m"
    REMOVE = "r"
    DISCOUNT = "g"
    PERCENT = "c"
    PAY = "y"
    CLEAR = "z"


DRAFT_ACTIONS = (
    Action.SALE,
    Action.READING,
    Action.CANCEL,
    Action.CASH,
    Action.RETURN,
    Action.CLOSE,
    Action.PART,
    Action.COUNT,
    Action.FEED,
    Action.EVENING,
)
TAP_ACTIONS = (Action.CART, Action.GOODS)
"""Actions on a draft that changes by taps; what the tap asks for stands in `choice`."""
DOCUMENT_ACTIONS = (Action.RETURN_ASK, Action.QR, Action.DETAILS, Action.COPY, Action.PDF)


@dataclass(frozen=True, slots=True)
class Press:
    """A button read back. Whoever presses is checked anew; nothing here is trusted."""

    action: Action
    subject: str = ""
    reading: int = 0
    choice: str = ""

    @property
    def register_id(self) -> str:
        """The register of an action on a document or a register."""
        return str(UUID(hex=self.subject))

    @property
    def number(self) -> int:
        """The document's number of an action on a document."""
        return self.reading


def pack(action: Action, subject: str = "", reading: int = 0, choice: str = "") -> str:
    """The data of a button; `subject` may be a register's id as it is written elsewhere."""
    data = f"{action}:{subject.replace('-', '') if action in _OF_REGISTERS else subject}:{reading}:{choice}"
    assert len(data.encode()) <= CALLBACK_BYTES_MAX, data
    return data


def unpack(data: str) -> Press | None:
    """The press of such data, or ``None`` for what is no button of ours."""
    parts = data.split(":")
    if len(parts) != 4 or parts[0] not in set(Action) or not _is_number(parts[2]):
        return None
    press = Press(Action(parts[0]), parts[1], int(parts[2]), parts[3])
    if press.action in _OF_REGISTERS:
        try:
            UUID(hex=press.subject)
        except ValueError:
            return None
    return press


_OF_REGISTERS = (
    *DOCUMENT_ACTIONS,
    Action.PROBE,
    Action.LANE,
    Action.CLOSE_ASK,
    Action.FEE,
    Action.DRILL,
    Action.DAY,
    Action.JOIN,
    Action.PEOPLE,
    Action.SETTINGS,
    Action.KEYS,
    Action.EXPORT,
)
_NUMBER_DIGITS_MAX = 12


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _NUMBER_DIGITS_MAX
