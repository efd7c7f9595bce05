"""Deposit (внесение, салу) and withdrawal (изъятие, алу): asking and confirming."""

from __future__ import annotations

from dataclasses import replace

from bot.press import Action, pack
from bot.screens.screen import Button, Screen
from bot.screens.wording import tenge
from core.texts import say

DEPOSIT_SUMS = (100_000, 500_000, 1_000_000, 2_000_000)


def cash_ask_screen(language: str, kind: str, draft_id: str, cash: int) -> Screen:
    """Which sum: every button makes its own at once, a written one is confirmed."""
    cancel = (Button(say(language, "bot-button-cancel"), pack(Action.CANCEL, draft_id)),)
    if kind == "deposit":
        sums = [_sum_button(language, kind, draft_id, one) for one in DEPOSIT_SUMS]
        return Screen(say(language, "bot-cash-ask-deposit"), (tuple(sums[:2]), tuple(sums[2:]), cancel))
    text = say(language, "bot-cash-ask-withdrawal", cash=tenge(cash))
    if cash <= 0:
        return Screen(text, (cancel,))
    words = say(language, "bot-button-withdrawal-all", total=tenge(cash))
    everything = Button(words, pack(Action.CASH, draft_id, cash), style="primary")
    smaller = [
        replace(_sum_button(language, kind, draft_id, one), style=None) for one in DEPOSIT_SUMS[:2] if one < cash
    ]
    rows = [(everything,), *([tuple(smaller)] if smaller else []), cancel]
    return Screen(text, tuple(rows))


def cash_confirm_screen(language: str, kind: str, draft_id: str, total: int) -> Screen:
    """The sum that was written, and the one button that makes it."""
    cancel = Button(say(language, "bot-button-cancel"), pack(Action.CANCEL, draft_id))
    return Screen(
        say(language, f"bot-cash-confirm-{kind}", total=tenge(total)),
        ((_sum_button(language, kind, draft_id, total),), (cancel,)),
    )


def _sum_button(language: str, kind: str, draft_id: str, total: int) -> Button:
    words = say(language, f"bot-button-{kind}", total=tenge(total))
    return Button(words, pack(Action.CASH, draft_id, total), style="primary")
