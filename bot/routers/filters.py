"""Filters that answer within the loop: aiogram asks a plain ``F`` in a thread of its own, which costs a press that
stands behind twenty of them more than everything else.
"""

from __future__ import annotations

from typing import Any

from aiogram import F
from aiogram.filters import Filter
from aiogram.types import TelegramObject
from magic_filter import MagicFilter

from bot.press import Action


class Holds(Filter):
    """Whether this holds of the update."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: TelegramObject) -> bool:
        answer: Any = self._magic.resolve(event)
        return bool(answer)


def press_of(action: Action) -> Holds:
    """Presses of this action's buttons."""
    return Holds(F.data.startswith(f"{action}:"))
