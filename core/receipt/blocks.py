"""The semantic layout: what stands on a receipt, in order, with the role of each part. Renderers know only this."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "center", "right"]
LayoutLanguage: TypeAlias = Literal["kk-ru", "kk", "ru", "en"]


class Role(StrEnum):
    """What a block means. A renderer may draw by role, but may leave no block out."""

    PRACTICE = "practice"
    PRACTICE_NOTE = "practice_note"
    TAXPAYER = "taxpayer"
    POINT = "point"
    IIN_BIN = "iin_bin"
    ADDRESS = "address"
    FISCAL_RECEIPT = "fiscal_receipt"
    SAVED = "saved"
    REFUSED = "refused"
    REFUSED_NOTE = "refused_note"
    REASON = "reason"
    AUTONOMOUS = "autonomous"
    COPY = "copy"
    OPERATION = "operation"
    REPORT_NOTE = "report_note"
    DOCUMENT_NUMBER = "document_number"
    SHIFT = "shift"
    CASHIER = "cashier"
    OPENED = "opened"
    CLOSED = "closed"
    ITEM = "item"
    NTIN = "ntin"
    MARKING = "marking"
    ITEM_SUM = "item_sum"
    ITEM_DISCOUNT = "item_discount"
    ITEM_MARKUP = "item_markup"
    ITEM_COST = "item_cost"
    ITEM_VAT = "item_vat"
    SUBTOTAL = "subtotal"
    DISCOUNT = "discount"
    MARKUP = "markup"
    TOTAL = "total"
    VAT = "vat"
    PAYMENT = "payment"
    TAKEN = "taken"
    CHANGE = "change"
    CUSTOMER = "customer"
    PARENT = "parent"
    AUTONOMOUS_SIGN = "autonomous_sign"
    FISCAL_SIGN = "fiscal_sign"
    TIME = "time"
    RNM = "rnm"
    ZNM = "znm"
    OFD = "ofd"
    CHECK_SITE = "check_site"
    QR = "qr"
    HEADING = "heading"
    SECTION = "section"
    FIGURE = "figure"
    CASH = "cash"
    REVENUE = "revenue"
    NON_NULLABLE = "non_nullable"
    CHECKSUM = "checksum"
    CHAIN_HEAD = "chain_head"
    RULE = "rule"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Text:
    """Words on lines of their own."""

    role: Role
    text: str
    align: Align = "left"
    bold: bool = False
    size: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A name at the left edge and its value at the right one."""

    role: Role
    left: str
    right: str
    bold: bool = False
    size: int = 1


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark across the whole receipt: practice, refused, autonomous."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class CopyMark:
    """The place of КӨШІРМЕ / ДУБЛИКАТ; drawn on copies only."""

    text: str
    role: Role = Role.COPY


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""

    char: Literal["-", "="] = "-"
    role: Role = Role.RULE


@dataclass(frozen=True, slots=True)
class Space:
    """Empty lines."""

    lines: int = 1
    role: Role = Role.SPACE


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code with words under it."""

    data: str
    caption: str
    role: Role = Role.QR


Block: TypeAlias = Text | Row | Badge | CopyMark | Rule | Space | Qr


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole paper. ``title`` names it in a list; ``copy`` says whether the copy mark is drawn."""

    title: str
    language: LayoutLanguage
    copy: bool
    blocks: tuple[Block, ...]

    def of(self, role: Role) -> tuple[Block, ...]:
        """The blocks of one role, in order."""
        return tuple(block for block in self.blocks if block.role is role)

    def has(self, role: Role) -> bool:
        """Whether a block of this role stands on the paper."""
        return any(block.role is role for block in self.blocks)
