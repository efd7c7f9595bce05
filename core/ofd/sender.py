"""Sends a pending document within its 5 s and turns what came into an outcome (DESIGN.md 3.4)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from core.clock import Clock
from core.domain.document import Document
from core.domain.lane import Exchange, Lane, Loaded
from core.domain.outcome import Verdict, autonomous, refused, registered
from core.domain.registration import Registration
from core.ofd.codec import Answer, Period, command_of, decode_answer, encode
from core.ofd.head import RETRY_INTERVAL, Tries, after_head_answer
from core.ofd.link import Answered, Attempt, Link, NoLink, Unanswered
from core.ofd.reactions import OK, Reacted, Reaction, to_pending
from core.ofd.talk import answer_in, attempt_exchange
from core.usecases.ports import LEASE_S, FenceLost, Journal, KeptAnswer, LaneWrite, MarkChange, News, Sent

LEASE_POLL_S = 0.02
# resends of the same frame inside the 5 s; at most three (RELIABILITY.md 2.3, row 2)
PAUSES_S = (0.2, 0.5, 1.0)


@dataclass(slots=True)
class Transaction:
    """One document's 5 s on the wire, as far as they have gone."""

    registration: Registration
    document: Document
    lane: Lane
    exchange: Exchange
    reason: str = "timeout"
    asked_again: bool = False
    renumbered: bool = False


class OnlineSender:
    """The sender of an online register: makes the exchange, sends it, reads the reaction."""

    def __init__(
        self, journal: Journal, link: Link, clock: Clock, hint: Callable[[str], Awaitable[None]]
    ) -> None:
        self._journal = journal
        self._link = link
        self._clock = clock
        self._hint = hint
        self._background: set[asyncio.Task[None]] = set()

    def prepare(self, registration: Registration, document: Document, lane: Lane) -> Exchange:
        """The exchange of an online document; while online both ends of the period are the document's time."""
        command = command_of(document)
        body = encode(registration, command, Period(document.made_at, document.made_at), document)
        return Exchange(lane.exchange_no + 1, document.number, command, lane.next_reqnum, lane.token, body)

    async def hint(self, topic: str) -> None:
        """Wake other processes; only ever a hint."""
        await self._hint(topic)

    async def send(
        self, registration: Registration, document: Document, loaded: Loaded, deadline: float
    ) -> Sent:
        """Send until answered or until ``deadline`` (monotonic); always comes back with an outcome."""
        if loaded.exchange is None:
            taken = await self._take_lane(registration, document, deadline)
            if taken is None:
                return Sent(autonomous(self._now(), "timeout"), None)
            loaded = taken
        assert loaded.exchange is not None
        transaction = Transaction(registration, document, loaded.lane, loaded.exchange)
        pauses = iter(PAUSES_S)
        while (remaining := deadline - self._clock.monotonic()) > 0:
            attempt = await self._attempt(transaction, remaining)
            if isinstance(attempt, Unanswered) and attempt.late is not None:
                return self._autonomous(transaction, late=attempt.late)
            if isinstance(attempt, Answered):
                answer = answer_in(attempt, transaction.exchange.command)
                if answer is not None:
                    sent = await self._react(transaction, attempt, answer)
                    if sent is not None:
                        return sent
                    if transaction.reason != "unavailable":
                        continue
                else:
                    _count_unanswered(transaction)
            pause = next(pauses, None)
            if pause is None or pause >= deadline - self._clock.monotonic():
                break
            await asyncio.sleep(pause)
        return self._autonomous(transaction)

    async def after(self, registration: Registration, document: Document, sent: Sent, *, drawn: bool) -> None:
        """What came too late for the outcome is kept as the queue's; nobody waits for it."""
        if sent.write is None:
            return
        if drawn and sent.late is None:
            return
        task = asyncio.create_task(self._keep_all(document, sent, drawn=drawn))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def close(self) -> None:
        """Stop listening for late answers; the lane asks again by itself."""
        for task in list(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    async def _attempt(self, transaction: Transaction, remaining: float) -> Attempt:
        exchange = transaction.exchange
        transaction.lane = replace(transaction.lane, last_attempt_at=self._clock.now())
        attempt = await attempt_exchange(self._link, transaction.registration, exchange, remaining)
        if isinstance(attempt, NoLink) and not exchange.unanswered:
            transaction.reason = "no_link"
        elif isinstance(attempt, Unanswered):
            _count_unanswered(transaction)
        return attempt

    async def _react(self, transaction: Transaction, attempt: Answered, answer: Answer) -> Sent | None:
        """An outcome, or ``None`` to go on with the same or the next exchange."""
        exchange = transaction.exchange
        # the header's token counts whatever the result code was, unless it is 0 (PROTOCOL.md b-3, j-4)
        transaction.lane = replace(transaction.lane, token=attempt.token or transaction.lane.token)
        reacted = to_pending(
            answer.result_code,
            unanswered=exchange.unanswered > 0,
            asked_again=transaction.asked_again,
            renumbered=transaction.renumbered,
        )
        if reacted.reaction is Reaction.SAME_AGAIN:
            transaction.reason = reacted.reason or transaction.reason
            transaction.asked_again = transaction.asked_again or reacted.reason == "bad_token"
            return None
        if reacted.reaction is Reaction.RENUMBER:
            await self._renumber(transaction, answer)
            return None
        return self._decided(transaction, attempt, answer, reacted)

    def _decided(
        self, transaction: Transaction, attempt: Answered, answer: Answer, reacted: Reacted
    ) -> Sent:
        now, document, exchange = self._now(), transaction.document, transaction.exchange
        lane = transaction.lane
        if reacted.reaction is Reaction.ACCEPT:
            lane = replace(lane, head=document.number, fails=0, cause=None, result_code=0, result_text=None)
            verdict = registered(
                now, fiscal_sign=answer.fiscal_sign, check_url=answer.check_url, text=answer.result_text
            )
        elif reacted.reaction is Reaction.REFUSE:
            lane = replace(
                lane, head=document.number, result_code=answer.result_code, result_text=answer.result_text
            )
            verdict = refused(now, answer.result_code, answer.result_text, block=reacted.block)
        else:
            verdict = Verdict(
                "autonomous",
                now,
                reason=reacted.reason,
                block=reacted.block,
                result_text=answer.result_text,
            )
            lane = replace(
                lane,
                next_try_at=(lane.last_attempt_at or now) + RETRY_INTERVAL,
                cause=reacted.reason,
                contact=False,
                head_blocked=document.number if reacted.reaction is Reaction.BLOCK else lane.head_blocked,
                result_code=answer.result_code,
                result_text=answer.result_text,
            )
        kept = KeptAnswer(document.number, exchange.command, now, attempt.payload)
        write = LaneWrite(
            lane.fence,
            lane,
            exchange=exchange,
            finish=reacted.finish,
            result_code=answer.result_code,
            answer=kept,
        )
        return Sent(verdict, write)

    async def _renumber(self, transaction: Transaction, answer: Answer) -> None:
        """Take the next request number once; the exchange is stored before its first byte, as always."""
        lane, old = transaction.lane, transaction.exchange
        fresh = Exchange(
            lane.exchange_no + 1, old.number, old.command, lane.next_reqnum, lane.token, old.body
        )
        lane = replace(lane, exchange_no=fresh.exchange_no, reqnum=fresh.reqnum)
        write = LaneWrite(
            lane.fence, lane, LEASE_S, exchange=old, finish=True, result_code=answer.result_code, next=fresh
        )
        await self._journal.settle(transaction.registration.register_id, write)
        transaction.lane, transaction.exchange, transaction.renumbered = lane, fresh, True

    def _autonomous(
        self, transaction: Transaction, late: asyncio.Task[Answered | None] | None = None
    ) -> Sent:
        now, lane = self._now(), transaction.lane
        lane = replace(
            lane,
            next_try_at=(lane.last_attempt_at or now) + RETRY_INTERVAL,
            fails=1,
            cause=transaction.reason,
            contact=False,
        )
        write = LaneWrite(lane.fence, lane, exchange=transaction.exchange)
        return Sent(autonomous(now, transaction.reason), write, late)

    async def _take_lane(
        self, registration: Registration, document: Document, deadline: float
    ) -> Loaded | None:
        """Delivery held the lane at the append: it hands it over within its exchange; ``None`` if it did not
        in time.
        """
        register_id = registration.register_id
        while self._clock.monotonic() < deadline:
            loaded = await self._journal.load(register_id)
            if loaded.state.pending != document.number:
                return None
            if not loaded.lane.leased:
                fence = await self._journal.claim(register_id, loaded.lane.fence, "maker")
                if fence is not None:
                    exchange = self.prepare(registration, document, loaded.lane)
                    lane = replace(
                        loaded.lane, fence=fence, exchange_no=exchange.exchange_no, reqnum=exchange.reqnum
                    )
                    lane = replace(lane, last_attempt_at=self._clock.now())
                    await self._journal.settle(register_id, LaneWrite(fence, lane, LEASE_S, next=exchange))
                    return replace(loaded, lane=lane, exchange=exchange)
            await asyncio.sleep(LEASE_POLL_S)
        return None

    async def _keep_all(self, document: Document, sent: Sent, *, drawn: bool) -> None:
        assert sent.write is not None
        if not drawn:
            await self._keep(document, sent.write)
        if sent.late is not None:
            await self._keep_late(document, sent)

    async def _keep_late(self, document: Document, sent: Sent) -> None:
        """An answer 0 after the time was over: taken if the exchange is still the lane's unanswered one.

        Any other late answer is left alone: the lane asks again in its own time with the same token and request number.
        """
        assert sent.write is not None and sent.write.exchange is not None and sent.late is not None
        attempt, exchange = await sent.late, sent.write.exchange
        answer = answer_in(attempt, exchange.command)
        if attempt is None or answer is None or answer.result_code != OK:
            return
        loaded = await self._journal.load(document.register_id)
        if loaded.exchange is None or loaded.exchange.exchange_no != exchange.exchange_no or loaded.lane.leased:
            return
        fence = await self._journal.claim(document.register_id, loaded.lane.fence, "maker")
        if fence is None:
            return
        now = self._now()
        lane = replace(loaded.lane, fence=fence, token=attempt.token or loaded.lane.token)
        result = after_head_answer(lane, loaded.exchange, document, answer, Tries(), now)
        write = LaneWrite(
            fence,
            replace(result.lane, next_try_at=now),
            exchange=loaded.exchange,
            finish=True,
            result_code=OK,
            answer=KeptAnswer(document.number, exchange.command, now, attempt.payload),
        )
        await self._settle(document, write, result.mark, result.news)

    async def _keep(self, document: Document, write: LaneWrite) -> None:
        """Another drew *autonomous* first: an answer 0 settles the queue's head, else the lane is just given back."""
        if write.answer is not None and write.exchange is not None and write.result_code == 0:
            now, answer = self._now(), decode_answer(write.answer.body)
            result = after_head_answer(write.lane, write.exchange, document, answer, Tries(), now)
            settled = replace(write, lane=replace(result.lane, next_try_at=now), lease_s=None)
            await self._settle(document, settled, result.mark, result.news)
            return
        lane = write.lane
        if write.answer is not None:
            next_try_at = (lane.last_attempt_at or self._now()) + RETRY_INTERVAL
            lane = replace(lane, head=document.number - 1, next_try_at=next_try_at)
        await self._settle(document, replace(write, lane=lane, lease_s=None, answer=None, finish=False))

    async def _settle(
        self, document: Document, write: LaneWrite, mark: MarkChange | None = None, news: tuple[News, ...] = ()
    ) -> None:
        try:
            await self._journal.settle(document.register_id, write, mark, news)
        except FenceLost:
            return
        await self._hint("lane")

    def _now(self) -> datetime:
        return self._clock.now().replace(microsecond=0)


def _count_unanswered(transaction: Transaction) -> None:
    transaction.exchange = replace(transaction.exchange, unanswered=transaction.exchange.unanswered + 1)
    transaction.reason = "timeout"
