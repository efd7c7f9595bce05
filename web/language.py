"""Which of our three languages somebody who calls over HTTP wants."""

from __future__ import annotations

from core.texts import LANGUAGE_DEFAULT, LANGUAGES

HEADER_CHARACTERS_MAX = 500


def negotiated(accept_language: str | None) -> str:
    """The best known language of an ``Accept-Language`` header (RFC 9110, 12.5.4); Russian where none is named."""
    best, best_weight = LANGUAGE_DEFAULT, 0.0
    for part in (accept_language or "")[:HEADER_CHARACTERS_MAX].split(","):
        tag, _, parameters = part.partition(";")
        weight = _weight(parameters)
        language = tag.strip().lower().partition("-")[0]
        if language == "*":
            language = LANGUAGE_DEFAULT
        if language in LANGUAGES and weight > best_weight:
            best, best_weight = language, weight
    return best


def chosen(lang: str | None, accept_language: str | None) -> str:
    """The language that was asked for by name (``?lang=``), else the negotiated one."""
    return lang if lang in LANGUAGES else negotiated(accept_language)


def _weight(parameters: str) -> float:
    """The ``q`` of one language range: 1 if it is left out, 0 (not wanted) if it cannot be read."""
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    text = value.strip()
    whole, _, part = text.partition(".")
    if name.strip().lower() != "q" or whole not in ("0", "1") or len(part) > 3:
        return 0.0
    if part and not (part.isascii() and part.isdigit()):
        return 0.0
    return min(int(whole) + int(part.ljust(3, "0") or "0") / 1000, 1.0)
