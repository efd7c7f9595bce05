"""X-report, the close of a shift and the summary of its Z-report."""

from __future__ import annotations

from datetime import datetime

from bot.screens.counting import count_line
from bot.screens.receipt import state_line
from bot.screens.sale import example_buttons
from bot.screens.screen import Screen, lines
from bot.screens.wording import average_sum, clock_text, day_clock_text, payment_name, safe, tenge
from core.db.drawer import DrawerCount
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


def z_screen(
    language: str, view: DocumentView, *, whole_heads: bool, count: DrawerCount | None = None
) -> Screen:
    """The closed shift with the ``count`` of its drawer. To the owner it carries the whole heads of the chain out of
    the database (G5).
    """
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
        None if count is None else count_line(language, count),
        "",
        z_state(language, view),
        "",
        say(language, "bot-sum-head", head=head),
        say(language, "bot-sum-digest", number=view.document.number, digest=digest),
    )
    return Screen(text, silent=view.mark not in (Mark.REFUSED, Mark.STOPPED))


def z_state(language: str, view: DocumentView) -> str:
    """How far the Z-report itself has come."""
    if view.mark is Mark.AUTONOMOUS:
        return say(language, "bot-z-autonomous-mark")
    return state_line(language, view)


def figures(language: str, report: Report) -> list[str | None]:
    """What an owner asks for in the evening: first what was sold (gross), then what went back, then what is left of it
    (net); each kind of payment the same way; the drawer.
    """
    return [*sold_lines(language, report), "", *paid_lines(language, report), *drawer_lines(language, report)]


def sold_lines(language: str, report: Report) -> list[str]:
    """Sold, gone back, bought, and what is left of it."""
    sales, returns = report.tickets["sell"], report.tickets["sell_return"]
    average = average_sum(sales.sum, sales.count)
    return [
        say(language, "counter-sum-sales", count=sales.count, sum=tenge(sales.sum), average=tenge(average)),
        say(language, "bot-sum-returns", count=returns.count, sum=tenge(returns.sum)),
        *_purchases(language, report),
        say(language, "counter-sum-revenue", sum=tenge(report.revenue)),
    ]


def drawer_lines(language: str, report: Report) -> list[str | None]:
    """Cash put in and taken out, the cash that is there, and how many receipts were made without a link."""
    deposits, withdrawals = report.money_placements["deposit"], report.money_placements["withdrawal"]
    offline = sum(row.offline_count for row in report.tickets.values())
    placed = {"deposits": tenge(deposits.sum), "withdrawals": tenge(withdrawals.sum)}
    return [
        say(language, "bot-sum-placements", **placed) if deposits.count or withdrawals.count else None,
        say(language, "bot-sum-cash", cash=tenge(report.cash)),
        say(language, "bot-sum-offline", count=offline) if offline else None,
    ]


def _purchases(language: str, report: Report) -> list[str]:
    """Purchases take from the takings, what is returned of them adds to it again."""
    bought, back = report.tickets["buy"], report.tickets["buy_return"]
    said = []
    if bought.count:
        said.append(say(language, "bot-sum-purchases", count=bought.count, sum=tenge(bought.sum)))
    if back.count:
        said.append(say(language, "counter-sum-buy-returns", count=back.count, sum=tenge(back.sum)))
    return said


def paid_lines(language: str, report: Report) -> list[str]:
    """«Наличные: 5 000 − 800 = 4 200 ₸»: paid in by customers, paid back to them, what is left."""
    said = []
    for kind in PaymentType:
        came = sum(report.tickets[op].payments[kind].sum for op in ("sell", "buy_return"))
        went = sum(report.tickets[op].payments[kind].sum for op in ("sell_return", "buy"))
        name = payment_name(language, kind)
        if went:
            facts = {"came": tenge(came), "went": tenge(went), "sum": tenge(came - went)}
            said.append(say(language, "counter-sum-payment-net", type=name, **facts))
        elif came:
            said.append(say(language, "bot-sum-payment", type=name, sum=tenge(came)))
    return said
