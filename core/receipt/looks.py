"""How each part of a receipt looks in a picture and in a PDF file, by its role."""

from __future__ import annotations

from dataclasses import dataclass

from core.receipt.blocks import Role
from core.receipt.sheet import Tone


@dataclass(frozen=True, slots=True)
class Look:
    """``size``, ``above`` and ``below`` are parts of the paper's plain text size."""

    size: float = 1.0
    tone: Tone = Tone.INK
    label_tone: Tone = Tone.INK
    label_size: float | None = None
    bold_value: bool = False
    above: float = 0.0
    below: float = 0.0


PLAIN = Look()
_SMALL = Look(0.92, tone=Tone.SOFT)
_FACT = Look(0.95, label_tone=Tone.SOFT)
_SIGN = Look(0.95, label_tone=Tone.SOFT, bold_value=True)

LOOKS: dict[Role, Look] = {
    Role.PRACTICE_NOTE: _SMALL,
    Role.TAXPAYER: Look(1.28, below=0.15),
    Role.POINT: Look(1.05, below=0.1),
    Role.IIN_BIN: _SMALL,
    Role.ADDRESS: _SMALL,
    Role.FISCAL_RECEIPT: Look(0.95, below=0.15),
    Role.SAVED: Look(0.95),
    Role.REFUSED_NOTE: _SMALL,
    Role.REASON: _SMALL,
    Role.OPERATION: Look(1.22, above=0.2, below=0.3),
    Role.REPORT_NOTE: Look(0.92, tone=Tone.SOFT),
    Role.DOCUMENT_NUMBER: _FACT,
    Role.SHIFT: _FACT,
    Role.CASHIER: _FACT,
    Role.OPENED: _FACT,
    Role.CLOSED: _FACT,
    Role.ITEM: Look(above=0.35),
    Role.NTIN: Look(0.88, tone=Tone.SOFT),
    Role.MARKING: Look(0.88, tone=Tone.SOFT),
    Role.ITEM_SUM: Look(label_tone=Tone.SOFT, label_size=0.92),
    Role.ITEM_DISCOUNT: Look(0.92, tone=Tone.SOFT, label_tone=Tone.SOFT),
    Role.ITEM_MARKUP: Look(0.92, tone=Tone.SOFT, label_tone=Tone.SOFT),
    Role.ITEM_COST: Look(0.92, tone=Tone.SOFT, label_tone=Tone.SOFT),
    Role.ITEM_VAT: Look(0.88, tone=Tone.SOFT),
    Role.TOTAL: Look(1.75, label_size=1.0, above=0.15, below=0.3),
    Role.VAT: Look(0.95),
    Role.CUSTOMER: _FACT,
    Role.PARENT: _FACT,
    Role.AUTONOMOUS_SIGN: _SIGN,
    Role.FISCAL_SIGN: _SIGN,
    Role.TIME: _FACT,
    Role.RNM: _FACT,
    Role.ZNM: _FACT,
    Role.OFD: Look(0.92, tone=Tone.SOFT),
    Role.CHECK_SITE: Look(0.92, tone=Tone.SOFT),
    Role.HEADING: Look(above=0.3, below=0.05),
    Role.SECTION: Look(0.95, above=0.25),
    Role.CHECKSUM: _FACT,
    Role.CHAIN_HEAD: Look(0.9, tone=Tone.SOFT, label_tone=Tone.SOFT),
}


def look_of(role: Role) -> Look:
    """The look of a role; plain where none is given."""
    return LOOKS.get(role, PLAIN)
