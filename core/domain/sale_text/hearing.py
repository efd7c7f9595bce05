"""What the words of a message are: expressions of several words, marks in Latin letters or with a slip, asides."""

from __future__ import annotations

import functools
from dataclasses import replace

from core.domain.sale_text.marks import Rewriter, is_break, is_plain_word, role_of, spelling
from core.domain.sale_text.number_words import numeral
from core.domain.sale_text.spelling import WORDS_REMEMBERED, fold, slips_between, sound
from core.domain.sale_text.spoken import PaymentKind
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import (
    AFTER_PRICE_PHRASES,
    ASIDE_PHRASES,
    ASIDES,
    MARK_BY_SOUND,
    NO_SLIPS,
    PAYMENT_BY_WORD,
    PHRASES,
    ROLE_BY_WORD,
    SLIPPED_MARKS,
    SOFT_ASIDES,
    UNIT_BY_WORD,
    Role,
)

SOUNDED_LETTERS_MIN = 5
SLIPPED_LETTERS_MIN = 4
SLIPPED_BEFORE_NUMBER_LETTERS_MIN = 6
SLIPPED_CARD_LETTERS_MIN = 8
TWO_SLIPS_LETTERS_MIN = 8
STEM_LETTERS_MIN = 4
ENDINGS = ("сымен", "симен", "мен", "пен", "бен", "ман", "дан", "ден", "тан", "тен", "га", "ге", "ка", "ке", "ны", "ни")
PHRASE_WORDS_MAX = max(len(phrase) for phrase in (*PHRASES, *ASIDE_PHRASES))


def hear(tokens: list[Token]) -> list[Token]:
    """Before numbers are read: expressions become the one word they mean, asides go, marks are known by sound."""
    rewriter = Rewriter(tokens)
    return rewriter.by(_expression).by(_known_by_sound).tokens


def settle_words(tokens: list[Token]) -> list[Token]:
    """After numbers are read: courtesy around the goods goes, marks with a slip are known where a mark must stand."""
    rewriter = Rewriter(_without_opening(tokens))
    return rewriter.by(_without_closing).by(_known_with_slip).tokens


def _words(tokens: list[Token], at: int, most: int) -> list[Token]:
    out: list[Token] = []
    for token in tokens[at : at + most]:
        if token.kind is not TokenKind.WORD or token.whole:
            break
        out.append(token)
    return out


def _expression(tokens: list[Token], at: int, out: list[Token]) -> int:
    words = _words(tokens, at, PHRASE_WORDS_MAX)
    folded = tuple(spelling(word) for word in words)
    for length in range(len(words), 0, -1):
        phrase = folded[:length]
        meaning = PHRASES.get(phrase)
        if meaning is not None and (length > 1 or _counts(tokens, at + 1)):
            kind = TokenKind.TIMES if meaning == "x" else TokenKind.WORD
            out.append(replace(words[0], kind=kind, end=words[length - 1].end, heard=meaning))
            return length
        after_price = bool(out) and out[-1].number is not None
        if phrase in ASIDE_PHRASES or (after_price and phrase in AFTER_PRICE_PHRASES):
            return length
    if words and folded[0] in ASIDES and not _is_named(out, tokens, at):
        return 1
    out.append(tokens[at])
    return 1


def _counts(tokens: list[Token], at: int) -> bool:
    """Whether a number stands here, for a word like «количество»."""
    return at < len(tokens) and tokens[at].kind is TokenKind.NUMBER


def _is_named(out: list[Token], tokens: list[Token], at: int) -> bool:
    """«жвачка Привет 50»: inside a name, between its first word and its price, an aside is part of it."""
    before = out[-1] if out else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    in_name = is_plain_word(before) and not _is_soft(before)
    return in_name and following is not None and following.kind is TokenKind.NUMBER


def _known_by_sound(tokens: list[Token], at: int, out: list[Token]) -> int:
    token = tokens[at]
    out.append(token)
    if token.kind is not TokenKind.WORD or token.whole or token.heard or numeral(token.name) is not None:
        return 1
    folded = spelling(token)
    if folded in PAYMENT_BY_WORD or folded in ROLE_BY_WORD or folded in UNIT_BY_WORD:
        return 1
    letters_min = 2 if folded.isascii() else SOUNDED_LETTERS_MIN
    if folded == "i" or (len(folded) >= letters_min and folded.replace("-", "").isalpha()):
        heard = MARK_BY_SOUND.get(sound(folded)) or _one_of_parts(folded) or _without_ending(folded)
        out[-1] = replace(token, heard=heard)
    return 1


def _without_ending(folded: str) -> str:
    """«скидкамен», «терминалға»: a Kazakh ending on a mark that takes none in our list."""
    for ending in ENDINGS:
        stem = folded[: -len(ending)]
        if folded.endswith(ending) and len(stem) >= STEM_LETTERS_MIN and (role := ROLE_BY_WORD.get(stem, Role.PAY)):
            return stem if stem in PAYMENT_BY_WORD or role in (Role.DISCOUNT, Role.MARKUP, Role.TAKEN) else ""
    return ""


def _one_of_parts(folded: str) -> str:
    """«каспи-перевод», «qr-кодом»: words of payment joined by a hyphen."""
    parts = folded.split("-")
    known = [part for part in parts if part in PAYMENT_BY_WORD]
    are_marks = all(part in PAYMENT_BY_WORD or ROLE_BY_WORD.get(part) is Role.PAYMENT_FILLER for part in parts)
    return known[0] if len(parts) > 1 and known and are_marks else ""


def _is_soft(token: Token | None) -> bool:
    return token is not None and token.kind is TokenKind.WORD and not token.whole and spelling(token) in SOFT_ASIDES


def _without_opening(tokens: list[Token]) -> list[Token]:
    """«дай 2 кофе 800», «клиент взял кофе 800»; but «взял 2000» is cash, and «чек 2» is no sale of 2 tenge."""
    at = 0
    while at < len(tokens) and (_is_soft(tokens[at]) or (at > 0 and is_break(tokens[at]))):
        number = tokens[at + 1].number if at + 1 < len(tokens) else None
        if number is not None and role_of(tokens[at]) is Role.TAKEN and number.is_large:
            break
        if number is not None and number.is_bare_count and at + 2 == len(tokens):
            break
        at += 1
    return tokens[at:]


def _without_closing(tokens: list[Token], at: int, out: list[Token]) -> int:
    """«кофе 800 чек керек», «кофе 800 всё»; and «ещё» where goods begin."""
    before = out[-1] if out else None
    in_name = is_plain_word(before) and not _is_soft(before)
    if not _is_soft(tokens[at]) or role_of(tokens[at]) is Role.TAKEN or in_name:
        out.append(tokens[at])
        return 1
    end = at
    while end < len(tokens) and _is_soft(tokens[end]):
        end += 1
    following = tokens[end] if end < len(tokens) else None
    if is_break(following) or role_of(following) is Role.PAY:
        return end - at
    begins = before is None or is_break(before) or before.number is not None or role_of(before) is Role.AND
    if begins and role_of(tokens[at]) is None and spelling(tokens[at]) in _CONTINUING:
        return 1
    if role_of(following) is Role.TAKEN and before is not None and before.number is not None:
        return end - at
    out.append(tokens[at])
    return 1


_ROLES_AT_THE_END = (Role.CURRENCY, Role.CHANGE, Role.REST, Role.DISCOUNT, Role.MARKUP, Role.TAKEN)
_CONTINUING = frozenset(fold(word) for word in ["ещё", "тағы", "а", "ну", "и", "вот", "потом"])


def _known_with_slip(tokens: list[Token], at: int, out: list[Token]) -> int:
    """A mark with a wrong letter, only where goods cannot be meant or nothing sold is spelt so."""
    token = tokens[at]
    out.append(token)
    folded = spelling(token) if is_plain_word(token) else ""
    if len(folded) < SLIPPED_LETTERS_MIN or folded in UNIT_BY_WORD or not folded.isalpha():
        return 1
    before = tokens[at - 1] if at else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    number = following.number if following is not None else None
    after_price = before is not None and before.number is not None
    if after_price and (is_break(following) or role_of(following) in (Role.PAY, Role.AND)):
        heard = _slipped(folded, 2 if len(folded) >= TWO_SLIPS_LETTERS_MIN else 1)
        if heard in PAYMENT_BY_WORD or ROLE_BY_WORD.get(heard) in _ROLES_AT_THE_END:
            out[-1] = replace(token, heard=heard)
    elif number is not None and (after_price or is_break(before)):
        heard = _slipped(folded, 1)
        cashless = heard in PAYMENT_BY_WORD and PAYMENT_BY_WORD[heard] is not PaymentKind.CASH
        letters_min = SLIPPED_CARD_LETTERS_MIN if cashless else SLIPPED_BEFORE_NUMBER_LETTERS_MIN
        is_discount = number.percent and ROLE_BY_WORD.get(heard) in (Role.DISCOUNT, Role.MARKUP)
        if len(folded) >= letters_min or is_discount or heard == "итого":
            out[-1] = replace(token, heard=heard)
    return 1


@functools.lru_cache(WORDS_REMEMBERED)
def _slipped(folded: str, slips_max: int) -> str:
    """The nearest mark with the same first letter, or no word at all."""
    nearest, distance = "", slips_max + 1
    if folded in NO_SLIPS:
        return ""
    for mark in SLIPPED_MARKS:
        if mark[0] == folded[0]:
            slips = slips_between(folded, mark, slips_max)
            if slips < distance:
                nearest, distance = mark, slips
    return nearest
