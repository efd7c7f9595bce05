"""What the page sends: the API's own shapes, with what only a page needs beside them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from core.domain.cart import split_payments
from core.domain.decide import PlacementInput
from core.domain.money import Money, format_money, format_quantity
from core.domain.pricing import LINES_MAX
from core.domain.ticket import Adjustment, Kind, LineInput, Payment, PaymentType, TicketInput
from core.errors import Refused
from web.problems import Problem
from web.requests import Body, MoneyText, ThousandthsText, TicketBody, read_document, tiyn

TOKEN_PATTERN = r"^[A-Za-z0-9_-]{43}$"  # noqa: S105
"""256 random bits in base64."""


class OpenBody(Body):
    """Launch data as Telegram gave it, and the token that the phone has made for its session."""

    init_data: Annotated[str, Field(max_length=20_000)]
    token: Annotated[str, Field(pattern=TOKEN_PATTERN)]


class MeBody(Body):
    """What a person changes about themselves."""

    language: Literal["kk", "ru", "en"] | None = None
    register_id: str | None = None


class SplitBody(Body):
    """Part in cash, the rest otherwise."""

    cash: MoneyText
    rest: Literal["card", "mobile"]


class PriceBody(TicketBody):
    """A sale to price, paid in parts where it says so."""

    kind: Literal["sell"]
    split: SplitBody | None = None


class ReturnBody(Body):
    """So much of each line of a receipt, or all that is left; paid out as it was paid in, or as it says."""

    quantities: Annotated[list[ThousandthsText], Field(max_length=LINES_MAX)] | None = None
    payment: Literal["cash", "card", "mobile"] | None = None


class ShiftBody(Body):
    """Close of the shift; with ``withdraw_cash`` the whole drawer is taken out first."""

    withdraw_cash: bool = False


def split_of(total: Money, split: SplitBody) -> tuple[Payment, ...]:
    """The payments of a total paid in parts."""
    cash = tiyn(split.cash)
    if not 0 <= cash <= total:
        raise Refused("PAYMENTS_TOTAL_MISMATCH", paid=cash, total=total)
    return split_payments(total, cash, PaymentType(split.rest))


def command_of(found: dict[str, Any]) -> TicketInput | PlacementInput:
    """The document that is asked for. The cashier is whoever holds the phone, so none is named."""
    if "cashier" in found:
        raise Problem("VALIDATION", 422, field="cashier", reason="unknown_field")
    body = read_document(found)
    return body.ticket() if isinstance(body, TicketBody) else PlacementInput(Kind(body.kind), tiyn(body.sum))


def request_body(request: TicketInput) -> dict[str, Any]:
    """A return as the page sends it back when it is to be made."""
    customer = {name: value for name in ("iin_bin", "phone", "email") if (value := getattr(request.customer, name))}
    parent = request.parent
    body: dict[str, Any] = {
        "kind": str(request.kind),
        "items": [_line(line) for line in request.items],
        "payments": [{"type": str(one.type), "sum": format_money(one.sum)} for one in request.payments or ()],
        **_adjusted(request.discount, request.markup),
    }
    if customer:
        body["customer"] = customer
    if parent is not None:
        body["parent"] = {"document_number": parent.document_number}
    return body


def _line(line: LineInput) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": line.name,
        "price": format_money(line.price),
        "quantity": format_quantity(line.quantity),
        "unit": line.unit,
        "section": line.section,
        "storno": line.storno,
        **_adjusted(line.discount, line.markup),
    }
    for name in ("vat", "barcode", "ntin", "mark"):
        if (value := getattr(line, name)) is not None:
            told[name] = value
    return told


def _adjusted(discount: Adjustment | None, markup: Adjustment | None) -> dict[str, str]:
    """Of receipts that were made, so always as sums."""
    told = {}
    for name, one in (("discount", discount), ("markup", markup)):
        if one is not None:
            assert one.sum is not None
            told[name] = format_money(one.sum)
    return told
