"""Answers that no operator should give, over real TCP: none loses a document, books it twice or stops the register."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from engine_street import StillClock, Street, street
from mangling_line import Line, Mangle, body, header, mangling_line

from core.domain.lane import REQNUM_MAX
from core.domain.view import Mark
from core.errors import Refused
from core.ofd.frame import FRAME_BYTES_MAX
from core.ofd.schema import kkm_v203_pb2 as pb

HIGH = 2**32 - 1


def ticket_answer(code: int, text: bytes | None = None, sign: bytes | None = b"92386", link: bytes = b"") -> bytes:
    """An answer to a ticket in bytes, so that its texts need not be texts."""

    def part(tag: int, inner: bytes) -> bytes:
        return bytes((tag, len(inner) & 0x7F | 0x80, len(inner) >> 7)) + inner

    number, varint = code, b""
    while number > 0x7F:
        varint, number = varint + bytes((number & 0x7F | 0x80,)), number >> 7
    result = b"\x08" + varint + bytes((number,)) + (b"" if text is None else part(0x12, text))
    block = b"" if sign is None else part(0x1A, part(0x0A, sign) + (part(0x12, link) if link else b""))
    return b"\x08\x01" + part(0x12, result) + block


@asynccontextmanager
async def lines(near: Street, spoiled: dict[str, Mangle], *, times: int) -> AsyncIterator[dict[str, Line]]:
    """A register for each way to spoil an answer, all on one engine."""
    async with AsyncExitStack() as stack:
        each: dict[str, Line] = {}
        for name, mangle in spoiled.items():
            each[name] = await stack.enter_async_context(mangling_line(near))
            each[name].spoil(mangle, times)
        yield each


UNUSABLE: dict[str, Mangle] = {
    "another device": lambda answer: [header(answer, id=1)],
    "another number": lambda answer: [header(answer, reqnum=(answer[16] + 1) % 256)],
    "another app code": lambda answer: [header(answer, appcode=0x81A3)],
    "a version that is not known": lambda answer: [header(answer, version=777)],
    "a size of nothing": lambda answer: [header(answer, size=0)],
    "a size below the header": lambda answer: [header(answer, size=17)],
    "a size above every bound": lambda answer: [header(answer, size=HIGH)],
    "a size just above the bound": lambda answer: [header(answer, size=FRAME_BYTES_MAX + 1)],
    "a size above what comes": lambda answer: [header(answer, size=len(answer) + 1)],
    "half a header": lambda answer: [answer[:9]],
    "no body": lambda answer: [answer[:18]],
    "a body without its last byte": lambda answer: [answer[:-1]],
    "nothing": lambda _: [],
    "an empty message": lambda answer: [body(answer, b"")],
    "a command alone": lambda answer: [body(answer, b"\x08\x01")],
    "noise": lambda answer: [body(answer, bytes(range(256)))],
    "another command's answer": lambda answer: [body(answer, b"\x08\x00\x12\x02\x08\x00")],
    "accepted without a sign": lambda answer: [body(answer, ticket_answer(0, sign=None))],
    "accepted with a blank sign": lambda answer: [body(answer, ticket_answer(0, sign=b" \x00 "))],
}


async def test_an_answer_that_cannot_be_used_is_asked_for_again_with_the_same_frame(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as near, lines(near, UNUSABLE, times=2) as each:
        made = await asyncio.gather(*(line.here.sell() for line in each.values()))
        for (name, line), sale in zip(each.items(), made, strict=True):
            assert sale.view.mark is Mark.REGISTERED, name
            assert (len(line.relayed), len(set(line.relayed)), len(line.here.booked())) == (3, 1, 1), name
            await line.here.sell()
            await line.here.book_agrees()
        await near.agrees()


async def test_answers_that_stay_unusable_end_autonomous_and_are_settled_once(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as near, mangling_line(near) as line:
        here = line.here
        line.spoil(UNUSABLE["another number"])
        made = await here.sell()
        assert (made.view.mark, made.view.reason) == (Mark.AUTONOMOUS, "timeout")
        await here.deliver()
        assert (await here.view()).unsent == 1
        line.well()
        await here.recover()
        assert await here.marks() == ["autonomous_registered"] and len(here.booked()) == 1
        await here.agrees()


USABLE: dict[str, Mangle] = {
    "byte by byte": lambda answer: [answer[place : place + 1] for place in range(len(answer))],
    "garbage after it": lambda answer: [answer + b"\x00\xffHTTP/1.1 502 Bad Gateway\r\n\r\n"],
    "garbage after it, in a segment of its own": lambda answer: [answer, b"\xa2\x81\x00\x00"],
    "a second frame after it": lambda answer: [answer + body(answer, b"\x08\x01\x12\x02\x08\x0d")],
    "a token of zero": lambda answer: [header(answer, token=0)],
    "another known version": lambda answer: [header(answer, version=202)],
    "words that are no UTF-8": lambda answer: [body(answer, ticket_answer(0, "Принято".encode("cp1251")))],
    "words with a zero byte": lambda answer: [body(answer, ticket_answer(0, b"OK\x00OK"))],
    "words without end": lambda answer: [body(answer, ticket_answer(0, b"x" * 15_000))],
    "no words": lambda answer: [body(answer, ticket_answer(0))],
    "a link that is no UTF-8": lambda answer: [body(answer, ticket_answer(0, link=b"\xff\xfe"))],
    "a link that fits no QR": lambda answer: [body(answer, ticket_answer(0, link=b"https://x/" + b"i" * 5_000))],
    "a link with a zero byte": lambda answer: [body(answer, ticket_answer(0, link=b"https://x/\x00"))],
}


async def test_an_accepted_document_is_registered_whatever_else_the_answer_holds(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as near, lines(near, USABLE, times=1) as each:
        made = await asyncio.gather(*(line.here.sell() for line in each.values()))
        for (name, line), sale in zip(each.items(), made, strict=True):
            assert (sale.view.mark, len(line.relayed)) == (Mark.REGISTERED, 1), name
            assert sale.view.fiscal_sign, name
            texts = (sale.view.result_text or "", sale.view.check_url or "")
            assert all(text.isprintable() and len(text) <= 1000 for text in texts), name


@pytest.mark.parametrize("name", ["words that are no UTF-8", "words with a zero byte", "a link with a zero byte"])
async def test_the_queue_takes_such_an_answer_as_well(database: str, tmp_path: Path, name: str) -> None:
    async with street(database, tmp_path, clock=StillClock()) as near, mangling_line(near) as line:
        here = line.here
        line.spoil(UNUSABLE["nothing"])
        await here.sell()
        line.spoil(USABLE[name], times=1)
        await here.deliver()
        assert await here.marks() == ["autonomous_registered"]
        while await here.tick():
            pass
        assert (await here.view()).mode == "online"


def refusing(code: int, text: bytes | None) -> Mangle:
    return lambda answer: [body(answer, ticket_answer(code, text, sign=None))]


async def test_an_unknown_code_refuses_blocks_and_is_kept(database: str, tmp_path: Path) -> None:
    codes = (18, 20, 77, 253, 256, 2**31 - 1, 2**31, HIGH)
    spoiled = {f"{code} {text!r}": refusing(code, text) for code in codes for text in (None, b"\xff\x00\x1b")}
    async with street(database, tmp_path, clock=StillClock()) as near, lines(near, spoiled, times=1) as each:
        for name, line in each.items():
            here, code = line.here, int(name.split()[0])
            here.behave(result_code=13, times=1)
            with pytest.raises(Refused) as refusal:
                await here.sell()
            assert refusal.value.params["result_code"] == code
            view = await here.view()
            assert view.block is not None and view.block.reason == "service" and view.block.text
            assert (await here.document(1)).result_code == code
            await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
            await here.sell()
            await here.book_agrees()
        await near.agrees()


@pytest.mark.parametrize("code", [99, HIGH])
async def test_an_unknown_code_to_the_head_stops_the_lane_with_it(database: str, tmp_path: Path, code: int) -> None:
    async with street(database, tmp_path, clock=StillClock()) as near, mangling_line(near) as line:
        here = line.here
        here.behave("down")
        await here.sell()
        here.behave(result_code=13, commands=["TICKET"], times=1)

        def other_code(answer: bytes) -> list[bytes]:
            asked = pb.Response.FromString(answer[18:]).command
            return [body(answer, ticket_answer(code, sign=None)) if asked == pb.COMMAND_TICKET else answer]

        line.spoil(other_code)
        await here.deliver()
        view = await here.view()
        assert (view.lane.stopped, view.lane.result_code) == (True, code)
        line.well()
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено")
        assert await here.marks() == ["autonomous_registered"]
        await here.agrees()


async def test_tokens_of_the_whole_range_are_kept_online_and_in_the_queue(database: str, tmp_path: Path) -> None:
    tokens = [2**31 - 1, 2**31, 2**31 + 1, HIGH, 1, HIGH - 1, 2**31, 5]
    drawn = iter(tokens)
    async with street(database, tmp_path, clock=StillClock(), draw_token=lambda _: next(drawn)) as here:
        first = here.ofd.book(here.device_id)["token"]
        for _ in range(4):
            await here.sell()
        here.behave("down")
        for _ in range(4):
            await here.sell()
        await here.recover()
        assert [one["token"] for one in here.exchanges("TICKET")] == [first, *tokens[:-1]]
        assert (await here.engine.acts.settled_state(here.register_id)).lane.token == 5
        await here.agrees()


async def test_a_lost_token_blocks_and_a_person_types_the_new_one(database: str, tmp_path: Path) -> None:
    """An answer under token 0 leaves the old one, the operator has issued another, and only a person mends it."""
    async with street(database, tmp_path, clock=StillClock()) as near, mangling_line(near) as line:
        here = line.here
        first = here.ofd.book(here.device_id)["token"]
        line.spoil(USABLE["a token of zero"], times=1)
        await here.sell()
        assert (await here.engine.acts.settled_state(here.register_id)).lane.token == first != 0
        with pytest.raises(Refused) as refusal:
            await here.sell()
        assert refusal.value.params["result_code"] == 2
        assert [one["result_code"] for one in here.exchanges()] == [0, 2, 2]
        view = await here.view()
        assert view.block is not None and view.block.reason == "bad_token"
        token = here.ofd.issue_token(here.device_id)
        await here.engine.lanes.resolve(here.register_id, "retry", "новый токен", token=token)
        assert (await here.view()).block is None
        await here.sell()
        await here.agrees()


async def test_the_number_after_65535_is_1_online_and_from_the_queue(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        superuser = await asyncpg.connect(database)
        await superuser.execute("UPDATE lane SET reqnum = $1", REQNUM_MAX - 2)
        await here.sell()
        await here.sell()
        await here.sell()
        assert [one["reqnum"] for one in here.exchanges()] == [REQNUM_MAX - 1, REQNUM_MAX, 1]
        await superuser.execute("UPDATE lane SET reqnum = $1", REQNUM_MAX - 1)
        await superuser.close()
        here.behave("down")
        for _ in range(3):
            await here.sell()
        await here.recover()
        assert (await here.view()).mode == "online"
        queued = [(one["command"], one["reqnum"]) for one in here.exchanges()[3:]]
        assert queued == [("TICKET", REQNUM_MAX), ("SYSTEM", 1), ("TICKET", 2), ("TICKET", 3), ("INFO", 4)]
        await here.agrees()
