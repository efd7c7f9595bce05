"""A `tiyn demo` of its own for a test module, driven over the contract's HTTP calls as any other program would."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parents[2]
TIYN = (sys.executable, str(PROJECT / "tiyn.py"))
READY_S_MAX = 90
STOP_S_MAX = 30
ANSWER_S_MAX = 30
LOOK_S = 0.05

Json = Any
SALE: Json = {
    "kind": "sell",
    "items": [{"name": "Нан", "price": "350.00", "quantity": "2"}],
    "payments": [{"type": "cash", "sum": "700.00"}],
}


class Dead(Exception):
    """The process at the other end ended before it answered."""


class Demo:
    """A running demo."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        self.folder = folder
        self.process = process
        self.told: Json = json.loads((folder / "demo.json").read_text("utf-8"))

    def call(self, method: str, url: str, body: Json = None, **headers: str) -> tuple[int, Json]:
        """Status and body; `Dead` where no answer came."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=ANSWER_S_MAX)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            connection.request(method, path, data, {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            raw = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Dead(str(error)) from error
        finally:
            connection.close()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status, json.loads(raw) if is_json else raw

    def sandbox(self, method: str, path: str, body: Json = None) -> Json:
        """A control call that must succeed."""
        status, answer = self.call(method, self.told["sandbox"] + path, body)
        assert status in (200, 201), (method, path, status, answer)
        return answer

    def api(self, method: str, path: str, body: Json = None, key: str | None = None) -> tuple[int, Json]:
        """A call of the product's API."""
        headers = {"Authorization": f"Bearer {self.told['api_key']}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.call(method, self.told["web"] + "/api/v1" + path, body, **headers)

    def till(self) -> Till:
        """A register of its own."""
        return Till(self, self.sandbox("POST", "/registers", {"title": "Сынақ", "vat_payer": True}))

    def verify(self) -> subprocess.CompletedProcess[str]:
        """`tiyn verify` as a person runs it."""
        environment = {**os.environ, "DATABASE_URL": self.told["database_url"]}
        return subprocess.run([*TIYN, "verify"], env=environment, capture_output=True, text=True, timeout=100)

    def stop(self) -> None:
        """As Ctrl-C."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(STOP_S_MAX) == 0


class Till:
    """One register with its vendor's chat and its page of the OFD's book."""

    def __init__(self, demo: Demo, entry: Json) -> None:
        self.demo = demo
        self.entry = entry
        self.path = f"/registers/{entry['register_id']}"
        self.chat = f"/telegram/chats/{entry['vendor_chat']}"
        self._said = 0

    @property
    def state(self) -> Json:
        status, state = self.demo.api("GET", self.path)
        assert status == 200, state
        return state

    def documents(self) -> list[Json]:
        """The journal."""
        items: list[Json] = self.demo.api("GET", self.path + "/documents?after=0&limit=100")[1]["items"]
        return items

    def book(self) -> Json:
        """The OFD's own."""
        return self.demo.sandbox("GET", f"/ofd/registers/{self.entry['device_id']}")

    def ofd(self, mode: str, **more: Json) -> None:
        """How the OFD meets this register from now on."""
        self.demo.sandbox("PUT", "/ofd/behaviour", {"device_id": self.entry["device_id"], "mode": mode, **more})

    def sell(self, key: str | None = None) -> tuple[int, Json]:
        """A sale over the API."""
        return self.demo.api("POST", self.path + "/documents", SALE, key or uuid.uuid4().hex)

    def papers(self) -> list[Json]:
        """What the printer drew of this register."""
        papers = self.demo.sandbox("GET", "/printer/papers")["items"]
        return [one for one in papers if one["register_id"] == self.entry["register_id"]]

    def paper_text(self, paper: Json) -> str:
        return str(self.demo.sandbox("GET", f"/printer/papers/{paper['n']}.txt").decode())

    def seen(self) -> list[Json]:
        """The chat as the vendor sees it now."""
        items: list[Json] = self.demo.sandbox("GET", self.chat + "/transcript")["items"]
        return items

    def say(self, text: str) -> None:
        self._said = self.demo.sandbox("POST", self.chat + "/say", {"text": text})["message_id"]

    def press(self, words: str) -> None:
        """Press the button whose words hold these, spaces aside, once the bot has answered the last word said."""
        button = until(lambda: self._button(words))
        body = {"data": button["data"]} if button.get("data") else {"text": button["text"]}
        self.demo.sandbox("POST", self.chat + "/press", body)

    def receipt_of(self, number: int) -> str:
        """What the newest message about this receipt says, spaces as spaces."""
        texts = [re.sub(r"\s", " ", one["text"] or "") for one in self.seen() if one["from"] == "bot"]
        return next((one for one in reversed(texts) if re.search(rf"№ {number}\b", one.split("·")[0])), "")

    def well_again(self) -> None:
        """The OFD is well; the clock goes on by minutes until everything is told.

        A process that was killed in the middle of an exchange leaves the lane's lease behind, 20 s of real time.
        """
        self.ofd("ok")
        for _ in range(12):
            if until(self._is_well, 3, must=False):
                return
            self.demo.sandbox("POST", "/clock", {"advance_s": 61})
        raise AssertionError(self.state)

    def _is_well(self) -> bool:
        state = self.state
        return state["mode"] == "online" and not state["unsent"] and state["pending"] is None

    def _button(self, words: str) -> Json:
        rows = [row for message in self.seen() if message["id"] > self._said for row in message["keyboard"]]
        return next((one for row in rows for one in row if words in re.sub(r"\s", "", one["text"])), None)


def until(condition: Callable[[], Any], seconds: float = 15, *, must: bool = True) -> Any:
    """The first true answer; other processes tell nothing, so they are asked again."""
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(LOOK_S)
    assert value or not must, condition
    return value


@contextmanager
def running(folder: Path) -> Iterator[Demo]:
    """A demo on this folder, stopped at the end if the test has not done so."""
    process = start(folder)
    try:
        yield Demo(folder, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(STOP_S_MAX)
        if process.stdout is not None:
            process.stdout.close()


def start(folder: Path) -> subprocess.Popen[str]:
    """Returns when READY was printed."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    command = [*TIYN, "demo", "--headless", "--port", str(port), "--data", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=PROJECT)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if line == "READY\n":
            return process
    raise AssertionError("".join(said))
