"""Where digits belong to a name and where they are its price: «кофе800», «кроссовки 42 размера», «айфон 15 чехол»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.domain.sale_text.marks import is_break, is_plain_word, role_of
from core.domain.sale_text.numbers import Number
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import Role

_GLUED_PRICE = re.compile(r"(?P<name>[^\W\d_]{3,})-?(?P<price>[1-9][0-9]{1,5})(?:тг|тенге|теңге|т)?", re.IGNORECASE)
_ROUND_PRICES = 5
"""Cheap things cost 5, 10, 15 … tenge; another small number inside a name is part of it."""
_WORDS_LOOKED_AHEAD = 6


def ways_of_naming(tokens: list[Token]) -> list[list[Token]]:
    """The tokens with digits given to prices first, and the other ways that make a difference."""
    parted = _with_glued_prices(tokens)
    ways = [_with_numbered_names(parted, every=False)]
    unglued, merged = _with_numbered_names(tokens, every=False), _with_numbered_names(parted, every=True)
    for other in (unglued, merged, _with_parted_sums(ways[0])):
        if other not in ways:
            ways.append(other)
    return ways


def _with_glued_prices(tokens: Sequence[Token]) -> list[Token]:
    """«нан-350 кофе-800»: digits after a word are its price where no other number follows; «Форте-500 1200»."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        match = _GLUED_PRICE.fullmatch(token.name) if is_plain_word(token) else None
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        ends = is_break(following) or (following is not None and following.kind in (TokenKind.WORD, TokenKind.TIMES))
        if role_of(token) is Role.CURRENCY and out and out[-1].number is not None:
            continue
        if match is None or not ends:
            out.append(token)
            continue
        middle = token.start + len(match["name"])
        price = token.start + match.start("price")
        out.append(replace(token, name=match["name"], end=middle))
        out.append(Token(TokenKind.NUMBER, price, token.end, number=Number(match["price"], match["price"])))
    return out


def _with_parted_sums(tokens: Sequence[Token]) -> list[Token]:
    """«шай 150 200» may be 150 200, or 150 and 200 more; «250 000» is one sum."""
    out: list[Token] = []
    for token in tokens:
        number = token.number
        split = number.split if number is not None else None
        if number is None or split is None or len(split[0]) < 3 or split[1].startswith("0"):
            out.append(token)
            continue
        first, second = number.parted()
        middle = token.start + len(first.text)
        out.append(Token(TokenKind.NUMBER, token.start, middle, number=first))
        out.append(Token(TokenKind.BREAK, middle, middle + 1))
        out.append(Token(TokenKind.NUMBER, middle + 1, token.end, number=second))
    return out


def _with_numbered_names(tokens: Sequence[Token], every: bool) -> list[Token]:
    """«айфон 14 чехол 3500»: a small number between words of which only the last has a price."""
    out: list[Token] = []
    prices_first = False
    for at, token in enumerate(tokens):
        begins = not out or is_break(out[-1])
        if begins:
            prices_first = token.number is not None and token.number.is_large
        number = token.number
        is_model = number is not None and _is_model(number, every) and not prices_first
        if is_model and number is not None and _is_named(tokens, at):
            out.append(Token(TokenKind.WORD, token.start, token.end, number.text, whole=True))
        else:
            out.append(token)
    return out


def _is_model(number: Number, every: bool) -> bool:
    """A number that may belong to a name: «айфон 14 чехол», «вода 5л газированная»."""
    if number.unit is not None:
        return number.unit.size
    return number.is_bare_count and number.text.isdigit() and (every or int(number.digits) % _ROUND_PRICES > 0)


def _is_named(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number stands between two plain words and a price comes after the second."""
    before, following = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
    if not is_plain_word(before) or not is_plain_word(following):
        return False
    for token in tokens[at + 2 : at + 2 + _WORDS_LOOKED_AHEAD]:
        if token.number is not None:
            return token.number.is_large and not token.number.together
        if not is_plain_word(token) and role_of(token) is not Role.TAKEN:
            return False
    return False
