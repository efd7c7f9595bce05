"""Request bodies: strict shapes, and from them the commands that the engine takes.

Figures are decimal texts. What is a well-formed decimal outside its bounds goes through to ``core.domain.pricing``,
which refuses it by name (``PRICE_OUT_OF_RANGE`` …); what is no decimal, or has too many places, is ``VALIDATION``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from core.clock import ALMATY
from core.domain.money import MONEY_PLACES, THOUSANDTHS_PLACES, Money, parse_decimal
from core.domain.names import has_control_characters, is_visible
from core.domain.pricing import LINES_MAX, NAME_CHARACTERS_MAX
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
from core.domain.units import PIECE, UNITS
from core.domain.vat import RATES
from core.errors import Refused

WHOLE_DIGITS_MAX = 15
NUMBER_MAX = 2**31 - 1

GROUP_SEPARATOR = "\x1d"

_REASONS = {
    "control_characters": "control_characters",
    "extra_forbidden": "unknown_field",
    "missing": "missing",
    "string_pattern_mismatch": "malformed",
    "string_too_long": "length",
    "string_too_short": "length",
    "string_type": "not_text",
    "too_long": "length",
    "too_short": "length",
    "union_tag_invalid": "unknown_kind",
    "union_tag_not_found": "missing",
}

# How a field whose text does not fit is written, where that can be told.
_FORMS = {
    **dict.fromkeys(("price", "sum", "taken", "total", "quantity"), "figure"),
    **dict.fromkeys(("discount", "discount_percent", "markup", "markup_percent"), "figure"),
    "made_at": "moment",
}


def _without_control_characters(text: str) -> str:
    if has_control_characters(text):
        raise PydanticCustomError("control_characters", "control characters are not allowed")
    return text


def _said(text: str) -> str:
    if not is_visible(text):
        raise PydanticCustomError("string_too_short", "nothing that can be seen")
    return text


def _marking_code(text: str) -> str:
    _said(_without_control_characters(text.replace(GROUP_SEPARATOR, "")))
    return text


def _real_moment(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("string_pattern_mismatch", "no such moment") from None
    return text


# For whoever reads the description: what the validators refuse, as patterns of JSON Schema.
# Not by looking ahead: programs that make examples of a pattern, as schemathesis does, cannot do that.
_UNCLEAN = r"\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069"
_UNSEEN = r"\s\u00ad\u0300-\u036f\u115f\u1160\u200b-\u200f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
_CLEAN = {"pattern": f"^[^{_UNCLEAN}]*$"}
_CLEAN_AND_SAID = {"pattern": f"^[^{_UNCLEAN}]*[^{_UNCLEAN}{_UNSEEN}][^{_UNCLEAN}]*$"}
Words = Annotated[str, AfterValidator(_without_control_characters), Field(json_schema_extra=_CLEAN)]
SaidWords = Annotated[
    str, AfterValidator(_without_control_characters), AfterValidator(_said), Field(json_schema_extra=_CLEAN_AND_SAID)
]
MoneyText = Annotated[
    str, Field(pattern=r"^-?[0-9]+(\.[0-9]{1,2})?$", max_length=400, examples=["1950.00", "1950"])
]
ThousandthsText = Annotated[
    str, Field(pattern=r"^-?[0-9]+(\.[0-9]{1,3})?$", max_length=400, examples=["1.5"])
]
MomentText = Annotated[
    str,
    Field(
        pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$",
        examples=["2026-03-05T14:07:09+05:00"],
    ),
    AfterValidator(_real_moment),
]


class Body(BaseModel):
    """A JSON object: nothing is converted, nothing unknown is let through."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Adjustable(Body):
    """What a line and a whole ticket may both carry: at most one discount and one markup, each a sum or a percent."""

    discount: MoneyText | None = None
    discount_percent: ThousandthsText | None = None
    markup: MoneyText | None = None
    markup_percent: ThousandthsText | None = None

    def adjustments(self, field: str) -> tuple[Adjustment | None, Adjustment | None]:
        """The discount and the markup; ``field`` names this object where both forms of one are given."""
        return (
            _adjustment(self.discount, self.discount_percent, f"{field}discount"),
            _adjustment(self.markup, self.markup_percent, f"{field}markup"),
        )


class LineBody(Adjustable):
    """One line of a ticket."""

    name: Annotated[
        Words,
        # Trimmed first and measured then, by the pricing.
        Field(examples=["Кофе"], json_schema_extra={"minLength": 1, "maxLength": NAME_CHARACTERS_MAX}),
    ]
    price: MoneyText
    quantity: Annotated[ThousandthsText, Field(examples=["1.5"])] = "1"
    unit: Annotated[str, Field(max_length=100, json_schema_extra={"enum": sorted(UNITS)})] = PIECE
    section: Annotated[SaidWords, Field(min_length=1, max_length=20)] = "1"
    vat: Annotated[str | None, Field(max_length=100, json_schema_extra={"enum": [*RATES, None]})] = None
    barcode: Annotated[SaidWords, Field(min_length=1, max_length=64)] | None = None
    ntin: Annotated[SaidWords, Field(min_length=1, max_length=64)] | None = None
    mark: Annotated[str, AfterValidator(_marking_code), Field(min_length=1, max_length=300)] | None = None
    storno: bool = False

    def line(self, place: int) -> LineInput:
        """The line as the engine takes it."""
        discount, markup = self.adjustments(f"items[{place}].")
        return LineInput(
            name=self.name.strip(),
            price=tiyn(self.price),
            quantity=thousandths(self.quantity),
            unit=self.unit,
            section=self.section.strip(),
            vat=self.vat,
            discount=discount,
            markup=markup,
            barcode=None if self.barcode is None else self.barcode.strip(),
            ntin=None if self.ntin is None else self.ntin.strip(),
            mark=self.mark,
            storno=self.storno,
        )


class PaymentBody(Body):
    """One payment; a cash sum is net of change."""

    type: Annotated[str, Field(max_length=100, json_schema_extra={"enum": [str(one) for one in PaymentType]})]
    sum: MoneyText

    def payment(self) -> Payment:
        """The payment as the engine takes it."""
        if self.type not in list(PaymentType):
            raise Refused("UNKNOWN_PAYMENT", type=self.type[:20])
        return Payment(PaymentType(self.type), tiyn(self.sum))


class ParentBody(Body):
    """The basis of a return: ``document_number`` of this register, or the five facts of a receipt made elsewhere."""

    document_number: Annotated[int, Field(ge=1, le=NUMBER_MAX)] | None = None
    fiscal_sign: Annotated[str, Field(pattern=r"^[0-9]{1,20}$")] | None = None
    made_at: MomentText | None = None
    rnm: Annotated[str, Field(pattern=r"^[0-9]{12}$")] | None = None
    total: MoneyText | None = None
    autonomous: bool | None = None

    def parent(self) -> Parent:
        """The basis as the engine takes it; facts that are missing are refused there."""
        facts = (self.fiscal_sign, self.made_at, self.rnm, self.total, self.autonomous)
        if self.document_number is not None and any(fact is not None for fact in facts):
            raise Refused("VALIDATION", field="parent", reason="both")
        return Parent(
            document_number=self.document_number,
            fiscal_sign=self.fiscal_sign,
            made_at=None if self.made_at is None else moment(self.made_at),
            rnm=self.rnm,
            total=None if self.total is None else tiyn(self.total),
            autonomous=self.autonomous,
        )


class CustomerBody(Body):
    """What the buyer asked to have on the receipt."""

    iin_bin: Annotated[str, Field(max_length=64, examples=["131240010479"])] | None = None
    phone: Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()-]{4,22}$", examples=["+77010000000"])] | None = None
    email: Annotated[str, Field(pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$", max_length=254)] | None = None


class CashierBody(Body):
    """Who rings it up."""

    code: Annotated[int, Field(ge=0, le=NUMBER_MAX)]
    name: Annotated[SaidWords, Field(min_length=1, max_length=64)]

    def cashier(self) -> Cashier:
        """The cashier as the engine takes it."""
        return Cashier(self.code, self.name.strip())


class TicketBody(Adjustable):
    """A sale (``sell``), a purchase from a person (``buy``) or a return of one of them."""

    kind: Literal["sell", "sell_return", "buy", "buy_return"]
    items: Annotated[list[LineBody], Field(min_length=1, max_length=LINES_MAX)]
    payments: list[PaymentBody] | None = None
    taken: MoneyText | None = None
    customer: CustomerBody | None = None
    parent: ParentBody | None = None
    cashier: CashierBody | None = None

    def ticket(self) -> TicketInput:
        """The ticket as the engine takes it."""
        discount, markup = self.adjustments("")
        customer = self.customer or CustomerBody()
        payments = None if self.payments is None else tuple(one.payment() for one in self.payments)
        return TicketInput(
            kind=Kind(self.kind),
            items=tuple(line.line(place) for place, line in enumerate(self.items)),
            discount=discount,
            markup=markup,
            payments=payments,
            taken=None if self.taken is None else tiyn(self.taken),
            customer=Customer(customer.iin_bin, customer.phone, customer.email),
            parent=None if self.parent is None else self.parent.parent(),
        )


class PlacementBody(Body):
    """Cash put into the drawer (``deposit``) or taken out of it (``withdrawal``)."""

    kind: Literal["deposit", "withdrawal"]
    sum: MoneyText
    cashier: CashierBody | None = None


class QuoteTicketBody(TicketBody):
    """A ticket to price; ``payments`` may be left out."""

    register_id: str


class QuoteTextBody(Body):
    """A sale as a vendor writes it in the chat."""

    register_id: str
    text: Annotated[str, Field(max_length=10_000, examples=["2 кофе 800, нан 350, нал 2000"])]


class CheckLinkBody(Body):
    """The address in the QR code of any operator's receipt."""

    url: Annotated[Words, Field(max_length=2000)]


class PatchBody(Body):
    """Settings of a register that may be changed; what is left out stays."""

    title: Annotated[SaidWords, Field(min_length=1, max_length=64)] | None = None
    auto_close: bool | None = None


class CloseBody(Body):
    """Close of the shift; with ``withdraw_cash`` the whole drawer is taken out first."""

    withdraw_cash: bool = False
    cashier: CashierBody | None = None


class ResolveBody(Body):
    """What a person decides about a stopped lane; ``token`` is the one newly issued by the operator."""

    resolution: Literal["retry", "encode_again", "settled_outside"]
    reason: Annotated[SaidWords, Field(min_length=1, max_length=500)]
    token: Annotated[int, Field(ge=1, le=2**32 - 1)] | None = None


class BridgeBody(Body):
    """The code that a new printer bridge shows; without ``register_ids`` it prints for all registers."""

    code: Annotated[str, Field(pattern=r"^[0-9]{5}[ -]?[0-9]{5}$", max_length=100, examples=["48217 30551"])]
    register_ids: Annotated[list[str], Field(max_length=1000)] = []


DocumentBody = Annotated[TicketBody | PlacementBody, Field(discriminator="kind")]
document_body: TypeAdapter[TicketBody | PlacementBody] = TypeAdapter(DocumentBody)

Model = TypeVar("Model", bound=BaseModel)


def read_model(model: type[Model], found: dict[str, Any]) -> Model:
    """The body as ``model``, or a refusal that names the first field that does not fit."""
    try:
        return model.model_validate(found)
    except ValidationError as error:
        raise _refusal(error) from None


def read_document(found: dict[str, Any]) -> TicketBody | PlacementBody:
    """A document request of any kind."""
    try:
        return document_body.validate_python(found)
    except ValidationError as error:
        raise _refusal(error) from None


def tiyn(text: str) -> Money:
    """Money in tiyn of a text that fits :data:`MoneyText`."""
    return _scaled(text, MONEY_PLACES)


def thousandths(text: str) -> int:
    """A quantity or a percent in thousandths of a text that fits :data:`ThousandthsText`."""
    return _scaled(text, THOUSANDTHS_PLACES)


def moment(text: str) -> datetime:
    """A fiscal time: whole seconds at +05:00."""
    return datetime.fromisoformat(text).astimezone(ALMATY).replace(microsecond=0)


def _scaled(text: str, places: int) -> int:
    sign = "-" if text.startswith("-") else ""
    whole, point, part = text.removeprefix("-").partition(".")
    digits = whole.lstrip("0") or "0"
    if len(digits) > WHOLE_DIGITS_MAX:
        # Beyond every bound however it goes on: refused by the bound's own name, and arithmetic stays small.
        digits = "9" * WHOLE_DIGITS_MAX
    value = parse_decimal(f"{sign}{digits}{point}{part}", places)
    assert value is not None, "the pattern of the field lets only decimals through"
    return value


def _adjustment(amount: str | None, percent: str | None, field: str) -> Adjustment | None:
    if amount is not None and percent is not None:
        raise Refused("VALIDATION", field=field, reason="both")
    if amount is not None:
        return Adjustment(sum=tiyn(amount))
    return None if percent is None else Adjustment(percent=thousandths(percent))


def _refusal(error: ValidationError) -> Refused:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    path = _path(first)
    if first["type"] == "missing" and path.startswith("items[") and path.endswith("].name"):
        return Refused("NAME_REQUIRED")
    reason = _REASONS.get(first["type"], "type")
    if reason == "malformed":
        reason = _FORMS.get(str(first["loc"][-1]), reason)
    return Refused("VALIDATION", field=path[:100], reason=reason)


def _path(error: ErrorDetails) -> str:
    """``items[0].price``; the tag of the union by kind is no part of it."""
    steps = list(error["loc"])
    if steps and steps[0] in list(Kind) and len(steps) > 1:
        steps = steps[1:]
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path or "kind"
