"""What people are told unasked besides trouble (`bot.screens.lane`): online, clock, counters, the end of a shift."""

from __future__ import annotations

from datetime import datetime

from bot.screens.cause import close_buttons, operators_text
from bot.screens.screen import Screen
from bot.screens.wording import day_clock_text, safe, tenge
from core.domain.view import DocumentView
from core.texts import say


def online_screen(language: str, *, title: str, count: int, sells_again: bool = False) -> Screen:
    """Good news is silent, unless it ends a time without sales: ``sells_again`` after the 72 h were over."""
    if sells_again:
        return Screen(say(language, "news-online-again", title=safe(title)), silent=False)
    return Screen(say(language, "bot-news-online", title=safe(title), count=count))


def replay_screen(language: str, *, title: str, left: int) -> Screen:
    """The one message of a long delivery; it ends in the same place."""
    if left == 0:
        return Screen(say(language, "bot-news-replay-done", title=safe(title)))
    return Screen(say(language, "bot-news-replay", title=safe(title), left=left))


def clock_screen(language: str, *, title: str) -> Screen:
    return Screen(say(language, "bot-news-clock", title=safe(title)), silent=False)


def difference_screen(
    language: str, *, title: str, count: int, code: int | None = None, words: str = ""
) -> Screen:
    """A difference to the operator's counters is reported, never taken over (DESIGN.md 3, 6).

    ``code`` is the operator's answer when it would not say its counters at all.
    """
    if count == 0 and code is not None:
        said = operators_text(language, words)
        text = say(language, "bot-news-not-compared", title=safe(title), code=code, text=said)
        return Screen(text, silent=False)
    return Screen(say(language, "bot-news-difference", title=safe(title), count=count), silent=False)


def closes_soon_screen(
    language: str, *, register_id: str, title: str, until: datetime, auto_close: bool
) -> Screen:
    """Before the shift's 24 hours are over; ``auto_close`` says that nobody needs to do anything."""
    key = "bot-news-closes-itself" if auto_close else "bot-news-closes-soon"
    text = say(language, key, title=safe(title), until=day_clock_text(until))
    return Screen(text, close_buttons(language, register_id), silent=False)


def close_refused_screen(
    language: str, *, register_id: str, title: str, shift: int, code: int, words: str
) -> Screen:
    """The shift would not close by itself: a person closes it, in the chat."""
    text = say(
        language,
        "bot-news-close-refused",
        title=safe(title),
        shift=shift,
        code=code,
        text=operators_text(language, words),
    )
    return Screen(text, close_buttons(language, register_id), silent=False)


def closed_itself_screen(language: str, view: DocumentView) -> Screen:
    """A shift that was closed without anybody: what it took and what lies in the drawer."""
    report = view.document.report
    assert report is not None
    return Screen(
        say(
            language,
            "bot-news-closed-itself",
            title=safe(view.document.seller.title),
            shift=report.shift,
            revenue=tenge(report.revenue),
            cash=tenge(report.cash),
        )
    )
