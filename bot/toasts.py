"""The answer to a press, given when it arrives and before its turn in the chat (≤ 300 ms, UX.md 4.3)."""

from __future__ import annotations

import logging
from typing import Any

from bot.desk import Desk
from bot.drafts import chosen_total, is_old
from bot.evening import evening_toast
from bot.people import Speaker
from bot.press import DRAFT_ACTIONS, TAP_ACTIONS, Action, Press, unpack
from bot.screens.cause import Choice, FeeChoice
from bot.screens.wording import tenge
from bot.staff_toasts import STAFF_ACTIONS, staff_toast
from bot.tap_toasts import tap_toast
from bot.telegram import Telegram
from core.db.chat_rows import DraftRow
from core.domain.view import Mark
from core.errors import Refused, UnknownOutcome
from core.texts import LANGUAGES, say

log = logging.getLogger(__name__)


class Toasts:
    """Says what was taken, or what became of the button."""

    def __init__(self, desk: Desk, telegram: Telegram) -> None:
        self._desk = desk
        self._telegram = telegram

    async def answer(self, callback: dict[str, Any]) -> None:
        """Answer the press of a raw update."""
        text = ""
        try:
            text = await self._words(callback)
        except (UnknownOutcome, Refused) as error:
            log.warning("a press is answered without words: %s", error)
        await self._telegram.toast(str(callback.get("id")), text)

    async def _words(self, callback: dict[str, Any]) -> str:
        desk, person = self._desk, callback.get("from") or {}
        press = unpack(str(callback.get("data") or ""))
        speaker = await desk.people.speaker(int(person.get("id", 0)), person.get("language_code"))
        if press is not None and press.action is Action.GOODS and not press.subject:
            return ""
        if press is None or press.action not in (*DRAFT_ACTIONS, *TAP_ACTIONS):
            return toast_text(speaker, press, None)
        row = await desk.store.draft(press.subject)
        if row is None:
            return toast_text(speaker, press, None)
        is_refused = False
        if row.number is not None:
            view = await desk.engine.books.document(row.register_id, row.number)
            is_refused = view.mark is Mark.REFUSED
        if press.action in TAP_ACTIONS and row.chat_id == speaker.chat_id and row.state == "open":
            return await tap_toast(desk, speaker, press, row)
        return toast_text(
            speaker, press, row, is_stale=is_old(row, desk.clock.now()), is_refused=is_refused
        )


def toast_text(
    speaker: Speaker,
    press: Press | None,
    row: DraftRow | None,
    *,
    is_stale: bool = False,
    is_refused: bool = False,
) -> str:
    """The words for this press by this person."""
    language = speaker.language
    if press is None:
        return say(language, "bot-toast-old")
    if press.action in (*DRAFT_ACTIONS, *TAP_ACTIONS):
        return _draft_toast(speaker, press, row, is_stale=is_stale, is_refused=is_refused)
    if press.action is Action.LANGUAGE:
        chosen = press.subject if press.subject in LANGUAGES else language
        return say(chosen, "bot-toast-ready")
    if press.action is Action.KEPT:
        return say(language, "counter-toast-pdf")
    if press.action is Action.EXAMPLE:
        return say(language, "bot-example-text")
    if press.action in STAFF_ACTIONS:
        return staff_toast(speaker, press)
    if not speaker.may_read(press.register_id):
        return say(language, "bot-toast-not-allowed")
    match press.action:
        case Action.QR:
            return say(language, "bot-toast-qr", number=press.number)
        case Action.RETURN_ASK:
            return say(language, "bot-toast-return", number=press.number)
        case Action.COPY:
            may_print = speaker.may_sell(press.register_id)
            return say(language, "counter-toast-copy" if may_print else "bot-toast-not-allowed", number=press.number)
        case Action.PDF:
            return say(language, "counter-toast-pdf")
        case Action.DETAILS | Action.DAY | Action.EXPORT:
            return say(language, "bot-toast-ready")
        case Action.LANE:
            return _lane_toast(speaker, press)
        case Action.FEE:
            return _fee_toast(speaker, press)
        case Action.DRILL:
            return say(language, "drill-toast")
        case Action.CLOSE_ASK:
            may_close = speaker.may_sell(press.register_id)
            return say(language, "bot-toast-confirm" if may_close else "bot-toast-not-allowed")
        case _:
            return say(language, "bot-toast-probe")


def _lane_toast(speaker: Speaker, press: Press) -> str:
    if not speaker.may_resolve(press.register_id):
        return say(speaker.language, "bot-toast-not-yours")
    match press.choice:
        case Choice.RETRY:
            return say(speaker.language, "bot-toast-retry")
        case Choice.SETTLED:
            return say(speaker.language, "bot-toast-settled", number=press.number)
        case Choice.ENCODED_203 | Choice.ENCODED_204:
            return say(speaker.language, "bot-toast-encoded", number=press.number)
        case Choice.SETTLE | Choice.ENCODE:
            return say(speaker.language, "bot-toast-confirm")
        case _:
            return say(speaker.language, "bot-toast-ready")


def _fee_toast(speaker: Speaker, press: Press) -> str:
    if press.choice == FeeChoice.HOW:
        return say(speaker.language, "fee-toast-how")
    if not speaker.may_resolve(press.register_id):
        return say(speaker.language, "bot-toast-not-yours")
    return say(speaker.language, "fee-toast-set" if press.choice == FeeChoice.SET else "fee-toast-ask")


def _draft_toast(
    speaker: Speaker, press: Press, row: DraftRow | None, *, is_stale: bool, is_refused: bool
) -> str:
    language = speaker.language
    if row is None:
        return say(language, "bot-toast-old")
    if row.chat_id != speaker.chat_id:
        return say(language, "bot-toast-foreign")
    if press.action is Action.FEED:
        may_read = speaker.may_read(row.register_id)
        return say(language, "bot-toast-ready" if may_read else "bot-toast-not-allowed")
    if press.action is Action.EVENING:
        return evening_toast(speaker, press, row)
    if not speaker.may_sell(row.register_id):
        return say(language, "bot-toast-not-allowed")
    if row.state != "open":
        return _spent_toast(language, row, is_refused=is_refused)
    if is_stale:
        return say(language, "bot-toast-old")
    total = tenge(chosen_total(row, press))
    match press.action:
        case Action.CANCEL:
            return say(language, "bot-toast-cancelling")
        case Action.READING:
            return say(language, "bot-toast-reading", total=total)
        case Action.CLOSE:
            return say(language, "bot-toast-close")
        case Action.CASH:
            return say(language, f"bot-toast-{row.kind}", total=total)
        case Action.PART | Action.COUNT:
            return say(language, "bot-toast-ready")
        case Action.RETURN if press.reading != row.body.get("total"):
            return say(language, "counter-toast-changed", total=total)
        case Action.RETURN:
            return say(language, "bot-toast-return-making", total=total)
        case _:
            return say(language, "bot-toast-making", total=total)


def _spent_toast(language: str, row: DraftRow, *, is_refused: bool) -> str:
    match row.state:
        case "made":
            key = "bot-toast-already-refused" if is_refused else "bot-toast-already"
            return say(language, key, number=row.number or 0)
        case "making":
            return say(language, "bot-toast-in-work")
        case _:
            return say(language, "bot-toast-cancelled")
