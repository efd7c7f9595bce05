"""The Telegram bot: the only room that imports aiogram, whose import costs seconds (STACK.md)."""
