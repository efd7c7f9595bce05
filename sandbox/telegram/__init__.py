"""A strict Telegram for the sandbox: the real aiogram talks to it, people chat with the bot in the browser."""

from __future__ import annotations

from sandbox.telegram.errors import BotApiError, PersonError
from sandbox.telegram.server import TelegramServer

__all__ = ["BotApiError", "PersonError", "TelegramServer"]
