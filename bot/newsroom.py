"""The reader of the engine's news: marks that change in place, and what people must learn unasked (G10).

Every piece is shown under a key of its own, so that handling it twice after a crash says it once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.evening import redraw_closed, show_close
from bot.learning import learn
from bot.pace import Priority
from bot.people import OWNER_ROLES, RESOLVING_ROLES, TOLD_ROLES
from bot.screens.cause import Deciding, Look
from bot.screens.fee import reminder_screen
from bot.screens.kept import code_of
from bot.screens.lane import trouble_screen
from bot.screens.news import (
    clock_screen,
    close_refused_screen,
    closed_itself_screen,
    closes_soon_screen,
    difference_screen,
    online_screen,
    replay_screen,
)
from bot.screens.printing import standing_screen
from bot.screens.screen import Screen
from core.domain.cause import Cause, Standing
from core.domain.countdown import AUTONOMOUS_WARNINGS, FEE_DAYS, SHIFT_WARNINGS, due_warning
from core.domain.view import Mark
from core.errors import Refused, UnknownOutcome
from core.usecases.registers import situation_of

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
        if item.topic == "document.made":
            return  # for other programs: the chat shows its own receipts as they are made
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
            case "register.blocked" if state.block is not None:
                await self._trouble(item, state, "news-blocked")
            case "lane.stopped":
                await self._stopped(item, state)
            case "autonomous.ending":
                await self._ending(item, state)
            case "autonomous.limit":
                await self._limit(item, state)
            case "autonomous.silent":
                await self._silent(item, state)
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
            case "shift.over":
                await self._shift_over(item, state)
            case "fee.ending":
                await self._fee(item, state)
            case "print.failed":
                await self._printer_stands(item, state)

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
            kind = row.key.partition(":")[0]
            speaker = await self._desk.people.speaker(row.chat_id)
            if kind == "kept":
                if await self._desk.engine.books.by_link(code_of(view)) is not None:
                    await self._desk.show_kept(speaker, view, row.key, Priority.BULK)
            elif kind == "draft":
                await redraw_closed(self._desk, speaker, view, row.key.partition(":")[2])
            elif kind in ("document", "opened") and speaker.may_read(register_id):
                await self._desk.show_document(speaker, view, key=row.key, priority=Priority.EDIT)

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
        is_told_as_block = state.block is not None and state.block.reason == item.facts.get("reason")
        if state.mode == "autonomous" and not is_told_as_block:
            await self._trouble(item, state, "news-autonomous")

    async def _online(self, item: NewsItem, state: RegisterView) -> None:
        replay = self._replays.pop(item.register_id, None)
        if replay is not None:
            done = replay_screen
            await self._show_to(
                item.register_id, replay[0], lambda one: done(one, title=_title(state), left=0), Priority.BULK
            )
        count = int(item.facts.get("delivered") or item.facts.get("count") or 0)
        again = bool(item.facts.get("limit_reached"))
        await self._tell(
            item, TOLD_ROLES, lambda one: online_screen(one, title=_title(state), count=count, sells_again=again)
        )

    async def _stopped(self, item: NewsItem, state: RegisterView) -> None:
        await self._redraw(item.register_id, int(item.facts.get("number") or 0))
        if state.lane.stopped:
            await self._trouble(item, state, "news-stopped")

    async def _trouble(self, item: NewsItem, state: RegisterView, headline: str) -> None:
        """The register as it is now under this headline. Who may decide is given the buttons; the others learn who
        that is.
        """
        now = self._desk.clock.now()
        owners = Look(state, now, Deciding(may=True))
        others = Look(state, now, Deciding(may=False, names=await self._desk.people.deciders(item.register_id)))
        await self._tell(item, RESOLVING_ROLES, lambda one: trouble_screen(one, headline, owners))
        await self._tell(item, ("cashier",), lambda one: trouble_screen(one, headline, others))

    async def _ending(self, item: NewsItem, state: RegisterView) -> None:
        """So much is left of the 72 h. A warning that a later one has overtaken while nobody read it is dropped."""
        if state.autonomous_until is None or not _is_of_period(item, state):
            return
        warning = due_warning(state.autonomous_until - self._desk.clock.now(), AUTONOMOUS_WARNINGS)
        if warning is not None and round(warning.total_seconds()) == item.facts.get("warning_s"):
            await self._trouble(item, state, "news-ending")

    async def _limit(self, item: NewsItem, state: RegisterView) -> None:
        """The 72 h are over, told once; not when it was all sent before anybody read it."""
        standing = situation_of(state, self._desk.clock.now()).standing
        if _is_of_period(item, state) and standing in (Standing.LIMIT, Standing.BLOCKED, Standing.STOPPED):
            await self._trouble(item, state, "news-limit")

    async def _silent(self, item: NewsItem, state: RegisterView) -> None:
        """Silence that looks like an unpaid fee, if it still lasts."""
        situation = situation_of(state, self._desk.clock.now())
        still = situation.standing is Standing.AUTONOMOUS and situation.cause is Cause.TIMEOUT
        if _is_of_period(item, state) and still:
            await self._trouble(item, state, "news-silent")

    async def _shift_over(self, item: NewsItem, state: RegisterView) -> None:
        """The shift is over 24 h old, told once; not of one that was closed meanwhile."""
        if state.shift is None or not _is_of_shift(item, state.shift.closes_before):
            return
        if situation_of(state, self._desk.clock.now()).standing is Standing.SHIFT:
            await self._trouble(item, state, "news-shift-over")

    async def _fee(self, item: NewsItem, state: RegisterView) -> None:
        """A reminder of the day that is noted now, unless a later one is due already."""
        day, today = state.registration.paid_until, self._desk.clock.now().date()
        if day is None or day.isoformat() != item.facts.get("paid_until") or day < today:
            return
        if min(days for days in FEE_DAYS if (day - today).days <= days) != item.facts.get("days"):
            return
        look = Look(state, self._desk.clock.now(), Deciding(may=True))
        await self._tell(item, RESOLVING_ROLES, lambda one: reminder_screen(one, look, day))

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

    async def _printer_stands(self, item: NewsItem, state: RegisterView) -> None:
        number, reason = int(item.facts["number"]), str(item.facts["reason"])
        await self._tell(
            item, TOLD_ROLES, lambda one: standing_screen(one, title=_title(state), number=number, reason=reason)
        )

    async def _closes_soon(self, item: NewsItem, state: RegisterView) -> None:
        """One message per shift and warning, however often it is announced; none for a shift that was closed meanwhile
        and none that a later warning has overtaken.
        """
        if state.shift is None or not _is_of_shift(item, state.shift.closes_before):
            return
        until = state.shift.closes_before
        warning = due_warning(until - self._desk.clock.now(), SHIFT_WARNINGS)
        announced = item.facts.get("warning_s")
        if announced is not None and (warning is None or round(warning.total_seconds()) != announced):
            return
        await self._show_to(
            item.register_id,
            f"closes-soon:{item.register_id}:{state.shift.number}:{announced or ''}",
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
        """The evening card is the close's own message to whoever decides about the register: if they closed the shift
        themselves, they have it once. Of a close that nobody signed, which is what the clock makes, cashiers are told
        in short.
        """
        try:
            view = await self._desk.engine.books.document(item.register_id, int(item.facts["number"]))
        except Refused:
            return
        for person in await self._desk.engine.people.people(item.register_id, RESOLVING_ROLES):
            speaker = await self._desk.people.speaker(person.chat_id)
            await show_close(self._desk, speaker, view, priority=Priority.OWNER)
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


def _is_of_period(item: NewsItem, state: RegisterView) -> bool:
    """Whether this is about the autonomous period that lasts now."""
    since = state.autonomous_since
    return since is not None and datetime.fromisoformat(str(item.facts.get("since"))) == since


def _is_of_shift(item: NewsItem, closes_before: datetime) -> bool:
    """Whether this is about the shift that is open now."""
    return abs(datetime.fromisoformat(str(item.facts.get("until"))) - closes_before) <= SAME_MOMENT


def _title(state: RegisterView) -> str:
    return state.registration.title
