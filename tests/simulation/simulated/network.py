"""The line to the operator: real frames to the real sandbox operator, with what can happen to them on the way.

Frames of one device arrive in the order in which they left, however late: the operator's repeat rule rests on that.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from sandbox.ofd.behaviour import WELL, Behaviour
from sandbox.ofd.exchanges import Exchange
from sandbox.ofd.operator import Operator
from sandbox.ofd.wire import HEADER_BYTES, command_name, peek_command, read_head
from simulated.loop import VirtualLoop
from simulated.process import CURRENT, Process

GARBAGE = b"HTTP/1.1 502 Bad Gateway\r\n\r\n" * 2
OTHER_COMMANDS_ANSWER = b"\x08\x03\x12\x02\x08\x00"
AFTER_THE_REPEAT_RULE = frozenset({8, 9, 11, 13, 14, 17})
HALF_FRAME_S = 0.05
APART_S = 0.000_01
# an attempt may wait this long; after it, one only listens for a late answer
WAIT_S = 4.7


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to one attempt. ``delay_s`` is how late the request or the answer is."""

    kind: str = "well"
    delay_s: float = 0.0
    code: int | None = None


class Weather:
    """What the next attempts of a device meet, and how often each fault has struck."""

    def __init__(self) -> None:
        self.coming: dict[int, deque[Fate]] = defaultdict(deque)
        # codes that hold until somebody lifts them, by device: the operator's block, its bad day
        self.standing: dict[int, int] = {}
        self.connects = "well"
        self.struck: Counter[str] = Counter()

    def heal(self) -> None:
        """From now on all goes well."""
        self.coming.clear()
        self.standing.clear()
        self.connects = "well"

    def next(self, device_id: int) -> Fate:
        """The fate of the attempt that leaves now."""
        coming = self.coming[device_id]
        return coming.popleft() if coming else Fate()


class Network:
    """Carries frames to the operator and its answers back."""

    def __init__(self, loop: VirtualLoop, random: Random, open_operator: Callable[[], Operator]) -> None:
        self.weather = Weather()
        self.operator = open_operator()
        self.on_exchange: list[Callable[[Exchange, int | None], None]] = []
        self.on_another: Callable[[int, list[Process]], None] = lambda _, __: None
        self.fence_of: Callable[[int], int] = lambda _: 0
        self.on_answer: Callable[[int], None] = lambda _: None
        self._loop = loop
        self._random = random
        self._open_operator = open_operator
        self._wires: set[Wire] = set()
        self._free_at: dict[int, float] = {}
        self._booked: dict[int, tuple[int, int]] = {}
        self.copied: set[tuple[int, int, int]] = set()
        self._restarts = 0

    async def connect(self, protocol: Any) -> tuple[asyncio.Transport, Any]:
        """A connection, or the error of one that could not be made."""
        await asyncio.sleep(self._random.uniform(0.001, 0.04))
        if self.weather.connects != "well":
            self.weather.struck[f"connect {self.weather.connects}"] += 1
        if self.weather.connects == "refused":
            raise ConnectionRefusedError("nobody listens")
        if self.weather.connects == "silent":
            await self._loop.create_future()
        wire = Wire(self, protocol, self._loop)
        wire.process = CURRENT.get()
        self._wires.add(wire)
        protocol.connection_made(wire)
        return wire, protocol

    @property
    def is_busy(self) -> bool:
        """Whether anybody waits for an answer now."""
        return any(wire.asked_at > self._loop.time() - WAIT_S for wire in self._wires)

    def restart(self) -> None:
        """The operator goes down and comes up with what it has on its disk; all connections break."""
        self.weather.struck["operator restarted"] += 1
        self._restarts += 1
        for wire in list(self._wires):
            wire.break_off()
        self.operator.exchanges.close()
        self.operator = self._open_operator()

    def close(self) -> None:
        self.operator.exchanges.close()

    def left(self, wire: Wire, frame: bytes) -> None:
        """A whole frame left a device: draw what becomes of it."""
        head = read_head(frame[:HEADER_BYTES])
        wire.asked(head.device_id, self._loop.time(), self.fence_of(head.device_id))
        self.on_another(head.device_id, self._others(wire))
        fate = self.weather.next(head.device_id)
        if fate.kind != "well":
            self.weather.struck[fate.kind] += 1
        if fate.kind == "request lost":
            self._later(self._random.uniform(0.01, 0.3), wire.break_off)
            return
        if fate.kind == "request lost in silence":
            return
        if fate.kind == "half a request":
            self._later(HALF_FRAME_S, wire.break_off)
            return
        late_s = self._random.uniform(0.001, 0.05) + (fate.delay_s if fate.kind == "request late" else 0)
        # a little after the one before: two timers of one instant ring in any order
        arrives_at = max(self._loop.time() + late_s, self._free_at.get(head.device_id, 0.0) + APART_S)
        self._free_at[head.device_id] = arrives_at
        copies = 2 if fate.kind == "request twice" else 1
        if copies > 1:
            self.copied.add((head.device_id, head.token, head.reqnum))
        for copy in range(copies):
            answers = wire if copy == copies - 1 else None
            self._loop.call_at(arrives_at, self._arrives, self._restarts, answers, frame, fate)

    def _others(self, wire: Wire) -> list[Process]:
        """Whoever else of the living waits for an answer to this device's frame, and has not given the lane back.

        Giving back and claiming move the fence by two; a lease that was taken away, by one.
        """
        waiting = (one for one in self._wires if one is not wire and one.device_id == wire.device_id)
        recent = (one for one in waiting if one.asked_at > self._loop.time() - WAIT_S and wire.fence - one.fence < 2)
        return [one.process for one in recent if one.process is not None and not one.process.is_dead]

    def gone(self, wire: Wire) -> None:
        self._wires.discard(wire)

    def _arrives(self, restarts: int, wire: Wire | None, frame: bytes, fate: Fate) -> None:
        if restarts != self._restarts:
            return  # it was in the buffers of a server that went down
        head = read_head(frame[:HEADER_BYTES])
        if fate.kind == "garbage instead":
            if wire is not None:
                wire.receive(GARBAGE, last=True)
            return
        code = self._forced(fate, head.device_id, (head.token, head.reqnum), frame)
        well = WELL if code is None else Behaviour(result_code=code, text=f"отказ {code}")
        self.operator.behaviours.set(head.device_id, well)
        exchange, _ = self.operator.receive(frame)
        if exchange.outcome == "booked":
            self._booked[head.device_id] = (head.token, head.reqnum)
        for told in self.on_exchange:
            told(exchange, code)
        if wire is not None and exchange.answer is not None:
            self.on_answer(head.device_id)
            self._answer(wire, exchange.answer, fate)

    def _forced(self, fate: Fate, device_id: int, pair: tuple[int, int], frame: bytes) -> int | None:
        """The code that this request is to be met with. 8 and 9 come after the repeat rule and name documents only."""
        code = fate.code or self.weather.standing.get(device_id)
        is_document = command_name(peek_command(frame[HEADER_BYTES:])) in ("TICKET", "CLOSE_SHIFT", "MONEY_PLACEMENT")
        if code in AFTER_THE_REPEAT_RULE and (not is_document or self._booked.get(device_id) == pair):
            code = None
        if code is not None:
            self.weather.struck[f"code {code}"] += 1
        return code

    def _answer(self, wire: Wire, answer: bytes, fate: Fate) -> None:
        wait_s = self._random.uniform(0.001, 0.05)
        kind = fate.kind
        if kind == "answer late":
            wait_s += fate.delay_s
        if kind == "answer lost in silence":
            return
        if kind == "answer lost":
            self._later(wait_s, wire.break_off)
        elif kind == "half an answer":
            self._later(wait_s, wire.receive, answer[: self._random.randrange(1, len(answer))], True)
        elif kind == "garbage after booking":
            self._later(wait_s, wire.receive, GARBAGE, True)
        elif kind == "unreadable answer":
            self._later(wait_s, wire.receive, _with_message(answer, b"\xff\xff\xff"), True)
        elif kind == "another command's answer":
            self._later(wait_s, wire.receive, _with_message(answer, OTHER_COMMANDS_ANSWER), True)
        elif kind == "another number's answer":
            number = int.from_bytes(answer[16:18], "little") ^ 1
            self._later(wait_s, wire.receive, answer[:16] + number.to_bytes(2, "little") + answer[18:], True)
        elif kind == "answer in pieces":
            for begin in range(0, len(answer), 7):
                self._later(wait_s, wire.receive, answer[begin : begin + 7], False)
        else:
            self._later(wait_s, wire.receive, answer, False)

    def _later(self, seconds: float, act: Callable[..., None], *arguments: Any) -> None:
        self._loop.call_later(seconds, act, *arguments)


class Wire(asyncio.Transport):
    """The device's end of one connection."""

    def __init__(self, network: Network, protocol: Any, loop: VirtualLoop) -> None:
        super().__init__()
        self._network = network
        self._protocol = protocol
        self._loop = loop
        self._sent = b""
        self._closing = False
        self.process: Process | None = None
        self.device_id: int | None = None
        self.asked_at = loop.time()
        self.fence = 0

    def write(self, data: Any) -> None:
        self._sent += bytes(data)
        if len(self._sent) >= HEADER_BYTES and len(self._sent) == read_head(self._sent[:HEADER_BYTES]).size:
            frame, self._sent = self._sent, b""
            self._network.left(self, frame)

    def asked(self, device_id: int, at: float, fence: int) -> None:
        """A whole frame left on it, under this fence of the lane."""
        self.device_id, self.asked_at, self.fence = device_id, at, fence

    def receive(self, data: bytes, last: bool) -> None:
        """Bytes came from the operator; after the last the line is closed from there."""
        if not self._closing:
            self._protocol.data_received(data)
            if last:
                self._protocol.eof_received()

    def break_off(self) -> None:
        """The line broke."""
        if not self._closing:
            self._end(ConnectionResetError("the line broke"))

    def close(self) -> None:
        if not self._closing:
            self._end(None)

    def abort(self) -> None:
        self.close()

    def is_closing(self) -> bool:
        return self._closing

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default

    def _end(self, error: Exception | None) -> None:
        self._closing = True
        self._network.gone(self)
        self._loop.call_soon(self._protocol.connection_lost, error)


def _with_message(answer: bytes, message: bytes) -> bytes:
    size = HEADER_BYTES + len(message)
    return answer[:4] + size.to_bytes(4, "little") + answer[8:HEADER_BYTES] + message
