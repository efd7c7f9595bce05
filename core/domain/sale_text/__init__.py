"""Reading a sale from free text: `read_sale` and what it answers."""

from __future__ import annotations

from core.domain.sale_text.catalogue import Candidate, Catalogue, complete
from core.domain.sale_text.reading import read_sale
from core.domain.sale_text.spoken import (
    Buyer,
    PaymentKind,
    Reading,
    SpokenLine,
    SpokenPayment,
    Unreadable,
    UnreadableReason,
)
from core.domain.sale_text.sums import sum_said

__all__ = [
    "Buyer",
    "Candidate",
    "Catalogue",
    "PaymentKind",
    "Reading",
    "SpokenLine",
    "SpokenPayment",
    "Unreadable",
    "UnreadableReason",
    "complete",
    "read_sale",
    "sum_said",
]
