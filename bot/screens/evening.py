"""The evening card in the chat: what stands under its picture, and its buttons. Always within Telegram's caption."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.press import Action, pack
from bot.screens.counting import count_line
from bot.screens.evening_words import offline_words, span_words
from bot.screens.screen import CAPTION_UNITS_MAX, Button, Rows, Screen, lines, units
from bot.screens.shift import HEAD_CHARACTERS_SHOWN, drawer_lines, paid_lines, sold_lines, z_state
from bot.screens.wording import average_sum, day_clock_text, payment_name, safe, shortened, tenge
from core.db.drawer import DrawerCount
from core.domain.business_day import DaySpan
from core.domain.takings import Point, Statistics, Takings, ZLine
from core.domain.ticket import Kind, PaymentType
from core.domain.view import CHAT_MARKS, DocumentView, Mark
from core.reports.evening_picture import Picture
from core.texts import say

CHOSEN = "● "
PERIODS = ("today", "yesterday", "week", "month")
VIEWS = ("goods", "cashiers", "hours", "vat", "registers")
"""The looks of a card beside its own, ``card``."""
ROWS_SHOWN, Z_SHOWN, TITLE_CHARACTERS = 8, 4, 48
MUST = 0


class Leaf:
    """What a button of the card does; an absolute period travels in its number."""

    PERIOD = "d"
    SPAN = "s"
    VIEW = "v"
    ONLY = "o"
    EXPORT = "x"


@dataclass(frozen=True, slots=True)
class Shown:
    """Which part of whose takings a card shows: ``period`` is one of ``PERIODS`` where it was chosen by that name."""

    draft_id: str
    span: DaySpan
    today: date
    view: str = "card"
    period: str = ""
    registers: tuple[str, ...] = ()
    only: bool = False

    @property
    def is_of_several(self) -> bool:
        """Whether it could show more than one register."""
        return len(self.registers) > 1


def period_screen(language: str, shown: Shown, found: Statistics, picture: Picture) -> Screen:
    """The summary of a period."""
    text = fitted(lambda rows: _period_lines(language, shown, found, rows), ROWS_SHOWN)
    return Screen(text, card_buttons(language, shown), card=picture)


def closed_screen(
    language: str,
    shown: Shown,
    view: DocumentView,
    count: DrawerCount | None,
    found: Statistics | None,
    picture: Picture | None,
    *,
    silent: bool,
) -> Screen:
    """A closed shift as its Z-report says it, with the day around it; without ``found`` the Z-report alone.

    The heads of the chain leave the database whole with every card (G5); a tap unfolds them.
    """
    text = fitted(lambda rows: _closed_lines(language, shown, view, count, found, rows), ROWS_SHOWN)
    buttons = () if found is None else card_buttons(language, shown)
    return Screen(text, buttons, silent=silent and view.mark not in (Mark.REFUSED, Mark.STOPPED), card=picture)


def said_screen(
    language: str, shown: Shown, key: str, picture: Picture | None = None, **facts: str | int
) -> Screen:
    """A refusal in words, with the periods to choose from."""
    return Screen(say(language, key, **facts), period_buttons(language, shown), card=picture)


def card_buttons(language: str, shown: Shown) -> Rows:
    """Periods, then looks, two in a row; the file last."""
    looks = [one for one in VIEWS if one != "registers" or (shown.is_of_several and not shown.only)]
    buttons = [
        Button(
            f"{CHOSEN if one == shown.view else ''}{say(language, f'evening-button-{one}')}",
            pack(Action.EVENING, shown.draft_id, VIEWS.index(one), Leaf.VIEW),
        )
        for one in looks
    ]
    buttons.append(Button(say(language, "evening-button-export"), pack(Action.EVENING, shown.draft_id, 0, Leaf.EXPORT)))
    if shown.view != "card":
        words = say(language, "evening-button-back")
        buttons.append(Button(words, pack(Action.EVENING, shown.draft_id, len(VIEWS), Leaf.VIEW)))
    elif shown.only:
        words = say(language, "evening-button-all")
        buttons.append(Button(words, pack(Action.EVENING, shown.draft_id, 0, Leaf.ONLY)))
    return (*period_buttons(language, shown), *_pairs(buttons))


def period_buttons(language: str, shown: Shown) -> Rows:
    """The periods that have a name."""
    return _pairs(
        [
            Button(
                f"{CHOSEN if one == shown.period else ''}{say(language, f'evening-button-{one}')}",
                pack(Action.EVENING, shown.draft_id, place, Leaf.PERIOD),
            )
            for place, one in enumerate(PERIODS)
        ]
    )


def offered_screen(language: str, shown: Shown, offer: DaySpan | None) -> Screen:
    """A period that is still to come, with another one that could have been meant."""
    screen = said_screen(language, shown, "evening-future", first=shown.span.first.strftime("%d.%m.%Y"))
    return screen if offer is None else replace(screen, buttons=(*_offer(language, shown, offer), *screen.buttons))


def _offer(language: str, shown: Shown, offer: DaySpan) -> Rows:
    words = say(language, "evening-button-offer", span=span_words(language, offer, shown.today))
    return ((Button(words, pack(Action.EVENING, shown.draft_id, packed_span(offer), Leaf.SPAN), style="primary"),),)


def register_buttons(shown: Shown, points: Sequence[Point]) -> Rows:
    """The cards of single registers."""
    return _pairs(
        [
            Button(
                shortened(point.title, TITLE_CHARACTERS),
                pack(Action.EVENING, shown.draft_id, shown.registers.index(point.register_id) + 1, Leaf.ONLY),
            )
            for point in points[:ROWS_SHOWN]
        ]
    )


def packed_span(span: DaySpan) -> int:
    """A period as a button's number: its first day and how many days."""
    return int(span.first.strftime("%Y%m%d")) * 1000 + span.length


def _pairs(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))


Ranked = list[tuple[int, str | None]]
"""Lines with how soon each may be left out: `MUST` never, the highest first."""


def fitted(make: Callable[[int], Ranked], most: int) -> str:
    """A caption with as many rows of its list as have room; ``make`` is given how many. If not even none has, the least
    important lines are left out.
    """
    for rows in range(most, -1, -1):
        kept = [(rank, text) for rank, text in make(rows) if text is not None]
        if units(text := lines(*(one for _, one in kept))) <= CAPTION_UNITS_MAX:
            return text
    while units(text := lines(*(one for _, one in kept))) > CAPTION_UNITS_MAX:
        worst = max(rank for rank, _ in kept)
        assert worst > MUST, "what must stand there has room"
        place = max(number for number, (rank, _) in enumerate(kept) if rank == worst)
        del kept[place]
    return text


def _period_lines(language: str, shown: Shown, found: Statistics, rows: int) -> Ranked:
    total, names = found.total, len(found.points)
    title = safe(found.points[0].title, TITLE_CHARACTERS) if names == 1 else None
    ranked: Ranked = [
        (MUST, say(language, "evening-title", span=span_words(language, shown.span, shown.today))),
        (MUST, title or say(language, "evening-registers", count=names)),
        (MUST, ""),
        *_total_lines(language, total),
        (MUST, ""),
        (1, say(language, "evening-hand-over", sum=tenge(found.hand_over))),
        (1, None if found.difference is None else _drawer_line(language, found.difference)),
        *_state_lines(language, found),
        *_register_lines(language, found, rows),
        *_z_lines(language, found, rows),
    ]
    if names == 1:
        head = found.points[0].chain_head[:HEAD_CHARACTERS_SHOWN]
        ranked.append((MUST, say(language, "evening-head", head=head)))
    return ranked


def _total_lines(language: str, total: Takings) -> Ranked:
    """The same figures as under a Z-report, of the period."""
    returns, bought, back = total.returns, total.of(Kind.BUY), total.of(Kind.BUY_RETURN)
    sold = {"sum": tenge(total.of(Kind.SELL).sum), "average": tenge(average_of(total))}
    return [
        (1, say(language, "counter-sum-sales", count=total.receipts, **sold)),
        (1, say(language, "bot-sum-returns", count=returns.count, sum=tenge(returns.sum))),
        (2, say(language, "bot-sum-purchases", count=bought.count, sum=tenge(bought.sum)) if bought.count else None),
        (2, say(language, "counter-sum-buy-returns", count=back.count, sum=tenge(back.sum)) if back.count else None),
        (MUST, say(language, "counter-sum-revenue", sum=tenge(total.revenue))),
        (MUST, ""),
        *[
            (3, say(language, "bot-sum-payment", type=payment_name(language, kind), sum=tenge(amount)))
            for kind in PaymentType
            if (amount := total.by_payment(kind))
        ],
    ]


def average_of(takings: Takings) -> int:
    """The average sale in whole tenge."""
    return average_sum(takings.of(Kind.SELL).sum, takings.receipts)


def _drawer_line(language: str, difference: int) -> str:
    if not difference:
        return say(language, "evening-drawer-equal")
    key = "evening-drawer-over" if difference > 0 else "evening-drawer-short"
    return say(language, key, sum=tenge(abs(difference)))


def _state_lines(language: str, found: Statistics, *, is_closed: bool = False) -> Ranked:
    """What is not settled yet, and for how long there was no link."""
    is_open = not is_closed and len(found.points) == 1 and found.points[0].shift_open
    return [
        (1, say(language, "evening-unsent", count=found.unsent) if found.unsent else None),
        (1, offline_words(language, found.offline_minutes) if found.offline_minutes else None),
        (4, say(language, "evening-shift-open") if is_open else None),
        (3, say(language, "evening-behind", count=found.behind) if found.behind else None),
    ]


def _z_lines(language: str, found: Statistics, rows: int) -> Ranked:
    """The newest Z-reports of one register; of several the lines of registers stand instead."""
    if len(found.points) != 1:
        return []
    closed = found.points[0].z_lines[::-1]
    rows = min(rows, Z_SHOWN)
    ranked: Ranked = [(MUST, z_line(language, one)) for one in closed[:rows]]
    if left := len(closed[rows:]):
        ranked.append((2, say(language, "evening-z-more", count=left)))
    return ranked


def z_line(language: str, line: ZLine) -> str:
    """«Z-отчёт № 12: 45 200 ₸, закрыта 24.11 21:14 · a1b2c3d4e5f6»."""
    return say(
        language,
        "evening-z",
        shift=line.shift,
        sum=tenge(line.revenue),
        time=day_clock_text(line.closed_at),
        head=line.chain_head[:HEAD_CHARACTERS_SHOWN],
    )


def _register_lines(language: str, found: Statistics, rows: int) -> Ranked:
    """Several registers by falling takings."""
    if len(found.points) == 1:
        return []
    points = sorted(found.points, key=lambda one: (-one.takings.revenue, one.title))
    ranked: Ranked = [(MUST, ""), *[(MUST, register_line(language, one)) for one in points[:rows]]]
    if rest := points[rows:]:
        left = tenge(sum(one.takings.revenue for one in rest))
        ranked.append((2, say(language, "evening-register-more", count=len(rest), sum=left)))
    return ranked


def register_line(language: str, point: Point) -> str:
    """«• Лавка: 45 200 ₸, чеков 31»."""
    return say(
        language,
        "evening-register",
        title=safe(point.title, TITLE_CHARACTERS),
        sum=tenge(point.takings.revenue),
        count=point.takings.receipts,
    )


def _closed_lines(
    language: str, shown: Shown, view: DocumentView, count: DrawerCount | None, found: Statistics | None, rows: int
) -> Ranked:
    document, report = view.document, view.document.report
    assert report is not None, "a close has its Z-report"
    time = day_clock_text(report.closed_at or report.made_at)
    ranked: Ranked = [
        (MUST, say(language, "bot-z-title", mark=CHAT_MARKS[view.mark], shift=report.shift, time=time)),
        (MUST, safe(document.seller.title, TITLE_CHARACTERS)),
        (MUST, ""),
        *[(1, text) for text in sold_lines(language, report)],
        (MUST, ""),
        *[(3, text) for text in paid_lines(language, report)],
        *[(2, text) for text in drawer_lines(language, report)],
        (2, None if count is None else count_line(language, count)),
        *([] if found is None else _around_lines(language, shown, view, found, rows)),
        (MUST, ""),
        (1, z_state(language, view)),
        (MUST, heads_words(language, view)),
    ]
    return ranked


def _around_lines(language: str, shown: Shown, view: DocumentView, found: Statistics, rows: int) -> Ranked:
    """What the Z-report does not say: the cash with what the close took out, what waits, and the day around it."""
    report = view.document.report
    assert report is not None
    mine = next((one for one in found.points if one.register_id == view.document.register_id), None)
    hand_over = None if mine is None else mine.hand_over
    ranked: Ranked = [
        (1, None if hand_over is None else say(language, "evening-hand-over", sum=tenge(hand_over))),
        *_state_lines(language, found, is_closed=True),
    ]
    if len(found.points) > 1 or found.total.revenue != report.revenue:
        span = span_words(language, shown.span, shown.today)
        whole, count = tenge(found.total.revenue), found.total.receipts
        words = say(language, "evening-day-total", span=_capital(span), sum=whole, count=count)
        ranked += [(MUST, ""), (3, words)]
        ranked += [one for one in _register_lines(language, found, rows) if one[1]]
    return ranked


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def heads_words(language: str, view: DocumentView) -> str:
    """Both heads of the chain as a close leaves them, whole, folded away."""
    document, report = view.document, view.document.report
    assert report is not None
    head = say(language, "bot-sum-head", head=report.chain_head)
    digest = say(language, "bot-sum-digest", number=document.number, digest=document.digest)
    return f"<blockquote expandable>{head}\n{digest}</blockquote>"
