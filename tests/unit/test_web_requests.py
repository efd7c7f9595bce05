from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from core.domain.ticket import Kind, PaymentType, TicketInput
from core.errors import Refused
from web.json_body import BODY_BYTES_MAX, read_json
from web.requests import (
    CashierBody,
    CloseBody,
    PatchBody,
    PlacementBody,
    QuoteTicketBody,
    ResolveBody,
    TicketBody,
    read_document,
    read_model,
    thousandths,
    tiyn,
)


def sale(**more: Any) -> dict[str, Any]:
    return {"kind": "sell", "items": [{"name": "Нан", "price": "100.00"}], "payments": [], **more}


def line(**more: Any) -> dict[str, Any]:
    return sale(items=[{"name": "Нан", "price": "100.00", **more}])


def ticket(body: dict[str, Any]) -> TicketInput:
    found = read_document(body)
    assert isinstance(found, TicketBody)
    return found.ticket()


def refusal(body: dict[str, Any]) -> tuple[str, Any]:
    with pytest.raises(Refused) as caught:
        ticket(body)
    return caught.value.code, caught.value.params.get("field")


# -- what fits ---------------------------------------------------------------------------------------------


def test_the_same_input_written_otherwise_is_the_same_command() -> None:
    plain = sale(items=[{"name": "Нан", "price": "1950"}])
    wordy = sale(
        items=[
            {
                "name": "  Нан ",
                "price": "01950.00",
                "quantity": "1.000",
                "unit": "796",
                "section": "1",
                "vat": None,
                "storno": False,
            }
        ],
        taken=None,
        customer=None,
    )
    assert ticket(plain) == ticket(wordy)


def test_a_full_ticket_keeps_every_figure() -> None:
    asked = ticket(
        {
            "kind": "sell_return",
            "items": [
                {
                    "name": "Сүт",
                    "price": "450.5",
                    "quantity": "1.255",
                    "unit": "112",
                    "section": "7",
                    "vat": "16",
                    "discount_percent": "2.5",
                    "barcode": "4870001",
                    "ntin": "0200",
                    "mark": "010460\x1d91",
                    "storno": True,
                }
            ],
            "markup": "10",
            "payments": [{"type": "mobile", "sum": "3"}, {"type": "cash", "sum": "0.01"}],
            "taken": "5",
            "customer": {"iin_bin": "131240010479", "phone": "+77010000000", "email": "a@b.kz"},
            "parent": {
                "fiscal_sign": "123456789012",
                "made_at": "2026-03-05T09:07:09.5Z",
                "rnm": "010101234567",
                "total": "100.00",
                "autonomous": False,
            },
        }
    )
    one = asked.items[0]
    assert (one.price, one.quantity, one.section, one.storno) == (45050, 1255, "7", True)
    assert one.discount is not None and one.discount.percent == 2500
    assert asked.markup is not None and asked.markup.sum == 1000
    assert asked.payments is not None
    assert [(payment.type, payment.sum) for payment in asked.payments] == [
        (PaymentType.MOBILE, 300),
        (PaymentType.CASH, 1),
    ]
    assert asked.parent is not None and asked.parent.made_at is not None
    assert asked.parent.made_at.isoformat() == "2026-03-05T14:07:09+05:00"
    assert asked.parent.total == 10000


def test_a_placement_has_a_sum_and_nothing_of_a_ticket() -> None:
    body = read_document({"kind": "deposit", "sum": "5000", "cashier": {"code": 0, "name": " Айгүл "}})
    assert isinstance(body, PlacementBody) and body.cashier is not None
    assert body.cashier.cashier().name == "Айгүл"
    with pytest.raises(Refused, match="VALIDATION"):
        read_document({"kind": "deposit", "sum": "5000", "items": []})


def test_a_quote_may_leave_the_payments_out() -> None:
    body = read_model(
        QuoteTicketBody, {"register_id": "x", "kind": "buy", "items": [{"name": "Нан", "price": "1"}]}
    )
    assert body.ticket().payments is None
    assert body.ticket().kind is Kind.BUY


def test_the_smaller_bodies() -> None:
    assert read_model(CloseBody, {}).withdraw_cash is False
    assert read_model(PatchBody, {}).title is None
    assert read_model(ResolveBody, {"resolution": "retry", "reason": "да"}).token is None


# -- what is refused, and by which name ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (sale(colour="red"), ("VALIDATION", "colour")),
        (sale(kind="gift"), ("VALIDATION", "kind")),
        (sale(kind="shift_close"), ("VALIDATION", "kind")),
        (sale(kind=None), ("VALIDATION", "kind")),
        ({"items": []}, ("VALIDATION", "kind")),
        (sale(items=[]), ("VALIDATION", "items")),
        (sale(items={}), ("VALIDATION", "items")),
        (sale(items=[{"name": "Нан", "price": "1"}] * 501), ("VALIDATION", "items")),
        (sale(items=[{"price": "1"}]), ("NAME_REQUIRED", None)),
        (line(name=None), ("VALIDATION", "items[0].name")),
        (line(name="a\x00b"), ("VALIDATION", "items[0].name")),
        (line(name="a\x9bb"), ("VALIDATION", "items[0].name")),
        (line(name="a\u2028b"), ("VALIDATION", "items[0].name")),
        (line(name="Нан \u202e053"), ("VALIDATION", "items[0].name")),
        (line(section=""), ("VALIDATION", "items[0].section")),
        (line(section=" "), ("VALIDATION", "items[0].section")),
        (line(section="x" * 21), ("VALIDATION", "items[0].section")),
        *[
            (line(**{field: value}), ("VALIDATION", f"items[0].{field}"))
            for field, length in (("barcode", 64), ("ntin", 64), ("mark", 300))
            for value in ("", " ", "\x1d" if field == "mark" else "\u200b", "9" * (length + 1), "a\nb")
        ],
        (line(price=100), ("VALIDATION", "items[0].price")),
        (line(price=100.5), ("VALIDATION", "items[0].price")),
        (line(price="100.001"), ("VALIDATION", "items[0].price")),
        (line(price="1e2"), ("VALIDATION", "items[0].price")),
        (line(price="1,5"), ("VALIDATION", "items[0].price")),
        (line(price=" 1"), ("VALIDATION", "items[0].price")),
        (line(price="1\n"), ("VALIDATION", "items[0].price")),
        (line(price="+1"), ("VALIDATION", "items[0].price")),
        (line(price="."), ("VALIDATION", "items[0].price")),
        (line(price="1."), ("VALIDATION", "items[0].price")),
        (line(price="NaN"), ("VALIDATION", "items[0].price")),
        (line(price="١٢"), ("VALIDATION", "items[0].price")),
        (line(price=None), ("VALIDATION", "items[0].price")),
        (line(quantity="0.0001"), ("VALIDATION", "items[0].quantity")),
        (line(quantity=2), ("VALIDATION", "items[0].quantity")),
        (line(discount_percent="1.2345"), ("VALIDATION", "items[0].discount_percent")),
        (line(discount="1", discount_percent="1"), ("VALIDATION", "items[0].discount")),
        (sale(markup="1", markup_percent="1"), ("VALIDATION", "markup")),
        (line(storno="true"), ("VALIDATION", "items[0].storno")),
        (line(storno=1), ("VALIDATION", "items[0].storno")),
        (line(unit=796), ("VALIDATION", "items[0].unit")),
        (line(vat=16), ("VALIDATION", "items[0].vat")),
        (sale(payments=[{"type": "bitcoin", "sum": "1"}]), ("UNKNOWN_PAYMENT", None)),
        (sale(payments=[{"type": 1, "sum": "1"}]), ("VALIDATION", "payments[0].type")),
        (sale(payments=[{"type": "cash", "sum": 1}]), ("VALIDATION", "payments[0].sum")),
        (sale(payments=[{"type": "cash", "sum": "1", "change": "0"}]), ("VALIDATION", "payments[0].change")),
        (sale(customer={"phone": "x" * 30}), ("VALIDATION", "customer.phone")),
        (sale(customer={"email": "a" * 300 + "@b.kz"}), ("VALIDATION", "customer.email")),
        (sale(cashier={"code": 2**31, "name": "A"}), ("VALIDATION", "cashier.code")),
        (sale(cashier={"code": -1, "name": "A"}), ("VALIDATION", "cashier.code")),
        (sale(cashier={"code": True, "name": "A"}), ("VALIDATION", "cashier.code")),
        (sale(cashier={"code": 1, "name": "  "}), ("VALIDATION", "cashier.name")),
        (sale(cashier={"code": 1, "name": "A" * 65}), ("VALIDATION", "cashier.name")),
        (sale(cashier={"code": 1}), ("VALIDATION", "cashier.name")),
        (sale(parent={"document_number": 2**63}), ("VALIDATION", "parent.document_number")),
        (sale(parent={"document_number": "1"}), ("VALIDATION", "parent.document_number")),
        (sale(parent={"document_number": 1, "rnm": "010101234567"}), ("VALIDATION", "parent")),
        (sale(parent={"made_at": "2026-03-05T14:07:09"}), ("VALIDATION", "parent.made_at")),
        (sale(parent={"made_at": "2026-13-05T14:07:09+05:00"}), ("VALIDATION", "parent.made_at")),
        (sale(parent={"made_at": "0001-01-01T00:00:00+14:00"}), ("VALIDATION", "parent.made_at")),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(body: dict[str, Any], expected: tuple[str, str | None]) -> None:
    assert refusal(body) == expected


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (line(price="1,5"), "figure"),
        (line(markup_percent="1.2345"), "figure"),
        (sale(payments=[{"type": "cash", "sum": "1.001"}]), "figure"),
        (sale(parent={"total": "x"}), "figure"),
        (sale(parent={"made_at": "вчера"}), "moment"),
        (sale(customer={"phone": "-"}), "malformed"),
        (line(price=1), "not_text"),
    ],
)
def test_how_a_field_is_to_be_written_is_told_by_the_field(body: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        ticket(body)
    assert refused.value.params["reason"] == reason


def test_codes_at_their_longest_pass_and_lose_the_spaces_around_them() -> None:
    one = ticket(line(barcode="9" * 64, ntin=" 0200 ", mark="\x1d" + "x" * 299, section=" 7 ")).items[0]
    assert (one.barcode, one.ntin, one.mark, one.section) == ("9" * 64, "0200", "\x1d" + "x" * 299, "7")
    assert ticket(line(name="x" + " " * 5_000)).items[0].name == "x"


@pytest.mark.parametrize("text", ["-1", "0", "-0.00", "100000000", "9" * 300, "-" + "9" * 300])
def test_a_well_formed_figure_outside_its_bounds_goes_through_to_be_refused_by_name(text: str) -> None:
    assert not 1 <= ticket(line(price=text)).items[0].price <= 9_999_999_999


def test_a_figure_has_one_value_however_many_zeros_lead_it() -> None:
    assert tiyn("0" * 200 + "7.5") == 750
    assert thousandths("-0.5") == -500


@given(st.integers(min_value=-(10**16), max_value=10**16))
def test_a_written_figure_is_read_as_it_was_meant(amount: int) -> None:
    sign = "-" if amount < 0 else ""
    assert tiyn(f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}") == amount


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
FIELDS = sorted({*TicketBody.model_fields, *PlacementBody.model_fields})


@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(), JSON, max_size=8), st.sampled_from([None, *Kind]))
def test_whatever_is_sent_is_read_or_refused(found: dict[str, Any], kind: Kind | None) -> None:
    body = found if kind is None else {**found, "kind": str(kind)}
    try:
        read = read_document(body)
        if isinstance(read, TicketBody):
            read.ticket()
    except Refused as refused:
        assert refused.code in ("VALIDATION", "UNKNOWN_PAYMENT", "NAME_REQUIRED")


def test_bodies_are_frozen_and_small() -> None:
    assert CashierBody(code=2**31 - 1, name="A" * 64).cashier().code == 2**31 - 1


# -- the JSON itself -----------------------------------------------------------------------------------------


def request(*parts: bytes, length: int | None = None) -> Request:
    left = list(parts)

    async def receive() -> dict[str, Any]:
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(left)}

    headers = [] if length is None else [(b"content-length", str(length).encode())]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


HOSTILE = [
    b"",
    b"{",
    b"\xff\xfe{\x00}\x00",
    b'\xef\xbb\xbf{"kind": "sell"}',
    b'{"kind": "sell", "kind": "buy"}',
    b'{"items": [{"price": "1", "price": "2"}]}',
    b'{"sum": NaN}',
    b'{"sum": -Infinity}',
    b'{"sum": ' + b"9" * 10_000 + b"}",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"name": "\\ud800"}',
    b'{"\\udfff": 1}',
    b'{"name": "\x00"}',
    b'{"name": "\xed\xa0\x80"}',
    b"{'kind': 1}",
    b'{"a": 1} {"b": 2}',
]


@pytest.mark.parametrize("body", HOSTILE, ids=[str(place) for place in range(len(HOSTILE))])
async def test_what_is_not_plain_json_is_a_problem(body: bytes) -> None:
    with pytest.raises(Refused, match="not_json"):
        await read_json(request(body))


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"1", b"[" * 100 + b"]" * 100])
async def test_a_body_is_an_object(body: bytes) -> None:
    with pytest.raises(Refused, match="not_object"):
        await read_json(request(body))


async def test_a_pair_of_surrogates_is_one_character() -> None:
    assert await read_json(request(json.dumps({"name": "☕🥐"}).encode())) == {"name": "☕🥐"}


async def test_a_body_may_come_in_pieces_of_any_cut() -> None:
    body = '{"name": "Нан"}'.encode()
    assert await read_json(request(*(body[place : place + 1] for place in range(len(body))))) == {"name": "Нан"}


async def test_a_body_over_the_limit_is_not_read_to_its_end() -> None:
    with pytest.raises(Refused, match="BODY_TOO_LARGE"):
        await read_json(request(b"{", length=BODY_BYTES_MAX + 1))
    with pytest.raises(Refused, match="BODY_TOO_LARGE"):
        await read_json(request(b" " * BODY_BYTES_MAX, b" ", b"{}"))
