"""A sum alone, as people say it: «5к», «бес мың», «полторы тысячи», «2 500 тг»."""

from __future__ import annotations

from core.domain.money import Money
from core.domain.sale_text.hearing import hear
from core.domain.sale_text.marks import mark_numbers
from core.domain.sale_text.numbers import NotRead
from core.domain.sale_text.spoken import TEXT_CHARACTERS_MAX
from core.domain.sale_text.tokens import Lexer, clean


def sum_said(text: str) -> Money | None:
    """The sum in tiyn if the text is one and nothing else, and one that money can be."""
    if len(text) > TEXT_CHARACTERS_MAX:
        return None
    tokens = mark_numbers(hear(Lexer(clean(text), ()).read()))
    number = tokens[0].number if len(tokens) == 1 else None
    try:
        return None if number is None else number.tiyn()
    except NotRead:
        return None
