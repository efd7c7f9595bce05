"""The bridge on a serial or USB device and on a file: a pseudo-terminal stands for the cable, the rest is real."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from printer_shop import QUICK, job

from printer_bridge.device import Trouble
from printer_bridge.job import parse_job
from printer_bridge.ports import DevicePrinter, FilePrinter, file_path, printer_at
from printer_bridge.render import render
from sandbox.printer.reader import EscposReader
from sandbox.printer.roll import Roll, Torn
from sandbox.printer.status import questions_in, status_byte

PAPER = render(parse_job(job(1)))


class Cable:
    """A printer at the far end of a pseudo-terminal."""

    def __init__(self) -> None:
        self.far, self._near = os.openpty()
        self.path = Path(os.ttyname(self._near))
        self.mode = "ok"
        self.answers = True
        self.papers: list[Torn] = []
        self.received = bytearray()
        self.came_out = asyncio.Event()
        self.reader = EscposReader(Roll(576), self._cut, self._answer)
        asyncio.get_running_loop().add_reader(self.far, self._read)

    def _read(self) -> None:
        data = os.read(self.far, 4096)
        self.received += data
        if self.answers:
            for what in questions_in(data):
                os.write(self.far, bytes([status_byte(what, self.mode)]))
        self.reader.feed(data)

    def _cut(self, paper: Torn) -> None:
        self.papers.append(paper)
        self.came_out.set()

    def _answer(self, data: bytes) -> None:
        if self.answers:
            os.write(self.far, data)

    def unplug(self) -> None:
        asyncio.get_running_loop().remove_reader(self.far)
        os.close(self.far)
        os.close(self._near)


@pytest.fixture
async def cable() -> AsyncIterator[Cable]:
    one = Cable()
    yield one
    one.unplug()


class Listener:
    """What the printer was told and what it told."""

    def __init__(self) -> None:
        self.begun = 0
        self.troubles: list[str] = []

    def begin(self) -> None:
        self.begun += 1

    def trouble(self, trouble: Trouble) -> None:
        self.troubles.append(trouble.reason)


async def test_a_serial_printer_gets_every_byte_untranslated(cable: Cable) -> None:
    printer, listener = DevicePrinter(cable.path, 19200, QUICK), Listener()
    for _ in range(2):
        await printer.print_paper(PAPER, listener.begin, listener.trouble)
    assert bytes(cable.received).count(PAPER) == 2
    assert [paper.text(576).count("Чек № 1") for paper in cable.papers] == [1, 1]
    assert (listener.begun, listener.troubles) == (2, [])
    assert await printer.state() == "ready"


@pytest.mark.parametrize("mode", ["paper_out", "cover_open"])
async def test_a_serial_printer_that_stands_still_gets_nothing(cable: Cable, mode: str) -> None:
    cable.mode = mode
    printer, listener = DevicePrinter(cable.path, 9600, QUICK), Listener()
    with pytest.raises(Trouble) as trouble:
        await printer.print_paper(PAPER, listener.begin, listener.trouble)
    assert trouble.value.reason == mode and listener.begun == 0 and cable.papers == []
    assert await printer.state() == mode


async def test_a_device_that_answers_nothing_is_trusted_with_the_paper(cable: Cable) -> None:
    cable.answers = False
    printer, listener = DevicePrinter(cable.path, 9600, QUICK), Listener()
    assert await printer.state() == "silent"
    await printer.print_paper(PAPER, listener.begin, listener.trouble)
    await cable.came_out.wait()
    assert cable.papers[0].text(576).count("Чек № 1") == 1


async def test_a_device_that_is_none_is_off(tmp_path: Path) -> None:
    (tmp_path / "no device").write_bytes(b"")
    for path in (tmp_path / "nothing", tmp_path / "no device"):
        printer, listener = DevicePrinter(path, None, QUICK), Listener()
        with pytest.raises(Trouble) as trouble:
            await printer.print_paper(PAPER, listener.begin, listener.trouble)
        assert trouble.value.reason == "off" and listener.begun == 0
        assert await printer.state() == "off"


async def test_a_file_takes_papers_one_behind_the_other(tmp_path: Path) -> None:
    path = tmp_path / "papers.bin"
    printer, listener = FilePrinter(path), Listener()
    for _ in range(3):
        await printer.print_paper(PAPER, listener.begin, listener.trouble)
    assert path.read_bytes() == PAPER * 3 and listener.begun == 3
    with pytest.raises(Trouble) as trouble:
        await FilePrinter(tmp_path / "no" / "where").print_paper(PAPER, listener.begin, listener.trouble)
    assert trouble.value.reason == "off" and listener.begun == 3


ADDRESSES: list[tuple[str, type[Any]]] = [
    ("usb:///dev/usb/lp0", DevicePrinter),
    ("serial:///dev/ttyUSB0", DevicePrinter),
    ("serial:///dev/ttyS0?baud=115200", DevicePrinter),
    ("file:///tmp/paper%20one.bin", FilePrinter),
    ("file://counter/POS58", FilePrinter),
]


@pytest.mark.parametrize(("address", "kind"), ADDRESSES)
def test_every_way_to_a_printer_has_an_address(address: str, kind: type[Any]) -> None:
    assert type(printer_at(address)) is kind


@pytest.mark.parametrize(
    ("host", "path", "windows", "file"),
    [
        ("", "/srv/paper.bin", False, "/srv/paper.bin"),
        ("", "/COM3", False, "/COM3"),
        ("", "/COM3", True, "//./COM3"),
        ("", "/C:/papers/one.bin", True, "C:/papers/one.bin"),
        ("localhost", "/POS58", True, "//localhost/POS58"),
    ],
)
def test_a_file_is_named_as_its_system_does(host: str, path: str, windows: bool, file: str) -> None:
    assert file_path(host, path, windows=windows) == file


@pytest.mark.parametrize(
    "address", ["", "lp0", "usb://04b8/0202", "usb:", "serial:///dev/ttyS0?baud=1", "file:", "file:///x?y", "ftp://x/y"]
)
def test_what_is_no_address_is_said_with_an_example(address: str) -> None:
    with pytest.raises(ValueError, match="not a printer's address"):
        printer_at(address)
