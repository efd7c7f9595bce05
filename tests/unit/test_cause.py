"""The cause of trouble: every state gives one thing to do, and the words for it in three languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.press import unpack
from bot.screens.cause import Deciding, Look, duration_words, situation_buttons, situation_text
from bot.screens.fee import ask_day_screen, day_set_screen, how_to_pay_screen, reminder_screen, state_screen
from bot.screens.lane import trouble_screen
from bot.screens.screen import TEXT_UNITS_MAX, units
from core.clock import ALMATY
from core.domain.cause import Cause, Facts, Mender, Standing, Todo, Unpaid, diagnose
from core.domain.counters import Counters
from core.domain.register import Block, Shift
from core.domain.registration import Registration
from core.ofd.operators import OPERATORS
from core.texts import LANGUAGES
from core.usecases.registers import LaneView, RegisterView, situation_of

NOW = datetime(2026, 11, 23, 14, 32, 5, tzinfo=ALMATY)
REGISTER = "018f4e3a-5b6c-7d8e-9f01-23456789abcd"
REASONS = tuple(one for one in Cause if one is not Cause.REJECTED)
HEADLINES = (
    "news-autonomous", "news-blocked", "news-stopped", "news-ending", "news-limit", "news-silent", "news-shift-over",
)  # fmt: skip
LINES_MAX = 6
moments = st.integers(-90 * 60, 90 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes, seconds=7))
reasons = st.one_of(st.none(), st.sampled_from([*map(str, Cause), "resolving", "something_new"]))
facts = st.builds(
    Facts,
    now=st.just(NOW),
    mode=st.sampled_from(["online", "autonomous"]),
    reason=reasons,
    block_reason=reasons,
    lane_stopped=st.booleans(),
    lane_code=st.one_of(st.none(), st.integers(0, 255)),
    lane_cause=reasons,
    waiting=st.integers(0, 100_000),
    since=st.one_of(st.none(), moments),
    until=st.one_of(st.none(), moments),
    limit_reached=st.booleans(),
    shift_until=st.one_of(st.none(), moments),
    last_made_at=st.one_of(st.none(), moments),
    paid_until=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2029, 12, 31))),
    has_fee=st.booleans(),
)


def view_of(one: Facts, operator: str) -> RegisterView:
    """A register with these facts."""
    registration = Registration(
        register_id=REGISTER, organisation_id="o", link_key="k", title="Дүкен <b>", taxpayer="ТОО",
        iin_bin="131240010479", address="а", address_kk="а", okved="47.11", latitude=0, longitude=0,
        rnm="600000000001", znm="z", operator=operator if one.has_fee else None, protocol="2.0.3", host="127.0.0.1",
        port=1, device_id=1, vat_payer=True, vat_default="16", practice=False, paid_until=one.paid_until,
    )  # fmt: skip
    opened = None if one.shift_until is None else one.shift_until - timedelta(hours=24)
    return RegisterView(
        registration=registration, state="active",
        block=None if one.block_reason is None else Block(one.block_reason, "<слова>", NOW), mode=one.mode,
        autonomous_since=one.since, autonomous_until=one.until, reason=one.reason, unsent=one.waiting, pending=None,
        lane=LaneView(one.lane_stopped, one.lane_code, "<нет>", one.lane_cause),
        shift=None if opened is None else Shift(3, opened, {}, Counters()), cash=0,
        last_document=one.waiting, chain_head="ab", limit_reached=one.limit_reached, last_made_at=one.last_made_at,
    )  # fmt: skip


@settings(deadline=None)
@given(facts)
def test_every_state_has_one_thing_to_do_and_somebody_who_can(one: Facts) -> None:
    found = diagnose(one)
    assert (found.todo is Todo.NOTHING) == (found.standing is Standing.ONLINE)
    assert (found.mender is Mender.NOBODY) == (found.todo in (Todo.NOTHING, Todo.WAIT))
    assert (found.cause is None) == (found.standing is Standing.ONLINE)
    assert found.sells == (found.standing in (Standing.ONLINE, Standing.AUTONOMOUS))
    assert found.left is None or found.left >= timedelta(0)
    assert found.unpaid is Unpaid.NO or one.has_fee
    if found.todo in (Todo.PAY, Todo.CHECK_FEE):
        assert found.unpaid is not Unpaid.NO


RUSSIAN = re.compile(
    r"\b(?:причина|продавайте|новых|чеков|закрыть|похоже|оплачен|срок|сделать|нажмите|осталось|ждут|ждёт|касса на|"
    r"не знаю|позовите|смена|очередь|дней|часа)\b"
)


@settings(deadline=None)
@given(facts, st.sampled_from(sorted(OPERATORS)), st.booleans(), st.sampled_from(HEADLINES))
def test_every_state_is_told_shortly_in_three_languages(one: Facts, operator: str, may: bool, headline: str) -> None:
    look = Look(view_of(one, operator), NOW, Deciding(may, () if may else ("Ерлан <b>",)))
    assert look.situation == diagnose(one), "what is shown is what was diagnosed"
    said = set()
    for language in LANGUAGES:
        screen = trouble_screen(language, headline, look)
        text = screen.text
        assert 2 <= len(text.split("\n")) <= LINES_MAX and units(text) <= TEXT_UNITS_MAX
        assert all(line.strip() for line in text.split("\n"))
        assert set(re.findall(r"<[^>]*>", text)) <= {"<b>", "</b>", "<code>", "</code>"}
        assert sum(text.count(word) for word in ("Что сделать:", "Не істеу керек:", "What to do:")) == 1
        if language == "kk":
            words = " ".join([text, *(button.text for row in screen.buttons for button in row)]).lower()
            assert RUSSIAN.findall(words.replace("дүкен &lt;b&gt;", "")) == []
        for button in (one for row in screen.buttons for one in row):
            assert unpack(button.data or "") is not None
        if look.situation.mender is Mender.DECIDER and not may:
            assert screen.buttons == () and "Ерлан &lt;b&gt;" in text
        said.add(text)
        assert state_screen(language, look).text and how_to_pay_screen(language, look).text
    assert len(said) == len(LANGUAGES)


def autonomous(**more: Any) -> Facts:
    begun = more.pop("begun", timedelta(0))
    since = NOW - begun
    until = since + timedelta(hours=72)
    given = {"reason": "timeout", "waiting": 14, **more}
    return Facts(now=NOW, mode="autonomous", since=since, until=until, **given)


def told(one: Facts, language: str = "ru", *, may: bool = True, operator: str = "transtelecom") -> str:
    return situation_text(language, Look(view_of(one, operator), NOW, Deciding(may, ("Ерлан",))))


def test_one_sentence_with_the_cause_what_waits_the_hours_and_whom_to_call() -> None:
    """DOMAIN.md, «What none of the products does yet», 1."""
    one = autonomous(begun=timedelta(hours=30, minutes=40), paid_until=date(2026, 11, 20))
    assert told(one).split("\n") == [
        "Причина: ОФД не ответил за 5 секунд.",
        "Продавайте дальше, ничего не потеряно: ждут отправки 14 документов, осталось 41 ч 20 мин из 72 ч.",
        "Похоже, не оплачен ОФД (сама касса бесплатная). По записи срок прошёл 3 дня назад (20.11).",
        "Что сделать: оплатите ОФД (телефон 1702) и нажмите «Я оплатил — проверить».",
    ]
    assert "14 құжат жіберуді күтіп тұр, 72 сағаттан 41 сағ 20 мин қалды" in told(one, "kk")
    assert "14 documents wait to be sent, 41 h 20 min of 72 h are left" in told(one, "en")


@pytest.mark.parametrize(
    ("one", "unpaid", "todo"),
    [
        (autonomous(), Unpaid.POSSIBLE, Todo.CHECK_FEE),
        (autonomous(reason="no_link", begun=timedelta(hours=5)), Unpaid.POSSIBLE, Todo.CHECK_FEE),
        (autonomous(begun=timedelta(minutes=9, seconds=59)), Unpaid.POSSIBLE, Todo.CHECK_FEE),
        (autonomous(begun=timedelta(minutes=10)), Unpaid.LIKELY, Todo.PAY),
        (autonomous(begun=timedelta(hours=1), lane_cause="no_link"), Unpaid.POSSIBLE, Todo.CHECK_FEE),
        (autonomous(begun=timedelta(hours=1), paid_until=date(2026, 11, 23)), Unpaid.NO, Todo.WAIT),
        (autonomous(paid_until=date(2026, 11, 22)), Unpaid.LIKELY, Todo.PAY),
        (autonomous(reason="power_lost"), Unpaid.NO, Todo.WAIT),
        (autonomous(reason="power_lost", lane_cause="timeout"), Unpaid.POSSIBLE, Todo.CHECK_FEE),
        (autonomous(block_reason="blocked", paid_until=date(2027, 1, 1)), Unpaid.LIKELY, Todo.PAY),
        (autonomous(block_reason="service"), Unpaid.POSSIBLE, Todo.RETRY),
        (autonomous(block_reason="bad_token"), Unpaid.NO, Todo.TOKEN),
        (autonomous(block_reason="restored"), Unpaid.NO, Todo.TOKEN),
        (autonomous(lane_stopped=True, lane_code=2), Unpaid.NO, Todo.TOKEN),
        (autonomous(lane_stopped=True, lane_code=13, lane_cause="service"), Unpaid.NO, Todo.RESOLVE),
    ],
)
def test_an_unpaid_fee_is_called_likely_only_where_it_is(one: Facts, unpaid: Unpaid, todo: Todo) -> None:
    found = diagnose(one)
    assert (found.unpaid, found.todo) == (unpaid, todo)


def test_the_gravest_comes_first_as_the_refusals_do() -> None:
    over = timedelta(hours=73)
    worst = autonomous(
        begun=over, block_reason="blocked", lane_stopped=True, shift_until=NOW - timedelta(hours=1),
        last_made_at=NOW + timedelta(hours=1),
    )  # fmt: skip
    order = []
    for calmer in (
        {}, {"block_reason": None}, {"lane_stopped": False}, {"until": NOW}, {"shift_until": NOW},
        {"last_made_at": NOW + timedelta(seconds=60)}, {"mode": "online"},
    ):  # fmt: skip
        worst = replace(worst, **calmer)
        order.append(diagnose(worst).standing)
    assert order == list(Standing)


@pytest.mark.parametrize(
    ("count", "words"), [(1, "ждёт отправки 1 документ,"), (2, "ждут отправки 2 документа,"), (11, "11 документов,")]
)
def test_what_waits_is_declined(count: int, words: str) -> None:
    assert words in told(autonomous(waiting=count))


@pytest.mark.parametrize(
    ("left", "ru", "kk"),
    [
        (timedelta(hours=41, minutes=20, seconds=59), "41 ч 20 мин", "41 сағ 20 мин"),
        (timedelta(hours=72), "72 ч", "72 сағ"),
        (timedelta(minutes=59), "59 мин", "59 минут"),
        (timedelta(seconds=-1), "0 мин", "0 минут"),
    ],
)
def test_hours_and_minutes_are_written_without_parts_that_are_nothing(left: timedelta, ru: str, kk: str) -> None:
    assert (duration_words("ru", left), duration_words("kk", left)) == (ru, kk)


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        (None, "Не знаю, до какого дня оплачено."),
        (date(2026, 11, 30), "По записи оплачено до 30.11."),
        (date(2027, 11, 30), "По записи оплачено до 30.11.2027."),
        (date(2026, 11, 23), "По записи сегодня последний оплаченный день."),
        (date(2026, 11, 22), "По записи срок прошёл 1 день назад (22.11)."),
        (date(2026, 11, 12), "По записи срок прошёл 11 дней назад (12.11)."),
    ],
)
def test_a_block_says_what_is_known_of_the_paid_day(paid: date | None, words: str) -> None:
    assert words in told(autonomous(block_reason="blocked", paid_until=paid))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("operator", sorted(OPERATORS))
def test_screens_of_the_fee_are_short(operator: str, language: str) -> None:
    look = Look(view_of(autonomous(paid_until=date(2026, 11, 26)), operator), NOW, Deciding(may=True))
    shown = [how_to_pay_screen(language, look), reminder_screen(language, look, date(2026, 11, 26))]
    shown += [ask_day_screen(language, look), day_set_screen(language, look, date(2027, 11, 23))]
    assert all(len(one.text.split("\n")) <= LINES_MAX for one in shown)
    assert all(len(step) == 1 for one in shown for step in one.buttons)
    assert "26.11" in shown[1].text and "3" in shown[1].text and "23.11.2027" in shown[3].text
    cashier = replace(look, deciding=Deciding(may=False))
    assert len(how_to_pay_screen(language, cashier).buttons) == 1


def test_a_register_without_an_operator_has_nothing_to_pay() -> None:
    look = Look(view_of(Facts(now=NOW, mode="online", has_fee=False), "beeline"), NOW, Deciding(may=True))
    assert situation_buttons("ru", look) == () and situation_of(look.state, NOW).todo is Todo.NOTHING
    assert "платить не за что" in how_to_pay_screen("ru", look).text == ask_day_screen("ru", look).text
    assert "никуда не отправляются" in state_screen("ru", look).text and state_screen("ru", look).buttons == ()
