"""Banknotes (банкноты, банкноттар): which sums a buyer is likely to hand over for a total."""

from __future__ import annotations

from core.domain.money import DOCUMENT_TIYN_MAX, Money

NOTES_TIYN = (50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000)
"""The notes of the tenge from 500 to 20 000 (National Bank of Kazakhstan), in tiyn."""


def likely_sums(total: Money) -> tuple[Money, ...]:
    """Sums above ``total`` made of equal notes, smallest first: 1 950 ₸ gives 2 000, 5 000, 10 000, 20 000."""
    assert total > 0
    sums = {-(-total // note) * note for note in NOTES_TIYN}
    return tuple(sorted(one for one in sums if total < one <= DOCUMENT_TIYN_MAX))
