"""API keys on screens: the list, the one message that shows a key, and the question before it is revoked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.press import Action, pack
from bot.screens.screen import Button, Screen, lines
from bot.screens.wording import safe
from core.clock import ALMATY
from core.texts import say
from core.usecases.api_keys import ApiKey

READ_SELL = {"sell": ("read", "sell"), "read": ("read",)}
"""What the buttons make, by their choice."""


def keys_screen(language: str, register_id: str, keys: Sequence[ApiKey], *, done: bool = False) -> Screen:
    """Every key that opens something, with a button to revoke it."""
    told = [
        say(
            language,
            "keys-line",
            hint=safe(one.hint),
            scopes=scopes_text(language, one.scopes),
            day=f"{one.made_at.astimezone(ALMATY):%d.%m.%Y}",
            used=_used(language, one),
        )
        for one in keys
    ]
    adds = [(_button(language, f"keys-button-add-{one}", register_id, f"add.{one}"),) for one in READ_SELL]
    revokes = [
        (_button(language, "keys-button-revoke", register_id, f"rm.{one.key_id}", hint=one.hint),) for one in keys
    ]
    text = lines(
        say(language, "keys-revoked") if done else None,
        say(language, "keys-head"),
        say(language, "keys-about"),
        "",
        *(told or [say(language, "keys-none")]),
    )
    return Screen(text, (*adds, *revokes))


def key_made_screen(language: str, key: ApiKey, secret: str) -> Screen:
    """The only message that ever shows the key."""
    scopes = scopes_text(language, key.scopes)
    text = say(language, "keys-made", scopes=scopes, secret=safe(secret))
    return Screen(text, ((Button(say(language, "keys-button-copy"), copy=secret),),))


def revoke_ask_screen(language: str, register_id: str, key: ApiKey) -> Screen:
    sure = _button(language, "keys-button-sure", register_id, f"rk.{key.key_id}", style="danger")
    back = _button(language, "keys-button-list", register_id, "list")
    return Screen(say(language, "keys-revoke-ask", hint=safe(key.hint)), ((sure,), (back,)))


def scopes_text(language: str, scopes: Sequence[str]) -> str:
    return say(language, f"keys-scopes-{'-'.join(sorted(scopes))}")


def _used(language: str, key: ApiKey) -> str:
    if key.last_used_on is None:
        return say(language, "keys-unused")
    return say(language, "keys-used", day=f"{key.last_used_on:%d.%m.%Y}")


def _button(
    language: str, words: str, register_id: str, choice: str, *, style: str | None = None, **params: str
) -> Button:
    return Button(say(language, words, **params), pack(Action.KEYS, register_id, 0, choice), style=style)
