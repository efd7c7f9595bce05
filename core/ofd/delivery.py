"""Delivery: tells the operator of a queue, strictly in order, one exchange at a time (DESIGN.md 3.6, «The lane»).

Order, always: the in-flight head if there is one, SYSTEM with the offline period, the queue, online, INFO. What to
do next is read from the rows (:mod:`core.ofd.plan`), so a crash anywhere leaves nothing to remember.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from core.clock import Clock
from core.domain.document import Document
from core.domain.lane import RESOLVING, Exchange, Lane
from core.domain.outcome import go_online
from core.domain.register import AUTONOMOUS, RegisterState
from core.domain.view import Mark
from core.ofd import codec
from core.ofd.codec import Answer, Period, command_of, encode
from core.ofd.compare import differences
from core.ofd.head import HeadResult, Tries, accepted_mark, after_head_answer, failed, stopped
from core.ofd.lane_writes import LaneWrites
from core.ofd.link import Answered, Attempt, Link, NoLink, Unanswered
from core.ofd.plan import NextStep, Run, next_step
from core.ofd.reactions import BAD_TOKEN, BLOCKED, OK, UNAVAILABLE, Reaction, block_reason
from core.ofd.talk import answer_in, attempt_exchange
from core.usecases.ports import LEASE_S, FenceLost, Journal, KeptAnswer, LaneWrite, News, Registrations, Step
from core.usecases.views import mode_news

DOCUMENTS_PER_RUN_MAX = 200
INFO_POLL_S = 0.05
SALES_FOLLOW_S = 0.05
GIVE_WAY_S = 0.002


class Delivery:
    """Delivers lanes; any number of workers may, the lease and its fence decide whose writes count."""

    def __init__(
        self,
        journal: Journal,
        registrations: Registrations,
        link: Link,
        clock: Clock,
        *,
        owner: str,
        timeout_s: float,
        hint: Callable[[str], Awaitable[None]],
    ) -> None:
        self._journal = journal
        self._registrations = registrations
        self._link = link
        self._clock = clock
        self._owner = owner
        self._timeout_s = timeout_s
        self._hint = hint
        self._writes = LaneWrites(journal, clock, hint)
        self._sales_until = clock.monotonic()

    def give_way(self) -> None:
        """A sale was made: while more may follow, a queue leaves them the machine between two of its documents."""
        self._sales_until = self._clock.monotonic() + SALES_FOLLOW_S

    async def deliver(self, register_id: str) -> bool | None:
        """Claim the lane and tell what there is to tell; says whether a connection was made (``None``: none
        was tried).
        """
        registration = await self._registrations.registration(register_id)
        if registration.operator is None:
            return None
        loaded = await self._journal.load(register_id)
        if loaded.lane.leased:
            return None
        leased_at = self._clock.monotonic()
        fence = await self._journal.claim(register_id, loaded.lane.fence, self._owner)
        if fence is None:
            return None
        loaded = await self._journal.load(register_id)
        run = Run(registration.speaking(loaded.state.protocol), loaded, leased_at=leased_at)
        try:
            if run.loaded.lane.fence != fence:
                return None
            await self._run(run)
        except FenceLost:
            return run.connected
        finally:
            if run.told:
                await self._hint("told")
        return run.connected

    async def _run(self, run: Run) -> None:
        acts = {
            NextStep.HEAD: self._head,
            NextStep.ASK_LAST: self._ask_last,
            NextStep.SYSTEM: self._system,
            NextStep.GO_ONLINE: self._go_online,
            NextStep.INFO: self._info,
        }
        while True:
            if run.told and self._clock.monotonic() < self._sales_until:
                await asyncio.sleep(GIVE_WAY_S)
            await self._writes.remember_limit(run)
            step = next_step(run.loaded)
            if step is NextStep.REST:
                await self._writes.rest(run)
                return
            if run.told >= DOCUMENTS_PER_RUN_MAX:
                await self._writes.release(run, replace(run.loaded.lane, next_try_at=self._now()))
                return
            if not await acts[step](run):
                return

    async def _head(self, run: Run) -> bool:
        """Send the in-flight exchange again, or the next document of the queue; true to go on."""
        exchange = run.loaded.exchange
        if exchange is None:
            document = await self._writes.document(run, run.loaded.lane.head + 1)
            exchange = self._queued_exchange(run, document)
            lane = replace(run.loaded.lane, exchange_no=exchange.exchange_no, reqnum=exchange.reqnum)
            await self._journal.settle(document.register_id, LaneWrite(lane.fence, lane, LEASE_S, next=exchange))
            run.loaded, run.opened = replace(run.loaded, lane=lane, exchange=exchange), exchange.exchange_no
        assert exchange.number is not None
        document = await self._writes.document(run, exchange.number)
        if run.opened != exchange.exchange_no:
            if not exchange.unanswered:
                # counted before its bytes leave, as a new one is: a crash must not make it look never sent
                leaving = LaneWrite(run.loaded.lane.fence, run.loaded.lane, LEASE_S, replace(exchange, unanswered=1))
                await self._journal.settle(document.register_id, leaving)
            body = encode(run.registration, exchange.command, self._period(run), document, offline=True)
            exchange = replace(exchange, body=body)
        run.opened = None
        attempt = await self._send(run, exchange)
        left_at = run.loaded.lane.last_attempt_at
        await self._writes.remember_limit(run)  # an answer that comes after the 72 h does not make them unreached
        lane, now = replace(run.loaded.lane, last_attempt_at=left_at), self._now()
        answer = answer_in(attempt, exchange.command)
        if not isinstance(attempt, Answered) or answer is None:
            left = not isinstance(attempt, NoLink)
            exchange = replace(exchange, unanswered=exchange.unanswered + left)
            lane = failed(lane, "timeout" if left else "no_link", now)
            await self._journal.settle(document.register_id, LaneWrite(lane.fence, lane, exchange=exchange))
            return False
        lane = replace(lane, token=attempt.token or lane.token)
        return await self._after_answer(run, lane, exchange, document, answer, attempt.payload)

    async def _after_answer(
        self, run: Run, lane: Lane, exchange: Exchange, document: Document, answer: Answer, payload: bytes
    ) -> bool:
        now = self._now()
        result = after_head_answer(lane, exchange, document, answer, run.tries, now)
        kept = KeptAnswer(document.number, exchange.command, now, payload)
        reaction = result.reacted.reaction
        write = LaneWrite(
            lane.fence,
            result.lane,
            exchange=exchange,
            finish=result.finish,
            result_code=answer.result_code,
            answer=kept,
        )
        if reaction is Reaction.ACCEPT:
            await self._accepted(run, write, result)
            return True
        fresh = None
        if reaction is Reaction.RENUMBER:
            fresh = replace(
                exchange, exchange_no=lane.exchange_no + 1, reqnum=lane.next_reqnum, token=lane.token, unanswered=0
            )
            lane = replace(result.lane, exchange_no=fresh.exchange_no, reqnum=fresh.reqnum)
            write = replace(write, lane=lane, lease_s=LEASE_S, next=fresh)
            run.tries = replace(run.tries, renumbered=True)
        elif reaction is Reaction.SAME_AGAIN and result.reacted.reason == "bad_token":
            write = replace(write, lease_s=LEASE_S)
            run.tries = replace(run.tries, asked_again=True)
        elif reaction is Reaction.BLOCK:
            await self._writes.block(run, "blocked", answer.result_text)
        await self._journal.settle(document.register_id, write, result.mark, result.news)
        if write.lease_s is None:
            await self._hint("lane")
            return False
        await self._writes.reload(run)
        if fresh is not None:
            run.loaded, run.opened = replace(run.loaded, exchange=fresh), fresh.exchange_no
        return True

    async def _accepted(self, run: Run, write: LaneWrite, result: HeadResult) -> None:
        """Store the next exchange with the result of the one before, in one call, while the queue goes on."""
        state, lane = run.loaded.state, write.lane
        if state.block is not None:
            # SYSTEM comes next and lifts the block, also after a crash here
            lane = replace(lane, cause=RESOLVING)
        run.tries, run.told = Tries(), run.told + 1
        more = lane.head < state.last_document and state.mode == AUTONOMOUS and state.block is None and lane.contact
        write = replace(write, lane=lane, lease_s=LEASE_S)
        if not more or run.told >= DOCUMENTS_PER_RUN_MAX:
            await self._journal.settle(state.register_id, write, result.mark, result.news)
            await self._writes.reload(run)
            return
        following = await self._writes.document(run, lane.head + 1)
        fresh = self._queued_exchange(replace(run, loaded=replace(run.loaded, lane=lane)), following)
        lane = replace(lane, exchange_no=fresh.exchange_no, reqnum=fresh.reqnum)
        write = replace(write, lane=lane, next=fresh)
        await self._journal.settle(state.register_id, write, result.mark, result.news)
        assert write.answer is not None
        lane = lane.with_answer(write.answer.body)
        run.loaded = replace(run.loaded, lane=lane, exchange=fresh, oldest_unconfirmed_at=following.made_at)
        run.opened = fresh.exchange_no

    async def _system(self, run: Run) -> bool:
        """SYSTEM reports the offline period, is the probe of a block, and lifts it with a 0."""
        answer = await self._useful(run, *await self._ask(run, codec.SYSTEM))
        if answer is None:
            return False
        lane = _told(run.loaded.lane, answer)
        if answer.result_code == OK:
            reported = run.loaded.state.mode == AUTONOMOUS
            await self._writes.contact(run, replace(lane, contact=reported, fails=0, cause=None))
            return True
        if _once_more(run, answer):
            return True
        reason = "bad_token" if answer.result_code == BAD_TOKEN else "service"
        resting = replace(lane, next_try_at=None, cause=reason, contact=False)
        await self._writes.block(run, reason, answer.result_text, resting)
        return False

    async def _go_online(self, run: Run) -> bool:
        """Everything is told; true also when a document was made meanwhile, which is then told first."""
        now, state = self._now(), run.loaded.state
        state_after, entry = go_online(state, now)
        lane = replace(run.loaded.lane, contact=False, info_owed=True, fails=0, cause=None, next_try_at=now)
        news = replace(mode_news(state_after, now), facts={"delivered": run.told, "limit_reached": state.limit_reached})
        step = Step(state.version, state_after, (entry,), (news,))
        await self._journal.step(step, write=LaneWrite(lane.fence, lane, LEASE_S), told=state.last_document)
        await self._hint("told")
        await self._writes.reload(run)
        return True

    async def _info(self, run: Run) -> bool:
        """INFO is owed work: it yields to a sale, takes no token, and only reports what differs."""
        asking = asyncio.create_task(self._ask(run, codec.INFO))
        while not asking.done():
            await asyncio.wait({asking}, timeout=INFO_POLL_S)
            current = await self._journal.load(run.registration.register_id)
            if current.state.pending is not None and not asking.done():
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)
                await self._writes.release(run, replace(run.loaded.lane, next_try_at=self._now()))
                return False
        answer = await self._useful(run, *asking.result())
        if answer is None:
            return False
        if _once_more(run, answer):
            return True
        now, lane = self._now(), run.loaded.lane
        if answer.result_code == BAD_TOKEN:
            resting = replace(lane, next_try_at=None, cause="bad_token")
            await self._writes.block(run, "bad_token", answer.result_text, resting)
            return False
        current = await self._journal.load(run.registration.register_id)
        moved = current.state.last_document != run.loaded.state.last_document
        lane = replace(lane, info_owed=moved, next_try_at=now if moved else None, fails=0, cause=None)
        news = () if moved else _difference(run.loaded.state, answer, now)
        await self._journal.settle(run.registration.register_id, LaneWrite(lane.fence, lane), None, news)
        return False

    async def _ask_last(self, run: Run) -> bool:
        """After a typed token: INFO says whether the unanswered head was booked (DESIGN.md 3, «Unanswered»)."""
        answer = await self._useful(run, *await self._ask(run, codec.INFO))
        if answer is None:
            return False
        if _once_more(run, answer):
            return True
        lane, exchange, now = run.loaded.lane, run.loaded.exchange, self._now()
        assert exchange is not None and exchange.number is not None
        register_id = run.registration.register_id
        if answer.result_code != OK:
            return await self._stop(run, _told(lane, answer), exchange.number, block_reason(answer.result_code))
        document = await self._writes.document(run, exchange.number)
        last_printed = answer.last_printed_number or 0
        if last_printed == document.number:
            # it was booked: never sent again, its fiscal sign stays unknown
            mark = accepted_mark(document, replace(answer, fiscal_sign=None, check_url=None), now)
            lane = replace(lane, head=document.number, cause=RESOLVING)
            write = LaneWrite(lane.fence, lane, LEASE_S, exchange=exchange, finish=True, result_code=OK)
            await self._journal.settle(register_id, write, mark)
        elif last_printed == await self._last_confirmed(run, last_printed):
            lane = replace(lane, cause=RESOLVING)
            write = LaneWrite(lane.fence, lane, LEASE_S, exchange=exchange, finish=True)
            await self._journal.settle(register_id, write)
        else:
            return await self._stop(run, lane, document.number, "numbering")
        await self._writes.reload(run)
        return True

    async def _stop(self, run: Run, lane: Lane, number: int, cause: str) -> bool:
        """A person must decide on the head ``number``."""
        lane, mark, news = stopped(lane, number, cause, self._now())
        await self._journal.settle(run.registration.register_id, LaneWrite(lane.fence, lane), mark, (news,))
        await self._hint("lane")
        return False

    async def _useful(self, run: Run, attempt: Attempt, answer: Answer | None) -> Answer | None:
        """The answer to SYSTEM or INFO; ``None`` when the lane was given back, because nobody answered (silence, 254,
        255) or the register is blocked (15).
        """
        lane, now = run.loaded.lane, self._now()
        if answer is None:
            cause = "no_link" if isinstance(attempt, NoLink) else "timeout"
            await self._writes.release(run, failed(lane, cause, now))
            return None
        lane = _told(lane, answer)
        if answer.result_code in UNAVAILABLE:
            await self._writes.release(run, failed(lane, "unavailable", now))
            return None
        if answer.result_code == BLOCKED:
            await self._writes.block(run, "blocked", answer.result_text, failed(lane, "blocked", now))
            return None
        return answer

    async def _last_confirmed(self, run: Run, claimed: int) -> int:
        """The last told document that the operator has; refused ones and, unless it is ``claimed``, one that was
        settled outside are skipped.
        """
        number = run.loaded.lane.head
        while (view := await self._journal.view(run.registration.register_id, number)) is not None:
            if view.mark is not Mark.REFUSED and (view.mark is not Mark.SETTLED or number == claimed):
                break
            number -= 1
        return number

    async def _ask(self, run: Run, command: str) -> tuple[Attempt, Answer | None]:
        """SYSTEM or INFO: no document, no token taken from the answer; the request number moves on with the
        next write.
        """
        lane = run.loaded.lane
        reqnum = lane.next_reqnum
        body = encode(run.registration, command, self._period(run))
        exchange = Exchange(lane.exchange_no, None, command, reqnum, lane.token, body)
        run.loaded = replace(run.loaded, lane=replace(lane, reqnum=reqnum))
        attempt = await self._send(run, exchange)
        return attempt, answer_in(attempt, command)

    async def _send(self, run: Run, exchange: Exchange) -> Attempt:
        await self._hold(run)
        run.loaded = replace(run.loaded, lane=replace(run.loaded.lane, last_attempt_at=self._clock.now()))
        attempt = await attempt_exchange(self._link, run.registration, exchange, self._timeout_s)
        run.connected = not isinstance(attempt, NoLink)
        if isinstance(attempt, Unanswered) and attempt.late is not None:
            # the next try asks for the stored answer with the same token and request number
            attempt.late.cancel()
        return attempt

    async def _hold(self, run: Run) -> None:
        """Nothing leaves but under a lease that outlasts the attempt: a process that was held up asks for it again.

        Its frame could else be booked after another worker had settled the same exchange otherwise.
        """
        while self._clock.monotonic() + self._timeout_s > run.leased_at + LEASE_S:
            run.leased_at = self._clock.monotonic()
            lane = run.loaded.lane
            await self._journal.settle(run.registration.register_id, LaneWrite(lane.fence, lane, LEASE_S))

    def _queued_exchange(self, run: Run, document: Document) -> Exchange:
        command, lane = command_of(document), run.loaded.lane
        body = encode(run.registration, command, self._period(run), document, offline=True)
        return Exchange(lane.exchange_no + 1, document.number, command, lane.next_reqnum, lane.token, body)

    def _period(self, run: Run) -> Period:
        """The offline period, its end refreshed before each attempt; online both ends are now."""
        now = self._now()
        return Period(run.loaded.state.autonomous_since or now, now)

    def _now(self) -> datetime:
        return self._clock.now().replace(microsecond=0)


def _told(lane: Lane, answer: Answer) -> Lane:
    return replace(lane, result_code=answer.result_code, result_text=answer.result_text)


def _once_more(run: Run, answer: Answer) -> bool:
    """Whether a token that was not taken is tried again: once in a run, because a server may have erred."""
    if answer.result_code != BAD_TOKEN or run.tries.asked_again:
        return False
    run.tries = replace(run.tries, asked_again=True)
    return True


def _difference(state: RegisterState, answer: Answer, now: datetime) -> tuple[News, ...]:
    """What INFO brought that people must know: other counters, or a code instead of them."""
    if answer.result_code != OK:
        refusal = {"differences": [], "result_code": answer.result_code, "text": answer.result_text or ""}
        return (News("lane.difference", now, refusal),)
    found = [] if answer.counters is None else differences(state, answer.counters)
    return (News("lane.difference", now, {"differences": found}),) if found else ()
