"""The operator's mind without its socket: devices, their ledgers, and what is answered to a frame."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from core.ofd.schema import kkm_v203_pb2 as pb
from sandbox.ofd.behaviour import AFTER_THE_REPEAT_RULE, BLOCKED, Behaviour, Behaviours
from sandbox.ofd.checks import Device, Refusal
from sandbox.ofd.exchanges import Exchange, Exchanges
from sandbox.ofd.ledger import UNSUPPORTED_COMMAND, Draw, Ledger, Verdict
from sandbox.ofd.versions import SERVED, V203, V204, Unreadable, read_request, write_answer
from sandbox.ofd.wire import (
    ALMATY,
    CANCEL_TICKET,
    COMMAND_RESERVED,
    COMMANDS,
    HEADER_BYTES,
    QR_COMMANDS,
    Head,
    command_name,
    peek_command,
    read_head,
    write_frame,
)

UNKNOWN_ID, PROTOCOL_ERROR, UNKNOWN_COMMAND = 1, 3, 4
GARBAGE = b"\x00\xffHTTP/1.1 502 Bad Gateway\r\n\r\n\x81\xa2"
MUTE = frozenset({"silent", "garbage", "down"})
"""Modes in which a request is taken and nothing is done with it."""

FORCED_TEXTS = {
    1: "устройство не зарегистрировано / құрылғы тіркелмеген",
    3: "ошибка протокола / хаттама қатесі",
    11: "смена открыта дольше 24 часов / ауысым 24 сағаттан артық ашық",
    13: "неверные данные запроса / сұраныс деректері қате",
    14: "недостаточно наличных / қолма-қол ақша жеткіліксіз",
    15: "касса заблокирована: нет оплаты услуг ОФД / касса бұғатталған: ФДО қызметі төленбеген",
    17: "покупатель и продавец совпадают / сатып алушы мен сатушы бірдей",
    18: "товар не найден по штрихкоду / тауар штрихкод бойынша табылмады",
    254: "сервис временно недоступен / қызмет уақытша қолжетімсіз",
    255: "неизвестная ошибка / белгісіз қате",
}

FORCED_TEXTS_204 = {
    18: "касса снята с учёта / касса есептен шығарылған",
    19: "касса отключена оператором / кассаны оператор ажыратқан",
}


def draw_token(taken: frozenset[int]) -> int:
    """A random 32-bit token, above 2^31 every other time; never 0."""
    while True:
        token = secrets.randbits(32)
        if token and token not in taken:
            return token


class Operator:
    """Every frame goes through `receive`, which books, remembers and says what to answer."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        folder: Path | None,
        check_url: str,
        draw_token: Callable[[frozenset[int]], int] = draw_token,
        draw_sign: Callable[[], str] | None = None,
    ) -> None:
        self.behaviours = Behaviours()
        self.exchanges = Exchanges(folder)
        self._now = now
        self._check_url = check_url
        self._ledgers: dict[int, Ledger] = {}
        self._signs: set[str] = set()
        self._draw = Draw(draw_token, draw_sign or self._new_sign)
        for line in self.exchanges.read_back():
            self._read_back(line)

    def knows(self, device_id: int) -> bool:
        """Whether a device is on the books."""
        return device_id in self._ledgers

    def register_device(
        self,
        device_id: int,
        token: int,
        *,
        rnm: str,
        znm: str,
        iin_bin: str,
        title: str,
        address: str,
        check_url: str | None = None,
    ) -> None:
        """Put a register on the books. One that is there keeps its ledger and its token."""
        device = Device(device_id, rnm, znm, iin_bin, title, address, check_url or self._check_url)
        known = self._ledgers.get(device_id)
        if known is not None and known.device == device:
            return
        self.exchanges.note({"device": asdict(device), "token": token})
        self._register(device, token)

    def issue_token(self, device_id: int) -> int:
        """A new token as a person gets it in the operator's cabinet."""
        ledger = self._ledgers[device_id]
        ledger.token = self._draw.token(frozenset({ledger.token}))
        self.exchanges.note({"token_of": device_id, "token": ledger.token})
        return ledger.token

    def book(self, device_id: int) -> dict[str, Any]:
        """The book of one device; `KeyError` where there is none."""
        blocked = self.behaviours.of(device_id).result_code == BLOCKED
        return {**self._ledgers[device_id].told(), "blocked": blocked}

    def receive(self, frame: bytes) -> tuple[Exchange, Behaviour]:
        """Meet one whole frame: the exchange that it became, and how its answer is to be delivered."""
        head, message = read_head(frame[:HEADER_BYTES]), frame[HEADER_BYTES:]
        code = peek_command(message)
        behaviour = self.behaviours.take(head.device_id, command_name(code))
        n, now = self.exchanges.next_number, self._now()
        mute = behaviour.mode in MUTE
        verdict = None if mute else self._verdict(n, head, message, code, now, behaviour)
        at = now.astimezone(ALMATY).isoformat(timespec="milliseconds")
        exchange = Exchange(n, at, head, command_name(code), frame, "dropped", None, None)
        if verdict is not None:
            exchange.outcome, exchange.code = verdict.outcome, verdict.code
            ledger = self._ledgers.get(head.device_id)
            check_url = self._check_url if ledger is None else ledger.device.check_url
            spoken = write_answer(head.version, verdict.answer, check_url)
            exchange.answer = write_frame(head, verdict.token, spoken)
            exchange.answer_lost = behaviour.mode == "lose_answers"
        elif behaviour.mode == "garbage":
            exchange.answer = GARBAGE
        self.exchanges.add(exchange)
        return exchange, behaviour

    def _verdict(
        self, n: int, head: Head, message: bytes, code: int | None, now: datetime, behaviour: Behaviour
    ) -> Verdict:
        try:
            if head.version not in SERVED:
                raise Refusal(PROTOCOL_ERROR, f"version {head.version} is not served")
            ledger = self._ledgers.get(head.device_id)
            if ledger is None:
                raise Refusal(UNKNOWN_ID, f"device {head.device_id} is not registered")
            forced = _forced(behaviour, head.version)
            if forced is not None and forced.code not in AFTER_THE_REPEAT_RULE:
                raise forced
            return ledger.answer(n, head, _request(head.version, message, code), now, self._draw, forced)
        except Refusal as no:
            answer = _refusal(code, no.code, no.text)
            return Verdict("refused", no.code, head.token, answer)

    def _register(self, device: Device, token: int) -> None:
        known = self._ledgers.get(device.device_id)
        if known is None:
            self._ledgers[device.device_id] = Ledger(device, token)
        else:
            known.device = device

    def _new_sign(self) -> str:
        """Twelve digits that no receipt of this operator has."""
        while True:
            sign = str(10**11 + secrets.randbelow(9 * 10**11))
            if sign not in self._signs:
                self._signs.add(sign)
                return sign

    def _read_back(self, line: dict[str, Any]) -> None:
        """One line of an earlier run: what was booked then is booked again from the same bytes."""
        if "device" in line:
            self._register(Device(**line["device"]), line["token"])
        elif "token_of" in line:
            self._ledgers[line["token_of"]].token = line["token"]
        elif "n" in line:
            self._read_exchange(line)
        else:
            self.exchanges.restore_loss(line["lost"])

    def _read_exchange(self, line: dict[str, Any]) -> None:
        frame = bytes.fromhex(line["frame"])
        answer = None if line["answer"] is None else bytes.fromhex(line["answer"])
        head = read_head(frame[:HEADER_BYTES])
        lost = line.get("lost", False)
        self.exchanges.restore(
            Exchange(
                line["n"], line["at"], head, line["command"], frame, line["outcome"], line["code"], answer, lost
            )
        )
        if answer is None or line["outcome"] not in ("booked", "answered"):
            return
        request, ledger = pb.Request.FromString(frame[HEADER_BYTES:]), self._ledgers[head.device_id]
        if line["outcome"] == "answered":
            ledger.note_period(request)
            return
        response = pb.Response.FromString(answer[HEADER_BYTES:])
        self._signs.add(response.ticket.ticket_number)
        token = read_head(answer[:HEADER_BYTES]).token
        ledger.book(line["n"], head, request, token, response, datetime.fromisoformat(line["at"]))


def _forced(behaviour: Behaviour, version: int) -> Refusal | None:
    code = behaviour.result_code
    if code is None:
        return None
    texts = FORCED_TEXTS if version == V203 else {**FORCED_TEXTS, **FORCED_TEXTS_204}
    return Refusal(code, behaviour.text or texts.get(code))


def _request(version: int, message: bytes, code: int | None) -> pb.Request:
    if version == V204 and code in QR_COMMANDS:
        raise Refusal(UNSUPPORTED_COMMAND, "payment by QR is not served")
    retired = version == V204 and code == CANCEL_TICKET
    if code is not None and (retired or code not in COMMANDS):
        raise Refusal(UNKNOWN_COMMAND, f"command {code} is not known")
    try:
        request = read_request(version, message)
    except Unreadable as error:
        raise Refusal(PROTOCOL_ERROR, str(error)) from error
    if request.command not in COMMANDS:
        raise Refusal(UNKNOWN_COMMAND, f"command {request.command} is not known")
    return request


def _refusal(command: int | None, code: int, text: str | None) -> bytes:
    """An answer with the command code that came, also one that the schema has no name for."""
    response = pb.Response()
    response.result.result_code = code
    if text is not None:
        response.result.result_text = text
    if code == BLOCKED and text is not None:
        # What a register shows while it is blocked (PROTOCOL.md d, code 15).
        response.service.ticket_ads.add(text=text).info.CopyFrom(
            pb.TicketAdInfo(type=pb.TICKET_AD_INFO, version=1)
        )
    echoed = COMMAND_RESERVED if command is None else command
    return bytes((0x08, echoed)) + response.SerializePartialToString()
