"""Frames of every command and version, and bytes made out of them by spoiling: what the fuzz tests feed on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from domain_samples import CLOSE, ELSEWHERE, NOON, REGISTRATION, Register, asked, deposit, goods, paid_in_cash, sale
from golden_vectors import A1, A2, C2, B, C, raw
from hypothesis import strategies as st

from core.domain.registration import PROTOCOL_VERSIONS
from core.domain.ticket import Adjustment, Kind
from core.ofd.codec import Period, command_of, encode
from core.ofd.frame import encode_frame
from sandbox.ofd.operator import Operator

VERSIONS = (202, 203, 204)
TOKEN = 2**31 + 5


@cache
def documents() -> tuple[tuple[str, object], ...]:
    register = Register()
    line = goods(10_000, 2_000, discount=Adjustment(sum=5), mark="010460", ntin="02", barcode="487")
    back = replace(paid_in_cash(asked(line, goods(1, vat="0"), kind=Kind.SELL_RETURN)), parent=ELSEWHERE)
    made = [register.done(command) for command in (sale(), deposit(90_000), back, CLOSE)]
    return tuple((command_of(one), one) for one in made)


def operator() -> Operator:
    """A sandbox operator that knows the sample register."""
    one = REGISTRATION
    made = Operator(now=lambda: NOON, folder=None, check_url="https://ofd.example.kz/t/")
    made.register_device(
        one.device_id, TOKEN, rnm=one.rnm, znm=one.znm, iin_bin=one.iin_bin, title=one.title, address=one.address
    )
    return made


@cache
def exchanged() -> tuple[tuple[bytes, bytes], ...]:
    """Requests of every kind in both spoken versions, with what the sandbox operator answers."""
    found = []
    for protocol, version in PROTOCOL_VERSIONS.items():
        registration = replace(REGISTRATION, protocol=protocol)
        ofd, period = operator(), Period(NOON, NOON)
        bodies = [encode(registration, "NOMENCLATURE", period, barcode="4870001000011")]
        bodies += [encode(registration, command, period) for command in ("SYSTEM", "INFO")]
        bodies += [encode(registration, command, period, one) for command, one in documents()]  # type: ignore[arg-type]
        for number, body in enumerate(bodies, 1):
            token = ofd.book(registration.device_id)["token"]
            frame = encode_frame(version, registration.device_id, token, number, body)
            exchange, _ = ofd.receive(frame)
            assert exchange.answer is not None
            assert exchange.code == 0, exchange.told()["response"]
            found.append((frame, exchange.answer))
    return tuple(found)


@cache
def frames() -> tuple[bytes, ...]:
    """Whole frames, requests and answers."""
    golden = tuple(raw(vector) for vector in (A1, A2, B, C, C2))
    return golden + tuple(frame for pair in exchanged() for frame in pair)


@st.composite
def spoiled(draw: st.DrawFn, whole: bytes) -> bytes:
    """Some bytes changed, cut out, doubled or put in."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(data)))
        how = draw(st.sampled_from(("flip", "cut", "double", "put", "end", "count")))
        if how == "put" or place == len(data):
            data[place:place] = draw(st.binary(max_size=12))
        elif how == "flip":
            data[place] ^= 1 << draw(st.integers(0, 7))
        elif how == "count":
            data[place] = draw(st.sampled_from((0x00, 0x7F, 0x80, 0xFF)))
        elif how == "cut":
            del data[place : place + draw(st.integers(1, 20))]
        elif how == "double":
            data[place:place] = data[place : place + draw(st.integers(1, 60))]
        else:
            del data[place:]
    return bytes(data)


def framed(payload: bytes, version: int, *, token: int = TOKEN) -> bytes:
    return encode_frame(version, REGISTRATION.device_id, token, 1, payload)


@st.composite
def payloads(draw: st.DrawFn) -> bytes:
    """Any bytes, spoiled messages, two messages joined, groups within groups."""
    whole = draw(st.sampled_from(frames()))[18:]
    how = draw(st.integers(0, 9))
    if how == 0:
        return draw(st.binary(max_size=200))
    if how == 1:
        return whole + draw(st.sampled_from(frames()))[18:]
    if how == 2:
        nested = draw(st.sampled_from((b"\x0b", b"\x12\x7f", b"\x32\xff\xff\xff\x07", b"\xf3\x3f")))
        return nested * draw(st.integers(1, 300))
    return draw(spoiled(whole))


@st.composite
def any_frames(draw: st.DrawFn) -> bytes:
    """Any bytes, spoiled frames, and whole frames around spoiled messages in every version."""
    how = draw(st.integers(0, 3))
    if how == 0:
        return draw(st.binary(max_size=120))
    if how == 1:
        return draw(spoiled(draw(st.sampled_from(frames()))))
    return framed(draw(payloads()), draw(st.sampled_from((*VERSIONS, 0, 125, 205))))
