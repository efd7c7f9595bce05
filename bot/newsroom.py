"""The reader of the engine's news: marks that change in place, and what people must learn unasked (G10).

Every piece is shown under a key of its own, so that handling it twice after a crash says it once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.desk import Desk, document_key
from bot.learning import learn
from bot.pace import Priority
from bot.people import OWNER_ROLES, RESOLVING_ROLES, TOLD_ROLES
from bot.screens.lane import Deciding, blocked_screen, stopped_screen
from bot.screens.news import (
    autonomous_screen,
    clock_screen,
    close_refused_screen,
    closed_itself_screen,
    closes_soon_screen,
    difference_screen,
    online_screen,
    replay_screen,
)
from bot.screens.screen import Screen
from core.domain.view import Mark
from core.errors import Refused, UnknownOutcome

if TYPE_CHECKING:
    from core.db.queues import NewsItem
    from core.usecases.registers import RegisterView

log = logging.getLogger(__name__)

NEWS_AT_ONCE = 50
NEWS_WAIT_S = 0.5
REPLAY_EDITS_MAX = 20
"""A longer queue is told by one message of progress; older receipts are drawn anew when they are opened."""
REPLAY_PROGRESS_S = 5.0
CASHIER_ROLES = ("manager", "cashier")
SAME_MOMENT = timedelta(minutes=1)


class Newsroom:
    """Handles news in their order."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._replays: dict[str, tuple[str, float]] = {}

    async def run(self) -> None:
        """For ever; a piece that cannot be handled is put aside with its error, not repeated for ever."""
        news = self._desk.engine.news
        while True:
            try:
                items = await news.take(NEWS_AT_ONCE)
                for item in items:
                    await self._handle_safely(item)
                    await news.done(item.news_id)
                if not items:
                    await news.wait(NEWS_WAIT_S)
            except UnknownOutcome as error:
                log.warning("news are not to be had: %s", error)
                await news.wait(NEWS_WAIT_S)

    async def _handle_safely(self, item: NewsItem) -> None:
        try:
            await self.handle(item)
        except UnknownOutcome:
            raise
        except Exception:
            # The rest of the news must not wait behind one that cannot be told.
            log.exception("news %s of topic %s were not told", item.news_id, item.topic)

    async def handle(self, item: NewsItem) -> None:
        """Tell one piece to whom it concerns."""
        if item.topic.startswith("document."):
            await learn(self._desk, item)
            await self._document(item)
            return
        if item.topic == "shift.closed":
            await self._shift_closed(item)
            return
        state = await self._desk.engine.registers.get(item.register_id)
        match item.topic:
            case "register.autonomous":
                await self._autonomous(item, state)
            case "register.online":
                await self._online(item, state)
            case "register.blocked":
                await self._blocked(item, state)
            case "lane.stopped":
                await self._stopped(item, state)
            case "register.unblocked" if state.mode == "online":
                await self._tell(item, TOLD_ROLES, lambda one: online_screen(one, title=_title(state), count=0))
            case "lane.difference":
                await self._difference(item, state)
            case "clock.jumped":
                await self._tell(item, OWNER_ROLES, lambda one: clock_screen(one, title=_title(state)))
            case "shift.closes_soon":
                await self._closes_soon(item, state)
            case "shift.close_refused":
                await self._close_refused(item, state)

    async def _document(self, item: NewsItem) -> None:
        number = int(item.facts["number"])
        if item.facts.get("mark") == "autonomous_registered":
            state = await self._desk.engine.registers.get(item.register_id)
            if state.unsent > REPLAY_EDITS_MAX:
                await self._progress(item.register_id, state)
                return
        await self._redraw(item.register_id, number)

    async def _redraw(self, register_id: str, number: int) -> None:
        """Every chat that shows this document shows what became of it."""
        rows = await self._desk.store.messages_of_document(register_id, number)
        if not rows:
            return
        view = await self._desk.engine.books.document(register_id, number)
        for row in rows:
            if row.key == document_key(register_id, number):
                speaker = await self._desk.people.speaker(row.chat_id)
                await self._desk.show_document(speaker, view, priority=Priority.EDIT)

    async def _progress(self, register_id: str, state: RegisterView) -> None:
        """One message per replay, edited every few seconds at most."""
        now_s = self._desk.clock.monotonic()
        began = state.autonomous_since
        key = f"replay:{register_id}:{'' if began is None else began.isoformat()}"
        known = self._replays.get(register_id)
        if known is not None and known[0] == key and now_s - known[1] < REPLAY_PROGRESS_S:
            return
        self._replays[register_id] = (key, now_s)
        await self._show_to(
            register_id, key, lambda one: replay_screen(one, title=_title(state), left=state.unsent), Priority.BULK
        )

    async def _autonomous(self, item: NewsItem, state: RegisterView) -> None:
        is_over = state.mode == "online"
        is_told_as_block = state.block is not None and state.block.reason == item.facts.get("reason")
        if is_over or is_told_as_block:
            return
        left = self._left(state)
        await self._tell(
            item,
            TOLD_ROLES,
            lambda one: autonomous_screen(
                one,
                register_id=item.register_id,
                title=_title(state),
                operator=state.registration.operator,
                reason=item.facts.get("reason"),
                unsent=state.unsent,
                left=left,
            ),
        )

    async def _online(self, item: NewsItem, state: RegisterView) -> None:
        replay = self._replays.pop(item.register_id, None)
        if replay is not None:
            done = replay_screen
            await self._show_to(
                item.register_id, replay[0], lambda one: done(one, title=_title(state), left=0), Priority.BULK
            )
        count = int(item.facts.get("delivered") or item.facts.get("count") or 0)
        await self._tell(item, TOLD_ROLES, lambda one: online_screen(one, title=_title(state), count=count))

    async def _blocked(self, item: NewsItem, state: RegisterView) -> None:
        if state.block is None:
            return
        left = self._left(state)
        await self._tell_deciders(
            item,
            lambda one, deciding: blocked_screen(
                one,
                register_id=item.register_id,
                title=_title(state),
                operator=state.registration.operator,
                reason=item.facts.get("reason"),
                words=str(item.facts.get("text") or ""),
                unsent=state.unsent,
                left=left,
                deciding=deciding,
            ),
        )

    async def _stopped(self, item: NewsItem, state: RegisterView) -> None:
        facts: dict[str, Any] = item.facts
        await self._redraw(item.register_id, int(facts.get("number") or 0))
        await self._tell_deciders(
            item,
            lambda one, deciding: stopped_screen(
                one,
                register_id=item.register_id,
                title=_title(state),
                number=int(facts.get("number") or 0),
                words=str(facts.get("text") or ""),
                code=int(facts.get("result_code") or 0),
                unsent=state.unsent,
                deciding=deciding,
            ),
        )

    async def _difference(self, item: NewsItem, state: RegisterView) -> None:
        facts: dict[str, Any] = item.facts
        code = facts.get("result_code")
        await self._tell(
            item,
            OWNER_ROLES,
            lambda one: difference_screen(
                one,
                title=_title(state),
                count=len(facts.get("differences") or ()),
                code=None if code is None else int(code),
                words=str(facts.get("text") or ""),
            ),
        )

    async def _closes_soon(self, item: NewsItem, state: RegisterView) -> None:
        """One message per shift, however often it is announced; none for a shift that was closed meanwhile."""
        if state.shift is None:
            return
        written = item.facts.get("until")
        until = state.shift.closes_before if written is None else datetime.fromisoformat(str(written))
        if abs(until - state.shift.closes_before) > SAME_MOMENT:
            return
        await self._show_to(
            item.register_id,
            f"closes-soon:{item.register_id}:{state.shift.number}",
            lambda one: closes_soon_screen(
                one,
                register_id=item.register_id,
                title=_title(state),
                until=until,
                auto_close=bool(item.facts.get("auto_close")),
            ),
            Priority.OWNER,
        )

    async def _close_refused(self, item: NewsItem, state: RegisterView) -> None:
        """One message per shift as well; the operator's newest words stand in it."""
        facts: dict[str, Any] = item.facts
        number = int(facts.get("shift") or 0)
        if state.shift is None or state.shift.number != number:
            return
        await self._show_to(
            item.register_id,
            f"close-refused:{item.register_id}:{number}",
            lambda one: close_refused_screen(
                one,
                register_id=item.register_id,
                title=_title(state),
                shift=number,
                code=int(facts.get("result_code") or 0),
                words=str(facts.get("text") or ""),
            ),
            Priority.OWNER,
        )

    async def _shift_closed(self, item: NewsItem) -> None:
        """The owner's summary is the close's own message: whoever closed the shift sees it once.

        Of a close that nobody signed, which is what the clock makes, the others are told in short.
        """
        try:
            view = await self._desk.engine.books.document(item.register_id, int(item.facts["number"]))
        except Refused:
            return
        for person in await self._desk.engine.people.people(item.register_id, OWNER_ROLES):
            speaker = await self._desk.people.speaker(person.chat_id)
            await self._desk.show_document(speaker, view, priority=Priority.OWNER)
        if view.document.cashier.name.strip() or view.mark is Mark.REFUSED:
            return
        number = view.document.number
        shown = {row.chat_id for row in await self._desk.store.messages_of_document(item.register_id, number)}
        for person in await self._desk.engine.people.people(item.register_id, CASHIER_ROLES):
            if person.chat_id not in shown:
                screen = closed_itself_screen(person.language, view)
                await self._desk.outbox.show(
                    person.chat_id, f"news:{item.news_id}", screen, priority=Priority.OWNER
                )

    async def _tell(
        self, item: NewsItem, roles: tuple[str, ...], screen: Callable[[str], Screen]
    ) -> None:
        await self._show_to(item.register_id, f"news:{item.news_id}", screen, Priority.OWNER, roles)

    async def _tell_deciders(self, item: NewsItem, screen: Callable[[str, Deciding], Screen]) -> None:
        """Who may decide is given the buttons; the others learn who that is."""
        await self._tell(item, RESOLVING_ROLES, lambda one: screen(one, Deciding(may=True)))
        others = Deciding(may=False, names=await self._desk.people.deciders(item.register_id))
        await self._tell(item, ("cashier",), lambda one: screen(one, others))

    async def _show_to(
        self,
        register_id: str,
        key: str,
        screen: Callable[[str], Screen],
        priority: Priority,
        roles: tuple[str, ...] = TOLD_ROLES,
    ) -> None:
        for person in await self._desk.engine.people.people(register_id, roles):
            await self._desk.outbox.show(person.chat_id, key, screen(person.language), priority=priority)

    def _left(self, state: RegisterView) -> timedelta | None:
        until = state.autonomous_until
        return None if until is None else until - self._desk.clock.now()


def _title(state: RegisterView) -> str:
    return state.registration.title
