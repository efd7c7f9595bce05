"""Every screen in every language: within Telegram's limits, harmless, and without Russian in Kazakh."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.press import CALLBACK_BYTES_MAX, Action, pack, unpack
from bot.returning import Chosen, elsewhere_body, return_body
from bot.screens.cash import cash_ask_screen, cash_confirm_screen
from bot.screens.counting import ask_count_screen, close_screen
from bot.screens.details import details_screen, no_printer_screen, pdf_screen
from bot.screens.feed import day_screen, feed_screen, find_screen, no_receipts_screen
from bot.screens.kept import kept_screen
from bot.screens.news import (
    clock_screen,
    close_refused_screen,
    closed_itself_screen,
    closes_soon_screen,
    difference_screen,
    online_screen,
    replay_screen,
)
from bot.screens.people import (
    help_screen,
    language_ask_screen,
    menu_labels,
    start_screen,
    stranger_screen,
)
from bot.screens.receipt import qr_screen, receipt_screen
from bot.screens.refusal import refusal_screen
from bot.screens.returning import elsewhere_screen, return_screen
from bot.screens.sale import Preview, cancelled_screen, preview_screen, spent_buttons, unreadable_screen
from bot.screens.screen import BUTTON_CHARACTERS_MAX, TEXT_UNITS_MAX, Screen, from_body, to_body, units
from bot.screens.shift import no_shift_screen, x_screen, z_screen
from bot.screens.welcome import first_start_screen
from bot.screens.wording import line_text, safe, tenge
from core.clock import ALMATY
from core.db.drawer import DrawerCount
from core.db.timeline import Happening, Printing, Timeline
from core.domain.counters import Counters, Totals
from core.domain.document import Document, Requisites
from core.domain.left_to_return import left_of
from core.domain.pricing import Pricing, price
from core.domain.report import Report, build_report
from core.domain.ticket import Cashier, Kind, LineInput, Parent, Payment, PaymentType, Ticket, TicketInput
from core.domain.view import DocumentView, Mark
from core.errors import Refused
from core.texts import LANGUAGES
from core.usecases.returning import Returnable

REGISTER = "018f4e3a-5b6c-7d8e-9f01-23456789abcd"
NOW = datetime(2026, 11, 23, 14, 32, 5, tzinfo=ALMATY)
PRICING = Pricing(vat_payer=True, vat_default="16", rate_day=NOW.date(), seller_iin_bin="131240010479")
SELLER = Requisites(
    title="Дүкен <b>&", taxpayer="ТОО", iin_bin="131240010479", address="Алматы", address_kk="Алматы қ.",
    rnm="600000000001", znm="TIYN1", device_id=1, operator="transtelecom", vat_payer=True,
)  # fmt: skip


def ticket(*lines: LineInput, paid: bool = True, taken: int | None = None) -> Ticket:
    items = lines or (LineInput("кофе", 80_000, 2000), LineInput("нан", 35_000))
    request = TicketInput(Kind.SELL, items)
    total = price(request, PRICING).total
    payments = (Payment(PaymentType.CASH, total),) if paid else None
    return price(replace(request, payments=payments, taken=taken), PRICING)


def view(mark: Mark = Mark.REGISTERED, kind: Kind = Kind.SELL, number: int = 12) -> DocumentView:
    is_close = kind is Kind.SHIFT_CLOSE
    document = Document(
        register_id=REGISTER, number=number, kind=kind, shift=3, number_in_shift=4, made_at=NOW, practice=True,
        seller=SELLER, cashier=Cashier(name="Айгүл"), previous_digest="00" * 32, own_sign=7,
        ticket=ticket(taken=200_000) if kind in (Kind.SELL, Kind.SELL_RETURN) else None,
        sum=500_000 if kind in (Kind.DEPOSIT, Kind.WITHDRAWAL) else None,
        report=report() if is_close else None, digest="ab" * 32,
    )  # fmt: skip
    return DocumentView(
        document, mark, "http://127.0.0.1:8080/r/abcdefAAAAAAAAAAAAAAAAAAAAAA", autonomous_sign=7,
        fiscal_sign="923860753030", result_code=13, result_text="<неверно> & всё", registered_at=NOW,
        reason="timeout",
    )  # fmt: skip


def report() -> Report:
    return build_report(
        "Z", register_id=REGISTER, shift=3, opened_at=NOW - timedelta(hours=8), made_at=NOW, counters=Counters(),
        totals=Totals(), non_nullable_start={}, chain_head="cd" * 32,
    )  # fmt: skip


def screens(language: str) -> dict[str, Screen]:
    long_name = "Ө" * 128
    many = ticket(*(LineInput(f"{long_name[:120]}{place}", 99_999_999, 1500) for place in range(200)))
    readings = (Preview(ticket(paid=False), False), Preview(ticket(LineInput(long_name, 40_000, 2000)), True))
    draft = "A" * 12
    where: dict[str, Any] = {"register_id": REGISTER, "title": "Дүкен <b>"}
    found = {
        "preview": preview_screen(language, draft, readings, 0),
        "other reading": preview_screen(language, draft, readings, 1),
        "200 lines": preview_screen(language, draft, (Preview(many, True),), 0),
        "cancelled": cancelled_screen(language),
        "unreadable": unreadable_screen(language, ("<script>", "x" * 5000, "y", "z")),
        "unreadable plainly": unreadable_screen(language, ()),
        "qr": qr_screen(language, view()),
        "deposit": cash_ask_screen(language, "deposit", draft, 0),
        "withdrawal": cash_ask_screen(language, "withdrawal", draft, 9_999_999_999),
        "withdrawal of nothing": cash_ask_screen(language, "withdrawal", draft, 0),
        "confirm": cash_confirm_screen(language, "withdrawal", draft, 9_999_999_999),
        "x": x_screen(language, report(), NOW),
        "no shift": no_shift_screen(language),
        "z": z_screen(language, view(kind=Kind.SHIFT_CLOSE), whole_heads=True),
        "start": start_screen(language, "Дүкен <b>", sells=True, practice=True),
        "start of a viewer": start_screen(language, "Дүкен", sells=False, practice=False),
        "stranger starts": first_start_screen(language),
        "stranger": stranger_screen(language, 501),
        "help": help_screen(language),
        "language": language_ask_screen(language),
        "online": online_screen(language, title="Дүкен", count=3),
        "online after 72 hours": online_screen(language, title="Дүкен <b>", count=3, sells_again=True),
        "difference": difference_screen(language, title="Дүкен", count=2),
        "not compared": difference_screen(language, title="Дүкен <b>", count=0, code=13, words="<нет>"),
        "not compared, silently": difference_screen(language, title="Дүкен", count=0, code=13),
        "clock": clock_screen(language, title="Дүкен"),
        "closes soon": closes_soon_screen(language, **where, until=NOW, auto_close=False),
        "closes itself": closes_soon_screen(language, **where, until=NOW, auto_close=True),
        "close refused": close_refused_screen(language, **where, shift=3, code=14, words="<нет денег>"),
        "closed itself": closed_itself_screen(language, view(kind=Kind.SHIFT_CLOSE)),
        "replay": replay_screen(language, title="Дүкен", left=312),
        "refusal": refusal_screen(language, Refused("NOT_ENOUGH_CASH", cash=100, needed=20_000)),
        "refusal that nobody knows": refusal_screen(language, Refused("SOMETHING_NEW")),
    }
    for mark in Mark:
        for kind in (Kind.SELL, Kind.SELL_RETURN, Kind.DEPOSIT, Kind.SHIFT_CLOSE):
            one = view(mark, kind)
            found[f"{kind} {mark}"] = (
                z_screen(language, one, whole_heads=False)
                if kind is Kind.SHIFT_CLOSE
                else receipt_screen(language, one, place=3, cash=1)
            )
    return found | counter_screens(language, many)


def counter_screens(language: str, many: Ticket) -> dict[str, Screen]:
    """Returns, counts, the feed, timelines, kept receipts."""
    draft = "A" * 12
    sold = Returnable(view(), left_of(ticket(), ()))
    part = Returnable(view(), left_of(many, (ticket(LineInput(many.items[0].name, 100, 500)),)))
    body = return_body(sold, Chosen(sold.left.whole))
    parts = return_body(part, Chosen(part.left.whole, lines=True, page=3))
    parent = Parent(None, "1" * 20, NOW, "6" * 12, 9_999_999_999, False)
    goods = (LineInput("<b>" + "Ө" * 120, 99_999_999, 1500),)
    elsewhere = elsewhere_body(parent, "sandbox", 100_000, goods, 100_000, PaymentType.CASH)
    short = DrawerCount(3, 500_000, 480_000, "<b>" + "ө" * 120, "Айгүл", NOW)
    happenings = tuple(
        Happening("outcome", NOW, {"outcome": outcome, "reason": "timeout", "result_code": 13})
        for outcome in ("registered", "autonomous", "refused", "practice")
    ) + tuple(
        Happening("resolution", NOW + timedelta(days=1), {"resolution": one, "why": "<i>" + "ө" * 500})
        for one in ("retry", "encode_again", "settled_outside")
    )
    prints = tuple(Printing(copy, state, "no_paper") for copy in (False, True) for state in ("printed", "failed"))
    line = Timeline(happenings, 3, prints, ((14, 80_000), (15, 35_000)))
    feed: dict[str, Any] = {"filter": "all", "below": 12, "shift": 3, "today": False, "words": ""}
    found = [view(mark, Kind.SELL, 12) for mark in Mark]
    return {
        "return": return_screen(language, draft, body, sold),
        "return of a part": return_screen(language, draft, parts, part),
        "return of nothing": return_screen(
            language, draft, return_body(sold, Chosen((0, 0), lines=True)), sold
        ),
        "return of the rest": return_screen(language, draft, return_body(part, Chosen(part.left.whole)), part),
        "return from elsewhere": elsewhere_screen(language, draft, elsewhere),
        "count": ask_count_screen(language, 9_999_999_999),
        "close": close_screen(language, draft, report()),
        "close with a difference": close_screen(language, draft, replace(report(), cash=500_000), short),
        "close without a reason": close_screen(language, draft, report(), replace(short, reason="")),
        "close that agrees": close_screen(language, draft, report(), replace(short, counted=500_000)),
        "z with a count": z_screen(language, view(kind=Kind.SHIFT_CLOSE), whole_heads=True, count=short),
        **{f"details {mark}": details_screen(language, view(mark), line) for mark in Mark},
        **{f"kept {mark}": kept_screen(language, view(mark)) for mark in Mark},
        "details without a printer": details_screen(language, view(), line, has_printer=False),
        "pdf": pdf_screen(language, view()),
        "no printer": no_printer_screen(language, view()),
        "feed": feed_screen(language, draft, feed, found, more=True, last_shift=9_999),
        "feed of today": feed_screen(language, draft, feed | {"today": True}, [], more=False, last_shift=3),
        "found": feed_screen(language, draft, feed | {"words": "<b>" * 20}, found, more=False, last_shift=3),
        "find": find_screen(language),
        "no receipts": no_receipts_screen(language),
        "day": day_screen(language, REGISTER, 6, NOW, may_change=True),
        "day of another": day_screen(language, REGISTER, 6, NOW, may_change=False),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits_telegram_and_survives_storing(language: str) -> None:
    for name, screen in screens(language).items():
        assert 0 < units(screen.text) <= TEXT_UNITS_MAX, name
        assert from_body(to_body(screen)) == screen, name
        for button in (one for row in screen.buttons for one in row):
            assert 0 < len(button.text) <= BUTTON_CHARACTERS_MAX, (name, button.text)
            assert button.data is None or len(button.data.encode()) <= CALLBACK_BYTES_MAX
        for row in screen.buttons:
            has_words = any(letter.isalpha() for button in row for letter in button.text)
            assert len(row) <= (2 if has_words else 4), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_others_wrote_is_harmless_in_html(language: str) -> None:
    for name, screen in screens(language).items():
        tags = set(re.findall(r"<[^>]*>", screen.text))
        assert tags <= {"<b>", "</b>", "<i>", "</i>", "<code>", "</code>"}, name
        assert all(screen.text.count(f"<{tag}>") == screen.text.count(f"</{tag}>") for tag in ("b", "i", "code"))


RUSSIAN_WORDS = (
    "чек №", "сдача", "итого", "наличные", "касса работает", "нажмите", "напишите", "внести", "изъять", "закрыть",
    "отмена", "возврат", "принят", "осталось", "смена", "выручка", "причина", "автономно", "получено",
)  # fmt: skip


def test_kazakh_screens_have_no_russian_words() -> None:
    for name, screen in screens("kk").items():
        words = " ".join([screen.text, *(one.text for row in screen.buttons for one in row)]).lower()
        assert [word for word in RUSSIAN_WORDS if word in words] == [], name


def test_the_preview_shows_arithmetic_and_its_button_names_total_and_change() -> None:
    screen = preview_screen("ru", "A" * 12, (Preview(ticket(taken=200_000), True),), 0)
    plain = screen.text.replace("\u00a0", " ")
    assert "кофе 2 × 800 = 1 600" in plain and "нан 350" in plain and "1 950 ₸" in plain and "50 ₸" in plain
    assert "1950" in re.sub(r"\s", "", screen.buttons[0][0].text)
    assert screen.buttons[0][0].text.replace("\u00a0", " ") == "Пробить 1 950 ₸ · сдача 50"


def test_without_a_payment_each_kind_is_one_tap_that_names_the_total() -> None:
    screen = preview_screen("ru", "A" * 12, (Preview(ticket(paid=False), False),), 0)
    words = [re.sub(r"\s", "", one.text) for row in screen.buttons[:2] for one in row]
    assert words == ["Наличные1950₸", "Карта1950₸", "QR1950₸"]


def test_the_receipt_tells_number_total_change_link_qr_and_state() -> None:
    screen = receipt_screen("ru", view())
    first, last = screen.text.split("\n")[0].replace("\u00a0", " "), screen.text.split("\n")[-1]
    assert first == "✔✔ <b>Чек № 12 · 1 950 ₸</b> · сдача 50 ₸"
    assert last == "ФП 923860753030 · принят ОФД в 14:32"
    assert [one.url or one.text for one in screen.buttons[0]] == [view().receipt_url, "QR"]


def test_only_bad_news_sounds() -> None:
    assert receipt_screen("ru", view()).silent and not receipt_screen("ru", view(Mark.REFUSED)).silent
    assert not screens("ru")["clock"].silent and screens("ru")["online"].silent
    assert not screens("ru")["online after 72 hours"].silent


def test_the_z_summary_carries_the_heads_of_the_chain() -> None:
    text = z_screen("ru", view(kind=Kind.SHIFT_CLOSE), whole_heads=True).text
    assert text.split("\n")[-2] == f"Голова цепи: <code>{'cd' * 32}</code>" and "ab" * 32 in text
    short = z_screen("ru", view(kind=Kind.SHIFT_CLOSE), whole_heads=False).text
    assert f"<code>{'cd' * 6}</code>" in short and "ab" * 7 not in short


def test_somebody_with_several_registers_reads_which_one_is_meant() -> None:
    preview = preview_screen("ru", "A" * 12, (Preview(ticket(), True),), 0, "Лавка <b>")
    shown = (preview, x_screen("ru", report(), NOW, "Лавка <b>"), receipt_screen("ru", view(), title="Лавка <b>"))
    assert all("Лавка &lt;b&gt;" in one.text.split("\n")[0] for one in shown)


def test_a_spent_draft_keeps_a_button_with_its_result() -> None:
    ((button,),) = spent_buttons("ru", view(), "s:x:0:")
    assert button.text.replace("\u00a0", " ") == "✔ Чек № 12" and button.data == "s:x:0:"


@pytest.mark.parametrize(
    ("tiyn", "text"), [(0, "0"), (195_000, "1 950"), (50, "0,50"), (-100, "−1"), (9_999_999_999, "99 999 999,99")]
)
def test_money_is_written_in_tenge(tiyn: int, text: str) -> None:
    assert tenge(tiyn).replace("\u00a0", " ") == text


def test_a_name_is_data() -> None:
    assert safe("<b>\u202eевил</b>\x00\x1b\n&") == "&lt;b&gt;евил&lt;/b&gt; &amp;"
    line = ticket(LineInput("сыр", 320_000, 1500, unit="116")).items[0]
    assert line_text(line, "kk").replace("\u00a0", " ") == "сыр 1,5 кг × 3 200 = 4 800"


def test_menu_is_two_words_a_row() -> None:
    assert all(len(row) == 2 for language in LANGUAGES for row in menu_labels(language))


@pytest.mark.parametrize(
    "data", ["", "x", "s:a:b:c", "s:a:1", "q:zz:1:", "?:a:1:", "s:a:-1:", "q::1:", "s:a:9999999999999:"]
)
def test_a_forged_button_is_no_press(data: str) -> None:
    assert unpack(data) is None


def test_a_button_of_a_document_comes_back_with_its_register() -> None:
    press = unpack(pack(Action.QR, REGISTER, 2**31))
    assert press is not None and (press.register_id, press.number) == (REGISTER, 2**31)


def test_times_are_of_almaty() -> None:
    late = replace(view(), registered_at=datetime(2026, 11, 23, 20, 5, tzinfo=UTC))
    assert receipt_screen("ru", late).text.endswith("01:05")
