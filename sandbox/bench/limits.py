"""The limits: what this machine does when nothing of ours stands between. All of them live here.

They are measured beside the figures, in turn with them, against the same server, operator and rows.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import asyncpg
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from core.db.ids import uuid7
from core.ofd.schema import kkm_v203_pb2 as wire
from core.receipt.fonts import BOLD, REGULAR
from core.receipt.picture import SCALE, font
from core.receipt.sheet import Sheet, Word
from sandbox.bench.operator import HEADER, accepted

APPCODE = 0x81A2


async def exchange(port: int, frame: bytes) -> bytes:
    """One bare exchange: connect, send, read one whole frame, close."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(frame)
    head = await reader.readexactly(HEADER.size)
    body = await reader.readexactly(HEADER.unpack(head)[2] - HEADER.size)
    writer.close()
    return body


def frame_of(body: bytes, device: int) -> bytes:
    """A request's frame."""
    return HEADER.pack(APPCODE, 203, HEADER.size + len(body), device, 1, 1) + body


@dataclass(slots=True)
class BareSettle:
    """The one-call commit of a delivered document with ready arguments: the same function, the same rows.

    ``register_id`` names a register that is nobody else's; its lane is held under ``fence``.
    """

    connection: asyncpg.Connection[Any]
    register_id: str
    fence: int
    body: bytes
    now: datetime
    done: int = 0

    @classmethod
    async def on(cls, connection: asyncpg.Connection[Any], register_id: str, body: bytes, now: datetime) -> BareSettle:
        """Hold the register's lane for an hour and open its first exchange."""
        fence = await connection.fetchval("SELECT fence FROM lane WHERE register_id = $1", register_id)
        fence = await connection.fetchval("SELECT claim_lane_v1($1, $2, 'limit', 3600)", register_id, fence)
        one = cls(connection, register_id, fence, body, now)
        await one._settle(None)
        return one

    async def once(self) -> None:
        """Settle one document and open the next one's exchange."""
        await self._settle(self.done)

    async def _settle(self, told: int | None) -> None:
        self.done += 1
        seal, digest = "00" * 33, "11" * 32
        lane = {
            "head": 0, "exchange_no": self.done, "reqnum": self.done % 65536, "token_sealed": seal,
            "next_try_at": None, "last_attempt_at": self.now.isoformat(), "fails": 0, "cause": None, "stopped": False,
            "result_code": 0, "result_text": None, "contact": True, "info_owed": False, "head_blocked": None,
            "answer_seq": self.done, "answer_head": digest, "lease_s": 3600,
        }  # fmt: skip
        following = {
            "exchange_no": self.done, "number": self.done, "command": "TICKET", "reqnum": self.done % 65536,
            "token_sealed": seal,
        }  # fmt: skip
        closed = None if told is None else {"exchange_no": told, "finish": True, "result_code": 0, "unanswered": 1}
        answer = {
            "seq": self.done, "number": self.done, "command": "TICKET", "at": self.now.isoformat(), "digest": digest,
            "previous": digest,
        }  # fmt: skip
        news = [{"news_id": uuid7(), "topic": "limit", "facts": {}, "at": self.now.isoformat()}]
        mark = {"number": 1, "mark": "autonomous_registered", "registered_at": self.now.isoformat()}
        await self.connection.fetchval(
            "SELECT settle_v1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            self.register_id,
            self.fence,
            json.dumps(lane),
            None if closed is None else json.dumps(closed),
            json.dumps(following),
            self.body,
            json.dumps(answer),
            accepted(wire.COMMAND_TICKET, self.done),
            json.dumps(mark),
            json.dumps(news),
        )


async def told_in_series(settle: BareSettle, port: int, frame: bytes, documents: int) -> float:
    """Documents a second when each is one bare exchange and then one one-call commit."""
    begun = time.perf_counter()
    for _ in range(documents):
        await exchange(port, frame)
        await settle.once()
    return documents / (time.perf_counter() - begun)


def bare_pdf(sheet: Sheet) -> bytes:
    """The words of a sheet set by the library alone, at places that are known: no layout, no lines, no code."""
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName=REGULAR)
    for page in sheet.pages:
        canvas.setPageSize((sheet.width, page.height))
        for one in page.drawn:
            if isinstance(one, Word):
                canvas.setFont(BOLD if one.bold else REGULAR, one.size)
                canvas.drawString(one.x, page.height - one.y, one.text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def bare_picture(sheet: Sheet) -> bytes:
    """The same in a picture of the same size, with fonts that are open already and the library's own squeezing."""
    page, out = sheet.pages[0], BytesIO()
    picture = Image.new("L", (round(sheet.width * SCALE), round(page.height * SCALE)), 255)
    draw = ImageDraw.Draw(picture)
    for one in page.drawn:
        if isinstance(one, Word):
            place = (round(one.x * SCALE), round(one.y * SCALE))
            draw.text(place, one.text, 0, font(one.bold, one.size * SCALE), anchor="ls")
    picture.save(out, "PNG")
    return out.getvalue()
