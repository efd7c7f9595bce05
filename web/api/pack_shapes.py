"""The shapes of the accountant's pack as JSON, for the API's description only."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from web.api.schemas import Document, Moment, Money, OperationName, Shape, SumByOperation, Tax


class TicketTally(Shape):
    count: int
    sum: Money
    cash: Money
    card: Money
    mobile: Money
    discount: Money
    markup: Money
    change: Money
    offline: int


class PlacementTally(Shape):
    count: int
    sum: Money
    offline: int


class TallyShape(Shape):
    tickets: dict[OperationName, TicketTally]
    money_placements: dict[Literal["deposit", "withdrawal"], PlacementTally]
    taxes: list[Tax]


class PackShift(Shape):
    """``documents`` + ``outside`` = ``report``: a shift may be cut by the period's border."""

    number: int
    kind: Literal["X", "Z"]
    opened_at: Moment | None
    closed_at: Moment | None
    close_document: int | None
    autonomous: bool
    cash: Money
    non_nullable_end: SumByOperation
    chain_head: str
    documents: TallyShape
    outside: TallyShape
    report: TallyShape | None


class ControlSums(Shape):
    agrees: bool
    documents: TallyShape
    outside: TallyShape
    reports: TallyShape


class Pack(Shape):
    model_config = ConfigDict(populate_by_name=True)
    register_id: str
    first: Annotated[str, Field(alias="from")]
    last: Annotated[str, Field(alias="to")]
    as_of_document: int
    documents: list[Document]
    shifts: list[PackShift]
    control_sums: ControlSums
