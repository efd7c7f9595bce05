"""The program `tiyn-bridge` as a shop runs it: real processes, a real server on a port, a printer on another."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import stat
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import uvicorn
from rest_shop import Shop, open_shop, sale

from core.clock import ALMATY
from printer_bridge.settings import NotSetUp, Settings, load, save
from printer_bridge.trial import LETTERS
from sandbox.printer import Paper, VirtualPrinter
from web.service import Server

ROOT = Path(__file__).parents[2]


@dataclass
class Counter:
    """A shop with a PC beside its printer."""

    shop: Shop
    server: str
    printer: VirtualPrinter
    port: int
    folder: Path
    came_out: asyncio.Queue[Paper]

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "printer_bridge", *arguments, "--folder", str(self.folder)),
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "HOME": str(self.folder)},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def said(self, *arguments: str) -> tuple[int | None, str]:
        program = await self.start(*arguments)
        out, errors = await program.communicate()
        return program.returncode, (out + errors).decode()

    async def paired(self, *arguments: str) -> str:
        """Pairs, the owner typing the code; the bridge's id."""
        where = ("--server", self.server, "--printer", f"tcp://127.0.0.1:{self.port}", "--title", "ПК у кассы")
        program = await self.start("pair", *where, *arguments)
        assert program.stdout is not None
        code = ""
        while not code:
            line = (await program.stdout.readline()).decode()
            assert line, (await program.communicate())[1].decode()
            found = re.fullmatch(r"\s*(\d{5} \d{5})\s*", line)
            code = found[1] if found else ""
        made = await self.shop.client.post("/api/v1/bridges", json={"code": code})
        assert made.status_code == 201, made.text
        out, errors = await program.communicate()
        assert program.returncode == 0, errors.decode()
        assert "Подключено" in out.decode()
        bridge_id: str = made.json()["bridge_id"]
        return bridge_id

    def text(self, paper: Paper) -> str:
        return (self.printer.content(paper.n, "txt") or b"").decode()


@pytest.fixture
async def counter(database: str, tmp_path: Path) -> AsyncIterator[Counter]:
    printer = VirtualPrinter(now=lambda: datetime(2026, 11, 23, 12, 0, tzinfo=ALMATY), width_dots=384)
    port = await printer.start("127.0.0.1", 0)
    came_out: asyncio.Queue[Paper] = asyncio.Queue()
    printer.on_paper.append(came_out.put_nowait)
    async with open_shop(database, tmp_path / "server") as shop:
        listening: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        config = uvicorn.Config(shop.app, port=0, log_config=None, lifespan="off", ws="none")
        server = Server(config, shop.app, own_signals=False, started=listening.set_result)
        serving = asyncio.create_task(server.serve())
        address = await listening
        yield Counter(shop, address, printer, port, tmp_path / "bridge", came_out)
        server.should_exit = True
        await serving
    await printer.stop()


async def test_a_shop_pairs_prints_looks_and_is_revoked(counter: Counter) -> None:
    bridge_id = await counter.paired("--paper", "58")
    kept = counter.folder / "bridge.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text())["paper"] == "58"
    code, said = await counter.said("status")
    assert code == 0 and "paired, prints for 1 registers" in said and ": ready" in said and "0 waiting" in said
    program = await counter.start("run")
    made = await counter.shop.made(sale())
    paper = await counter.came_out.get()
    assert made["fiscal_sign"] in counter.text(paper)
    assert max(map(len, counter.text(paper).splitlines()[:8])) <= 32
    await counter.printer.behave("paper_out")
    code, said = await counter.said("status")
    assert code == 1 and "out of paper" in said
    await counter.printer.behave("ok")
    program.send_signal(signal.SIGTERM)
    _, errors = await program.communicate()
    assert program.returncode == 0, errors.decode()
    await counter.shop.client.delete(f"/api/v1/bridges/{bridge_id}")
    code, said = await counter.said("status")
    assert code == 1 and "pair the bridge again" in said
    token = json.loads(kept.read_text())["token"]
    assert token not in said and token not in errors.decode()


async def test_the_test_page_comes_out_without_a_server(counter: Counter) -> None:
    where = ("--server", "https://nowhere.invalid", "--printer", f"tcp://127.0.0.1:{counter.port}")
    save(counter.folder, Settings(where[1], where[3], "t", paper="58"))
    code, said = await counter.said("test-page")
    assert code == 0, said
    assert LETTERS in counter.text(await counter.came_out.get())
    code, said = await counter.said("status")
    assert code == 1 and "cannot be reached" in said and ": ready" in said


async def test_what_is_missing_is_said_in_one_line(counter: Counter) -> None:
    for arguments, words in (
        (("run",), "run tiyn-bridge pair first"),
        (("status",), "run tiyn-bridge pair first"),
        (("test-page", "--printer", "lp0"), "run tiyn-bridge pair first"),
        (("pair", "--server", "ftp://x", "--printer", "tcp://127.0.0.1"), "not a server's address"),
        (("pair", "--server", counter.server, "--printer", "lp0"), "not a printer's address"),
        (("pair", "--server", "http://127.0.0.1:1", "--printer", "tcp://127.0.0.1"), "cannot be reached"),
        (("pair", "--server", counter.server, "--printer", "tcp://x", "--logo", "/no/where.png"), "cannot be read"),
    ):
        code, said = await counter.said(*arguments)
        assert code == 1 and words in said and "Traceback" not in said, said
    assert not (counter.folder / "bridge.json").exists()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"server": "x"}', '{"server": 1, "printer": "x"}', '{"server":"x","printer":"y","z":1}']
)
def test_spoilt_settings_are_said_with_the_way_out(tmp_path: Path, content: str) -> None:
    (tmp_path / "bridge.json").write_text(content)
    with pytest.raises(NotSetUp, match="pair again"):
        load(tmp_path)


def test_settings_survive_being_written_again(tmp_path: Path) -> None:
    for settings in (Settings("https://a", "tcp://b", "t"), Settings("https://a", "tcp://b", "u", "58", drawn=True)):
        save(tmp_path, settings)
        assert load(tmp_path) == settings
    assert [path.name for path in tmp_path.iterdir()] == ["bridge.json"]
