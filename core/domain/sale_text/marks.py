"""Joins a number with the words around it that belong to it: measure, «мың», «₸», «%», «по», «за», a sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.domain.sale_text.numbers import Number, number_of_words
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import (
    ABLATIVE_CURRENCY,
    BY_HAND,
    CASH_IN_TWO_WORDS,
    HALF,
    HALF_KILO,
    ONE_AND_A_HALF,
    PAYMENT_BY_WORD,
    ROLE_BY_WORD,
    UNIT_BY_WORD,
    Role,
    fold,
)


def role_of(token: Token | None) -> Role | None:
    """The role of a word, None for anything else and for a word that is taken whole."""
    if token is None or token.kind is not TokenKind.WORD or token.whole:
        return None
    folded = spelling(token)
    return Role.PAY if folded in PAYMENT_BY_WORD else ROLE_BY_WORD.get(folded)


def spelling(token: Token) -> str:
    """A word as vocabulary spells it, without brackets: «(скидка»."""
    return fold(token.name.strip("()[]"))


def is_break(token: Token | None) -> bool:
    """Whether a segment ends here (also at the end of the text)."""
    return token is None or token.kind in (TokenKind.BREAK, TokenKind.LINE_BREAK)


def mark_numbers(tokens: list[Token]) -> list[Token]:
    """The tokens with every number complete; bullets, dashes and pluses between goods are gone afterwards."""
    tokens = _words_to_numbers(tokens)
    tokens = _rewrite(tokens, _without_bullet)
    tokens = _rewrite(tokens, _with_following)
    tokens = _rewrite(tokens, _with_thousands_and_rest)
    tokens = _rewrite(tokens, _with_sign)
    tokens = _rewrite(tokens, _with_preposition)
    return _rewrite(tokens, _cash_by_hand)


_Rule = Callable[[list[Token], int, list[Token]], int]


def _rewrite(tokens: list[Token], rule: _Rule) -> list[Token]:
    """Runs a rule over the tokens: it appends to the output and says how many tokens it took."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        at += rule(tokens, at, out)
    return out


def _at(tokens: list[Token], index: int) -> Token | None:
    return tokens[index] if 0 <= index < len(tokens) else None


def _with_number(token: Token, number: Number, end: int) -> Token:
    return replace(token, number=number, end=end)


def _words_to_numbers(tokens: list[Token]) -> list[Token]:
    """«екі жүз» becomes 200. After digits «мың» stays a word, it multiplies them."""

    def rule(tokens: list[Token], at: int, out: list[Token]) -> int:
        token = tokens[at]
        word = token.name.lower()
        if token.kind is not TokenKind.WORD or token.whole:
            out.append(token)
            return 1
        if word in ONE_AND_A_HALF or word in HALF:
            unit = UNIT_BY_WORD["кг"] if word in HALF_KILO else None
            number = Number(token.name, "15" if word in ONE_AND_A_HALF else "5", decimals=1, unit=unit, unit_text="кг")
            out.append(Token(TokenKind.NUMBER, token.start, token.end, number=number))
            return 1
        if role_of(token) is Role.THOUSAND and out and out[-1].number is not None:
            out.append(token)
            return 1
        run = [t.name for t in tokens[at : at + 8] if t.kind is TokenKind.WORD]
        value, taken = number_of_words(run)
        while taken and any(t.kind is not TokenKind.WORD or t.whole for t in tokens[at : at + taken]):
            value, taken = number_of_words(run[: taken - 1])
        if not taken:
            out.append(token)
            return 1
        end = tokens[at + taken - 1].end
        text = " ".join(t.name for t in tokens[at : at + taken])
        out.append(Token(TokenKind.NUMBER, token.start, end, number=Number(text, str(value))))
        return taken

    return _rewrite(tokens, rule)


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
    if begins and token.kind is TokenKind.TIMES and following is not None and following.start > token.end:
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
        if token.name == "₸":
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
    if role not in (Role.EACH, Role.TOGETHER):
        out.append(token)
        return 1
    each = role is Role.EACH
    last = out[-1] if out else None
    names_unit = following is not None and following.kind is TokenKind.WORD and spelling(following) in UNIT_BY_WORD
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
    out.append(token)
    return 1


def _cash_by_hand(tokens: list[Token], at: int, out: list[Token]) -> int:
    """«кофе 800 қолмен», «қолмен 2000»: cash, unless words around it make it part of a name."""
    token, following = tokens[at], _at(tokens, at + 1)
    after = _at(tokens, at + 2) if following is not None and following.number is not None else following
    before = out[-1] if out else None
    apart = is_break(after) and (is_break(before) or (before is not None and before.number is not None))
    is_cash = apart and token.kind is TokenKind.WORD and not token.whole and spelling(token) == BY_HAND
    out.append(replace(token, name=CASH_IN_TWO_WORDS[0]) if is_cash else token)
    return 1
