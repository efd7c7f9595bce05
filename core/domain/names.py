"""What people name things by: what may stand in a name, whether one can be seen, and when two name one thing."""

from __future__ import annotations

import unicodedata

# Signs that turn the text after them round: a receipt's line would show its sum as another one.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKING = frozenset({"Cc", "Zl", "Zp"})
_UNSEEN = _BREAKING | {"Cf", "Cs", "Mn", "Me", "Zs"}
# Letters and signs by their category, and yet blank: Hangul fillers and the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def has_control_characters(text: str) -> bool:
    """Whether it holds what is no sign but a command: control characters, ends of lines, turns of direction.

    The marks of direction (U+200E, U+200F) and the joiner inside an emoji only touch their neighbours and may stay.
    """
    # nothing of the kind is printable, so most names are told at once
    return not text.isprintable() and any(
        one in _TURNING or unicodedata.category(one) in _BREAKING for one in text
    )


def is_visible(text: str) -> bool:
    """Whether anything of it would be seen on paper."""
    return any(one not in _BLANK and unicodedata.category(one) not in _UNSEEN for one in text)


def same_thing(name: str) -> str:
    """What the names of one thing have in common: «й» may come as one character or as two."""
    return unicodedata.normalize("NFC", name.strip())
