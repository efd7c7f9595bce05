"""Pictures that Telegram has: one that stays the same under another caption is neither drawn nor sent again."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from core.reports.evening_picture import Picture, to_facts

PHOTOS_KEPT_MAX = 512
_REFUSALS = ("wrong file identifier", "wrong remote file identifier", "wrong file_id", "file_reference")


class Photos:
    """What Telegram calls the pictures that this process has sent; nothing is lost with it."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, str] = OrderedDict()

    def of(self, picture: Picture) -> str | None:
        """Its file id, if Telegram has it."""
        return self._known.get(_name(picture))

    def keep(self, picture: Picture, shown: Message | bool) -> None:
        """Telegram has taken it with this message."""
        if isinstance(shown, Message) and shown.photo:
            self._known[_name(picture)] = shown.photo[-1].file_id
            while len(self._known) > PHOTOS_KEPT_MAX:
                self._known.popitem(last=False)

    def forget(self, picture: Picture) -> None:
        """Telegram does not know it any more."""
        self._known.pop(_name(picture), None)


def is_unknown_file(error: TelegramBadRequest) -> bool:
    """Whether a file id was refused, and not the rest of the message."""
    return any(words in error.message.casefold() for words in _REFUSALS)


def _name(picture: Picture) -> str:
    return hashlib.sha256(json.dumps(to_facts(picture), sort_keys=True).encode()).hexdigest()
