"""The confined process: what wants more memory or time than it may have ends alone, and codes are read in it."""

from __future__ import annotations

import asyncio
import io
import os
from contextlib import suppress

import pytest
import zxingcpp
from openpyxl import Workbook
from PIL import Image

from core.errors import Refused
from core.goods.confined import CODES, Limits, _answer, confined
from core.goods.files import read_picture
from tests.end_to_end.code_pictures import code_picture

EAN = "4006381333931"
MEGABYTE = 1024 * 1024


def grey(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height), 128).save(out, "PNG")
    return out.getvalue()


async def test_codes_of_every_kind_are_read_together() -> None:
    formats = zxingcpp.BarcodeFormat
    picture = code_picture((EAN, formats.EAN13), ("https://example.kz/?i=1", formats.QRCode), angle=2)
    assert await read_picture(picture) == [EAN, "https://example.kz/?i=1"]
    assert await read_picture(code_picture(("036000291452", formats.UPCA))) == ["0036000291452"]
    assert await read_picture(code_picture(("SHELF-7", formats.Code128))) == ["SHELF-7"]
    marked = code_picture((f"(01)0{EAN}(21)5ab7(93)ABCD", formats.DataMatrix), gs1=True)
    assert await read_picture(marked) == [f"010{EAN}215ab7\x1d93ABCD"]


async def test_too_much_memory_ends_the_process() -> None:
    assert await _answer("codes", grey(6000, 6000), CODES) == {"answer": []}
    assert await _answer("codes", grey(6000, 6000), Limits(MEGABYTE, 2, "PICTURE_UNREADABLE")) is None


async def test_too_much_time_ends_the_process() -> None:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for number in range(9_000):
        sheet.append([f"{number} {place}" for place in range(40)])
    book.save(out)
    assert await _answer("table", out.getvalue(), Limits(1024 * MEGABYTE, 0, "TABLE_UNREADABLE")) is None


async def test_a_reading_that_is_given_up_leaves_no_process_behind() -> None:
    before = _children()
    # starting Python alone takes longer: the process is at work when it is given up
    with suppress(TimeoutError):
        async with asyncio.timeout(0.05):
            await confined("codes", grey(6000, 6000))
    assert _children() == before


async def test_sizes_are_looked_at_before_anything_is_unpacked() -> None:
    with pytest.raises(Refused, match="PICTURE_TOO_LARGE"):
        await read_picture(grey(8000, 5001))
    with pytest.raises(Refused, match="PICTURE_UNREADABLE"):
        await read_picture(b"GIF89a" + b"\0" * 100)


def _children() -> set[str]:
    path = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    with open(path) as listed:
        return set(listed.read().split())
