"""X-report, the close of a shift and the summary of its Z-report."""

from __future__ import annotations

from datetime import datetime

from bot.press import Action, pack
from bot.screens.receipt import state_line
from bot.screens.sale import example_buttons
from bot.screens.screen import Button, Screen, lines
from bot.screens.wording import clock_text, day_clock_text, payment_name, safe, tenge
from core.domain.money import round_half_up
from core.domain.report import Report
from core.domain.ticket import PaymentType
from core.domain.view import CHAT_MARKS, DocumentView, Mark
from core.texts import say

HEAD_CHARACTERS_SHOWN = 12


def x_screen(language: str, report: Report, closes_before: datetime | None, register: str | None = None) -> Screen:
    """The open shift's figures as of now. ``register`` is its title for somebody who has several."""
    until = report.opened_at if closes_before is None else closes_before
    opened = say(
        language, "bot-x-opened", opened=day_clock_text(report.opened_at), until=day_clock_text(until)
    )
    title = say(language, "bot-x-title", shift=report.shift, time=clock_text(report.made_at))
    if register is not None:
        title = f"{title} · {safe(register)}"
    return Screen(lines(title, opened, "", *figures(language, report)))


def no_shift_screen(language: str) -> Screen:
    return Screen(say(language, "bot-shift-none"), example_buttons(language))


def close_screen(language: str, draft_id: str, report: Report) -> Screen:
    """One confirmation, with what the drawer will be asked for."""
    text = say(
        language,
        "bot-close-ask",
        shift=report.shift,
        count=_receipts(report),
        revenue=tenge(report.revenue),
        cash=tenge(report.cash),
    )
    words = say(language, "bot-button-close", shift=report.shift)
    rows = [(Button(words, pack(Action.CLOSE, draft_id, 0), style="primary"),)]
    if report.cash > 0:
        words = say(language, "bot-button-close-withdraw", cash=tenge(report.cash))
        rows.append((Button(words, pack(Action.CLOSE, draft_id, 1)),))
    rows.append((Button(say(language, "bot-button-cancel"), pack(Action.CANCEL, draft_id)),))
    return Screen(text, tuple(rows))


def z_screen(language: str, view: DocumentView, *, whole_heads: bool) -> Screen:
    """The closed shift. To the owner it carries the whole heads of the chain out of the database (G5)."""
    report = view.document.report
    assert report is not None
    head, digest = report.chain_head, view.document.digest
    if not whole_heads:
        head, digest = head[:HEAD_CHARACTERS_SHOWN], digest[:HEAD_CHARACTERS_SHOWN]
    title = say(
        language,
        "bot-z-title",
        mark=CHAT_MARKS[view.mark],
        shift=report.shift,
        time=day_clock_text(report.closed_at or report.made_at),
    )
    text = lines(
        title,
        safe(view.document.seller.title),
        "",
        *figures(language, report),
        "",
        _z_state(language, view),
        "",
        say(language, "bot-sum-head", head=head),
        say(language, "bot-sum-digest", number=view.document.number, digest=digest),
    )
    return Screen(text, silent=view.mark not in (Mark.REFUSED, Mark.STOPPED))


def _z_state(language: str, view: DocumentView) -> str:
    if view.mark is Mark.AUTONOMOUS:
        return say(language, "bot-z-autonomous-mark")
    return state_line(language, view)


def figures(language: str, report: Report) -> list[str | None]:
    """Takings, receipts, payments, returns, cash: what an owner asks for in the evening."""
    sales, returns, purchases = (report.tickets[op] for op in ("sell", "sell_return", "buy"))
    deposits, withdrawals = report.money_placements["deposit"], report.money_placements["withdrawal"]
    offline = sum(row.offline_count for row in report.tickets.values())
    average = round_half_up(sales.sum, sales.count * 100) * 100 if sales.count else 0
    return [
        say(language, "bot-sum-revenue", sum=tenge(report.revenue)),
        say(language, "bot-sum-receipts", count=_receipts(report), average=tenge(average)),
        *(
            say(language, "bot-sum-payment", type=payment_name(language, kind), sum=tenge(row.sum))
            for kind in PaymentType
            if (row := sales.payments[kind]).count
        ),
        say(language, "bot-sum-returns", count=returns.count, sum=tenge(returns.sum)),
        say(language, "bot-sum-purchases", count=purchases.count, sum=tenge(purchases.sum))
        if purchases.count
        else None,
        say(
            language,
            "bot-sum-placements",
            deposits=tenge(deposits.sum),
            withdrawals=tenge(withdrawals.sum),
        )
        if deposits.count or withdrawals.count
        else None,
        say(language, "bot-sum-cash", cash=tenge(report.cash)),
        say(language, "bot-sum-offline", count=offline) if offline else None,
    ]


def _receipts(report: Report) -> int:
    return report.tickets["sell"].count
