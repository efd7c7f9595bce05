"""The message cut at its commas and line ends, and joined again where they only part a name from its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.sale_text.marks import is_break, is_plain_word, role_of
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import Role

Segment = tuple[list[Token], bool]
"""Tokens, and whether a plus stands before them."""


def segments_of(tokens: Sequence[Token]) -> list[Segment]:
    """«кофе, 800», «самса, 3 шт, 350», «кофе 800, x2» and a name above its price are one segment each."""
    segments: list[Segment] = [([], False)]
    for token in tokens:
        if not is_break(token):
            segments[-1][0].append(token)
        elif segments[-1][0]:
            segments.append(([], token.is_plus))
    out: list[Segment] = []
    for segment, after_plus in segments:
        before = out[-1][0] if out else []
        if _awaits_count(before) and segment and segment[0].number is not None and segment[0].number.unit is not None:
            before.append(segment[0])
            segment = segment[1:]
        if before and segment and not after_plus and _belongs(segment, before):
            before.extend(segment)
        else:
            out.append((segment, after_plus))
    return out


def _belongs(segment: Sequence[Token], before: Sequence[Token]) -> bool:
    number = segment[-1].number
    if number is None or number.percent or len(segment) > 2:
        return False
    alone, after_sign = len(segment) == 1, segment[0].kind is TokenKind.TIMES
    counts = number.unit is not None or number.is_bare_count
    if _is_name(before):
        return alone or after_sign
    if _is_counted_name(before):
        return (alone or role_of(segment[0]) is Role.TOTAL) and not counts
    is_priced = _is_name(before[:-1]) and before[-1].number is not None and before[-1].number.is_large
    return is_priced and counts and ((alone and number.unit is not None) or after_sign)


def _awaits_count(tokens: Sequence[Token]) -> bool:
    """«кофе по 800», where «2шт.» comes after a comma."""
    price = tokens[-1].number if tokens else None
    return price is not None and price.each and _is_name(tokens[:-1])


def _is_name(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and all(
        token.kind is TokenKind.WORD and (token.whole or is_plain_word(token)) for token in tokens
    )


def _is_counted_name(tokens: Sequence[Token]) -> bool:
    """«3 кофе», «самса 3 шт»; «пакет 50» has a price already."""
    if len(tokens) < 2:
        return False
    first, last = tokens[0].number, tokens[-1].number
    if first is not None:
        return (first.unit is not None or first.is_bare_count) and _is_name(tokens[1:])
    if last is not None and tokens[-2].kind is TokenKind.TIMES:
        return last.is_bare_count and _is_name(tokens[:-2])
    return last is not None and last.unit is not None and _is_name(tokens[:-1])
