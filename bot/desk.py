"""The desk: what handlers do with the engine and what they show for it. Everything that makes a document is here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.baskets import cart_request
from bot.counting import count_id, count_of
from bot.drafts import (
    act_key,
    choice_of,
    chosen_cashier,
    new_draft_id,
    sale_request,
    thaw_request,
)
from bot.evening import show_close
from bot.outbox import Outbox
from bot.pace import Priority
from bot.people import People, Speaker
from bot.press import Press, pack
from bot.screens.cause import Look
from bot.screens.kept import kept_screen
from bot.screens.lane import refused_screen
from bot.screens.paying import spent_text
from bot.screens.people import plain_screen
from bot.screens.receipt import STAGES, receipt_screen
from bot.screens.refusal import refusal_key, refusal_screen
from bot.screens.sale import spent_buttons
from bot.screens.screen import Screen, from_body
from bot.screens.screen import to_body as screen_body
from bot.screens.shift import z_screen
from bot.screens.wording import safe
from core.clock import Clock
from core.db.chat import ChatStore
from core.db.chat_rows import DraftRow
from core.db.offers import Offer
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind
from core.domain.view import DocumentView, Mark
from core.errors import Refused
from core.usecases.turns import Turns

if TYPE_CHECKING:
    from core.bootstrap import Engine
    from core.usecases.acts import Made

log = logging.getLogger(__name__)

NAMED_HERE = ("return", "deposit", "withdrawal", "close")
"""Drafts whose own screens do not name the register."""

STANDING_REFUSALS = ("REGISTER_BLOCKED", "AUTONOMOUS_TOO_LONG", "LANE_STOPPED", "SHIFT_TOO_LONG")
"""Where somebody must act before anything can be sold: the way out is shown with the refusal."""

OUTCOME_WAIT_S_MAX = 0.7
"""So long a receipt waits for its outcome before it is first sent (UX.md 4.3)."""


CLOSE_S = 6.0
"""An act has its outcome within five seconds."""


def document_key(register_id: str, number: int) -> str:
    """The one message of a document in a chat."""
    return f"document:{register_id}:{number}"


def draft_key(row: DraftRow) -> str:
    """The one message of a draft; that of a cart or a close may have moved down the chat since."""
    place = row.body.get("place")
    return f"draft:{row.draft_id}:{place}" if place else f"draft:{row.draft_id}"


def opened_key(register_id: str, number: int, origin: str) -> str:
    """A document shown once more because somebody opened it."""
    return f"opened:{register_id}:{number}:{origin}"


def kept_key(register_id: str, number: int, origin: str) -> str:
    """A receipt that its customer keeps."""
    return f"kept:{register_id}:{number}:{origin}"


@dataclass(frozen=True)
class Desk:
    """The engine, the chat's rows and the outbox together."""

    engine: Engine
    store: ChatStore
    outbox: Outbox
    people: People
    clock: Clock
    acts: set[asyncio.Task[Made]] = field(default_factory=set)
    turns: Turns = field(default_factory=Turns)
    files: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    """The file that is being made for a chat."""

    async def new_draft(
        self, speaker: Speaker, register_id: str, kind: str, body: dict[str, Any], origin: str
    ) -> DraftRow:
        """A draft named after what caused it: the same update handled twice gives the same draft."""
        return await self.store.add_draft(
            draft_id=new_draft_id(),
            chat_id=speaker.chat_id,
            register_id=register_id,
            origin=origin,
            kind=kind,
            body=body,
            made_at=self.clock.now(),
        )

    async def offer(
        self, speaker: Speaker, kind: str, body: dict[str, Any], origin: str, screen_of: Callable[[str], Screen]
    ) -> None:
        """A new draft on the speaker's register with its message, drawn for the draft's id. The same update handled
        twice offers once.
        """
        assert speaker.register_id is not None
        draft_id = new_draft_id()
        screen = screen_of(draft_id)
        offered = Offer(
            draft_id=draft_id,
            chat_id=speaker.chat_id,
            register_id=speaker.register_id,
            origin=origin,
            kind=kind,
            body=body,
            made_at=self.clock.now(),
            key=f"draft:{draft_id}",
            message=screen_body(screen),
            priority=Priority.ANSWER,
        )
        await self.outbox.written(speaker.chat_id, self.store.offer(offered))

    async def show_draft(self, row: DraftRow, screen: Screen) -> None:
        """A draft's one message. Whoever has several registers reads on which one this would be made."""
        if row.kind in NAMED_HERE:
            title = await self.title_for(await self.people.speaker(row.chat_id), row.register_id)
            screen = screen if title is None else replace(screen, text=f"<b>{safe(title)}</b>\n{screen.text}")
        await self.outbox.show(row.chat_id, draft_key(row), screen)

    async def make(self, speaker: Speaker, row: DraftRow, press: Press) -> None:
        """Make what the draft says, once for ever; show the receipt or the refusal."""
        making = await self.store.begin_making(row.draft_id, choice_of(press, speaker.cashier))
        if making is None:
            return
        if (count := count_of(making, speaker.name)) is not None:
            await self.engine.drawer.add(making.register_id, count_id(making), count)
        try:
            act = self._act_of(making)
            view = await self._finished(speaker, act)
        except Refused as refused:
            if refused.code != "OFD_REFUSED":
                await self._say_refused(speaker, making, refused)
                return
            view = await self.engine.books.document(making.register_id, refused.params["number"])
        await self.show_document(speaker, view)
        await self._show_spent(speaker, making, press, view)
        # last: a draft that is made is not looked at again, so a crash before this does all of the above once more
        await self.store.set_made(making.draft_id, view.document.number)

    def _act_of(self, making: DraftRow) -> _Act:
        """The call of the engine that this draft stands for."""
        journaled: asyncio.Future[DocumentView] = asyncio.get_running_loop().create_future()

        def told(view: DocumentView) -> None:
            if not journaled.done():
                journaled.set_result(view)

        key, cashier, actor = act_key(making.draft_id), chosen_cashier(making), making.chat_id
        counter = self.engine.crew.counter
        if making.kind == "close":
            assert making.choice is not None
            withdraw = making.choice["reading"] == 1
            call = counter.close_shift(
                actor, making.register_id, withdraw_cash=withdraw, key=key, cashier=cashier, journaled=told
            )
            return _Act(call, journaled)
        command = _command_of(making)
        if command is None:
            raise Refused("VALIDATION", field="press")
        return _Act(
            counter.make(actor, making.register_id, command, key=key, cashier=cashier, journaled=told), journaled
        )

    async def _finished(self, speaker: Speaker, act: _Act) -> DocumentView:
        """The view with its outcome; when that takes longer, the saved document is shown meanwhile."""
        made = asyncio.create_task(act.call)
        # Whoever waits here may fail or be cancelled; the act goes on, and only `close` ever gives it up.
        self.acts.add(made)
        made.add_done_callback(self._act_ended)
        both: set[asyncio.Future[Any]] = {made, act.journaled}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if not made.done():
            await asyncio.wait({made}, timeout=OUTCOME_WAIT_S_MAX)
        if not made.done():
            await self.show_document(speaker, act.journaled.result())
        await asyncio.wait({made})
        return made.result().view

    def _act_ended(self, made: asyncio.Task[Made]) -> None:
        self.acts.discard(made)
        error = None if made.cancelled() else made.exception()
        if error is not None and not isinstance(error, Refused):
            log.warning("an act failed: %r", error)

    async def close(self) -> None:
        """Let acts in hand come to their outcome; one that does not is finished after the next start. Files are given
        up: they can be asked for again.
        """
        for file in self.files.values():
            file.cancel()
        await asyncio.gather(*self.files.values(), return_exceptions=True)
        acts = list(self.acts)
        if acts:
            await asyncio.wait(acts, timeout=CLOSE_S)
        for made in acts:
            made.cancel()
        await asyncio.gather(*acts, return_exceptions=True)

    async def _say_refused(self, speaker: Speaker, making: DraftRow, refused: Refused) -> None:
        """Nothing was made: the draft may be pressed again once its cause is mended."""
        await self.store.reopen(making.draft_id)
        is_returned = refused.code == "RETURN_EXCEEDS_PARENT" and refused.params.get("left") == 0
        screen = (
            plain_screen(speaker.language, "bot-return-already")
            if is_returned
            else refusal_screen(speaker.language, refused)
        )
        if refused.code in STANDING_REFUSALS:
            look = await self.look(speaker, making.register_id)
            if not look.situation.sells:
                screen = refused_screen(speaker.language, refusal_key(refused), look)
        await self.outbox.show(speaker.chat_id, f"refusal:{making.draft_id}:{making.version}", screen)

    async def _show_spent(self, speaker: Speaker, row: DraftRow, press: Press, view: DocumentView) -> None:
        """The draft's message says what was made; its buttons become the result."""
        message = await self.store.message(row.chat_id, draft_key(row))
        shown = None if message is None else from_body(message.body)
        if shown is None:
            return
        data = pack(press.action, press.subject, press.reading, press.choice)
        text = spent_text(speaker.language, shown.text, view.document.ticket)
        screen = Screen(text, spent_buttons(speaker.language, view, data))
        await self.outbox.show(row.chat_id, draft_key(row), screen, priority=Priority.EDIT)

    async def show_document(
        self,
        speaker: Speaker,
        view: DocumentView,
        *,
        key: str | None = None,
        priority: Priority = Priority.RECEIPT,
    ) -> None:
        """The document's one message in this chat, sent or edited; it never goes back to an earlier mark.

        With a ``key`` it is the further message under that key. To whoever decides about the register a close is its
        evening card.
        """
        document = view.document
        if document.kind is Kind.SHIFT_CLOSE:
            if key is None and speaker.may_resolve(document.register_id):
                await show_close(self, speaker, view, priority=priority)
                return
            # a head that is to prove the journal later must leave the database whole (G5)
            count = await self.engine.drawer.of_shift(document.register_id, document.shift)
            whole_heads = speaker.may_resolve(document.register_id)
            screen = z_screen(speaker.language, view, whole_heads=whole_heads, count=count)
        else:
            screen = await self._receipt_screen(speaker, view)
        await self.outbox.show(
            speaker.chat_id,
            key or document_key(document.register_id, document.number),
            screen,
            priority=priority,
            stage=STAGES[view.mark],
            document=(document.register_id, document.number),
        )

    async def show_kept(self, speaker: Speaker, view: DocumentView, key: str, priority: Priority) -> None:
        """A receipt in its customer's chat under this key, sent or edited."""
        document = view.document
        await self.outbox.show(
            speaker.chat_id,
            key,
            kept_screen(speaker.language, view),
            priority=priority,
            stage=STAGES[view.mark],
            document=(document.register_id, document.number),
        )

    async def look(self, speaker: Speaker, register_id: str) -> Look:
        """How a register is now, as this person may see it."""
        state = await self.engine.registers.get(register_id)
        return Look(state, self.clock.now(), await self.people.deciding(speaker, register_id))

    async def title_for(self, speaker: Speaker, register_id: str) -> str | None:
        """The register's title for somebody who has several and could take one for another."""
        if not speaker.has_several:
            return None
        return (await self.engine.registers.get(register_id)).registration.title

    async def _receipt_screen(self, speaker: Speaker, view: DocumentView) -> Screen:
        document = view.document
        title = document.seller.title if speaker.has_several else None
        if document.ticket is not None and view.mark is not Mark.AUTONOMOUS:
            return receipt_screen(speaker.language, view, title=title)
        state = await self.engine.registers.get(document.register_id)
        is_last = state.last_document == document.number
        return receipt_screen(
            speaker.language,
            view,
            title=title,
            place=state.unsent if view.mark is Mark.AUTONOMOUS and is_last else None,
            cash=state.cash if document.ticket is None and is_last else None,
        )


@dataclass(frozen=True, slots=True)
class _Act:
    """A call of the engine and the moment when its document stands in the journal."""

    call: Coroutine[Any, Any, Made]
    journaled: asyncio.Future[DocumentView]


def _command_of(making: DraftRow) -> Any:
    """The engine's command; ``None`` for a press that does not fit its draft."""
    if making.kind == "sale":
        return sale_request(making)
    if making.kind == "cart":
        return cart_request(making)
    if making.kind == "return":
        return thaw_request(making.body["request"])
    assert making.choice is not None
    total = int(making.choice["reading"])
    return PlacementInput(Kind(making.kind), total)
