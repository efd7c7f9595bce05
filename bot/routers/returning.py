"""Returns: by button, by reply «возврат», by the check link of any operator's receipt; whole or line by line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk
from bot.drafts import is_old, thaw_request
from bot.people import Speaker
from bot.phrases import sum_of
from bot.press import Action, Press
from bot.returning import Chosen, chosen_of, elsewhere_body, fitted, is_elsewhere, return_body
from bot.routers.context import is_private, told_no
from bot.routers.filters import press_of
from bot.screens.people import plain_screen
from bot.screens.refusal import refusal_screen
from bot.screens.returning import Part, elsewhere_screen, return_screen, which_screen
from core.db.chat_rows import DraftRow
from core.db.feed import NUMBERS_END, Span
from core.domain.left_to_return import Left
from core.domain.names import same_thing
from core.domain.ticket import LineInput, Parent, PaymentType
from core.domain.view import DocumentView
from core.errors import Refused
from core.ofd.check_links import CheckLink, parse_check_link
from core.texts import say

_LINK = re.compile(r"https?://\S+|(?:[\w-]+\.)+[a-z]{2,}/?\S*\?\S*[ift]=\S*", re.IGNORECASE)
_NUMBER = re.compile(r"\b([1-9]\d{0,3})\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_RETURN_WORD = re.compile(r"\b(?:возврат\w*|верн\w+|[қк]айтар\w*|refund\w*|return\w*)\b|[^\w\s]", re.IGNORECASE)
RECENT_SALES = 5
STEM_CHARACTERS = 4
"""«хлеб», «хлеба», «хлебы»: so many first letters name a thing in an inflected language."""


async def return_by_button(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    if press is not None and is_private(query):
        await ask_return(desk, speaker, press.register_id, press.number, origin)


async def return_by_reply(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    """«возврат» in answer to a receipt's message, «возврат кофе» of one line of it, or «возврат» with a link."""
    text = message.text or ""
    link = _LINK.search(text)
    if link is not None:
        await return_by_link(desk, speaker, link.group(), origin)
        return
    replied = message.reply_to_message
    row = None if replied is None else await desk.store.message_by_id(speaker.chat_id, replied.message_id)
    if row is None or row.register_id is None or row.document_number is None:
        await ask_which(desk, speaker, text, origin)
        return
    words = " ".join(text.split()[1:])
    await ask_return(desk, speaker, row.register_id, row.document_number, origin, words=words)


async def ask_which(desk: Desk, speaker: Speaker, text: str, origin: str) -> None:
    """A return that names no receipt: the one sale that holds such goods at once, else the latest to choose from."""
    register_id = speaker.register_id
    if await told_no(desk, speaker, origin, register_id):
        return
    assert register_id is not None
    words = _RETURN_WORD.sub(" ", text)
    goods = _WORD.search(words)
    sought = goods.group()[:STEM_CHARACTERS] if goods is not None else words.strip()
    found = []
    if sought:
        found = await desk.engine.feed.search(register_id, sought, sum_of(sought), RECENT_SALES, kept="sales")
        if len(found) == 1:
            words = words if goods is not None else ""
            await ask_return(desk, speaker, register_id, found[0].document.number, origin, words=words)
            return
    if not found:
        found = await desk.engine.feed.page(register_id, Span(), "sales", NUMBERS_END, RECENT_SALES)
    screen = which_screen(speaker.language, register_id, found)
    await desk.outbox.show(speaker.chat_id, f"return:{origin}", screen)


async def ask_return(
    desk: Desk, speaker: Speaker, register_id: str, number: int, origin: str, *, words: str = ""
) -> None:
    """The living message of a return; ``words`` name a part of the receipt."""
    if await told_no(desk, speaker, origin, register_id):
        return
    try:
        found = await desk.engine.returns.of_sale(register_id, number)
    except Refused:
        await _say(desk, speaker, origin, "bot-return-not-sale")
        return
    if not found.left.total or not any(found.left.whole):
        await _say(desk, speaker, origin, "bot-return-already")
        return
    chosen = Chosen(found.left.whole)
    if words:
        chosen = Chosen(named_part(found.left, words), lines=True)
    row = await desk.new_draft(speaker, register_id, "return", return_body(found, chosen), origin)
    await desk.show_draft(row, return_screen(speaker.language, row.draft_id, row.body, found))


def named_part(left: Left, words: str) -> tuple[int, ...]:
    """How much of each line «возврат 2 кофе» names; a number alone says nothing of which line."""
    stems = {same_thing(word).casefold()[:STEM_CHARACTERS] for word in _WORD.findall(words)}
    number = _NUMBER.search(words)
    wanted = int(number.group()) * 1000 if number is not None else None
    named = [
        any(same_thing(word).casefold()[:STEM_CHARACTERS] in stems for word in _WORD.findall(one.line.name))
        for one in left.lines
    ]
    quantities = []
    for one, is_named in zip(left.lines, named, strict=True):
        part = min(one.quantity, wanted) if wanted is not None and sum(named) == 1 else one.quantity
        quantities.append(part if is_named else 0)
    return tuple(quantities)


async def part_pressed(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """A button that changes what goes back; the message follows."""
    row = None if press is None or not is_private(query) else await desk.store.draft(press.subject)
    if press is None or row is None or row.chat_id != speaker.chat_id or row.kind != "return":
        return
    if await told_no(desk, speaker, origin, row.register_id) or is_old(row, desk.clock.now()):
        return
    if is_elsewhere(row.body):
        if press.choice.startswith(Part.PAYMENT) and press.choice[1:] in set(PaymentType):
            await _change(desk, speaker, row, _elsewhere_again(row.body, kind=PaymentType(press.choice[1:])))
        return
    found = await desk.engine.returns.of_sale(row.register_id, int(row.body["number"]))
    chosen = _pressed(fitted(chosen_of(row.body), found.left), press, found.left)
    changed = await desk.store.set_body(row.draft_id, return_body(found, chosen))
    if changed is not None:
        await desk.show_draft(changed, return_screen(speaker.language, row.draft_id, changed.body, found))


def _pressed(chosen: Chosen, press: Press, left: Left) -> Chosen:
    kind, value = press.choice[:1], press.choice[1:]
    match kind:
        case Part.QUANTITY if value.isdigit() and press.reading < len(left.lines):
            target = min(int(value), left.lines[press.reading].quantity)
            quantities = (*chosen.quantities[: press.reading], target, *chosen.quantities[press.reading + 1 :])
            return replace(chosen, quantities=quantities)
        case Part.PAYMENT if value in set(PaymentType):
            return replace(chosen, payment=PaymentType(value))
        case Part.LINES:
            return replace(chosen, lines=True)
        case Part.PAGE:
            return replace(chosen, page=press.reading)
    return chosen


async def is_up_to_date(desk: Desk, speaker: Speaker, row: DraftRow, press: Press) -> bool:
    """Whether a return's button names what would be made; else its message is shown as it is now."""
    if press.reading == row.body["total"]:
        return True
    if not is_elsewhere(row.body):
        found = await desk.engine.returns.of_sale(row.register_id, int(row.body["number"]))
        await desk.show_draft(row, return_screen(speaker.language, row.draft_id, row.body, found))
    return False


async def link_written(message: Message, desk: Desk, speaker: Speaker, origin: str, link: str) -> None:
    await return_by_link(desk, speaker, link, origin)


async def is_link(message: Message) -> bool | dict[str, Any]:
    """A filter: a message that is a link and nothing else."""
    text = (message.text or "").strip()
    return {"link": text} if _LINK.fullmatch(text) else False


async def return_by_link(desk: Desk, speaker: Speaker, url: str, origin: str) -> None:
    """Begin the return of the receipt behind a link that was written or pasted."""
    if await told_no(desk, speaker, origin, speaker.register_id):
        return
    if not await is_receipt_returned(desk, speaker, url, origin):
        await _say(desk, speaker, origin, "counter-link-unreadable")


async def is_receipt_returned(desk: Desk, speaker: Speaker, url: str, origin: str) -> bool:
    """Begin the return of the receipt behind a link, or say why not; ``False`` when it is no receipt's link at all."""
    own = await desk.engine.books.by_link(url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
    if own is not None and speaker.may_read(own.document.register_id):
        await ask_return(desk, speaker, own.document.register_id, own.document.number, origin)
        return True
    try:
        link = parse_check_link(url)
    except Refused:
        return False
    own = await _own_receipt(desk, speaker, link)
    if own is not None:
        await ask_return(desk, speaker, own.document.register_id, own.document.number, origin)
    elif link.rnm is None or link.total is None or link.made_at is None:
        await _say(desk, speaker, origin, "counter-link-lacks")
    else:
        assert speaker.register_id is not None
        await _ask_elsewhere(desk, speaker, speaker.register_id, link, origin)
    return True


async def _own_receipt(desk: Desk, speaker: Speaker, link: CheckLink) -> DocumentView | None:
    """The receipt of an operator's link if a register of the speaker made it."""
    for register_id in sorted(speaker.roles, key=lambda one: one != speaker.register_id):
        registration = (await desk.engine.registers.get(register_id)).registration
        if registration.rnm == link.rnm:
            return await desk.engine.books.by_sign(register_id, link.fiscal_sign)
    return None


async def _ask_elsewhere(desk: Desk, speaker: Speaker, register_id: str, link: CheckLink, origin: str) -> None:
    language = speaker.language
    parent = Parent(
        fiscal_sign=link.fiscal_sign, made_at=link.made_at, rnm=link.rnm, total=link.total, autonomous=False
    )
    left = await desk.engine.returns.left_elsewhere(register_id, parent)
    if left <= 0:
        await _say(desk, speaker, origin, "bot-return-already")
        return
    items = (LineInput(say(language, "counter-elsewhere-goods"), left),)
    body = elsewhere_body(parent, link.operator, left, items, left, PaymentType.CASH)
    row = await desk.new_draft(speaker, register_id, "return", body, origin)
    await desk.people.await_for_draft(speaker, row.draft_id)
    await desk.show_draft(row, elsewhere_screen(language, row.draft_id, row.body))


async def written_for(desk: Desk, speaker: Speaker, row: DraftRow, text: str, origin: str) -> None:
    """Which goods of a receipt made elsewhere go back, or for what sum."""
    total = sum_of(text)
    items: tuple[LineInput, ...]
    if total is not None:
        items = (LineInput(say(speaker.language, "counter-elsewhere-goods"), total),)
    else:
        try:
            quote = await desk.engine.quotes.text(row.register_id, text, speaker.language)
        except Refused:
            await _say(desk, speaker, origin, "counter-elsewhere-unread")
            return
        items, total = quote.request.items, quote.ticket.total
        if quote.ticket.discount or quote.ticket.markup:
            await _say(desk, speaker, origin, "counter-elsewhere-unread")
            return
    if total > int(row.body["left"]):
        refused = Refused("RETURN_EXCEEDS_PARENT", left=int(row.body["left"]), total=total)
        await desk.outbox.show(speaker.chat_id, f"return:{origin}", refusal_screen(speaker.language, refused))
        return
    await _change(desk, speaker, row, _elsewhere_again(row.body, items=items, total=total))


def _elsewhere_again(
    body: dict[str, Any],
    *,
    items: tuple[LineInput, ...] | None = None,
    total: int | None = None,
    kind: PaymentType | None = None,
) -> dict[str, Any]:
    request = thaw_request(body["request"])
    assert request.parent is not None
    return elsewhere_body(
        request.parent,
        body["operator"],
        int(body["left"]),
        request.items if items is None else items,
        int(body["total"]) if total is None else total,
        PaymentType(body["payment"]) if kind is None else kind,
    )


async def _change(desk: Desk, speaker: Speaker, row: DraftRow, body: dict[str, Any]) -> None:
    changed = await desk.store.set_body(row.draft_id, body)
    if changed is not None:
        await desk.show_draft(changed, elsewhere_screen(speaker.language, changed.draft_id, changed.body))


async def _say(desk: Desk, speaker: Speaker, origin: str, key: str) -> None:
    await desk.outbox.show(speaker.chat_id, f"return:{origin}", plain_screen(speaker.language, key))


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="returning")
    router.callback_query.register(return_by_button, press_of(Action.RETURN_ASK))
    router.callback_query.register(part_pressed, press_of(Action.PART))
    router.message.register(link_written, is_link)
    return router
