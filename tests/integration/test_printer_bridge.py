from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from printer_shop import MARK, TOKEN, Shop, job

from printer_bridge.job import parse_job
from printer_bridge.render import render

STEPS = ("after_spool", "after_spooled_told", "after_printing", "after_print", "after_printed", "after_printed_told")


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    made = Shop(tmp_path)
    await made.open()
    yield made
    await made.close()


async def test_a_job_is_spooled_acknowledged_printed_and_told_in_this_order(shop: Shop) -> None:
    await shop.server.offer(job(1))
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-1"])
    assert shop.server.told == [("r1-1", "spooled", {}), ("r1-1", "printed", {})]
    await shop.printer.all_drawn()
    assert shop.originals(1) == 1
    assert "Құрт, ақ ірімшік                          350.00" in shop.texts()[0]
    assert "[QR: https://ofd.example/1]" in shop.texts()[0]


async def test_papers_come_out_in_the_order_of_their_sequence(shop: Shop) -> None:
    await shop.server.offer(*(job(number) for number in (3, 1, 4, 2)))
    shop.start_bridge()
    await shop.server.heard("printed", [f"r1-{n}" for n in (1, 2, 3, 4)])
    await shop.printer.all_drawn()
    assert [text.split("Чек № ")[1][0] for text in shop.texts()] == ["1", "2", "3", "4"]


async def test_a_copy_that_the_server_asks_for_is_marked(shop: Shop) -> None:
    await shop.server.offer(job(1, copy=True))
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-1"])
    await shop.printer.all_drawn()
    assert (shop.originals(1), shop.copies(1)) == (0, 1)


async def test_a_job_delivered_again_is_acknowledged_and_not_printed(shop: Shop) -> None:
    await shop.server.offer(job(1))
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-1"])
    await shop.stop_bridge()
    shop.server.told.clear()
    await shop.server.offer(job(1), job(2))
    shop.start_bridge()
    await shop.server.heard("spooled", ["r1-1"])
    await shop.server.heard("printed", ["r1-1", "r1-2"])
    await shop.printer.all_drawn()
    assert (shop.originals(1), shop.copies(1), shop.originals(2)) == (1, 0, 1)


async def test_a_lost_acknowledgement_brings_no_second_paper(shop: Shop) -> None:
    shop.server.lose_acknowledgements = 3
    await shop.server.offer(job(1))
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-1"])
    await shop.printer.all_drawn()
    assert (shop.originals(1), shop.copies(1)) == (1, 0)


@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_any_step_nothing_is_lost_and_the_original_comes_out_once(shop: Shop, step: str) -> None:
    await shop.server.offer(job(1))
    await shop.killed_at(step)
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-1"])
    await shop.printer.all_drawn()
    assert shop.originals(1) <= 1
    assert shop.copies(1) == (1 if step in ("after_printing", "after_print") else 0)
    assert shop.originals(1) + shop.copies(1) >= 1


SMALL = [
    {"type": "copy_mark", "text": MARK},
    {"type": "text", "text": "Чек № 1"},
    {"type": "text", "text": "饅"},
    {"type": "qr", "data": "https://ofd.example/1"},
]
ASKED_BYTES = 9  # the three questions before a paper
ENDED_BYTES = 3  # and the one after it


def small_job(number: int) -> dict[str, Any]:
    mark, _, *rest = SMALL
    return job(number, blocks=[mark, {"type": "text", "text": f"Чек № {number}"}, *rest])


async def test_power_cut_of_the_printer_at_every_byte_leaves_one_original_or_a_marked_copy(shop: Shop) -> None:
    size = len(render(parse_job(small_job(1))))
    shop.start_bridge()
    seen = 0
    for number, offset in enumerate(range(ASKED_BYTES + size + ENDED_BYTES + 1), 1):
        await shop.printer.behave("cut_after_bytes", offset)
        await shop.server.offer(small_job(number))
        await shop.server.heard("printed", [f"r1-{number}"])
        await shop.printer.all_drawn()
        fresh = [paper for paper in shop.printer.papers()[seen:] if paper.whole]
        seen = len(shop.printer.papers())
        texts = [(shop.printer.content(paper.n, "txt") or b"").decode() for paper in fresh]
        mine = [text for text in texts if f"Чек № {number}\n" in text]
        assert mine, f"lost when cut after {offset} bytes"
        assert sum(MARK not in text for text in mine) <= 1
        assert sum(MARK in text for text in mine) <= 1
        if offset < ASKED_BYTES:  # the questions about its state were not over: not a byte of the paper was sent
            assert [MARK in text for text in mine] == [False]
        await shop.printer.behave("ok")


@pytest.mark.parametrize("fault", ["off", "paper_out", "cover_open"])
async def test_a_printer_out_of_order_is_told_and_prints_the_original_when_it_is_back(shop: Shop, fault: str) -> None:
    await shop.printer.behave(fault)
    await shop.server.offer(job(1), job(2))
    shop.start_bridge()
    await shop.server.heard("failed", ["r1-1", "r1-2"])
    assert set(shop.server.reasons()) == {fault}
    assert shop.texts() == []
    await shop.printer.behave("ok")
    await shop.server.heard("printed", ["r1-1", "r1-2"])
    await shop.printer.all_drawn()
    assert (shop.originals(1), shop.copies(1), shop.originals(2), shop.copies(2)) == (1, 0, 1, 0)
    assert shop.server.reasons() == [fault] * 2
    assert 2.0 in shop.pauses


async def test_paper_that_ends_in_the_middle_is_told_and_the_paper_goes_on(shop: Shop) -> None:
    passed = asyncio.Event()

    def out_of_paper(point: str) -> None:
        # The roll ends between the question and the first byte; the printer takes the bytes and holds them.
        if point == "after_printing" and not passed.is_set():
            passed.set()
            tasks.append(asyncio.ensure_future(shop.printer.behave("paper_out")))

    tasks: list[asyncio.Future[None]] = []
    await shop.server.offer(job(1))
    shop.start_bridge(out_of_paper)
    await passed.wait()
    await asyncio.gather(*tasks)
    await shop.server.heard("failed", ["r1-1"])
    assert shop.server.reasons() == ["paper_out"]
    await shop.printer.behave("ok")
    await shop.server.heard("printed", ["r1-1"])
    await shop.printer.all_drawn()
    assert (shop.originals(1), shop.copies(1)) == (1, 0)


async def test_spooled_jobs_print_while_the_server_is_away(shop: Shop) -> None:
    await shop.server.offer(job(1), job(2))
    await shop.killed_at("after_spooled_told")
    await shop.server.stop()
    shop.start_bridge()
    paper = await shop.came_out.get()
    assert "Чек № 1\n" in (shop.printer.content(paper.n, "txt") or b"").decode()


@pytest.mark.parametrize(
    "answer",
    [
        lambda: web.Response(body=b"\xff\x00garbage"),
        lambda: web.Response(text="<html>", content_type="text/html"),
        lambda: web.json_response([]),
        lambda: web.json_response({"jobs": {}}),
        lambda: web.json_response({"jobs": [None, 5, {"id": 5}, {"id": "x"}, {"id": "../y", "blocks": "z"}]}),
        lambda: web.Response(status=500),
        lambda: web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"}),
        lambda: web.Response(status=401),
        lambda: web.Response(status=200, body=b""),
    ],
)
async def test_garbage_from_the_server_is_survived(shop: Shop, answer: Callable[[], web.Response]) -> None:
    shop.server.answers.append(answer)
    await shop.server.offer(job(1))
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-1"])
    await shop.printer.all_drawn()
    assert len(shop.texts()) == 1


async def test_a_bad_job_is_reported_and_the_good_one_beside_it_is_printed(shop: Shop) -> None:
    await shop.server.offer(job(1, blocks=[{"type": "raw", "bytes": "1b70"}]), job(2))
    shop.start_bridge()
    await shop.server.heard("failed", ["r1-1"])
    await shop.server.heard("printed", ["r1-2"])
    assert ("r1-1", "failed", {"reason": "error", "text": "block 1: type 'raw' is unknown"}) in shop.server.told


async def test_a_job_whose_acknowledgement_always_fails_keeps_no_other_back(shop: Shop) -> None:
    shop.server.deaf_to.add("r1-1")
    await shop.server.offer(job(1), job(2))
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-2"])
    await shop.printer.all_drawn()
    assert (shop.originals(1), shop.copies(1), shop.originals(2)) == (1, 0, 1)


async def test_a_wrong_token_is_said_plainly_and_tried_slowly(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    shop.start_bridge(token="revoked")
    async with shop.server.changed:
        await shop.server.changed.wait_for(lambda: shop.server.polls >= 2)
    assert "pair the bridge again" in caplog.text
    assert set(shop.pauses) == {30.0}


async def test_the_server_is_tried_again_with_growing_pauses(shop: Shop) -> None:
    shop.server.answers += [lambda: web.Response(status=503)] * 6
    await shop.server.offer(job(1))
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-1"])
    assert shop.pauses[:6] == [1, 2, 4, 8, 10, 10]


async def test_a_printer_that_answers_nothing_is_trusted_with_the_paper(shop: Shop) -> None:
    received = bytearray()
    done = asyncio.Event()

    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(4096):
            received.extend(piece)
        writer.close()
        done.set()

    simple = await asyncio.start_server(mute, "127.0.0.1", 0)
    shop.port = simple.sockets[0].getsockname()[1]
    await shop.server.offer(job(1))
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-1"])
    await done.wait()
    assert render(parse_job(job(1))) in bytes(received)
    simple.close()
    await simple.wait_closed()


async def test_a_printer_that_answers_garbage_is_no_reason_to_stop(shop: Shop) -> None:
    async def mad(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(4096):
                writer.write(b"\xff\xfe\x80\x11" * len(piece))
                await writer.drain()
        writer.close()

    odd = await asyncio.start_server(mad, "127.0.0.1", 0)
    shop.port = odd.sockets[0].getsockname()[1]
    await shop.server.offer(job(1))
    shop.start_bridge()
    await shop.server.heard("printed", ["r1-1"])
    await shop.stop_bridge()
    odd.close()
    await odd.wait_closed()


async def test_a_printer_that_always_breaks_off_does_not_use_up_the_roll(shop: Shop) -> None:
    calls = 0
    enough = asyncio.Event()

    async def breaking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        with suppress(OSError, asyncio.IncompleteReadError):
            for _ in range(3):
                await reader.readexactly(3)
                writer.write(b"\x12")
            await reader.readexactly(20)
        calls += 1
        if calls == 4:
            enough.set()
        writer.close()

    odd = await asyncio.start_server(breaking, "127.0.0.1", 0)
    shop.port = odd.sockets[0].getsockname()[1]
    await shop.server.offer(job(1))
    shop.start_bridge()
    await enough.wait()
    await shop.stop_bridge()
    assert [pause for pause in shop.pauses if pause != 1.0][:3] == [2.0, 10.0, 50.0]
    assert shop.server.reasons() == ["off"]
    odd.close()
    await odd.wait_closed()


async def test_the_program_prints_and_stops_on_sigterm(shop: Shop) -> None:
    await shop.server.offer(job(1))
    root = Path(__file__).parents[2]
    arguments = ["--server", f"http://127.0.0.1:{shop.server.port}", "--folder", str(shop.folder)]
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "printer_bridge", "run", "--printer", f"tcp://127.0.0.1:{shop.port}", *arguments),
        cwd=root,
        env={"PATH": os.environ.get("PATH", ""), "TIYN_BRIDGE_TOKEN": TOKEN},
        stderr=asyncio.subprocess.PIPE,
    )
    await shop.server.heard("printed", ["r1-1"])
    program.send_signal(signal.SIGTERM)
    _, errors = await program.communicate()
    assert program.returncode == 0, errors.decode()
    assert TOKEN not in errors.decode()
    assert json.loads(next((shop.folder / "spool").glob("*.state")).read_text())["state"] == "printed"
