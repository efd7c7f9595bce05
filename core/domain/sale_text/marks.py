"""Joins a number with the words around it that belong to it: measure, «мың», «₸», «%», «по», «за», a sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.domain.sale_text.number_words import (
    AND_A_HALF,
    BEFORE_MEASURE,
    HALF,
    HALF_KILO,
    HALF_LITRE,
    HALF_THOUSAND,
    ONE_AND_A_HALF,
    number_of_words,
    numeral,
)
from core.domain.sale_text.numbers import Number
from core.domain.sale_text.spelling import fold
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import (
    ABLATIVE_CURRENCY,
    BY_HAND,
    PAYMENT_BY_WORD,
    ROLE_BY_WORD,
    UNIT_BY_WORD,
    Role,
)


def role_of(token: Token | None) -> Role | None:
    """The role of a word, None for anything else and for a word that is taken whole."""
    if token is None or token.kind is not TokenKind.WORD or token.whole:
        return None
    folded = spelling(token)
    return Role.PAY if folded in PAYMENT_BY_WORD else ROLE_BY_WORD.get(folded)


def spelling(token: Token) -> str:
    """A word as vocabulary spells it, without brackets: «(скидка», «#каспи»."""
    return token.heard or fold(token.name.strip("()[]#"))


def is_plain_word(token: Token | None) -> bool:
    """A word that means nothing but itself: the stuff of names."""
    is_word = token is not None and token.kind is TokenKind.WORD and not token.whole
    return is_word and token is not None and role_of(token) is None


def is_break(token: Token | None) -> bool:
    """Whether a segment ends here (also at the end of the text)."""
    return token is None or token.kind in (TokenKind.BREAK, TokenKind.LINE_BREAK)


def mark_numbers(tokens: list[Token]) -> list[Token]:
    """The tokens with every number complete; bullets, dashes and pluses between goods are gone afterwards."""
    rewriter = Rewriter(tokens).by(_words_to_numbers).by(_one_measure).by(_without_bullet).by(_with_following)
    rewriter = rewriter.by(_with_thousands_and_rest).by(_with_sign).by(_with_preposition)
    return rewriter.by(_cash_by_hand).tokens


WEIGHED_OR_POURED = ("116", "112", "006")
"""Codes of the kilogram, the litre and the metre."""


class Rewriter:
    """Runs rules over tokens, one after the other; each looks a bounded way ahead, so the whole is linear."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def by(self, rule: Callable[[list[Token], int, list[Token]], int]) -> Rewriter:
        """One pass: the rule appends to the output and says how many tokens it took."""
        out: list[Token] = []
        at = 0
        while at < len(self.tokens):
            at += rule(self.tokens, at, out)
        return Rewriter(out)


def _at(tokens: list[Token], index: int) -> Token | None:
    return tokens[index] if 0 <= index < len(tokens) else None


def _with_number(token: Token, number: Number, end: int) -> Token:
    return replace(token, number=number, end=end)


def _words_to_numbers(tokens: list[Token], at: int, out: list[Token]) -> int:
    """«екі жүз» becomes 200, «жарты» 0.5. After digits «мың» stays a word, it multiplies them."""
    token, following = tokens[at], _at(tokens, at + 1)
    word = token.name.lower()
    before = out[-1].number if out else None
    if token.kind is not TokenKind.WORD or token.whole:
        out.append(token)
        return 1
    halves = _half_after(tokens, at) if before is not None and not before.decimals and not before.is_money_only else 0
    if halves and before is not None:
        end = tokens[at + halves - 1].end
        whole = replace(before, digits=str(int(before.digits) * 10 + 5), decimals=1, split=None)
        out[-1] = replace(out[-1], end=end, number=whole)
        return halves
    fraction = _fraction(token, following)
    if fraction is not None:
        out.append(Token(TokenKind.NUMBER, token.start, token.end, number=fraction))
        return 1
    if role_of(token) is Role.THOUSAND and before is not None:
        said = numeral(word)
        ablative = said is not None and said.ablative
        out.append(replace(token, heard=spelling(token)) if not ablative else token)
        return 1
    if before is not None and before.is_bare_count and spelling(token) in UNIT_BY_WORD:
        out.append(token)
        return 1
    return _whole_number(tokens, at, out)


def _whole_number(tokens: list[Token], at: int, out: list[Token]) -> int:
    run: list[str] = []
    for token in tokens[at : at + 8]:
        if token.kind is not TokenKind.WORD or token.whole:
            break
        run.append(token.name)
    said, taken = number_of_words(run)
    if not taken:
        out.append(tokens[at])
        return 1
    text = " ".join(run[:taken])
    number = Number(text, str(said.value), ablative=said.ablative)
    out.append(Token(TokenKind.NUMBER, tokens[at].start, tokens[at + taken - 1].end, number=number))
    return taken


def _one_measure(tokens: list[Token], at: int, out: list[Token]) -> int:
    """«кило сахара 520», «литр молока»: a measure that leads a name without a number is one of it."""
    token, following = tokens[at], _at(tokens, at + 1)
    unit = UNIT_BY_WORD.get(spelling(token)) if token.kind is TokenKind.WORD and not token.whole else None
    begins = not out or is_break(out[-1]) or role_of(out[-1]) is Role.AND
    leads = unit is not None and unit.code in WEIGHED_OR_POURED and unit.per_large == 1 and len(token.name) > 1
    if not (leads and begins and is_plain_word(following)):
        out.append(token)
        return 1
    text = token.name
    out.append(Token(TokenKind.NUMBER, token.start, token.end, number=Number(text, "1", unit=unit, unit_text=text)))
    return 1


def _half_after(tokens: list[Token], at: int) -> int:
    """How many words say «and a half» after a number."""
    if tokens[at].name.lower() in AND_A_HALF:
        return 1
    following = _at(tokens, at + 1)
    is_half = following is not None and following.name.lower() in ("половиной", "паловиной", "polovinoi")
    return 2 if is_half and tokens[at].name.lower() in ("с", "s") else 0


def _fraction(token: Token, following: Token | None) -> Number | None:
    """«полтора», «жарты», «поллитра», «пол кило», «полтысячи»."""
    word = token.name.lower()
    if word in ONE_AND_A_HALF:
        return Number(token.name, "15", decimals=1)
    if word in HALF:
        unit = UNIT_BY_WORD["кг"] if word in HALF_KILO else None
        return Number(token.name, "5", decimals=1, unit=unit, unit_text="кг")
    if word in HALF_LITRE:
        return Number(token.name, "5", decimals=1, unit=UNIT_BY_WORD["л"], unit_text="л")
    if word in HALF_THOUSAND:
        return Number(token.name, "5", decimals=1, thousands=True)
    measured = following is not None and following.kind is TokenKind.WORD
    names = measured and following is not None and (spelling(following) in UNIT_BY_WORD or _is_thousand(following))
    if names and word in BEFORE_MEASURE:
        decimals = BEFORE_MEASURE[word][2:]
        return Number(token.name, decimals, decimals=len(decimals))
    return None


def _is_thousand(token: Token) -> bool:
    return role_of(token) is Role.THOUSAND


def _without_bullet(tokens: list[Token], at: int, out: list[Token]) -> int:
    """At the beginning of a line «1)», «1.», «-», «*», «—» count or decorate, they are no amounts."""
    token, following, third = tokens[at], _at(tokens, at + 1), _at(tokens, at + 2)
    begins = not out or is_break(out[-1])
    line_begins = not out or out[-1].kind is TokenKind.LINE_BREAK
    if begins and token.kind is TokenKind.DASH and following is not None:
        is_minus = following.kind is TokenKind.NUMBER and following.start == token.end
        has_percent = third is not None and (role_of(third) is Role.PERCENT or third.name == "%")
        if not is_minus and not (following.kind is TokenKind.NUMBER and has_percent):
            return 1
    decorates = token.kind is TokenKind.TIMES and not token.heard
    if begins and decorates and following is not None and following.start > token.end:
        return 1
    if begins and token.number is not None and token.number.is_bare_count and following is not None:
        closes = following.kind is TokenKind.BREAK and following.start == token.end
        if closes and (line_begins or following.is_bracket) and third is not None and not is_break(third):
            return 2
    out.append(token)
    return 1


def _with_following(tokens: list[Token], at: int, out: list[Token]) -> int:
    """A measure, a currency, a percent sign or «мың» after a number joins it; «₸» may also stand before."""
    token, following = tokens[at], _at(tokens, at + 1)
    if token.number is None:
        after_number = bool(out) and out[-1].number is not None
        priced = following is not None and following.number is not None and not after_number
        if token.name == "₸" or (role_of(token) is Role.CURRENCY and priced):
            if following is not None and following.number is not None:
                tokens[at + 1] = replace(following, number=replace(following.number, currency=True))
            return 1
        out.append(token)
        return 1
    number, taken = token.number, 1
    while (word := _at(tokens, at + taken)) is not None and word.kind is TokenKind.WORD and not word.whole:
        joined = _joined(number, word)
        if joined is None:
            break
        number, taken = joined, taken + 1
    end = tokens[at + taken - 1].end
    out.append(_with_number(token, number, end))
    return taken


def _joined(number: Number, word: Token) -> Number | None:
    folded, role = spelling(word), role_of(word)
    text = f"{number.text} {word.name}" if word.name != "%" else f"{number.text}%"
    plain = number.unit is None and not number.percent
    if not plain:
        return None
    if folded in ABLATIVE_CURRENCY:
        return replace(number, text=text, currency=True, ablative=True)
    if role is Role.CURRENCY:
        return replace(number, text=text, currency=True)
    if folded == "т" and not number.is_money_only:
        return replace(number.with_thousand_or_tenge(folded), text=text)
    if role is Role.THOUSAND and not number.thousands and not number.currency:
        return replace(number, text=text, thousands=True)
    if (role is Role.PERCENT or word.name == "%") and not number.is_money_only:
        return replace(number, text=text, percent=True)
    if folded in UNIT_BY_WORD and not number.is_money_only and number.split is None:
        return replace(number, text=text, unit=UNIT_BY_WORD[folded], unit_text=word.name)
    return None


def _with_thousands_and_rest(tokens: list[Token], at: int, out: list[Token]) -> int:
    """«2 мың 500» is 2500, unless the 500 belongs to what follows."""
    token, rest, third = tokens[at], _at(tokens, at + 1), _at(tokens, at + 2)
    out.append(token)
    if token.number is None or not token.number.thousands or token.number.decimals or token.number.currency:
        return 1
    number = rest.number if rest is not None else None
    if rest is None or number is None or len(number.digits) != 3 or number.decimals or number.unit or number.percent:
        return 1
    goods_follow = third is not None and third.kind is TokenKind.WORD and role_of(third) in (None, Role.AND)
    if goods_follow or (third is not None and third.kind is TokenKind.TIMES) or len(token.number.digits) > 6:
        return 1
    digits = str(int(token.number.digits) * 1000 + int(number.digits))
    text = f"{token.number.text} {number.text}"
    out[-1] = _with_number(token, replace(number, text=text, digits=digits, split=None, currency=True), rest.end)
    return 2


def _with_sign(tokens: list[Token], at: int, out: list[Token]) -> int:
    """A dash glued to a number makes it negative, others are punctuation; a plus parts goods, but for a percent."""
    token, following = tokens[at], _at(tokens, at + 1)
    number = following.number if following is not None else None
    if token.kind is TokenKind.DASH:
        glued = following is not None and following.start == token.end
        before = out[-1] if out else None
        parts_words = before is not None and before.end == token.start and not is_break(before)
        if following is not None and number is not None and (number.percent or (glued and not parts_words)):
            signed = replace(number, negative=True, text=f"-{number.text}")
            out.append(replace(following, start=token.start, number=signed))
            return 2
        return 1
    if token.kind is TokenKind.PLUS:
        if following is not None and number is not None and number.percent:
            out.append(replace(following, start=token.start, number=replace(number, positive=True)))
            return 2
        out.append(replace(token, kind=TokenKind.BREAK, is_plus=True))
        return 1
    out.append(token)
    return 1


def _with_preposition(tokens: list[Token], at: int, out: list[Token]) -> int:
    """«по 150», «150 за шт», «150 каждый» say the price of one; «за 800», «бәрі 800» the price of all."""
    token, following = tokens[at], _at(tokens, at + 1)
    role = role_of(token)
    if _names_sum(token, out, tokens, at):
        role = Role.TOGETHER
    if role not in (Role.EACH, Role.TOGETHER):
        out.append(token)
        return 1
    each = role is Role.EACH
    last = out[-1] if out else None
    names_unit = following is not None and following.kind is TokenKind.WORD and spelling(following) in UNIT_BY_WORD
    priced = last is not None and last.number is not None and last.number.unit is None and last.number.is_large
    counted = following is not None and following.number is not None and not following.number.is_large
    if each and priced and counted and last is not None and last.number is not None:
        out[-1] = replace(last, end=token.end, number=replace(last.number, each=True))
        return 1
    if not each and priced and counted and last is not None and last.number is not None:
        out[-1] = replace(last, end=token.end, number=replace(last.number, together=True))
        return 1
    if following is not None and following.number is not None and not following.number.percent:
        number = replace(following.number, each=each, together=not each)
        out.append(replace(following, start=token.start, number=number))
        return 2
    if last is not None and last.number is not None and last.number.unit is None and (each or names_unit):
        if role_of(following) is Role.PAY:
            return 1
        unit = UNIT_BY_WORD[spelling(following)] if following is not None and names_unit else None
        out[-1] = replace(last, end=token.end, number=replace(last.number, each=True, sold_by=unit))
        return 2 if names_unit else 1
    if each and role_of(following) in (Role.PAY, Role.PAYMENT_FILLER):
        return 1
    ends = is_break(following) or role_of(following) in (Role.PAY, Role.PAYMENT_FILLER)
    if priced and ends and len(token.name) > 2 and last is not None and last.number is not None:
        out[-1] = replace(last, end=token.end, number=replace(last.number, together=True))
        return 1
    out.append(token)
    return 1


def _names_sum(token: Token, out: list[Token], tokens: list[Token], at: int) -> bool:
    """«3 кофе на 2400»: the sum of all, where a name stands before it and nothing but an end or a mark after it."""
    following, third = _at(tokens, at + 1), _at(tokens, at + 2)
    number = following.number if following is not None else None
    if token.kind is not TokenKind.WORD or token.whole or spelling(token) != "на" or number is None:
        return False
    before = out[-1] if out else None
    if not number.is_large or number.percent or before is None:
        return False
    counted = before.number is not None and (before.number.unit is not None or before.number.is_bare_count)
    return counted or (is_plain_word(before) and not is_plain_word(third))


def _cash_by_hand(tokens: list[Token], at: int, out: list[Token]) -> int:
    """«кофе 800 қолмен», «қолмен 2000»: cash, unless words around it make it part of a name."""
    token, following = tokens[at], _at(tokens, at + 1)
    after = _at(tokens, at + 2) if following is not None and following.number is not None else following
    before = out[-1] if out else None
    apart = is_break(after) and (is_break(before) or (before is not None and before.number is not None))
    is_cash = apart and token.kind is TokenKind.WORD and not token.whole and spelling(token) == BY_HAND
    out.append(replace(token, heard=fold("қолма")) if is_cash else token)
    return 1
