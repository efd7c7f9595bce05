"""What the demo remembers between two starts on the same folder: addresses, keys, registers, the clock's offset."""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE = "demo-state.json"
HOST = "127.0.0.1"
DATABASE = "postgres"


class PortTaken(Exception):
    """Another program listens where the demo did before; the text says what to do."""


@dataclass(slots=True)
class DemoRegister:
    """A register of the demo as its own parts need it."""

    register_id: str
    device_id: int
    vat_payer: bool
    vendor_chat: int
    rnm: str
    title: str

    def entry(self) -> dict[str, str | int | bool]:
        """As in demo.json."""
        return {
            "register_id": self.register_id,
            "device_id": self.device_id,
            "vat_payer": self.vat_payer,
            "vendor_chat": self.vendor_chat,
            "title": self.title,
        }


@dataclass(slots=True)
class State:
    """Written whole at every change. `numbers_used` goes up before a register is made: a crash wastes a number."""

    folder: Path
    ports: dict[str, int] = field(default_factory=dict)
    offset_s: float = 0.0
    telegram_token: str = ""
    organisation_id: str = ""
    api_key: str = ""
    bridge_token: str = ""
    owner_chat: int = 0
    numbers_used: int = 0
    registers: list[DemoRegister] = field(default_factory=list)

    @classmethod
    def load(cls, folder: Path) -> State:
        """That of an earlier start, or a new one."""
        path = folder / FILE
        if not path.exists():
            return cls(folder, telegram_token=f"{secrets.randbelow(9 * 10**8) + 10**8}:{secrets.token_urlsafe(26)}")
        told = json.loads(path.read_text("utf-8"))
        told["registers"] = [DemoRegister(**one) for one in told["registers"]]
        return cls(folder, **told)

    def save(self) -> None:
        """Complete or not at all; it holds keys, so only we may read it."""
        told = asdict(self)
        del told["folder"]
        write_private(self.folder / FILE, json.dumps(told, ensure_ascii=False, indent=1))

    def take_ports(self, names: Iterable[str]) -> None:
        """A free port for each name that has none yet; one that is kept must still be free.

        Not so the database's: after a kill it still runs, and is taken over.
        """
        held = []
        for name in names:
            if name == DATABASE and name in self.ports:
                continue
            door = socket.socket()
            held.append(door)
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((HOST, self.ports.get(name, 0)))
            except OSError as error:
                raise PortTaken(
                    f"port {self.ports[name]}, which this folder keeps for {name}, is taken by another program"
                ) from error
            self.ports[name] = door.getsockname()[1]
        for door in held:
            door.close()


def write_private(path: Path, text: str) -> None:
    """The whole file at once, readable by us alone."""
    fresh = path.with_name(f"{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)
