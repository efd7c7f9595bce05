"""The shapes of answers, for the API's description only: answers themselves are built in ``web.answers``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Money = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$", examples=["1950.00"])]
Quantity = Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]{1,3})?$", examples=["1.5"])]
Moment = Annotated[
    str, Field(pattern=r"^[0-9T:.-]+\+05:00$", examples=["2026-11-23T14:07:09+05:00"])
]
Digits = Annotated[str, Field(pattern=r"^[0-9]+$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Rate = Literal["16", "12", "10", "5", "0", "none"]
OperationName = Literal["sell", "sell_return", "buy", "buy_return"]
KindName = Literal[OperationName, "deposit", "withdrawal", "shift_close"]
MarkName = Literal[
    "saved", "registered", "autonomous", "autonomous_registered", "refused", "stopped", "settled", "practice"
]
ReasonName = Literal[
    "no_link",
    "timeout",
    "unavailable",
    "blocked",
    "bad_token",
    "numbering",
    "service",
    "shift_too_long",
    "autonomous_too_long",
    "power_lost",
    "clock",
    "restored",
]


class Shape(BaseModel):
    """The base of every shape."""


class ProblemShape(Shape):
    model_config = ConfigDict(title="Problem")
    type: str
    title: str
    status: int
    code: Annotated[str, Field(examples=["PAYMENTS_TOTAL_MISMATCH"])]
    detail: str
    params: dict[str, Any]


class Vat(Shape):
    payer: bool
    default: Rate


class Ofd(Shape):
    operator: str | None
    protocol: str


class CatalogueGood(Shape):
    barcode: str
    name: str
    name_kk: str
    ntin: str | None
    unit: str | None


class Block(Shape):
    reason: ReasonName
    text: str
    since: Moment


class Lane(Shape):
    stopped: bool
    result_code: int | None
    text: str | None


class OpenShift(Shape):
    number: int
    opened_at: Moment
    closes_before: Moment


class Register(Shape):
    register_id: str
    title: str
    practice: bool
    iin_bin: Digits
    taxpayer: str
    address: str
    vat: Vat
    auto_close: bool
    rnm: Digits
    znm: str
    device_id: int
    ofd: Ofd
    state: Literal["active", "blocked", "closed"]
    block: Block | None
    mode: Literal["online", "autonomous"]
    autonomous_since: Moment | None
    autonomous_until: Moment | None
    reason: ReasonName | None
    unsent: int
    pending: int | None
    lane: Lane
    shift: OpenShift | None
    cash: Money
    last_document: int
    chain_head: str | None


class Line(Shape):
    name: str
    price: Money
    quantity: Quantity
    unit: str
    section: str
    gross: Money
    discount: Money
    markup: Money
    sum: Money
    vat: Rate
    vat_sum: Money
    storno: bool
    barcode: str | None
    ntin: str | None
    mark: str | None


class VatRow(Shape):
    rate: Rate
    turnover: Money
    sum: Money
    turnover_without_tax: Money


class PaymentRow(Shape):
    type: Literal["cash", "card", "mobile"]
    sum: Money


class ParentRow(Shape):
    document_number: int | None
    fiscal_sign: str | None
    made_at: Moment | None
    rnm: str | None
    total: Money | None
    autonomous: bool | None


class CustomerRow(Shape):
    iin_bin: str | None
    phone: str | None
    email: str | None


class Priced(Shape):
    kind: OperationName
    items: list[Line]
    total: Money
    discount: Money
    markup: Money
    vat: list[VatRow]
    payments: list[PaymentRow] | None
    taken: Money | None
    change: Money | None
    customer: CustomerRow | None
    parent: ParentRow | None


class Quote(Priced):
    register_id: str
    readings: list[Priced] = []


class CheckLink(Shape):
    operator: str
    fiscal_sign: str
    rnm: str | None
    total: Money | None
    made_at: Moment | None


class Count(Shape):
    count: int
    sum: Money


class ByOperation(Shape):
    sell: Count
    sell_return: Count
    buy: Count
    buy_return: Count


class SumByOperation(Shape):
    sell: Money
    sell_return: Money
    buy: Money
    buy_return: Money


class TaxRow(Shape):
    turnover: Money
    sum: Money
    turnover_without_tax: Money


class Tax(Shape):
    rate: Rate
    operations: dict[OperationName, TaxRow]


class Tickets(Shape):
    total_count: int
    count: int
    sum: Money
    payments: dict[str, Count]
    offline_count: int
    discount_sum: Money
    markup_sum: Money
    change_sum: Money


class Placements(Shape):
    total_count: int
    count: int
    sum: Money
    offline_count: int


class Revenue(Shape):
    sum: Money
    is_negative: bool


class Report(Shape):
    kind: Literal["X", "Z"]
    register_id: str
    shift: int
    opened_at: Moment
    closed_at: Moment | None
    made_at: Moment
    autonomous: bool
    sections: dict[str, ByOperation]
    operations: ByOperation
    discounts: ByOperation
    markups: ByOperation
    total_result: ByOperation
    taxes: list[Tax]
    tickets: dict[OperationName, Tickets]
    money_placements: dict[Literal["deposit", "withdrawal"], Placements]
    cash: Money
    revenue: Revenue
    non_nullable_start: SumByOperation
    non_nullable_end: SumByOperation
    checksum: str
    chain_head: str


class OfdAnswer(Shape):
    result_code: int | None
    text: str | None
    registered_at: Moment | None


class CashierRow(Shape):
    code: int
    name: str


class Document(Shape):
    """Members of a ticket stand on tickets only, ``report`` on the close of a shift only."""

    register_id: str
    number: int
    kind: KindName
    shift: int
    number_in_shift: int
    made_at: Moment
    cashier: CashierRow
    items: list[Line] = []
    total: Money
    discount: Money | None = None
    markup: Money | None = None
    vat: list[VatRow] = []
    payments: list[PaymentRow] | None = None
    taken: Money | None = None
    change: Money | None = None
    customer: CustomerRow | None = None
    parent: ParentRow | None = None
    mark: MarkName
    practice: bool
    autonomous_sign: Digits | None
    fiscal_sign: str | None
    check_url: str | None
    receipt_url: str
    ofd: OfdAnswer
    digest: Digest
    previous_digest: Digest
    report: Report | None = None


class LayoutShape(Shape):
    title: str
    language: Literal["kk-ru", "kk", "ru", "en"]
    copied: Annotated[bool, Field(alias="copy")]
    blocks: list[dict[str, Any]]


class DocumentLayout(Shape):
    document: Document
    layout: LayoutShape


class Shift(Shape):
    number: int
    opened_at: Moment
    closed_at: Moment | None
    close_document: int | None


class BridgeShape(Shape):
    bridge_id: str
    title: str
    register_ids: list[str]
    created_at: Moment
    revoked_at: Moment | None


class BridgeList(Shape):
    items: list[BridgeShape]
    next: None


class RegisterList(Shape):
    items: list[Register]
    next: int | None


class DocumentList(Shape):
    items: list[Document]
    next: int | None


class ShiftList(Shape):
    items: list[Shift]
    next: int | None


ANSWERS: tuple[type[BaseModel], ...] = (
    CatalogueGood,
    BridgeList,
    BridgeShape,
    CheckLink,
    Document,
    DocumentLayout,
    DocumentList,
    ProblemShape,
    Quote,
    Register,
    RegisterList,
    Report,
    ShiftList,
)
