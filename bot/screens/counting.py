"""The close of a shift with the count of its drawer: what should be there, what is there, and why they differ."""

from __future__ import annotations

from bot.press import Action, pack
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import safe, tenge
from core.db.drawer import DrawerCount
from core.domain.report import Report
from core.texts import say

REASONS = ("change", "missed", "expenses", "unknown")
"""What most often makes a drawer differ: wrong change, a sale not rung up, small expenses, nobody knows."""


class Counting:
    """What a button of the count does; the sum that it names travels in it."""

    EQUAL = "e"
    TYPE = "t"
    REASON = "r"


def close_screen(language: str, draft_id: str, report: Report, count: DrawerCount | None = None) -> Screen:
    """One confirmation, with what the drawer will be asked for; counting it first is an offer, never a duty."""
    asked = say(
        language,
        "bot-close-ask",
        shift=report.shift,
        count=report.tickets["sell"].count,
        revenue=tenge(report.revenue),
        cash=tenge(report.cash),
    )
    wants_reason = count is not None and count.difference and not count.reason
    text = lines(
        asked,
        None if count is None else "",
        None if count is None else count_line(language, count),
        say(language, "counter-reason-ask") if wants_reason else None,
    )
    words = say(language, "bot-button-close", shift=report.shift)
    rows: list[tuple[Button, ...]] = []
    if wants_reason:
        rows += _reason_rows(language, draft_id)
    rows.append((Button(words, pack(Action.CLOSE, draft_id, 0), style="primary"),))
    if report.cash > 0:
        words = say(language, "bot-button-close-withdraw", cash=tenge(report.cash))
        rows.append((Button(words, pack(Action.CLOSE, draft_id, 1)),))
    if count is None:
        rows.append(
            (
                Button(
                    say(language, "counter-button-equal", cash=tenge(report.cash)),
                    pack(Action.COUNT, draft_id, report.cash, Counting.EQUAL),
                ),
                Button(say(language, "counter-button-type"), pack(Action.COUNT, draft_id, 0, Counting.TYPE)),
            )
        )
    rows.append((Button(say(language, "bot-button-cancel"), pack(Action.CANCEL, draft_id)),))
    return Screen(text, tuple(rows))


def _reason_rows(language: str, draft_id: str) -> Rows:
    buttons = [
        Button(say(language, f"counter-reason-{name}"), pack(Action.COUNT, draft_id, place, Counting.REASON))
        for place, name in enumerate(REASONS)
    ]
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))


def count_line(language: str, count: DrawerCount) -> str:
    """«Пересчитано 4 800 ₸, не хватает 200 ₸ (ошиблись со сдачей)»."""
    counted = tenge(count.counted)
    if not count.difference:
        return say(language, "counter-count-equal", counted=counted)
    key = "counter-count-over" if count.difference > 0 else "counter-count-short"
    line = say(language, key, counted=counted, difference=tenge(abs(count.difference)))
    reason = safe(count.reason) if count.reason else say(language, "counter-reason-none")
    return f"{line} ({reason})"


def ask_count_screen(language: str, expected: int) -> Screen:
    return Screen(say(language, "counter-count-ask", cash=tenge(expected)))
