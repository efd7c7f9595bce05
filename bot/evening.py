"""The owner's evening: a card at the close of each shift, and the summary of any period in one living message.

A card's figures and its picture are taken at one moment and kept with the message, so what is sent late, or sent again,
says the same in both. The card of a close stays what it is, for it carries the heads of the chain out of the database
(G5): other periods are opened below it.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.pace import Priority
from bot.people import Speaker
from bot.press import Press
from bot.screens.evening import Leaf, Shown, closed_screen, heads_words, period_screen, said_screen
from bot.screens.evening_picture import empty_picture, evening_picture
from bot.screens.evening_views import look_screen
from bot.screens.evening_words import span_words
from bot.screens.receipt import STAGES
from bot.screens.screen import Screen, from_body
from bot.screens.wording import shortened
from core.clock import ALMATY
from core.db.chat_rows import DraftRow
from core.domain.business_day import DaySpan, business_day
from core.domain.takings import Statistics
from core.domain.view import DocumentView, Mark
from core.errors import Refused
from core.reports.evening_picture import Picture
from core.texts import say

if TYPE_CHECKING:
    from bot.desk import Desk

log = logging.getLogger(__name__)

READING_ROLES = ("owner", "manager", "viewer")
NIGHT_BEGINS, NIGHT_ENDS = 22, 8
"""Hours between which no card makes a sound."""
TITLE_CHARACTERS = 70
STAGE_STEP = 10
PRESSES_MAX = 3_000
"""Stages are small numbers in the database; nobody turns one card so often."""


def readable(speaker: Speaker) -> list[str]:
    """The registers whose takings this person may see, their current one first."""
    mine = sorted(one for one, role in speaker.roles.items() if role in READING_ROLES)
    return sorted(mine, key=lambda one: one != speaker.register_id)


def is_night(moment: datetime) -> bool:
    """Whether people sleep."""
    hour = moment.astimezone(ALMATY).hour
    return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS


def period_body(registers: list[str], span: DaySpan, period: str = "") -> dict[str, Any]:
    """The body of a card that shows a period; ``period`` is its name if it was chosen by one."""
    return {
        "registers": registers,
        "first": span.first.isoformat(),
        "last": span.last.isoformat(),
        "period": period,
        "view": "card",
        "only": None,
        "close": None,
    }


def span_of(row: DraftRow) -> DaySpan:
    """The period that a card shows."""
    return DaySpan(date.fromisoformat(row.body["first"]), date.fromisoformat(row.body["last"]))


def registers_of(row: DraftRow, speaker: Speaker) -> list[str]:
    """Whose takings a card shows, as far as this person may still see them."""
    wanted = [row.body["only"]] if row.body["only"] else row.body["registers"]
    return [one for one in wanted if one in readable(speaker)]


def card_key(row: DraftRow) -> str:
    """The one message of a card."""
    return f"draft:{row.draft_id}"


async def show_close(desk: Desk, speaker: Speaker, view: DocumentView, *, priority: Priority) -> None:
    """The card of a closed shift in this chat, sent once or edited; it never goes back to an earlier mark. It makes no
    sound at night, nor for whoever closed the shift.
    """
    document, report = view.document, view.document.report
    assert report is not None, "a close has its Z-report"
    register_id = document.register_id
    registration = (await desk.engine.registers.get(register_id)).registration
    span = DaySpan.day(business_day(report.opened_at.astimezone(ALMATY), registration.day_begins))
    mine = sorted(readable(speaker), key=lambda one: one != register_id)
    body = {**period_body(mine, span), "close": document.number}
    row = await desk.new_draft(speaker, register_id, "evening", body, f"closed:{register_id}:{document.number}")
    is_theirs = bool(speaker.name) and document.cashier.name == speaker.name
    silent = is_theirs or is_night(desk.clock.now())
    await draw_closed(desk, speaker, row, view, priority=priority, silent=silent)


async def redraw_closed(desk: Desk, speaker: Speaker, view: DocumentView, draft_id: str) -> None:
    """The card of a close whose mark has changed."""
    row = await desk.store.draft(draft_id)
    if row is not None and row.kind == "evening" and speaker.may_resolve(row.register_id):
        await draw_closed(desk, speaker, row, view, priority=Priority.EDIT)


async def draw_closed(
    desk: Desk, speaker: Speaker, row: DraftRow, view: DocumentView, *, priority: Priority, silent: bool = True
) -> None:
    """A close in the look that its card has now. While it has no outcome, or the figures are not to be had, it is the
    Z-report in words; the picture comes into the same message.
    """
    document = view.document
    shown = card_words(row, await _today(desk, row, speaker))
    found = None
    if view.mark not in (Mark.SAVED, Mark.REFUSED):
        found = await _statistics(desk, row, speaker)
    if found is not None:
        picture: Picture | None = _picture(speaker.language, row, shown, found, is_over=True)
    else:
        picture = await _shown_before(desk, row)
    if found is not None and picture is not None and shown.view != "card":
        tail = heads_words(speaker.language, view)
        screen = look_screen(speaker.language, shown, found, picture, tail=tail)
    else:
        count = await desk.engine.drawer.of_shift(document.register_id, document.shift)
        screen = closed_screen(speaker.language, shown, view, count, found, picture, silent=silent)
    await desk.outbox.show(
        row.chat_id,
        card_key(row),
        screen,
        priority=priority,
        # every press is a step, and within it the mark goes on
        stage=min(row.version, PRESSES_MAX) * STAGE_STEP + STAGES[view.mark],
        document=(document.register_id, document.number),
    )


async def draw_period(desk: Desk, speaker: Speaker, row: DraftRow) -> None:
    """A period in the look that its card has now; days without receipts in a picture of their own."""
    language, today = speaker.language, await _today(desk, row, speaker)
    shown = card_words(row, today)
    try:
        found = await desk.engine.statistics.of(registers_of(row, speaker), shown.span)
    except Refused as refused:
        await desk.outbox.show(row.chat_id, card_key(row), await _refused(desk, speaker, row, shown, refused))
        return
    picture = _picture(language, row, shown, found, is_over=shown.span.last < today)
    screen = (
        period_screen(language, shown, found, picture)
        if shown.view == "card"
        else look_screen(language, shown, found, picture)
    )
    await desk.outbox.show(row.chat_id, card_key(row), screen)


async def draw(desk: Desk, speaker: Speaker, row: DraftRow) -> None:
    """A card after a press, whatever it shows."""
    if row.body["close"] is None:
        await draw_period(desk, speaker, row)
        return
    view = await desk.engine.books.document(row.register_id, row.body["close"])
    await draw_closed(desk, speaker, row, view, priority=Priority.ANSWER)


def _picture(language: str, row: DraftRow, shown: Shown, found: Statistics, *, is_over: bool) -> Picture:
    return evening_picture(
        language,
        found,
        shown.today,
        title=_title(language, [one.title for one in found.points]),
        is_over=is_over,
        by_hour=shown.view == "hours",
    )


def _title(language: str, titles: list[str]) -> str:
    if len(titles) == 1:
        return shortened(titles[0], TITLE_CHARACTERS)
    return say(language, "evening-registers", count=len(titles))


def card_words(row: DraftRow, today: date) -> Shown:
    """What a card shows, for its words and buttons."""
    return Shown(
        draft_id=row.draft_id,
        span=span_of(row),
        today=today,
        view=row.body["view"],
        period=row.body["period"],
        registers=tuple(row.body["registers"]),
        only=row.body["only"] is not None,
    )


async def _today(desk: Desk, row: DraftRow, speaker: Speaker) -> date:
    day: date = await desk.engine.statistics.today(registers_of(row, speaker) or [row.register_id])
    return day


async def _statistics(desk: Desk, row: DraftRow, speaker: Speaker) -> Statistics | None:
    """The day of a close with all registers, of its own alone while another one is busy; ``None`` if that is, too."""
    for registers in (registers_of(row, speaker), [row.register_id]):
        try:
            return await desk.engine.statistics.of(registers, span_of(row))
        except Refused as refused:
            log.warning("the card of a close lacks figures: %s", refused.code)
    return None


async def _shown_before(desk: Desk, row: DraftRow) -> Picture | None:
    """The picture that the message has: a message with one cannot become a text again."""
    message = await desk.store.message(row.chat_id, card_key(row))
    before = None if message is None else from_body(message.body)
    return None if before is None else before.card


async def _refused(desk: Desk, speaker: Speaker, row: DraftRow, shown: Shown, refused: Refused) -> Screen:
    """Why there is no summary, in words."""
    language, span, today = speaker.language, shown.span, shown.today
    words = span_words(language, span, today)
    before = await _shown_before(desk, row)
    match refused.code:
        case "PERIOD_EMPTY":
            registers = registers_of(row, speaker)
            titles = [(await desk.engine.registers.get(one)).registration.title for one in registers]
            picture = empty_picture(language, span, today, title=_title(language, titles))
            if span == DaySpan.day(today):
                return said_screen(language, shown, "evening-empty-today", picture)
            return said_screen(language, shown, "evening-empty", picture, span=words)
        case "PERIOD_BACKWARDS":
            first, last = day_text(span.first), day_text(span.last)
            return said_screen(language, shown, "evening-backwards", before, first=first, last=last)
        case "PERIOD_IN_FUTURE":
            return said_screen(language, shown, "evening-future", before, first=day_text(span.first))
        case "PERIOD_TOO_LONG":
            return said_screen(language, shown, "evening-too-long", before, days=int(refused.params["days"]))
        case _:
            return said_screen(language, shown, "evening-busy", before)


def day_text(day: date) -> str:
    """`24.11.2026`."""
    return day.strftime("%d.%m.%Y")


def pressed_span(number: int) -> DaySpan | None:
    """The period that a button's number stands for, if it is one."""
    try:
        first = datetime.strptime(str(number // 1000), "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone
        return DaySpan(first, first + timedelta(days=number % 1000 - 1))
    except (ValueError, OverflowError):
        return None


def evening_toast(speaker: Speaker, press: Press, row: DraftRow) -> str:
    """What a press on a card is answered with."""
    if not registers_of(row, speaker):
        return say(speaker.language, "evening-toast-no-right")
    is_export = press.choice == Leaf.EXPORT
    return say(speaker.language, "evening-toast-export" if is_export else "bot-toast-ready")
