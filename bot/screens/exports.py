"""Files for accountants and owners on screens: the period, the format, how far it is, what came of it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.press import Action, pack
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import safe
from core.texts import say
from core.usecases.exports import Period

ARCHIVE = "archive"
KINDS = {"x": "xlsx", "c": "csv", "l": "csv-lines", "m": "commerceml", "g": "goods"}
"""What a button's last letter means."""
KILOBYTE = 1000


def periods_screen(language: str, register_id: str, title: str, reading: int, today: date, *, owner: bool) -> Screen:
    """Whose files, and which days."""
    this = Period(today.replace(day=1), today)
    end = this.first - timedelta(days=1)
    before = Period(end.replace(day=1), end)
    yesterday = today - timedelta(days=1)
    rows: list[tuple[Button, ...]] = [
        (_period(language, "files-button-last-month", register_id, reading, before),),
        (_period(language, "files-button-this-month", register_id, reading, this),),
        (
            _period(language, "files-button-today", register_id, reading, Period(today, today)),
            _period(language, "files-button-yesterday", register_id, reading, Period(yesterday, yesterday)),
        ),
    ]
    if owner:
        rows.append((_button(language, "files-button-archive", register_id, reading, ARCHIVE),))
    text = lines(
        say(language, "files-head", title=safe(title)),
        "",
        say(language, "files-periods"),
        say(language, "files-archive-about") if owner else None,
    )
    return Screen(text, tuple(rows))


def kinds_screen(language: str, register_id: str, reading: int, period: Period) -> Screen:
    """Which file of these days."""
    text = lines(days_text(language, period), "", say(language, "files-kinds"))
    return Screen(text, _kinds(language, register_id, reading, period))


def whose_screen(language: str, titles: dict[str, str], period: Period) -> Screen:
    """Which register's files of these days; ``titles`` by register."""
    rows = tuple(
        (Button(title, pack(Action.EXPORT, register_id, 0, _code(period))),) for register_id, title in titles.items()
    )
    return Screen(lines(days_text(language, period), "", say(language, "files-whose")), rows)


def making_screen(
    language: str, register_id: str, reading: int, period: Period | None, written: int, total: int
) -> Screen:
    """A file on its way. Its buttons stay: whoever waits in vain presses again."""
    told = say(language, "files-making", written=_grouped(written), total=_grouped(total))
    text = lines(days_text(language, period), "", told, say(language, "files-making-about"))
    return Screen(text, _again(language, register_id, reading, period))


def made_screen(
    language: str, register_id: str, reading: int, period: Period | None, name: str, size: int
) -> Screen:
    """It stands in the chat below."""
    told = say(language, "files-made", name=name, size=size_text(language, size))
    return Screen(lines(days_text(language, period), "", told), _again(language, register_id, reading, period))


def failed_screen(language: str, register_id: str, reading: int, period: Period | None) -> Screen:
    """Nothing came of it; nothing is lost."""
    text = lines(days_text(language, period), "", say(language, "files-failed"))
    return Screen(text, _again(language, register_id, reading, period), silent=False)


def too_large_screen(language: str, register_id: str, reading: int, period: Period | None) -> Screen:
    """More than Telegram takes: the way round it."""
    key = "files-too-large" if period is not None else "files-archive-too-large"
    text = lines(days_text(language, period), "", say(language, key))
    return Screen(text, _again(language, register_id, reading, period), silent=False)


def file_caption(language: str, period: Period | None, name: str) -> str:
    """What stands under the file itself."""
    return say(language, "files-archive-caption", name=name) if period is None else days_text(language, period)


def days_text(language: str, period: Period | None) -> str:
    if period is None:
        return say(language, "files-whole-life")
    if period.first == period.last:
        return say(language, "files-day", day=f"{period.first:%d.%m.%Y}")
    return say(language, "files-days", first=f"{period.first:%d.%m.%Y}", last=f"{period.last:%d.%m.%Y}")


def size_text(language: str, size: int) -> str:
    """«3,2 МБ», «512 КБ»: as people count them."""
    tenths = size * 10 // (KILOBYTE * KILOBYTE)
    if tenths >= 10:
        return say(language, "files-megabytes", size=f"{tenths // 10},{tenths % 10}")
    return say(language, "files-kilobytes", size=str(max(size // KILOBYTE, 1)))


def _again(language: str, register_id: str, reading: int, period: Period | None) -> Rows:
    back = (_button(language, "files-button-periods", register_id, reading, "list"),)
    if period is None:
        return (_button(language, "files-button-archive", register_id, reading, ARCHIVE),), back
    return (*_kinds(language, register_id, reading, period), back)


def _kinds(language: str, register_id: str, reading: int, period: Period) -> Rows:
    return tuple(
        (_button(language, f"files-kind-{name}", register_id, reading, f"{_code(period)}{letter}"),)
        for letter, name in KINDS.items()
    )


def _period(language: str, words: str, register_id: str, reading: int, period: Period) -> Button:
    return _button(language, words, register_id, reading, _code(period), month=f"{period.first:%m.%Y}")


def _code(period: Period) -> str:
    """Eleven digits: the first day and how many there are."""
    return f"{period.first:%Y%m%d}{(period.last - period.first).days + 1:03}"


def _button(language: str, words: str, register_id: str, reading: int, choice: str, **params: str) -> Button:
    return Button(say(language, words, **params), pack(Action.EXPORT, register_id, reading, choice))


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", "\u00a0")
