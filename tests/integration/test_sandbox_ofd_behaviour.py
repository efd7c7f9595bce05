"""Every fault that the sandbox operator can be told to have, and the control calls of CONTRACT.md 2 that tell it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession, web
from ofd_client import DEVICE, TOKEN, Street, Till, later

from core.ofd.frame import FrameError
from core.ofd.schema import kkm_v203_pb2 as pb

Call = Callable[..., Awaitable[tuple[int, Any]]]


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with Street() as one:
        yield one


@pytest.fixture
def till(street: Street) -> Till:
    return Till(street)


@pytest.fixture
async def call(street: Street) -> AsyncIterator[Call]:
    """The control calls over HTTP: status and decoded body."""
    app = web.Application()
    street.server.add_routes(app)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with ClientSession() as session:

        async def one(method: str, path: str, **more: Any) -> tuple[int, Any]:
            async with session.request(method, f"http://127.0.0.1:{port}{path}", **more) as answer:
                return answer.status, await answer.json()

        yield one
    await runner.cleanup()


def last(street: Street) -> dict[str, Any]:
    return street.server.exchanges(0)[-1]


def arrival(street: Street, **expected: Any) -> asyncio.Future[dict[str, Any]]:
    """The next exchange that is published with these members."""
    arrived: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    def listen(told: dict[str, Any]) -> None:
        if not arrived.done() and expected.items() <= told.items():
            arrived.set_result(told)

    street.server.on_exchange = listen
    return arrived


async def unanswered(till: Till, request: Any) -> None:
    with pytest.raises((FrameError, ConnectionError)):
        await till.raw(till.frame(request))


async def test_a_lost_answer_is_booked_and_the_same_frame_brings_it(street: Street, till: Till) -> None:
    street.server.set_behaviour("lose_answers", times=1)
    await unanswered(till, till.ticket())
    lost = last(street)
    assert (lost["outcome"], lost["answer_lost"], lost["result_code"]) == ("booked", True, 0)
    header, response = await till.raw(till.sent)
    assert header.token != TOKEN
    assert lost["response"]["ticket"]["ticket_number"] == response.ticket.ticket_number
    assert (last(street)["outcome"], last(street)["response_hex"]) == ("repeated", lost["response_hex"])
    assert till.book["tickets"]["sell"]["count"] == 1


async def test_going_on_after_a_lost_answer_is_2(street: Street, till: Till) -> None:
    street.server.set_behaviour("lose_answers", times=1)
    await unanswered(till, till.ticket())
    assert (await till.told(till.ticket()))[0] == 2


async def test_silence_takes_the_request_and_books_nothing(street: Street, till: Till) -> None:
    street.server.set_behaviour("silent", device_id=DEVICE)
    reader, writer = await asyncio.open_connection("127.0.0.1", street.port)
    arrived = arrival(street)
    writer.write(till.frame(till.ticket()))
    silent = await arrived
    assert (silent["outcome"], silent["result_code"], silent["response"]) == ("dropped", None, None)
    assert till.book["documents"] == []
    other = Till(street, DEVICE + 1)
    await other.made(other.ticket())
    street.server.set_behaviour("ok", device_id=DEVICE)
    # The connection was kept: the same frame once more on it is answered.
    writer.write(till.sent)
    assert len(await reader.readexactly(18)) == 18
    writer.close()
    assert till.book["tickets"]["sell"]["count"] == 1


async def test_garbage_is_no_frame_and_nothing_is_booked(street: Street, till: Till) -> None:
    street.server.set_behaviour("garbage", times=1)
    await unanswered(till, till.ticket())
    assert (last(street)["outcome"], last(street)["response"]) == ("dropped", None)
    assert (await till.raw(till.sent))[1].result.result_code == 0


async def test_an_answer_in_tiny_segments_is_whole(street: Street, till: Till) -> None:
    street.server.set_behaviour("split")
    reader, writer = await asyncio.open_connection("127.0.0.1", street.port)
    writer.write(till.frame(till.request(pb.COMMAND_INFO)))
    first = await reader.read(1000)
    assert len(first) < 18
    whole = first
    while len(whole) < 18 or len(whole) < int.from_bytes(whole[4:8], "little"):
        whole += await reader.read(1000)
    writer.close()
    assert whole.hex() == last(street)["response_hex"]
    await till.made(till.ticket())


async def test_slow_books_before_it_waits_and_a_repeat_waits_too(street: Street, till: Till) -> None:
    street.server.set_behaviour("slow", device_id=DEVICE, delay_s=3600)
    frame = till.frame(till.ticket())
    for outcome in ("booked", "repeated"):
        arrived = arrival(street, outcome=outcome)
        waiting = asyncio.ensure_future(till.raw(frame))
        await arrived
        assert till.book["tickets"]["sell"]["count"] == 1
        other = Till(street, DEVICE + 1)
        other.token = other.book["token"]
        await other.ask(other.request(pb.COMMAND_SYSTEM))
        assert not waiting.done()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


async def test_a_slow_answer_comes_in_the_end(street: Street, till: Till) -> None:
    street.server.set_behaviour("slow", delay_s=0.01)
    await till.made(till.ticket())
    assert "answer_lost" not in last(street)


async def test_a_client_that_does_not_wait_for_a_slow_answer_has_lost_it(street: Street, till: Till) -> None:
    street.server.set_behaviour("slow", delay_s=0.05, times=1)
    _, writer = await asyncio.open_connection("127.0.0.1", street.port)
    arrived = arrival(street)
    writer.write(till.frame(till.ticket()))
    assert "answer_lost" not in await arrived
    lost = arrival(street, answer_lost=True)
    writer.close()
    assert (await lost)["outcome"] == "booked"
    assert last(street)["answer_lost"] is True
    assert till.book["tickets"]["sell"]["count"] == 1


async def test_down_for_all_refuses_connections_and_the_same_port_comes_back(street: Street, till: Till) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", street.port)
    for _ in range(3):
        street.server.set_behaviour("down")
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", street.port)
        street.server.set_behaviour("ok")
        await till.made(till.ticket())
    # A connection that was open when the door was shut is gone as well.
    with contextlib.suppress(ConnectionError):
        assert await reader.read() == b""
    writer.close()


async def test_down_for_all_and_well_for_one_serves_that_one(street: Street, till: Till) -> None:
    street.server.set_behaviour("down")
    street.server.set_behaviour("ok", device_id=DEVICE)
    await till.made(till.ticket())
    other = Till(street, DEVICE + 1)
    await unanswered(other, other.ticket())
    street.server.set_behaviour("ok")
    await other.made(other.ticket())


async def test_down_before_the_start_is_down_from_the_start() -> None:
    street = Street()
    street.server.set_behaviour("down")
    async with street:
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", street.port)


async def test_down_for_one_device_closes_when_the_header_names_it(street: Street, till: Till) -> None:
    street.server.set_behaviour("down", device_id=DEVICE, times=1)
    reader, writer = await asyncio.open_connection("127.0.0.1", street.port)
    writer.write(till.frame(till.ticket())[:18])
    assert await reader.read() == b""
    writer.close()
    assert street.server.exchanges(0) == []
    assert (await till.raw(till.sent))[1].result.result_code == 0


async def test_down_for_a_command_closes_once_the_command_is_known(street: Street, till: Till) -> None:
    street.server.set_behaviour("down", commands=["TICKET"])
    await unanswered(till, till.ticket())
    assert last(street)["outcome"] == "dropped"
    await till.ask(till.request(pb.COMMAND_SYSTEM))


@pytest.mark.parametrize("code", [1, 2, 3, 5, 8, 9, 11, 13, 14, 15, 17, 19, 254, 255, 777])
async def test_a_forced_refusal_leaves_the_token_and_the_book(street: Street, till: Till, code: int) -> None:
    street.server.set_behaviour("ok", result_code=code, text="сынақ", times=1)
    header, response = await till.raw(till.frame(till.ticket()))
    assert (header.token, response.result.result_code) == (TOKEN, code)
    assert response.result.result_text == "сынақ"
    assert (last(street)["outcome"], last(street)["result_code"]) == ("refused", code)
    assert till.book["documents"] == []
    await till.made(till.ticket())


@pytest.mark.parametrize("code", [11, 13, 14, 17])
async def test_what_was_booked_is_answered_as_stored_whatever_is_refused_since(
    street: Street, till: Till, code: int
) -> None:
    await till.raw(till.frame(till.ticket()))
    street.server.set_behaviour("ok", result_code=code)
    header, response = await till.raw(till.sent)
    assert (response.result.result_code, last(street)["outcome"]) == (0, "repeated")
    till.token = header.token
    assert (await till.told(till.ticket()))[0] == code


@pytest.mark.parametrize("code", [1, 3, 15, 254, 255])
async def test_other_codes_come_before_the_repeat_rule(street: Street, till: Till, code: int) -> None:
    await till.raw(till.frame(till.ticket()))
    street.server.set_behaviour("ok", result_code=code)
    assert (await till.raw(till.sent))[1].result.result_code == code


async def test_blocked_until_told_otherwise_with_the_text_to_show(street: Street, till: Till) -> None:
    street.server.set_behaviour("ok", device_id=DEVICE, result_code=15, text="төлеңіз")
    for command in (pb.COMMAND_SYSTEM, pb.COMMAND_INFO):
        _, response = await till.ask(till.request(command))
        assert response.result.result_code == 15
        assert response.service.ticket_ads[0].info.type == pb.TICKET_AD_INFO
        assert response.service.ticket_ads[0].text == "төлеңіз"
    assert till.book["blocked"] is True
    assert Till(street, DEVICE + 1).book["blocked"] is False
    street.server.set_behaviour("ok")
    assert till.book["blocked"] is False
    await till.made(till.ticket())


async def test_times_count_only_the_named_commands(street: Street, till: Till) -> None:
    street.server.set_behaviour("ok", result_code=254, commands=["TICKET"], times=2)
    codes = []
    for request in (till.request(pb.COMMAND_SYSTEM), till.ticket(), till.request(pb.COMMAND_INFO), till.ticket()):
        codes.append((await till.told(request))[0])
    assert codes == [0, 254, 0, 254]
    await till.made(till.ticket())


async def test_a_refusal_and_a_lost_answer_together(street: Street, till: Till) -> None:
    street.server.set_behaviour("lose_answers", result_code=13, times=1)
    await unanswered(till, till.ticket())
    assert (last(street)["outcome"], last(street)["answer_lost"]) == ("refused", True)


async def test_put_without_a_device_replaces_all(street: Street, till: Till, call: Call) -> None:
    await call("PUT", "/ofd/behaviour", json={"device_id": DEVICE, "mode": "ok", "result_code": 15})
    assert (await call("GET", f"/ofd/registers/{DEVICE}"))[1]["blocked"] is True
    status, _ = await call("PUT", "/ofd/behaviour", json={"mode": "ok"})
    assert status == 200
    assert (await call("GET", f"/ofd/registers/{DEVICE}"))[1]["blocked"] is False


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "5",
        "{",
        "[" * 100_000,
        "{}",
        '{"mode": "sideways"}',
        '{"mode": 5}',
        '{"mode": ["ok"]}',
        '{"mode": "ok", "colour": 1}',
        '{"mode": "slow", "delay_s": "1"}',
        '{"mode": "slow", "delay_s": -1}',
        '{"mode": "slow", "delay_s": NaN}',
        '{"mode": "slow", "delay_s": true}',
        '{"mode": "ok", "times": 0}',
        '{"mode": "ok", "times": 1.5}',
        '{"mode": "ok", "result_code": -1}',
        '{"mode": "ok", "result_code": 4294967296}',
        '{"mode": "ok", "text": 7}',
        '{"mode": "ok", "text": "\\ud800"}',
        '{"mode": "ok", "commands": []}',
        '{"mode": "ok", "commands": "TICKET"}',
        '{"mode": "ok", "commands": ["ticket"]}',
        '{"mode": "ok", "commands": [[]]}',
        '{"mode": "ok", "device_id": "x"}',
    ],
)
async def test_a_behaviour_that_makes_no_sense_is_400_and_changes_nothing(till: Till, call: Call, body: str) -> None:
    status, told = await call("PUT", "/ofd/behaviour", data=body.encode())
    assert (status, set(told)) == (400, {"error"})
    await till.made(till.ticket())


async def test_unknown_devices_and_bad_addresses(call: Call) -> None:
    assert (await call("PUT", "/ofd/behaviour", json={"device_id": 5, "mode": "ok"}))[0] == 404
    assert (await call("GET", "/ofd/registers/5"))[0] == 404
    assert (await call("GET", f"/ofd/registers/{'9' * 30}"))[0] == 404
    for path in ("registers/abc", "registers/-1", "exchanges?after=x", "exchanges?after=-1", "exchanges?limit=0"):
        status, told = await call("GET", f"/ofd/{path}")
        assert (status, set(told)) == (400, {"error"})


async def test_exchanges_have_the_shape_of_the_contract(street: Street, till: Till, call: Call) -> None:
    await till.made(till.ticket(1950_00))
    await till.told(till.ticket(1950_01, pb.OPERATION_BUY))
    later(street, minutes=1)
    await till.ask(till.request(pb.COMMAND_SYSTEM))
    _, page = await call("GET", "/ofd/exchanges?after=0&limit=2")
    assert ([one["n"] for one in page["items"]], page["next"]) == ([1, 2], 2)
    _, rest = await call("GET", f"/ofd/exchanges?after={page['next']}")
    assert ([one["n"] for one in rest["items"]], rest["next"]) == ([3], None)
    first = page["items"][0]
    assert (first["at"], first["version"], first["command"]) == ("2026-03-05T09:00:00.000+05:00", 203, "TICKET")
    assert (first["token"], first["reqnum"], first["device_id"]) == (TOKEN, 1, DEVICE)
    assert first["request"]["command"] == "COMMAND_TICKET"
    assert first["request"]["ticket"]["operation"] == "OPERATION_SELL"
    assert first["request"]["ticket"]["amounts"]["total"] == {"bills": 1950, "coins": 0}
    sign = first["response"]["ticket"]["ticket_number"]
    assert first["response"]["ticket"]["qr_code"] == (
        f"https://consumer.oofd.kz/?i={sign}&f=010101234567&s=1950.00&t=20260305T090000"
    )
    assert [one["outcome"] for one in page["items"] + rest["items"]] == ["booked", "refused", "answered"]
    _, book = await call("GET", f"/ofd/registers/{DEVICE}")
    assert book["documents"][0] == {
        "n": 1,
        "command": "TICKET",
        "at": "2026-03-05T09:00:00.000+05:00",
        "kind": "sell",
        "sum": "1950.00",
        "made_at": "2026-03-05T09:00:00+05:00",
        "offline_ticket_number": None,
        "is_offline": False,
        "fr_shift_number": 1,
        "printed_document_number": 1,
        "fiscal_sign": sign,
    }


async def test_a_listener_hears_each_exchange_once(street: Street, till: Till) -> None:
    heard: list[dict[str, Any]] = []
    street.server.on_exchange = heard.append
    await till.made(till.ticket())
    await till.ask(till.request(pb.COMMAND_SYSTEM))
    assert heard == street.server.exchanges(0)
