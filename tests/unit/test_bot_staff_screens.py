"""Screens of first starts, people and settings at their worst: in every language Telegram would take them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from html.parser import HTMLParser

import pytest

from bot.press import CALLBACK_BYTES_MAX, Action, unpack
from bot.screens.keys import key_made_screen, keys_screen, revoke_ask_screen
from bot.screens.screen import BUTTON_CHARACTERS_MAX, Screen, from_body, to_body, units
from bot.screens.settings import WRITTEN, setting_ask_screen, settings_screen
from bot.screens.staff import (
    LETTERS,
    card_screen,
    invitation_screen,
    join_ask_screen,
    joined_screen,
    limit_ask_screen,
    people_screen,
    remove_ask_screen,
    told_joined_screen,
)
from bot.screens.welcome import (
    cancelled_start_screen,
    check_screen,
    first_sale_screen,
    first_start_screen,
    opened_screen,
    place_left_screen,
    question_screen,
)
from core.db.people import Person
from core.domain.onboarding import PRACTICE_STEPS, REAL_STEPS, FirstStart
from core.domain.registration import Registration
from core.domain.roles import Limits
from core.texts import LANGUAGES
from core.usecases.api_keys import ApiKey

REGISTER = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"
LAST_CHAT = 2**52 - 1
"""Telegram's ids have at most 52 significant bits."""
TITLE = "<b>&\"'" + "Ә" * 59
ANSWERS = {
    "iin_bin": "131240010479",
    "taxpayer": "<i>" + "Т" * 117,
    "title": TITLE,
    "address": "&" * 160,
    "address_kk": "Қ" * 160,
    "place": [43238949, 76889709],
    "vat": True,
    "okved": "47111",
    "rnm": "0" * 12,
    "znm": "<" * 40,
    "operator": "kazakhtelecom",
    "server": ["a" * 250, 65535],
    "device_id": 2**32 - 1,
}
OF = Registration(
    register_id=REGISTER, organisation_id=REGISTER, link_key="abcdef", title=TITLE, taxpayer="x", iin_bin="1" * 12,
    address="&" * 160, address_kk="<" * 160, okved="47111", latitude=43238949, longitude=76889709, rnm="0" * 12,
    znm="<" * 40, operator="kazakhtelecom", protocol="2.0.3", host="a" * 250, port=65535, device_id=2**32 - 1,
    vat_payer=True, vat_default="16", practice=False,
)  # fmt: skip
KEY = ApiKey("A" * 12, ("read", "sell"), "tiyn_<&>'", datetime(2026, 11, 25, 23, 30, tzinfo=UTC), date(2026, 11, 25))
KEYS = [replace(KEY, scopes=scopes) for scopes in (("read",), ("sell",), ("sell", "read")) for _ in range(7)]
LIMITS = Limits(receipt_max=9_999_999_999, return_max=0, withdrawal_max=None, discount_max=12_345)


def started(step: str, *, practice: bool = False) -> FirstStart:
    return FirstStart(1, REGISTER, practice, step, dict(ANSWERS), 4_294_967_295, version=2**31)


def person(role: str, name: str = TITLE) -> Person:
    return Person(LAST_CHAT, name, "kk", {REGISTER: role}, REGISTER)


def screens(language: str) -> dict[str, Screen]:
    asked = {
        f"{'practice' if practice else 'real'} {step} {unfit}": question_screen(
            language, started(step, practice=practice), own_machine=True, unfit=unfit
        )
        for practice, steps in ((True, PRACTICE_STEPS), (False, REAL_STEPS))
        for step in steps
        for unfit in (True, False)
    }
    crowd = [person(role, f"{TITLE}{place}") for place in range(25) for role in ("cashier", "owner")]
    named = {
        "first": first_start_screen(language),
        "cancelled": cancelled_start_screen(language),
        "problem": check_screen(language, started("check"), "<b>x</b>"),
        "opened": opened_screen(language, OF, copied=True),
        "opened for practice": opened_screen(language, replace(OF, practice=True), copied=False),
        "place left": place_left_screen(language, has_menu=False),
        "place left with a menu": place_left_screen(language, has_menu=True),
        "sale": first_sale_screen(language),
        "people": people_screen(language, TITLE, REGISTER, crowd, "owner"),
        "people of a manager": people_screen(language, TITLE, REGISTER, [person("cashier", " ")], "manager"),
        "card": card_screen(language, TITLE, REGISTER, person("cashier"), LIMITS),
        "remove": remove_ask_screen(language, TITLE, REGISTER, person("viewer")),
        "invitation": invitation_screen(language, TITLE, "manager", "https://t.me/x?start=j_" + "A" * 22),
        "join": join_ask_screen(language, TITLE, "owner", REGISTER),
        "joined": joined_screen(language, TITLE, "cashier"),
        "joined to look": joined_screen(language, TITLE, "viewer"),
        "told": told_joined_screen(language, TITLE, REGISTER, person("manager")),
        "settings": settings_screen(language, OF, owner=True, done=True),
        "settings of practice": settings_screen(language, replace(OF, operator=None), owner=False),
        "keys": keys_screen(language, REGISTER, KEYS, done=True),
        "no keys": keys_screen(language, REGISTER, []),
        "key": key_made_screen(language, replace(KEY, last_used_on=None), "tiyn_" + "<" * 43),
        "revoke": revoke_ask_screen(language, REGISTER, KEY),
        "no other rate": setting_ask_screen(language, replace(OF, vat_payer=False), "vat"),
    }
    limits = {f"limit {one}": limit_ask_screen(language, REGISTER, LAST_CHAT, one, unfit=True) for one in LETTERS}
    settings = {f"ask {one}": setting_ask_screen(language, OF, one, unfit=True) for one in (*WRITTEN, "vat")}
    return asked | named | limits | settings


class Tags(HTMLParser):
    """Telegram's own: a name that somebody gave opens none."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "code") and not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_would_take_every_screen(language: str) -> None:
    for name, screen in screens(language).items():
        tags = Tags()
        tags.feed(screen.text)
        assert tags.open == [], name
        assert units(screen.text) <= 4096, name
        assert from_body(to_body(screen)) == screen, name
        for button in (one for row in screen.buttons for one in row):
            assert 0 < len(button.text) <= BUTTON_CHARACTERS_MAX, (name, button.text)
            if button.data is not None:
                assert len(button.data.encode()) <= CALLBACK_BYTES_MAX and unpack(button.data) is not None, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_an_example_and_a_way_out(language: str) -> None:
    for step in REAL_STEPS[:-1]:
        screen = question_screen(language, started(step), own_machine=False)
        ways = [one.data or "" for row in screen.buttons for one in row]
        assert screen.place == language or any(one.startswith(f"{Action.WELCOME}:cancel") for one in ways), step
        assert "<code>" in screen.text or re.search("Пример|Например|Мысалы|Example", screen.text), step


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_shows_the_token(language: str) -> None:
    assert not any("4294967295" in unescape(one.text) for name, one in screens(language).items() if "token" in name)
    shown = check_screen(language, replace(started("check"), token=1234567)).text
    assert "1234567" not in shown and "•••" in shown


def test_a_manager_sees_no_button_for_what_a_manager_may_not_do() -> None:
    crowd = [person("owner"), replace(person("manager"), chat_id=7), replace(person("cashier"), chat_id=8)]
    buttons = people_screen("ru", "x", REGISTER, crowd, "manager").buttons
    chosen = [unpack(one.data or "").choice for row in buttons for one in row]  # type: ignore[union-attr]
    assert chosen == ["add.cashier", "add.viewer", "card.8"]


def test_the_practice_operator_is_offered_on_ones_own_machine_only() -> None:
    for own, offered in ((True, True), (False, False)):
        screen = question_screen("ru", started("operator"), own_machine=own)
        assert any("Учебный" in one.text for row in screen.buttons for one in row) is offered
