"""What travels in a button: one letter of an action, what it is about, and what was chosen. At most 64 bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

CALLBACK_BYTES_MAX = 64
"""core.telegram.org/bots/api#inlinekeyboardbutton: callback_data is 1-64 bytes."""


class Action(StrEnum):
    """Actions on a draft name its id, actions on a document its register and number; `LANE` and `FEE` also what was
    decided. `KEPT` names the code of a receipt's link, which is all that a customer has.
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
    PART = "o"
    COUNT = "n"
    DETAILS = "d"
    FEED = "g"
    COPY = "b"
    PDF = "a"
    KEPT = "u"
    DAY = "h"


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
)
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


_OF_REGISTERS = (*DOCUMENT_ACTIONS, Action.PROBE, Action.LANE, Action.CLOSE_ASK, Action.FEE, Action.DAY)
_NUMBER_DIGITS_MAX = 12


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _NUMBER_DIGITS_MAX
