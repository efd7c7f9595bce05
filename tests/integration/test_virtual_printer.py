from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from aiohttp import ClientSession, web
from PIL import Image

from sandbox.printer import Paper, VirtualPrinter

ALMATY = timezone(timedelta(hours=5))
NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=ALMATY)
KAZAKH = "Қазақша: әғқңөұүһі ӘҒҚҢӨҰҮҺІ №«»—"
START = b"\x1b@\x1bt\x35"
CUT = b"\x1dVB\x00"


def identify(text: str) -> dict[str, Any] | None:
    for line in text.splitlines():
        if line.strip().startswith("Чек № "):
            copied = "КӨШІРМЕ" in text
            return {"register_id": "r1", "title": "Чек", "document": int(line.split()[2]), "copy": copied}
    return None


class Desk:
    """A printer with the port and the signal that a test waits for."""

    def __init__(self, folder: Path | None = None) -> None:
        self.printer = VirtualPrinter(now=lambda: NOON, identify=identify, folder=folder)
        self.came_out: asyncio.Queue[Paper] = asyncio.Queue()
        self.printer.on_paper.append(self.came_out.put_nowait)
        self.port = 0

    async def open(self) -> None:
        self.port = await self.printer.start("127.0.0.1", 0)

    async def call(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def send(self, *pieces: bytes) -> None:
        """Gives the pieces one by one and comes back when the printer has worked them off."""
        reader, writer = await self.call()
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        writer.write(b"\x1dr\x01")
        assert await reader.read(1) == b"\x00"
        writer.close()
        await writer.wait_closed()

    def text(self, number: int) -> str:
        content = self.printer.content(number, "txt")
        assert content is not None
        return content.decode()


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    await made.open()
    yield made
    await made.printer.stop()


async def test_kazakh_letters_come_out_as_themselves(desk: Desk) -> None:
    await desk.send(START + KAZAKH.encode("kz1048") + b"\n" + CUT)
    paper = await desk.came_out.get()
    assert desk.text(paper.n) == KAZAKH + "\n"
    assert (paper.title, paper.register_id, paper.document, paper.whole) == (KAZAKH, "", 0, True)
    assert paper.at == "2026-11-23T12:00:00+05:00"


@pytest.mark.parametrize(("page", "encoding"), [(17, "cp866"), (46, "cp1251"), (53, "kz1048")])
async def test_each_code_page_reads_its_letters(desk: Desk, page: int, encoding: str) -> None:
    await desk.send(b"\x1b@\x1bt" + bytes([page]) + "Привет, Ёж".encode(encoding) + b"\n" + CUT)
    assert desk.text((await desk.came_out.get()).n) == "Привет, Ёж\n"


async def test_commands_cut_anywhere_by_the_network_are_understood(desk: Desk) -> None:
    job = START + b"\x1ba\x01\x1bE\x01\x1d!\x11" + "Нан".encode("kz1048") + b"\n"
    job += b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x04\x1d(k\x09\x001P0abcdef\x1d(k\x03\x001Q0"
    job += b"\x1dv0\x00\x01\x00\x02\x00\xff\x81" + CUT
    await desk.send(job)
    await desk.send(*(bytes([byte]) for byte in job))
    first, second = await desk.came_out.get(), await desk.came_out.get()
    assert desk.text(first.n).split() == ["Нан", "[QR:", "abcdef]", "[image]"]
    assert desk.text(first.n) == desk.text(second.n)
    assert desk.printer.content(1, "png") == desk.printer.content(2, "png")
    assert (desk.printer.content(2, "bin") or b"").endswith(job)
    assert desk.printer.reader.unknown == []


async def test_the_picture_shows_a_qr_that_scans(desk: Desk) -> None:
    link = "https://ofd.example/t/?i=123456789012&f=1234567890&s=1950.00&t=20261123T120000"
    store = (len(link) + 3).to_bytes(2, "little") + b"1P0" + link.encode()
    await desk.send(
        START + b"\x1ba\x01\x1d(k\x03\x001C\x05\x1d(k\x03\x001E1\x1d(k" + store + b"\x1d(k\x03\x001Q0" + CUT
    )
    await desk.came_out.get()
    picture = Image.open(BytesIO(desk.printer.content(1, "png") or b""))
    assert picture.width == 576 + 64
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [link]


async def test_a_feed_without_letters_makes_no_paper(desk: Desk) -> None:
    await desk.send(START + b"\n\n   \n" + CUT + CUT + "Нан".encode("kz1048") + b"\n" + CUT)
    assert (await desk.came_out.get()).n == 1
    assert len(desk.printer.papers()) == 1


async def test_a_line_too_long_for_the_paper_goes_on_below(desk: Desk) -> None:
    await desk.send(START + b"x" * 50 + b"\n" + CUT)
    assert desk.text((await desk.came_out.get()).n) == "x" * 48 + "\n" + "x" * 2 + "\n"


async def test_unknown_commands_are_skipped_and_named(desk: Desk) -> None:
    await desk.send(START + b"\x1bq\x1d(L\x02\x00ab" + b"nan\n" + CUT)
    assert desk.text((await desk.came_out.get()).n) == "nan\n"
    assert desk.printer.reader.unknown == [b"\x1bq"]


async def test_the_drawer_kick_is_counted(desk: Desk) -> None:
    await desk.send(START + b"\x1bp\x00\x19\x19")
    assert desk.printer.reader.drawer_kicks == 1


@pytest.mark.parametrize(
    ("mode", "answers"),
    [("ok", b"\x12\x12\x12\x12"), ("paper_out", b"\x1a\x32\x12\x7e"), ("cover_open", b"\x1a\x16\x12\x12")],
)
async def test_status_is_answered_as_epson_does(desk: Desk, mode: str, answers: bytes) -> None:
    await desk.printer.behave(mode)
    reader, writer = await desk.call()
    for what in (1, 2, 3, 4):
        writer.write(bytes((0x10, 0x04, what)))
    assert await reader.readexactly(4) == answers
    writer.close()
    await writer.wait_closed()


async def test_without_paper_it_holds_what_it_got_and_goes_on_with_new_paper(desk: Desk) -> None:
    await desk.printer.behave("paper_out")
    reader, writer = await desk.call()
    writer.write(START + "Нан".encode("kz1048") + b"\n" + CUT + b"\x10\x04\x04")
    assert await reader.readexactly(1) == b"\x7e"
    assert desk.printer.papers() == []
    await desk.printer.behave("ok")
    assert desk.text((await desk.came_out.get()).n) == "Нан\n"
    writer.close()
    await writer.wait_closed()


async def test_switched_off_it_refuses_and_switched_on_it_is_at_the_same_place(desk: Desk) -> None:
    await desk.printer.behave("off")
    with pytest.raises(OSError, match="onnect"):
        await desk.call()
    await desk.printer.behave("ok")
    await desk.send(START + b"nan\n" + CUT)
    assert (await desk.came_out.get()).whole


async def test_a_power_cut_leaves_what_was_printed_and_happens_once(desk: Desk) -> None:
    await desk.printer.behave("cut_after_bytes", 12)
    reader, writer = await desk.call()
    writer.write(START + b"one\ntwo\nthree\n" + CUT)
    with suppress(ConnectionResetError):
        assert await reader.read() == b""
    writer.close()
    with suppress(ConnectionResetError):
        await writer.wait_closed()
    paper = await desk.came_out.get()
    assert (desk.text(paper.n), paper.whole) == ("one\n", False)
    await desk.send(START + b"one\n" + CUT)
    assert (await desk.came_out.get()).whole


async def test_papers_are_kept_over_a_restart(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    await first.open()
    await first.send(START + "Чек № 12\nКӨШІРМЕ\n".encode("kz1048") + CUT)
    paper = await first.came_out.get()
    await first.printer.stop()
    second = Desk(tmp_path)
    await second.open()
    assert second.printer.papers() == [paper]
    assert (paper.register_id, paper.document, paper.copy) == ("r1", 12, True)
    await second.send(START + b"nan\n" + CUT)
    assert (await second.came_out.get()).n == 2
    assert second.text(1) == "Чек № 12\nКӨШІРМЕ\n"
    await second.printer.stop()


async def test_the_contract_calls(desk: Desk) -> None:
    app = web.Application()
    desk.printer.add_routes(app)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}/printer"
    await desk.send(START + "Чек № 5\n".encode("kz1048") + CUT)
    await desk.came_out.get()
    async with ClientSession() as session:
        async with session.get(f"{base}/papers") as answer:
            items = (await answer.json())["items"]
        assert [(i["n"], i["register_id"], i["title"], i["document"], i["copy"]) for i in items] == [
            (1, "r1", "Чек", 5, False)
        ]
        for kind, start in (("png", b"\x89PNG"), ("txt", "Чек".encode()), ("bin", b"\x1b@")):
            async with session.get(f"{base}/papers/1.{kind}") as answer:
                assert (answer.status, (await answer.read())[: len(start)]) == (200, start)
        async with session.get(f"{base}/papers/2.png") as answer:
            assert answer.status == 404
        for body, status in (
            ({"mode": "paper_out"}, 200),
            ({"mode": "cut_after_bytes", "bytes": 100}, 200),
            ({"mode": "off"}, 200),
            ({"mode": "ok"}, 200),
            ({"mode": "on fire"}, 400),
            ({"mode": "cut_after_bytes"}, 400),
            ({"mode": "cut_after_bytes", "bytes": -1}, 400),
            ({}, 400),
        ):
            async with session.put(f"{base}/behaviour", json=body) as answer:
                assert answer.status == status, body
    await runner.cleanup()
    assert desk.printer.mode == "ok"
