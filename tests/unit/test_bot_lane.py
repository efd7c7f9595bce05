"""Screens of a register that stands: who may decide is given the buttons, and every language says what they mean."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.people import Speaker
from bot.phrases import TokenPhrase, phrase, token_phrase
from bot.press import Action, Press, unpack
from bot.routers.fees import day_said, wish_of
from bot.screens.cause import Choice, Deciding, FeeChoice, Look, stopped_number
from bot.screens.lane import (
    ENCODED,
    after_screen,
    encode_ask_screen,
    probe_screen,
    refused_screen,
    settle_ask_screen,
    trouble_screen,
    wants_token,
)
from bot.screens.news import close_refused_screen, closes_soon_screen, difference_screen
from bot.screens.refusal import refusal_key
from bot.screens.screen import BUTTON_CHARACTERS_MAX, Screen, from_body, to_body
from bot.toasts import toast_text
from core.clock import ALMATY
from core.domain.cause import Standing
from core.domain.paid_day import read_paid_day
from core.domain.register import Block
from core.domain.registration import PROTOCOL_VERSIONS, Registration
from core.errors import Refused
from core.texts import LANGUAGES
from core.usecases.probes import Probe
from core.usecases.registers import LaneView, RegisterView

REGISTER = "018f4e3a-5b6c-7d8e-9f01-23456789abcd"
NOW = datetime(2026, 11, 23, 14, 32, 5, tzinfo=ALMATY)
OWNER, CASHIER = Deciding(may=True), Deciding(may=False, names=("Ерлан <b>", "Дана"))
RUNNING = LaneView(False, None, None)
STOPPED = LaneView(True, 13, "<неверно>")


def register(
    *, lane: LaneView = RUNNING, reason: str | None = None, mode: str = "online", unsent: int = 0
) -> RegisterView:
    registration = Registration(
        register_id=REGISTER, organisation_id="o", link_key="k", title="Дүкен <b>", taxpayer="ТОО",
        iin_bin="131240010479", address="а", address_kk="а", okved="47.11", latitude=0, longitude=0,
        rnm="600000000001", znm="z", operator="transtelecom", protocol="2.0.3", host="127.0.0.1", port=1, device_id=1,
        vat_payer=True, vat_default="16", practice=False, auto_close=True,
    )  # fmt: skip
    block = None if reason is None else Block(reason, "<слова>", NOW)
    return RegisterView(
        registration=registration, state="active" if block is None else "blocked", block=block, mode=mode,
        autonomous_since=None, autonomous_until=None, reason=None, unsent=unsent, pending=None, lane=lane, shift=None,
        cash=0, last_document=9, chain_head="ab",
    )  # fmt: skip


def at(state: RegisterView, deciding: Deciding = OWNER) -> Look:
    return Look(state, NOW, deciding)


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_72_hours_it_is_told_what_waits_and_the_operator_can_be_asked(language: str) -> None:
    over = replace(register(mode="autonomous", unsent=3), autonomous_until=NOW, reason="no_link")
    assert at(over).situation.standing is Standing.AUTONOMOUS, "exactly 72 h still pass"
    later = Look(over, NOW + timedelta(seconds=1), OWNER)
    assert later.situation.standing is Standing.LIMIT
    screen = refused_screen(language, refusal_key(Refused("AUTONOMOUS_TOO_LONG")), later)
    assert "3" in screen.text and presses(screen)[0] == (Action.PROBE, "", 0) and not screen.silent


def stop(language: str, code: int, deciding: Deciding) -> Screen:
    state = register(lane=LaneView(True, code, "не то"), mode="autonomous", unsent=4)
    return trouble_screen(language, "news-stopped", at(replace(state, last_document=6), deciding))


def block(language: str, reason: str, deciding: Deciding, words: str = "") -> Screen:
    state = replace(register(reason=reason, unsent=2), autonomous_until=NOW + timedelta(hours=5))
    state = replace(state, block=Block(reason, words or reason, NOW))
    return trouble_screen(language, "news-blocked", at(state, deciding))


def presses(screen: Screen) -> list[tuple[Action, str, int]]:
    found = [unpack(one.data or "") for row in screen.buttons for one in row]
    return [(one.action, one.choice, one.number) for one in found if one is not None]


def screens(language: str) -> dict[str, Screen]:
    found: dict[str, Screen] = {"ask": settle_ask_screen(language, REGISTER, 3)}
    found["other version"] = encode_ask_screen(language, REGISTER, 999_999_999_999, "2.0.3", "2.0.4")
    refusals = [refusal_key(Refused(code)) for code in ("LANE_STOPPED", "REGISTER_BLOCKED", "SHIFT_TOO_LONG")]
    for who, deciding in (("owner", OWNER), ("cashier", CASHIER), ("nobody", Deciding(may=False))):
        for code in (2, 13):
            found[f"stop {code} {who}"] = stop(language, code, deciding)
            state = register(lane=LaneView(True, code, None), mode="autonomous", unsent=2)
            found[f"after stop {code} {who}"] = after_screen(language, "…", at(state, deciding))
        for reason in ("blocked", "bad_token", "numbering", "service", "restored"):
            found[f"block {reason} {who}"] = block(language, reason, deciding)
            state = register(reason=reason, unsent=2)
            found[f"after block {reason} {who}"] = after_screen(language, None, at(state, deciding))
            for refusal in refusals:
                found[f"{refusal} {reason} {who}"] = refused_screen(language, refusal, at(state, deciding))
    found["after: autonomous"] = after_screen(language, "…", at(register(mode="autonomous", unsent=5)))
    found["after: fine"] = after_screen(language, "…", at(register()))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_short_harmless_and_stored_as_it_is(language: str) -> None:
    for name, screen in screens(language).items():
        assert from_body(to_body(screen)) == screen, name
        assert set(re.findall(r"<[^>]*>", screen.text)) <= {"<b>", "</b>", "<code>", "</code>"}, name
        assert all(len(one.text) <= BUTTON_CHARACTERS_MAX for row in screen.buttons for one in row), name
        assert "настройк" not in screen.text and "баптау" not in screen.text and "settings" not in screen.text, name


def test_kazakh_screens_have_no_russian_words() -> None:
    russian = ("повторить", "уладил", "касса работает", "очередь", "владел", "нажмите", "что сделать", "токен и ")
    for name, screen in screens("kk").items():
        words = " ".join([screen.text, *(one.text for row in screen.buttons for one in row)]).lower()
        assert [word for word in russian if word in words] == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_who_decides_has_the_buttons_of_a_stopped_lane(language: str) -> None:
    retry, settle = (Action.LANE, "retry", 0), (Action.LANE, "settle", 3)
    assert presses(stop(language, 13, OWNER)) == [retry, settle, (Action.LANE, "encode", 3)]
    assert presses(stop(language, 2, OWNER)) == [retry, settle], "another version helps no unknown token"
    assert presses(stop(language, 13, CASHIER)) == []
    assert "Ерлан &lt;b&gt;, Дана" in stop(language, 13, CASHIER).text


@pytest.mark.parametrize(
    ("reason", "owners", "cashiers"),
    [
        (
            "blocked",
            [(Action.PROBE, "", 0), (Action.FEE, "how", 0), (Action.FEE, "ask", 0)],
            [(Action.PROBE, "", 0), (Action.FEE, "how", 0)],
        ),
        ("bad_token", [(Action.LANE, "retry", 0)], []),
        ("numbering", [(Action.LANE, "retry", 0)], []),
        ("service", [(Action.LANE, "retry", 0)], []),
        ("restored", [], []),
    ],
)
def test_a_block_that_only_a_person_lifts_has_retry_and_no_probe(
    reason: str, owners: list[Any], cashiers: list[Any]
) -> None:
    assert presses(block("ru", reason, OWNER)) == owners and presses(block("ru", reason, CASHIER)) == cashiers


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_token_asks_for_the_new_one_as_a_message(language: str) -> None:
    word = "token" if language == "en" else "токен"
    for screen in (stop(language, 2, OWNER), block(language, "bad_token", OWNER)):
        assert f"<code>{word} 123456789</code>" in screen.text
    assert "123456789" not in stop(language, 2, CASHIER).text


def test_a_block_without_words_of_the_operator_shows_no_code_of_ours() -> None:
    screen = block("ru", "bad_token", OWNER)
    assert "bad_token" not in screen.text and "Причина: ОФД не узнал токен кассы." in screen.text
    assert "«оплатите &lt;b&gt;»" in block("ru", "blocked", OWNER, "оплатите <b>").text


def test_the_confirmation_names_the_document_and_what_cannot_be_undone() -> None:
    screen = settle_ask_screen("ru", REGISTER, 3)
    assert "№ 3" in screen.text and "Отменить это решение нельзя" in screen.text
    assert presses(screen) == [(Action.LANE, "settled", 3), (Action.LANE, "leave", 3)]


def test_every_version_of_the_protocol_has_its_answer() -> None:
    assert set(ENCODED) == set(PROTOCOL_VERSIONS)
    screen = encode_ask_screen("ru", REGISTER, 3, "2.0.4", "2.0.3")
    assert presses(screen) == [(Action.LANE, "in-2.0.3", 3), (Action.LANE, "leave", 3)]


def silent(state: RegisterView) -> RegisterView:
    return replace(state, lane=LaneView(False, None, None, "timeout", 3))


@pytest.mark.parametrize(
    ("before", "after", "words", "first"),
    [
        (register(reason="blocked"), register(), "всё отправлено.</b> Продавайте", None),
        (register(mode="autonomous", unsent=2), register(), "всё отправлено.</b> Продавайте", None),
        (register(), register(), "касса на связи, всё в порядке", None),
        (register(), silent(register()), "ОФД сейчас не ответил. В очереди ничего нет", None),
        (register(mode="autonomous", unsent=9), register(mode="autonomous", unsent=4), "4 документа", None),
        (register(reason="blocked"), register(reason="blocked"), "кассу не разблокировал", Action.PROBE),
        (register(reason="blocked"), register(reason="service"), "исправьте причину в кабинете", Action.LANE),
        (register(), register(lane=STOPPED, unsent=2), "не принял документ № 8", Action.LANE),
        (register(), silent(register(mode="autonomous", unsent=5)), "ждут отправки 5 документов", Action.PROBE),
    ],
)
def test_a_question_is_answered_with_what_came_of_it(
    before: RegisterView, after: RegisterView, words: str, first: Action | None
) -> None:
    after = after if after.mode == "online" else replace(after, autonomous_until=NOW + timedelta(hours=5))
    screen = probe_screen("ru", Probe(before, after), at(after))
    assert words in screen.text
    assert [action for action, _, _ in presses(screen)][:1] == ([] if first is None else [first])


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_asks_too_soon_is_told_so_and_how_it_stands(language: str) -> None:
    state = silent(register(mode="autonomous", unsent=5))
    screen = probe_screen(language, Probe(state, state, too_soon=True), at(state))
    assert "5" in screen.text.split("\n")[0] and len(screen.text.split("\n")) > 2


def test_a_stopped_lane_stands_at_the_first_document_that_was_not_confirmed() -> None:
    assert stopped_number(register(lane=STOPPED, unsent=2)) == 8
    assert "№ 8" in after_screen("ru", None, at(register(lane=STOPPED, unsent=2))).text


def test_a_token_is_wanted_only_where_the_operator_did_not_know_ours() -> None:
    assert wants_token(register(reason="bad_token")) and wants_token(register(lane=LaneView(True, 2, None)))
    assert not wants_token(register()) and not wants_token(register(lane=STOPPED))
    assert not wants_token(register(reason="service"))


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("токен 123456789", 123456789),
        ("Токен: 1", 1),
        ("TOKEN = 4294967295", 2**32 - 1),
        ("новый токен 123 456 789", 123456789),
        ("жаңа токен №42", 42),
        ("вот мой токен из кабинета 123456789 спасибо", 123456789),
        ("токен", None),
        ("токен 0", None),
        ("токен 4294967296", None),
        ("токен -5", None),
        ("токен abc", None),
        ("токен ١٢٣", None),
        ("токен 99999999999999999999999", None),
    ],
)
def test_a_token_is_read_and_never_a_sale(text: str, token: int | None) -> None:
    assert phrase(text) is None
    assert token_phrase(text) == TokenPhrase(token)


@pytest.mark.parametrize(
    "text", ["кофе 800", "токен моечный 500", "жетон 500", "2 токен 500, нан 350", "", "tokenize 5"]
)
def test_a_sale_is_no_token(text: str) -> None:
    assert token_phrase(text) is None


def test_a_token_is_not_written_by_chance() -> None:
    assert "123456789" not in repr(token_phrase("токен 123456789"))


@pytest.mark.parametrize(
    ("role", "choice", "words"),
    [
        ("owner", Choice.RETRY, "Отправляю ещё раз"),
        ("manager", Choice.SETTLE, "Проверьте и подтвердите"),
        ("owner", Choice.SETTLED, "Записываю: документ № 3 улажен"),
        ("cashier", Choice.RETRY, "Решает владелец или управляющий"),
        ("owner", "forged", "Готово"),
    ],
)
def test_a_press_is_answered_with_what_comes_of_it(role: str, choice: str, words: str) -> None:
    speaker = Speaker(501, "ru", roles={REGISTER: role})
    assert toast_text(speaker, Press(Action.LANE, REGISTER.replace("-", ""), 3, choice), None) == words


@pytest.mark.parametrize(
    ("role", "choice", "words"),
    [
        ("viewer", FeeChoice.HOW, "Показываю, как оплатить"),
        ("owner", FeeChoice.ASK, "Напишите дату"),
        ("manager", FeeChoice.SET, "Записываю"),
        ("cashier", FeeChoice.SET, "Решает владелец или управляющий"),
        ("cashier", "forged", "Решает владелец или управляющий"),
    ],
)
def test_a_press_about_the_fee_is_answered_by_who_presses(role: str, choice: str, words: str) -> None:
    speaker = Speaker(501, "ru", roles={REGISTER: role})
    assert toast_text(speaker, Press(Action.FEE, REGISTER.replace("-", ""), 20261130, choice), None) == words
    stranger = Speaker(503, "ru")
    assert toast_text(stranger, Press(Action.FEE, REGISTER.replace("-", "")), None) == "Нет прав на этой кассе"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("касса", "state"), ("Состояние!", "state"), ("касса күйі", "state"), ("status", "state"),
        ("Как оплатить?", "pay"), ("оплатить ОФД", "pay"), ("қалай төлеймін", "pay"), ("how to pay", "pay"),
        ("касса 800", None), ("как оплатить кофе 800", None), ("оплата 500", None), ("status 5", None), ("", None),
    ],
)  # fmt: skip
def test_words_for_the_state_and_the_fee_are_no_sale_and_a_sale_is_none_of_them(text: str, wish: str | None) -> None:
    assert wish_of(text) == wish
    assert wish is None or (phrase(text) is None and day_said(text) is None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ОФД оплачен до 30.11", "2026-11-30"),
        ("оплатил офд на год", "2027-11-23"),
        ("ФДО 30 қарашаға дейін төленді", "2026-11-30"),
        ("paid until 30 November", "2026-11-30"),
        ("оплатил за кофе 800", None),
        ("нан 200 төленді", None),
        ("paid for coffee 800", None),
    ],
)
def test_a_paid_day_is_heard_without_being_asked_for(text: str, day: str | None) -> None:
    said = day_said(text)
    assert said is not None
    found = read_paid_day(said, NOW.date())
    assert (None if found is None else found.isoformat()) == day


def test_the_end_of_a_shift_says_whether_anybody_needs_to_act() -> None:
    warned = closes_soon_screen("ru", register_id=REGISTER, title="Д", until=NOW, auto_close=False)
    told = closes_soon_screen("ru", register_id=REGISTER, title="Д", until=NOW, auto_close=True)
    assert "Закройте её до 23.11 14:32" in warned.text and "закроется сама" in told.text
    assert presses(warned) == presses(told) == [(Action.CLOSE_ASK, "", 0)]


def test_a_refused_close_says_what_the_operator_said_and_offers_the_close() -> None:
    screen = close_refused_screen("ru", register_id=REGISTER, title="Д", shift=3, code=14, words="нет денег")
    assert "смена № 3 сама не закрылась" in screen.text and "нет денег (код 14)" in screen.text
    assert presses(screen) == [(Action.CLOSE_ASK, "", 0)]


def test_a_comparison_that_the_operator_refused_is_told_with_its_code() -> None:
    screen = difference_screen("ru", title="Д", count=0, code=13, words="нет")
    assert "нет (код 13)" in screen.text and "Расхождений" not in screen.text
