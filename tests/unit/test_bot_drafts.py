"""Drafts: what is stored comes back the same, what a press may choose, and the words of its toast."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.drafts import (
    DRAFT_AGE_MAX,
    Reading,
    act_key,
    choice_of,
    chosen_cashier,
    is_old,
    new_draft_id,
    sale_body,
    sale_readings,
    sale_request,
    thaw_request,
)
from bot.people import Speaker
from bot.press import Action, Press
from bot.toasts import toast_text
from core.clock import ALMATY
from core.db.chat_rows import DraftRow, to_jsonb
from core.domain.document import Document, Requisites
from core.domain.freeze import to_plain
from core.domain.pricing import Pricing, price
from core.domain.return_request import whole_return
from core.domain.ticket import (
    Adjustment,
    Cashier,
    Customer,
    Kind,
    LineInput,
    Parent,
    Payment,
    PaymentType,
    TicketInput,
)

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=ALMATY)
REGISTER = "018f4e3a-5b6c-7d8e-9f01-23456789abcd"
PRICING = Pricing(vat_payer=True, vat_default="16", rate_day=NOW.date(), seller_iin_bin="131240010479")
REQUEST = TicketInput(Kind.SELL, (LineInput("кофе", 80_000, 2000), LineInput("нан", 35_000)))
VENDOR = Speaker(501, "ru", "Айгүл", {REGISTER: "cashier"}, REGISTER)


def row(body: dict[str, Any] | None = None, **more: Any) -> DraftRow:
    made = DraftRow(
        draft_id="abc", chat_id=501, register_id=REGISTER, kind="sale", body=body or unpaid(), state="open",
        choice=None, number=None, version=1, made_at=NOW,
    )  # fmt: skip
    return replace(made, **more)


def unpaid() -> dict[str, Any]:
    return sale_body((Reading(REQUEST, price(REQUEST, PRICING)),))


@pytest.mark.parametrize(
    "request_",
    [
        REQUEST,
        replace(REQUEST, payments=(Payment(PaymentType.CASH, 195_000),), taken=200_000),
        replace(REQUEST, discount=Adjustment(percent=10_000), customer=Customer(phone="+77010000000")),
        replace(REQUEST, kind=Kind.SELL_RETURN, parent=Parent(document_number=3)),
        replace(REQUEST, kind=Kind.BUY_RETURN, parent=Parent(None, "1", NOW, "600000000001", 5, True)),
        TicketInput(Kind.SELL, (LineInput("x", 1, vat="12", markup=Adjustment(sum=5), storno=True, mark="01"),)),
    ],
)
def test_a_request_comes_back_from_its_row_as_it_was(request_: TicketInput) -> None:
    assert thaw_request(json.loads(to_jsonb(to_plain(request_)))) == request_


def test_what_a_press_chooses_is_what_is_made() -> None:
    choice = choice_of(Press(Action.SALE, "abc", 0, "card"), Cashier(name="Айгүл"))
    making = row(choice=choice)
    made = sale_request(making)
    assert made is not None and made.payments == (Payment(PaymentType.CARD, 195_000),)
    assert chosen_cashier(making) == Cashier(name="Айгүл")
    assert sale_readings(making)[0].ticket.total == 195_000


@pytest.mark.parametrize("press", [Press(Action.SALE, "abc", 9, "card"), Press(Action.SALE, "abc", 0, "gold")])
def test_a_forged_choice_makes_nothing(press: Press) -> None:
    assert sale_request(row(choice=choice_of(press, Cashier()))) is None


def test_a_draft_of_yesterday_is_old_but_one_being_made_never_is() -> None:
    later = NOW + DRAFT_AGE_MAX + timedelta(seconds=1)
    assert not is_old(row(), NOW + DRAFT_AGE_MAX) and is_old(row(), later)
    assert not is_old(row(state="making"), later)


def test_ids_are_short_and_keys_fit() -> None:
    ids = {new_draft_id() for _ in range(100)}
    assert len(ids) == 100 and all(len(one) == 12 and len(act_key(one)) <= 64 for one in ids)


def test_a_return_gives_back_every_line_as_it_was_paid() -> None:
    request = replace(
        REQUEST, discount=Adjustment(percent=10_000), payments=(Payment(PaymentType.CASH, 175_500),), taken=200_000
    )
    ticket = price(request, PRICING)
    seller = Requisites("т", "т", "131240010479", "а", "а", "600000000001", "з", 1, "sandbox", True)
    basis = Document(
        REGISTER, 7, Kind.SELL, 1, 1, NOW, True, seller, Cashier(), "00" * 32, ticket=ticket
    )
    back = whole_return(basis)
    priced = price(back, PRICING)
    assert (priced.total, priced.vat, back.parent) == (ticket.total, ticket.vat, Parent(document_number=7))
    assert back.payments == ticket.payments and back.taken is None


def test_what_postgres_cannot_hold_is_left_out_and_nothing_else() -> None:
    assert json.loads(to_jsonb({"a": "x\0y", "b": "\\u0000", "c": "\ud83d!", "d": ["🎉", 1, True, None]})) == {
        "a": "xy", "b": "\\u0000", "c": "?!", "d": ["🎉", 1, True, None],
    }  # fmt: skip


SALE = Press(Action.SALE, "abc", 0, "card")


@pytest.mark.parametrize(
    ("speaker", "press", "draft", "words"),
    [
        (VENDOR, SALE, row(), "Делаю чек: 1 950 ₸…"),
        (VENDOR, SALE, row(state="making"), "Делаю…"),
        (VENDOR, SALE, row(state="made", number=12), "Уже пробит: чек № 12"),
        (VENDOR, SALE, row(state="cancelled"), "Этот чек отменён. Напишите его ещё раз"),
        (VENDOR, SALE, None, "Эта кнопка устарела. Напишите чек ещё раз"),
        (VENDOR, None, None, "Эта кнопка устарела. Напишите чек ещё раз"),
        (VENDOR, SALE, row(chat_id=502), "Эта кнопка не ваша"),
        (Speaker(501, "ru", roles={REGISTER: "viewer"}), SALE, row(), "Нет прав на этой кассе"),
        (Speaker(501, "kk"), SALE, row(), "Бұл кассада құқығыңыз жоқ"),
        (VENDOR, Press(Action.CANCEL, "abc"), row(), "Отменяю"),
        (VENDOR, Press(Action.CASH, "abc", 500_000), row(kind="deposit", body={"a": 1}), "Делаю внесение: 5 000 ₸…"),
        (VENDOR, Press(Action.QR, REGISTER.replace("-", ""), 12), None, "Показываю QR чека № 12"),
        (VENDOR, Press(Action.LANGUAGE, "kk"), None, "Дайын"),
    ],
)
def test_the_toast_names_what_was_taken_or_what_became_of_it(
    speaker: Speaker, press: Press | None, draft: DraftRow | None, words: str
) -> None:
    assert toast_text(speaker, press, draft).replace("\u00a0", " ") == words


def test_a_toast_of_a_refused_or_stale_draft_tells_the_truth() -> None:
    refused = toast_text(VENDOR, SALE, row(state="made", number=12), is_refused=True)
    assert refused == "Чек № 12 ОФД не принял"
    assert "устарела" in toast_text(VENDOR, SALE, row(), is_stale=True)
