"""What the two sides are told when something is refused.

TelegramSandboxError
├── BotApiError    the bot's side: Telegram's own words and code
└── PersonError    the person's side: RFC 9457, as CONTRACT.md asks
"""

from __future__ import annotations


class TelegramSandboxError(Exception):
    """Something was refused; nothing was changed."""


class BotApiError(TelegramSandboxError):
    """A refusal in Telegram's words; `retry_after_s` goes into `parameters` as Telegram does on 429."""

    def __init__(self, code: int, description: str, *, retry_after_s: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after_s = retry_after_s


class PersonError(TelegramSandboxError):
    """A refusal to the person's side: HTTP status, stable code and the key of the text in `words`."""

    def __init__(self, status: int, code: str, text: str, **params: object) -> None:
        super().__init__(f"{code}: {text} {params}")
        self.status = status
        self.code = code
        self.text = text
        self.params = params


def bad_request(description: str) -> BotApiError:
    return BotApiError(400, f"Bad Request: {description}")


def not_found(what: str, **params: object) -> PersonError:
    return PersonError(404, "NOT_FOUND", what, **params)


def invalid(text: str, **params: object) -> PersonError:
    return PersonError(400, "VALIDATION", text, **params)
