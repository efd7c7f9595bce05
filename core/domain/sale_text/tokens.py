"""From text to tokens: what is a word, a number with its marks, a sign, a break between goods, in one pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from core.domain.sale_text.numbers import Number
from core.domain.sale_text.spelling import fold
from core.domain.sale_text.spoken import NAME_CHARACTERS_MAX
from core.domain.sale_text.vocabulary import (
    ABLATIVE_CURRENCY,
    ABLATIVE_SUFFIXES,
    ABLATIVE_SUFFIXES_HYPHENED,
    CASH_MOVE_WORDS,
    DATIVE_SUFFIXES,
    PAYMENT_BY_WORD,
    RETURN_WORDS,
    ROLE_BY_WORD,
    THOUSAND_SUFFIXES,
    UNIT_BY_WORD,
    Role,
)


class TokenKind(Enum):
    """WORD may be part of a name; DASH, SIGN and TIMES mean something only beside numbers."""

    WORD = auto()
    NUMBER = auto()
    TIMES = auto()
    EQUALS = auto()
    DASH = auto()
    PLUS = auto()
    BREAK = auto()
    LINE_BREAK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the cleaned text. `name` is a word as it enters a name; a `whole` word has no role and no parts.

    `is_known` marks a name of the catalogue, in its spelling.
    `heard` is the mark of the vocabulary that a word is taken for, where it is spelt otherwise. `is_bracket` and
    `is_plus` tell what a break was written as.
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    whole: bool = False
    number: Number | None = None
    is_bracket: bool = False
    is_plus: bool = False
    heard: str = ""
    is_known: bool = False


_SPACES = re.compile(r"[ \t]+")
_NUMBER = re.compile(
    r"(?P<spaced>(?:[0-9]{1,3} [0-9]{3}|[0-9]{1,2}(?: [0-9]{3}){2})(?! ?[0-9]{3}(?![0-9]))(?![0-9]))"
    r"|(?P<quoted>[0-9]{1,3}(?:'[0-9]{3})+(?![0-9]))"
    r"|(?P<dotted>[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9]))|(?P<plain>[0-9]+)"
)
_TWO_SUMS = re.compile(r"([0-9]{1,3}) ([0-9]{3})(?![0-9])")
_PLAIN = re.compile(r"(?P<plain>[0-9]+)")
_DECIMALS = re.compile(r"[.,]([0-9]+)")
_COMPOUND = re.compile(r"[0-9]+(?:[/:.\-–][0-9]+)+")
_IN_BETWEEN = re.compile(r"[0-9]+(?: [вv] |[вv])[0-9]+(?![\w.,])", re.IGNORECASE)
_MAKE = re.compile(
    r"[0-9]+(?:[.,][0-9]+)?(?: ?(?:[гтмk]б|[gtm]b|к?вт|ватт|вольт|м?ач|m?ah|м[вгп]|гц|дюйм\w*|размера?|разм|р-ра?"
    r"|таб(?:л\w*)?|капс\w*|местн\w*|сим|ядер|жыл|лет|мин|минут\w*)|[вvwаa°])(?!\w)\.?",
    re.IGNORECASE,
)
"""Sizes and powers that nothing is sold by: part of a name."""
_NUMBERED = re.compile(
    r"(?:(?:размер|өлшемі|разм|р-р|номер|нөмірі|арт|артикул|серия|модель|сорт|№) ?№?|№) ?[0-9]+(?![\w.,])",
    re.IGNORECASE,
)
_FACTOR = r"[0-9]+(?:[.,][0-9]+)?"
_DIMENSIONS = re.compile(
    rf"(?P<first>{_FACTOR})[xх×*](?P<last>{_FACTOR})(?P<more>[xх×*]{_FACTOR})*(?: ?(?P<unit>[мс]?м)\b)?", re.IGNORECASE
)
_PRICE_AFTER = re.compile(
    r" (?P<price>[0-9]{3,7})(?![0-9])(?:(?: ?(?:тг|₸|тенге|теңге))? (?P<word>[^\W\d_]+))?", re.IGNORECASE
)
_SUFFIX = re.compile(r"[мm][23](?!\w)|[^\W\d_]+[²³]?")
_HYPHENED_SUFFIX = re.compile(r"-([^\W\d_]+)")
_TIMES = re.compile(r"[*×✕]|[xхXХ](?= ?[0-9]|[ \n]|$)")
_WORD = re.compile(r"[^\s;,+=*×✕:₸\"«»“”„|%!?—–−]+")
_GLUED = re.compile(r"([^\W\d_]{3,})(-?)[0-9]+[^\W\d_]*")
_QUOTES = {"«": "»", '"': '"', "“": "”", "„": "“"}
_KEPT_SYMBOLS = frozenset("№°₸")
_PAYING_SIGNS = {"💳": " карта ", "💵": " нал "}


def clean(text: str) -> str:
    """The text without what nobody sees or means: control and direction marks go, emoji become spaces."""
    out: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if character in "\n\r\v\f\u2028\u2029\u0085":
            out.append("\n")
            continue
        if character in _PAYING_SIGNS:
            out.append(_PAYING_SIGNS[character])
            continue
        category = unicodedata.category(character)
        if character == "\t" or category == "Zs" or (category == "So" and character not in _KEPT_SYMBOLS):
            out.append(" ")
        elif category == "Nd":
            out.append(str(unicodedata.digit(character)))
        elif category[0] == "C" or category == "Me" or (category == "Sk" and ord(character) > 127):
            continue
        elif not 0xFE00 <= ord(character) <= 0xFE0F:
            out.append(character)
    return _SPACES.sub(" ", "".join(out)).strip(" ")


class Lexer:
    """Reads one cleaned text; `known_names` are goods of the catalogue, taken whole wherever they are written."""

    def __init__(self, text: str, known_names: Sequence[str]) -> None:
        self.text = text
        self.lowered = "".join(fold(c) if len(c.lower()) == 1 else c for c in text)
        self.known = self._known(known_names)
        self.lengths = sorted({len(name) for name in self.known}, reverse=True)
        self.firsts = frozenset(name[0] for name in self.known)
        self.tokens: list[Token] = []

    def _known(self, names: Sequence[str]) -> frozenset[str]:
        """Only names that the text contains; a bare number or word of payment, return or drawer is never a name."""
        known = set()
        for name in names:
            lowered = fold(" ".join(name.split()))
            if not 1 <= len(lowered) <= NAME_CHARACTERS_MAX or lowered not in self.lowered:
                continue
            is_word = any(character.isalpha() for character in lowered)
            has_role = lowered in PAYMENT_BY_WORD or lowered in ROLE_BY_WORD
            if is_word and not has_role and lowered not in RETURN_WORDS and lowered not in CASH_MOVE_WORDS:
                known.add(lowered)
        return frozenset(known)

    def read(self) -> list[Token]:
        """All tokens in order; decoration yields none."""
        position = 0
        while position < len(self.text):
            position = self._next(position)
        return self.tokens

    def _add(self, kind: TokenKind, start: int, end: int, name: str = "", whole: bool = False) -> int:
        self.tokens.append(Token(kind, start, end, name, whole))
        return end

    def _next(self, at: int) -> int:
        character = self.text[at]
        if character == " ":
            return at + 1
        known_end = self._known_end(at)
        if known_end:
            return self._add(TokenKind.WORD, at, known_end, self.text[at:known_end], whole=True)
        if character in "\n;,|":
            return self._add(TokenKind.LINE_BREAK if character == "\n" else TokenKind.BREAK, at, at + 1)
        if character in "+=":
            return self._add(TokenKind.PLUS if character == "+" else TokenKind.EQUALS, at, at + 1)
        if character in _QUOTES:
            return self._quoted(at)
        if character.isdigit() and character.isascii():
            return self._digits(at)
        times = _TIMES.match(self.text, at)
        if times:
            return self._add(TokenKind.TIMES, at, times.end())
        if character in "-–—−":
            return self._add(TokenKind.DASH, at, at + 1)
        if character == ".":
            after_number = bool(self.tokens) and self.tokens[-1].kind is TokenKind.NUMBER
            return self._add(TokenKind.BREAK, at, at + 1) if after_number else at + 1
        if character == ")" and self._closes_bullet(at):
            self.tokens.append(Token(TokenKind.BREAK, at, at + 1, is_bracket=True))
            return at + 1
        if character == "/" and self.tokens and self.text[at - 1] in "0123456789 г₸":
            unit = _SUFFIX.match(self.text, at + 1)
            is_measure = unit is not None and fold(unit.group()) in UNIT_BY_WORD
            return self._add(TokenKind.WORD if is_measure else TokenKind.BREAK, at, at + 1, "за")
        if character == "₸":
            return self._add(TokenKind.WORD, at, at + 1, "₸")
        return self._word(at)

    def _closes_bullet(self, at: int) -> bool:
        """«2)» at the beginning of a line or after a comma."""
        if not self.tokens or self.tokens[-1].kind is not TokenKind.NUMBER or self.tokens[-1].end != at:
            return False
        return len(self.tokens) < 2 or self.tokens[-2].kind in (TokenKind.BREAK, TokenKind.LINE_BREAK)

    def _known_end(self, at: int) -> int:
        if self.lowered[at] not in self.firsts or not self._is_edge(at - 1, -1):
            return 0
        for length in self.lengths:
            if self.lowered[at : at + length] in self.known and self._is_edge(at + length, 1):
                return at + length
        return 0

    def _is_edge(self, at: int, step: int) -> bool:
        """Whether a name may end before (or begin after) this place: no letter or digit, no decimals of a number."""
        if not 0 <= at < len(self.text):
            return True
        if self.text[at] in ".," and 0 <= at + step < len(self.text):
            return not self.text[at + step].isdigit()
        return not self.text[at].isalnum()

    def _quoted(self, at: int) -> int:
        end = self.text.find(_QUOTES[self.text[at]], at + 1, at + NAME_CHARACTERS_MAX + 2)
        inner = self.text[at + 1 : end].strip() if end > 0 else ""
        if not inner or "\n" in inner:
            return at + 1
        return self._add(TokenKind.WORD, at, end + 1, inner, whole=True)

    def _word(self, at: int) -> int:
        match = _WORD.match(self.text, at)
        if match is None:
            return self._add(TokenKind.WORD, at, at + 1, "%") if self.text[at] == "%" else at + 1
        numbered = _NUMBERED.match(self.text, at)
        if numbered:
            return self._add(TokenKind.WORD, at, numbered.end(), numbered.group(), whole=True)
        word = match.group()
        word = word.partition("..")[0].partition("…")[0] or word
        before_slash = word.partition("/")[0]
        if before_slash[-1:].isdigit() and before_slash[0].isalpha():
            word = before_slash
        if word[0] in "([{" and (len(word) == 1 or word[1] in "0123456789-+"):
            return at + 1
        glued = _GLUED.fullmatch(word)
        if glued and (fold(glued.group(1)) in PAYMENT_BY_WORD or fold(glued.group(1)) in ROLE_BY_WORD):
            return self._add(TokenKind.WORD, at, at + len(glued.group(1)), glued.group(1)) + len(glued.group(2))
        kept = word.rstrip(".-")
        if not any(character.isalnum() for character in kept):
            return at + len(word)
        return self._add(TokenKind.WORD, at, at + len(kept), kept)

    def _digits(self, at: int) -> int:
        inside = _IN_BETWEEN.match(self.text, at) or _MAKE.match(self.text, at) or self._dimensions(at)
        if inside:
            return self._add(TokenKind.WORD, at, inside.end(), inside.group(), whole=True)
        number, end = self._plain_number(at)
        if self.text[end : end + 1] in ("/", ":", "-", ".", "–") and self.text[end + 1 : end + 2].isdigit():
            compound = _COMPOUND.match(self.text, at)
            if compound and compound.end() > end:
                return self._add(TokenKind.WORD, at, compound.end(), compound.group(), whole=True)
        return self._with_suffix(number, at, end)

    def _dimensions(self, at: int) -> re.Match[str] | None:
        """«саморез 4х40 500», «доска 50х150 2500»: a size, as nobody sells fifty boards at 150 and names 2500 besides.

        «нан 2х200 500 нал» and «нан 2х1 500» multiply.
        """
        match = _DIMENSIONS.match(self.text, at)
        after = _PRICE_AFTER.match(self.text, match.end()) if match else None
        named = bool(self.tokens) and self.tokens[-1].kind is TokenKind.WORD and self.tokens[-1].name[-1] != "₸"
        if match is None or after is None or not named or fold(after["word"] or "") in PAYMENT_BY_WORD:
            return None
        if match["more"] or match["unit"] or not (match["first"] + match["last"]).isdigit():
            return match
        first, last, price = (int(digits[:9]) for digits in (match["first"], match["last"], after["price"]))
        is_size = (10 <= last <= 99 and after["price"] != "000") or (first >= 10 and last >= 100)
        is_size = is_size or (last < 10 and len(after["price"]) > 3)
        return match if is_size and first * last != price else None

    def _plain_number(self, at: int) -> tuple[Number, int]:
        glued_to_times = at > 0 and bool(self.tokens) and self.tokens[-1].kind is TokenKind.TIMES
        marks_quantity = glued_to_times and self.tokens[-1].end == at and self._free_before(self.tokens[-1].start)
        match = (_PLAIN if marks_quantity or self._is_counted_sum(at) else _NUMBER).match(self.text, at)
        assert match is not None
        if match.lastgroup == "spaced" and (self._parts_follow(match.end()) or self._sum_stands_before()):
            match = _PLAIN.match(self.text, at)
            assert match is not None
        shape, end, body = match.lastgroup, match.end(), match.group()
        digits = re.sub(r"[ '.]", "", body)
        decimals, dots = 0, body.count(".")
        fraction = _DECIMALS.match(self.text, end)
        if fraction and not (shape == "plain" and self._is_list_comma(body, fraction)):
            digits, decimals, end = digits + fraction.group(1), len(fraction.group(1)), fraction.end()
        elif shape == "dotted" and dots == 1:
            decimals = 3
        halves = body.split(" ") if shape == "spaced" else []
        split = (halves[0], halves[1]) if len(halves) == 2 else None
        dotted = shape == "dotted" and dots == 1 and fraction is None
        return Number(self.text[at:end], digits, decimals, dotted, split), end

    def _is_counted_sum(self, at: int) -> bool:
        """«180х3 540», «3х180 540»: after the sign of times comes a factor and the product, no grouped number."""
        if len(self.tokens) < 2 or self.tokens[-1].kind is not TokenKind.TIMES:
            return False
        before, halves = self.tokens[-2].number, _TWO_SUMS.match(self.text, at)
        if _is_sum(self.tokens[-2]):
            return True
        counted = before is not None and before.is_bare_count and halves is not None
        return counted and before is not None and halves is not None and before.times_is(halves[1], halves[2])

    def _free_before(self, at: int) -> bool:
        return at == 0 or not self.text[at - 1].isdigit()

    def _sum_stands_before(self) -> bool:
        """«1200 800 500»: after a sum comes the next sum, not a grouped one."""
        return bool(self.tokens) and _is_sum(self.tokens[-1])

    def _parts_follow(self, end: int) -> bool:
        """A measure or a word of payment is glued to the last group: «2 500г», «800 500нал» are two numbers."""
        suffix = _SUFFIX.match(self.text, end)
        return suffix is not None and (fold(suffix.group()) in UNIT_BY_WORD or fold(suffix.group()) in PAYMENT_BY_WORD)

    def _is_list_comma(self, whole: str, fraction: re.Match[str]) -> bool:
        """«кофе 800,2 нан 350»: after three digits or more, a comma before one digit and a word parts goods."""
        spaced = self.text[fraction.end() : fraction.end() + 1] == " "
        following = _WORD.match(self.text, fraction.end() + 1) if spaced else None
        one_digit = fraction.group()[0] == "," and len(fraction.group(1)) == 1 and len(whole) >= 3
        if not one_digit or following is None:
            return False
        folded = fold(following.group().rstrip("."))
        is_mark = folded in ROLE_BY_WORD or folded in PAYMENT_BY_WORD
        return following.group()[0].isalpha() and not is_mark

    def _with_suffix(self, number: Number, at: int, end: int) -> int:
        """Takes what is glued on: a measure, thousands, money, a Kazakh case; unknown letters make it a word."""
        hyphened = _HYPHENED_SUFFIX.match(self.text, end)
        case = fold(hyphened.group(1)) if hyphened else ""
        if hyphened and case in ABLATIVE_SUFFIXES_HYPHENED:
            return self._number(replace(number, ablative=True), at, hyphened.end())
        if hyphened and case in DATIVE_SUFFIXES:
            return self._number(replace(number, currency=True), at, hyphened.end())
        if hyphened and len(case) >= 3:
            return self._add(TokenKind.WORD, at, hyphened.end(), self.text[at : hyphened.end()], whole=True)
        suffix = _SUFFIX.match(self.text, end)
        if suffix is None:
            return self._number(number, at, end)
        letters, after = fold(suffix.group()), suffix.end()
        if letters in ("x", "х"):
            self._number(number, at, end)
            return self._add(TokenKind.TIMES, end, after)
        if letters[-1] in "xх" and self.text[after : after + 1].isdigit():
            marked = self._marked(number, letters[:-1])
            if marked is not None:
                return self._add(TokenKind.TIMES, self._number(marked, at, after - 1), after)
        marked = self._marked(number, letters)
        if marked is not None:
            return self._number(marked, at, after + (self.text[after : after + 1] == "."))
        is_cyrillic = all("а" <= letter <= "я" for letter in letters)
        if is_cyrillic and len(letters) >= 3:
            return self._number(number, at, end)
        word = _WORD.match(self.text, at)
        assert word is not None
        return self._add(TokenKind.WORD, at, word.end(), word.group(), whole=True)

    def _marked(self, number: Number, letters: str) -> Number | None:
        role = ROLE_BY_WORD.get(letters)
        if letters in THOUSAND_SUFFIXES:
            return number.with_thousand_or_tenge(letters)
        if letters in UNIT_BY_WORD:
            return replace(number, unit=UNIT_BY_WORD[letters], unit_text=letters)
        if role is Role.CURRENCY:
            return replace(number, currency=True)
        if letters in ABLATIVE_SUFFIXES or letters in ABLATIVE_CURRENCY:
            return replace(number, ablative=True, currency=letters in ABLATIVE_CURRENCY)
        return None

    def _number(self, number: Number, start: int, end: int) -> int:
        self.tokens.append(Token(TokenKind.NUMBER, start, end, number=replace(number, text=self.text[start:end])))
        return end


def _is_sum(token: Token) -> bool:
    """A number that is a price by its size: in «180х3 540» it is taken three times, not 3540 times."""
    return token.number is not None and token.number.is_large and not token.number.is_money_only
