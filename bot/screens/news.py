"""What people are told unasked: autonomous, online, clock, counters, the end of a shift (G10).

Each names the cause, what waits and the one thing to do. A register that stands until a person decides has
screens of its own (`bot.screens.lane`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.press import Action, pack
from bot.screens.lane import FEE_REASONS, fee_todo, left_words, operators_text, probe_buttons
from bot.screens.receipt import reason_words
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import day_clock_text, safe, tenge
from core.domain.view import DocumentView
from core.ofd.operators import OPERATORS
from core.texts import say


def autonomous_screen(
    language: str,
    *,
    register_id: str,
    title: str,
    operator: str | None,
    reason: str | None,
    unsent: int,
    left: timedelta | None,
) -> Screen:
    """Told at once, with sound, to cashiers and owner."""
    text = say(
        language,
        "bot-news-autonomous",
        title=safe(title),
        reason=reason_words(language, reason),
        unsent=unsent,
        left=left_words(language, left),
    )
    known = OPERATORS.get(operator or "")
    is_payable = reason in FEE_REASONS
    todo = fee_todo(language, known) if is_payable and known is not None else (say(language, "bot-todo-wait"),)
    return Screen(lines(text, *todo), probe_buttons(language, register_id) if is_payable else (), silent=False)


def online_screen(language: str, *, title: str, count: int) -> Screen:
    """Good news is silent."""
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
    """An hour before the shift's 24 hours are over; ``auto_close`` says that nobody needs to do anything."""
    key = "bot-news-closes-itself" if auto_close else "bot-news-closes-soon"
    text = say(language, key, title=safe(title), until=day_clock_text(until))
    return Screen(text, _close_buttons(language, register_id), silent=False)


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
    return Screen(text, _close_buttons(language, register_id), silent=False)


def _close_buttons(language: str, register_id: str) -> Rows:
    words = say(language, "bot-menu-close")
    return ((Button(words, pack(Action.CLOSE_ASK, register_id), style="primary"),),)


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
