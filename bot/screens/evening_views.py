"""Other looks at the takings of a period: by goods, by cashier, by hour, by register, and the VAT."""

from __future__ import annotations

from collections.abc import Callable

from bot.screens.evening import (
    MUST,
    Ranked,
    Shown,
    average_of,
    card_buttons,
    fitted,
    register_buttons,
    register_line,
)
from bot.screens.evening_words import span_words
from bot.screens.screen import Screen
from bot.screens.wording import safe, tenge
from core.domain.money import Money, format_quantity, spread
from core.domain.takings import CashierTakings, GoodClass, GoodSums, Statistics, hours_of_day
from core.domain.ticket import CASH_IN
from core.domain.units import PIECE, UNITS
from core.reports.evening_picture import Picture
from core.texts import LANGUAGES, say

ROWS_MAX = 24
PERCENT = 100
NAME_CHARACTERS = 32


def look_screen(
    language: str, shown: Shown, found: Statistics, picture: Picture, *, tail: str | None = None
) -> Screen:
    """The look that was chosen, under the picture; ``tail`` must go on standing at the end."""
    title = say(language, f"evening-view-{shown.view}", span=span_words(language, shown.span, shown.today))
    look = _LOOKS[shown.view]
    end: Ranked = [] if tail is None else [(MUST, ""), (MUST, tail)]
    text = fitted(lambda most: [(MUST, title), (MUST, ""), *look(language, found, most), *end], ROWS_MAX)
    rows = card_buttons(language, shown)
    if shown.view == "registers":
        rows = (*register_buttons(shown, found.points), *rows)
    return Screen(text, rows, card=picture)


def _goods(language: str, found: Statistics, most: int) -> Ranked:
    """Classes with their part in the takings, each with its goods."""
    if not found.goods:
        return [(MUST, say(language, "evening-goods-none"))]
    classes = {one: [good for good in found.goods if good.good_class is one] for one in GoodClass}
    nets = tuple(sum(max(0, good.net) for good in goods) for goods in classes.values())
    shares = spread(PERCENT, nets) if any(nets) else (0,) * len(nets)
    ranked: Ranked = []
    for (one, goods), share in zip(classes.items(), shares, strict=True):
        if goods:
            words = say(language, "evening-goods-class", kind=str(one), count=len(goods), share=str(share))
            ranked.append((MUST, words))
        ranked += [
            (MUST, f"{place}. {_good(language, good)}")
            for place, good in enumerate(found.goods[:most], start=1)
            if good.good_class is one
        ]
    if rest := found.goods[most:]:
        left = tenge(sum(good.net for good in rest))
        ranked.append((MUST, say(language, "evening-goods-more", count=len(rest), sum=left)))
    return ranked


def _good(language: str, good: GoodSums) -> str:
    """«кофе · 12 · 9 600 ₸»: what is left after returns."""
    quantity = format_quantity(good.quantity - good.returned_quantity).replace(".", ",")
    names = UNITS.get(good.unit)
    unit = "" if good.unit == PIECE or names is None else f"\u00a0{names[LANGUAGES.index(language)]}"
    return f"{safe(good.name, NAME_CHARACTERS)} · {quantity}{unit} · <b>{tenge(good.net)}\u00a0₸</b>"


def _cashiers(language: str, found: Statistics, most: int) -> Ranked:
    ranked: Ranked = [
        (MUST, _cashier(language, one)) for one in found.cashiers[:most]
    ]
    if rest := found.cashiers[most:]:
        left = tenge(sum(one.takings.revenue for one in rest))
        ranked.append((MUST, say(language, "evening-cashier-more", count=len(rest), sum=left)))
    return ranked


def _cashier(language: str, one: CashierTakings) -> str:
    """Takings, receipts, their average, and returns where there are some."""
    takings = one.takings
    line = say(
        language,
        "evening-cashier",
        name=safe(one.name, NAME_CHARACTERS) if one.name.strip() else say(language, "evening-cashier-nameless"),
        sum=tenge(takings.revenue),
        count=takings.receipts,
        average=tenge(average_of(takings)),
    )
    if not takings.returns.count:
        return line
    returns = say(language, "evening-cashier-returns", count=takings.returns.count, sum=tenge(takings.returns.sum))
    return f"{line}, {returns}"


def _hours(language: str, found: Statistics, most: int) -> Ranked:
    """The hours of the day in its order, of a longer period put together, and which was the best."""
    order = hours_of_day(min(point.day_begins for point in found.points))
    hours = [hour for hour in order if hour in found.by_hour]
    if not hours:
        return [(MUST, say(language, "evening-no-receipts"))]
    by_revenue = sorted(hours, key=lambda hour: -found.by_hour[hour].revenue)
    best = by_revenue[0]
    most_words = say(language, "evening-hour-best", hour=hour_words(best), sum=tenge(found.by_hour[best].revenue))
    ranked: Ranked = [(MUST, most_words), (MUST, "")]
    for hour in hours:
        if hour in by_revenue[:most]:
            takings = found.by_hour[hour]
            words = hour_words(hour)
            line = say(language, "evening-hour", hour=words, sum=tenge(takings.revenue), count=takings.receipts)
            ranked.append((MUST, line))
    if rest := by_revenue[most:]:
        left = tenge(sum(found.by_hour[hour].revenue for hour in rest))
        ranked.append((MUST, say(language, "evening-hour-more", count=len(rest), sum=left)))
    return ranked


def hour_words(hour: int) -> str:
    """«09–10»."""
    return f"{hour:02d}–{(hour + 1) % 24:02d}"


def _vat(language: str, found: Statistics, most: int) -> Ranked:
    """Each rate net: what came in less what went back."""
    rates: dict[str, tuple[Money, Money]] = {}
    for row in found.vat:
        sign = 1 if row.kind in CASH_IN else -1
        turnover, tax = rates.get(row.rate, (0, 0))
        rates[row.rate] = turnover + sign * row.turnover, tax + sign * row.tax
    if not rates:
        return [(MUST, say(language, "evening-vat-none"))]
    ranked: Ranked = [
        (1, say(language, "evening-vat", rate=rate, turnover=tenge(turnover), tax=tenge(tax)))
        for rate, (turnover, tax) in rates.items()
    ]
    whole = tenge(sum(tax for _, tax in rates.values()))
    return [*ranked, (MUST, ""), (MUST, say(language, "evening-vat-total", tax=whole))]


def _registers(language: str, found: Statistics, most: int) -> Ranked:
    """Each register with its cash and what is not settled there."""
    ranked: Ranked = []
    for point in found.points[:most]:
        said = []
        if point.hand_over is not None:
            said.append(say(language, "evening-register-cash", sum=tenge(point.hand_over)))
        if point.unsent:
            said.append(say(language, "evening-register-unsent", count=point.unsent))
        if point.shift_open:
            said.append(say(language, "evening-register-open"))
        ranked.append((MUST, register_line(language, point) + ("\n   " + " · ".join(said) if said else "")))
    if rest := found.points[most:]:
        left = tenge(sum(one.takings.revenue for one in rest))
        ranked.append((MUST, say(language, "evening-register-more", count=len(rest), sum=left)))
    return ranked


_LOOKS: dict[str, Callable[[str, Statistics, int], Ranked]] = {
    "goods": _goods,
    "cashiers": _cashiers,
    "hours": _hours,
    "registers": _registers,
    "vat": _vat,
}
