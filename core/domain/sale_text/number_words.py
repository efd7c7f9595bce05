"""Numbers said in words, Russian and Kazakh, in the forms that speech and misspelling give them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.sale_text.spelling import WORDS_REMEMBERED, slips_between, sound

_RUSSIAN = {
    1: "один одна одно одну одного одной одним",
    2: "два две двое двух двумя двум пара пару",
    3: "три трое трех трёх тремя трем",
    4: "четыре четверо четырех четырёх четырьмя",
    5: "пять пяти пятью пятеро",
    6: "шесть шести шестью",
    7: "семь семи семью",
    8: "восемь восьми восемью",
    9: "девять девяти девятью",
    10: "десять десяти десятью десяток",
    11: "одиннадцать одиннадцати",
    12: "двенадцать двенадцати дюжина дюжину",
    13: "тринадцать тринадцати",
    14: "четырнадцать четырнадцати",
    15: "пятнадцать пятнадцати",
    16: "шестнадцать шестнадцати",
    17: "семнадцать семнадцати",
    18: "восемнадцать восемнадцати",
    19: "девятнадцать девятнадцати",
    20: "двадцать двадцати",
    30: "тридцать тридцати",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти полтинник полтиннику писят писят",
    60: "шестьдесят шестидесяти шисят",
    70: "семьдесят семидесяти",
    80: "восемьдесят восьмидесяти",
    90: "девяносто девяноста",
    100: "сто ста сотня сотню сотка сотку сотке",
    200: "двести двухсот двумястами",
    300: "триста трехсот трёхсот",
    400: "четыреста четырехсот четырёхсот",
    500: "пятьсот пятисот пятихатка пятихатку пятихатки питсот",
    600: "шестьсот шестисот",
    700: "семьсот семисот",
    800: "восемьсот восьмисот",
    900: "девятьсот девятисот",
    1000: "тысяча тысячи тысяч тысячу тысячей тысячами тыщ тыща тыщи тыщу тыс косарь косаря тышша тыша",
}
_KAZAKH = {
    1: "бір біреу бир",
    2: "екі екеу еки",
    3: "үш үшеу уш",
    4: "төрт төртеу турт",
    5: "бес бесеу",
    6: "алты алтау",
    7: "жеті жетеу жети",
    8: "сегіз сегиз",
    9: "тоғыз тогыз",
    10: "он",
    20: "жиырма жыйырма",
    30: "отыз",
    40: "қырық кырык",
    50: "елу",
    60: "алпыс",
    70: "жетпіс жетпис",
    80: "сексен",
    90: "тоқсан токсан",
    100: "жүз жуз",
    1000: "мың мын",
}
_CASES = ("дан", "ден", "тан", "тен", "нан", "нен")
_SOUNDED_LETTERS_MIN = 5
_SLIPPED_LETTERS_MIN = 6
_LATIN_LETTERS_MIN = 3

NUMBER_WORDS: dict[str, int] = {
    word: value for table in (_RUSSIAN, _KAZAKH) for value, words in table.items() for word in words.split()
}
_KAZAKH_WORDS = {word: value for value, words in _KAZAKH.items() for word in words.split()}
_BY_SOUND = {sound(word): value for word, value in NUMBER_WORDS.items() if sound(word) != "торт"}
"""Without «төрт», which sounds like a cake on other keyboards."""
_SLIPPED = {key: value for key, value in _BY_SOUND.items() if len(key) >= _SLIPPED_LETTERS_MIN - 1}
_KAZAKH_BY_SOUND = {sound(word): value for word, value in _KAZAKH_WORDS.items()}

ONE_AND_A_HALF = frozenset({"полтора", "полторы", "полутора", "палтара", "poltora", "poltory"})
AND_A_HALF = frozenset({"жарым", "zharym", "jarym"})
HALF = frozenset({"жарты", "полкило", "пол-кило", "полкилограмма", "zharty", "jarty"})
HALF_KILO = frozenset({"полкило", "пол-кило", "полкилограмма"})
HALF_LITRE = frozenset({"поллитра", "пол-литра", "поллитр", "пол-литр"})
HALF_THOUSAND = frozenset({"полтысячи", "пол-тысячи"})
BEFORE_MEASURE = {"пол": "0.5", "половина": "0.5", "половину": "0.5", "четверть": "0.25", "ширек": "0.25"}
"""A half of a kilogram, but «пол 5000» is a floor."""
TEN_THAT_COMPOSES = "он"
"""Kazakh «он бес» is fifteen; Russian «десять пять» is two numbers."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """The value of a word and whether it stands in the case of «елуден»: fifty each, or out of fifty."""

    value: int
    ablative: bool = False


@functools.lru_cache(WORDS_REMEMBERED)
def numeral(word: str) -> Numeral | None:
    """What number a word is. Short words are matched as spelt: «төрт» (four) folded would be «торт» (cake)."""
    lowered = word.lower()
    value = NUMBER_WORDS.get(lowered)
    if value is not None:
        return Numeral(value)
    if lowered.endswith(_CASES):
        stem = lowered[:-3]
        value = _KAZAKH_WORDS.get(stem, _KAZAKH_BY_SOUND.get(sound(stem)) if stem.isascii() else None)
        if value is not None:
            return Numeral(value, ablative=True)
    is_latin = lowered.isascii() and lowered.isalpha() and len(lowered) >= _LATIN_LETTERS_MIN
    if not (is_latin or (len(lowered) >= _SOUNDED_LETTERS_MIN and lowered.isalpha())):
        return None
    key = sound(lowered)
    value = _BY_SOUND.get(key)
    if value is None and len(key) >= _SLIPPED_LETTERS_MIN:
        near = {known for other, known in _SLIPPED.items() if other[0] == key[0] and slips_between(key, other, 1) == 1}
        value = near.pop() if len(near) == 1 else None
    return None if value is None else Numeral(value)


def number_of_words(words: Sequence[str]) -> tuple[Numeral, int]:
    """The value of the longest number that the words begin with, and how many of them it takes; none takes 0.

    «сто пятьдесят», «екі жүз елу», «две тысячи триста» compose; «два восемьсот» is two numbers. A case ends it.
    """
    thousands = current = taken = 0
    open_below = 1000
    ablative = False
    for word in words:
        said = numeral(word)
        if said is None or ablative:
            break
        value = said.value
        if value == 1000:
            if thousands:
                break
            thousands, current, open_below = max(current, 1) * 1000, 0, 1000
        elif value == 100 and 1 < current < 10:
            current, open_below = current * 100, 100
        elif value < open_below:
            current += value
            open_below = _open_below(word, value)
        else:
            break
        ablative = said.ablative
        taken += 1
    return Numeral(thousands + current, ablative), taken


def _open_below(word: str, value: int) -> int:
    """After a hundred tens may follow, after tens units, after units and teens nothing."""
    if value >= 100:
        return 100
    if value >= 20 or word.lower() == TEN_THAT_COMPOSES:
        return 10
    return 0
