"""The settings of a register: what may be changed here, what only a new register brings, and each question."""

from __future__ import annotations

from bot.press import Action, pack
from bot.screens.screen import Button, Screen, lines
from bot.screens.wording import safe
from core.domain.onboarding import place_text
from core.domain.registration import Registration
from core.domain.vat import NO_VAT
from core.ofd.operators import OPERATORS
from core.texts import say

VAT_OFFERED = ("16", "10", "5", "0", NO_VAT)
WRITTEN = ("title", "address", "address_kk", "place", "server")
"""Settings that are answered by writing."""


def settings_screen(language: str, of: Registration, *, owner: bool, done: bool = False) -> Screen:
    """Everything as it is, with a button for what this person may change."""
    values: list[tuple[str, str]] = [
        ("title", safe(of.title)),
        ("address", safe(of.address)),
        ("address-kk", safe(of.address_kk)),
        ("vat", vat_text(language, of.vat_default)),
        ("auto-close", say(language, "settings-on" if of.auto_close else "settings-off")),
        ("at-once", say(language, "settings-on" if of.at_once else "settings-off")),
    ]
    fixed = None
    if of.operator is not None:
        values += [
            ("place", place_text([of.latitude, of.longitude])),
            ("operator", OPERATORS[of.operator].name(language)),
            ("server", safe(f"{of.host}:{of.port}")),
        ]
        fixed = say(language, "settings-fixed", rnm=safe(of.rnm), znm=safe(of.znm), device=str(of.device_id))
    told = [
        say(language, "welcome-line", name=say(language, f"settings-name-{name}"), value=value)
        for name, value in values
    ]
    text = lines(
        say(language, "settings-done") if done else None,
        say(language, "settings-head", title=safe(of.title)),
        "",
        *told,
        "",
        say(language, "settings-at-once-means") if of.at_once else None,
        fixed,
    )
    return Screen(text, _buttons(language, of, owner=owner))


def setting_ask_screen(language: str, of: Registration, field: str, *, unfit: bool = False) -> Screen:
    """One question, with what a tap can answer."""
    key = field.replace("_", "-")
    back = (Button(say(language, "welcome-button-back"), pack(Action.SETTINGS, of.register_id, 0, "list")),)
    if field == "vat":
        rates = VAT_OFFERED if of.vat_payer else (NO_VAT,)
        taps = [
            (Button(vat_text(language, one), pack(Action.SETTINGS, of.register_id, 0, f"vat.{one}")),) for one in rates
        ]
        note = None if of.vat_payer else say(language, "settings-not-payer")
        return Screen(lines(say(language, "settings-ask-vat"), note), (*taps, back))
    text = lines(say(language, "welcome-unfit") if unfit else None, say(language, f"settings-ask-{key}"))
    return Screen(text, (back,))


def vat_text(language: str, rate: str) -> str:
    return say(language, "settings-no-vat") if rate == NO_VAT else f"{rate}\u00a0%"


def _buttons(language: str, of: Registration, *, owner: bool) -> tuple[tuple[Button, ...], ...]:
    def button(name: str, choice: str) -> Button:
        words = f"✎ {say(language, f'settings-name-{name}')}"
        return Button(words, pack(Action.SETTINGS, of.register_id, 0, choice))

    def turn(name: str, on: bool) -> tuple[Button, ...]:
        words = say(language, f"settings-{name}-{'off' if on else 'on'}")
        return (Button(words, pack(Action.SETTINGS, of.register_id, 0, f"{name}.{int(not on)}")),)

    rows: list[tuple[Button, ...]] = [
        (button("title", "ask.title"), button("vat", "ask.vat")),
        (button("address", "ask.address"),),
        (button("address-kk", "ask.address_kk"),),
        turn("auto", of.auto_close),
        turn("once", of.at_once),
    ]
    if of.operator is not None:
        ways = (button("place", "ask.place"), *((button("server", "ask.server"),) if owner else ()))
        rows.append(ways)
    if owner:
        rows.append((Button(say(language, "keys-button-settings"), pack(Action.KEYS, of.register_id, 0, "list")),))
    return tuple(rows)
