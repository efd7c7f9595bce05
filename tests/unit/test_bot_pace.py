"""The plan of sends: bursts, the steady rate, who goes first, and the pause that 429 asks for."""

from __future__ import annotations

import asyncio

from bot.pace import ALL_BURST, ANSWERS_PER_ACT, CHAT_BURST, Bucket, Pace, Priority


class Hands:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    hands = Hands()
    bucket = Bucket(3, 1.0, hands)
    for _ in range(3):
        assert bucket.delay_s() == 0
        bucket.take()
    assert bucket.delay_s() == 1.0
    hands.now_s += 0.75
    assert bucket.delay_s() == 0.25
    hands.now_s += 100
    assert bucket.delay_s() == 0


def test_a_pause_that_telegram_asks_for_is_kept() -> None:
    hands = Hands()
    bucket = Bucket(3, 1.0, hands)
    bucket.hold(7)
    assert bucket.delay_s() == 7
    hands.now_s += 7
    assert bucket.delay_s() == 0


async def test_a_chat_may_burst_and_others_are_not_held_up_by_it() -> None:
    pace = Pace(Hands())
    for _ in range(CHAT_BURST):
        assert pace.is_free(1)
        await pace.turn(1, Priority.ANSWER)
    assert not pace.is_free(1) and pace.is_free(2)


async def test_whoever_acts_is_answered_at_once_but_not_before_a_pause_is_over() -> None:
    hands = Hands()
    pace = Pace(hands)
    for _ in range(CHAT_BURST):
        await pace.turn(1, Priority.ANSWER)
    pace.person_acted(1)
    for _ in range(ANSWERS_PER_ACT):
        assert pace.is_free(1)
        await pace.turn(1, Priority.ANSWER)
    assert not pace.is_free(1)
    pace.hold(1, 7)
    pace.person_acted(1)
    assert not pace.is_free(1)
    hands.now_s += 7
    assert pace.is_free(1)


async def test_the_most_urgent_waiter_goes_first_when_all_chats_share_the_rate() -> None:
    hands = Hands()
    pace = Pace(hands)
    for chat_id in range(ALL_BURST):
        await pace.turn(chat_id, Priority.ANSWER)
    order: list[int] = []

    async def send(chat_id: int, priority: Priority) -> None:
        await pace.turn(chat_id, priority)
        order.append(priority)

    waiting = [
        asyncio.create_task(send(100 + place, priority))
        for place, priority in enumerate((Priority.BULK, Priority.EDIT, Priority.RECEIPT))
    ]
    await asyncio.sleep(0)
    assert order == []
    hands.now_s += 10
    await asyncio.gather(*waiting)
    assert order == [Priority.RECEIPT, Priority.EDIT, Priority.BULK]
