"""The check digit of an IIN (ИИН, ЖСН) or BIN (БИН, БСН): DOMAIN.md 2.8."""

from __future__ import annotations

_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def is_iin_bin(text: str) -> bool:
    """Whether ``text`` is twelve digits whose last one is the check digit of the others."""
    if len(text) != 12 or not (text.isascii() and text.isdigit()):
        return False
    digits = [int(character) for character in text]
    for weights in (_FIRST, _SECOND):
        check = sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
        if check < 10:
            return check == digits[11]
    return False


def with_check_digit(eleven: str) -> str | None:
    """The number that begins with these eleven digits, or ``None`` where none can exist."""
    for last in "0123456789":
        if is_iin_bin(eleven + last):
            return eleven + last
    return None
