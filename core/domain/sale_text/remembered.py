"""Names of the catalogue inside a message: in its spelling, and with its price where none was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.domain.money import Money
from core.domain.sale_text.catalogue import Candidate, Catalogue
from core.domain.sale_text.marks import is_break, is_plain_word, role_of
from core.domain.sale_text.numbers import Number
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import Role

NAME_WORDS_MAX = 6
COUNT_MAX = 20
"""«кофе 2» is two of a known price; a larger number is the price that was asked today."""


def with_known_names(tokens: list[Token], catalogue: Catalogue) -> list[Token]:
    """Each stretch of plain words that names known goods becomes one word; names without a price get theirs."""
    if not catalogue:
        return tokens
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and _names(tokens[end]):
            end += 1
        if end == at:
            out.append(tokens[at])
            at += 1
            continue
        needs_price = not _is_priced(tokens, end) and not _is_price(tokens[at - 1] if at else None)
        found = _known_in(tokens[at:end], catalogue, needs_price)
        for place, (token, candidate) in enumerate(found):
            out.append(token)
            is_last = place + 1 == len(found)
            price = candidate.price_tiyn if candidate is not None else None
            if price is not None and (needs_price or not is_last):
                out.append(_price(token, price))
        at = end
    return out


def _names(token: Token) -> bool:
    return token.kind is TokenKind.WORD and (token.whole or is_plain_word(token))


def _known_in(words: Sequence[Token], catalogue: Catalogue, begun: bool) -> list[tuple[Token, Candidate | None]]:
    """The stretch as one name (`begun`: or its beginning), or all of it as full names; else the words as they are."""
    if len(words) <= NAME_WORDS_MAX:
        typed = " ".join(word.name for word in words)
        candidate = catalogue.same(typed) or catalogue.meant(typed, begun)
        if candidate is not None:
            return [(_as_known(words, candidate), candidate)]
    out: list[tuple[Token, Candidate | None]] = []
    at = 0
    while at < len(words):
        for length in range(min(NAME_WORDS_MAX, len(words) - at), 0, -1):
            candidate = catalogue.same(" ".join(word.name for word in words[at : at + length]))
            if candidate is not None:
                out.append((_as_known(words[at : at + length], candidate), candidate))
                at += length
                break
        else:
            return [(word, None) for word in words]
    return out


def _as_known(words: Sequence[Token], candidate: Candidate) -> Token:
    return replace(words[0], end=words[-1].end, name=candidate.name, whole=True, is_known=True)


def _is_price(token: Token | None) -> bool:
    number = token.number if token is not None else None
    return number is not None and number.is_large


def _is_priced(tokens: Sequence[Token], at: int) -> bool:
    """Whether a price of today follows, at once or after a quantity."""
    following = tokens[at : at + 4]
    for token in following:
        if token.kind is TokenKind.TIMES:
            continue
        if token.kind is TokenKind.EQUALS or role_of(token) in (Role.TOTAL, Role.EACH, Role.TOGETHER):
            return True
        number = token.number
        if is_break(token) or number is None:
            return False
        if number.percent or number.unit is not None or (number.is_bare_count and int(number.digits) <= COUNT_MAX):
            continue
        return True
    return False


def _price(name: Token, price_tiyn: Money) -> Token:
    """The catalogue's price, in place of one that was not written."""
    tenge, tiyn = divmod(price_tiyn, 100)
    digits, decimals = (f"{tenge}{tiyn:02d}", 2) if tiyn else (str(tenge), 0)
    number = Number(digits, digits, decimals, currency=True, each=True)
    return Token(TokenKind.NUMBER, name.end, name.end, number=number)
