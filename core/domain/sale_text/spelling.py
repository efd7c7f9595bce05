"""How a word was meant, whatever keyboard and haste made of it: folded, sounded out of Latin letters, one slip away.

Only the vocabulary and the catalogue are looked up so; a name that is kept is kept as typed.
"""

from __future__ import annotations

import functools

_FOLDING = str.maketrans("ёәғқңөұүһі", "еагкноуухи")
_SOUNDING = str.maketrans({"й": "и", "ы": "и", "э": "е", "щ": "ш", "ь": "", "ъ": "", "-": "", "'": ""})
_LATIN_PAIRS = (
    ("shch", "ш"), ("sch", "ш"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"), ("gh", "г"), ("ts", "ц"),
    ("ya", "я"), ("ia", "я"), ("yu", "ю"), ("iu", "ю"), ("yo", "е"), ("ye", "е"),
)  # fmt: skip
_LATIN = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстуввхиз")
SLIPS_LETTERS_MAX = 32
"""Longer words are never one slip away from a word of ours."""
WORDS_REMEMBERED = 1024
"""What a word means does not change, and vendors write the same ones all day."""


@functools.lru_cache(WORDS_REMEMBERED)
def fold(word: str) -> str:
    """The spelling under which vocabulary is kept: lower case, ё as е, Kazakh letters as the Russian ones typed
    instead of them."""
    return word.lower().translate(_FOLDING)


@functools.lru_cache(WORDS_REMEMBERED)
def sound(word: str) -> str:
    """A coarser key: Latin letters as the Cyrillic ones they stand for, й and ы as и, no soft signs, no doubles."""
    folded = fold(word)
    if any("a" <= letter <= "z" for letter in folded):
        for pair, letter in _LATIN_PAIRS:
            folded = folded.replace(pair, letter)
        folded = folded.translate(_LATIN)
    out: list[str] = []
    for letter in folded.translate(_SOUNDING):
        if not out or out[-1] != letter:
            out.append(letter)
    return "".join(out)


def slips_between(first: str, second: str, at_most: int) -> int:
    """Letters changed, missing, added or swapped with their neighbour; `at_most` + 1 stands for anything more."""
    too_many = at_most + 1
    if abs(len(first) - len(second)) > at_most or max(len(first), len(second)) > SLIPS_LETTERS_MAX:
        return too_many
    before: list[int] = []
    previous = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            cost = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other
            current.append(min(cost, before[column - 2] + 1) if swapped else cost)
        if min(current) > at_most:
            return too_many
        before, previous = previous, current
    return min(previous[-1], too_many)
