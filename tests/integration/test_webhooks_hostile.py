"""Webhooks against receivers, names, crashes and neighbours that mean no good."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from engine_street import StillClock
from rest_shop import open_shop, sale
from test_webhooks import hook, log, receiver, send, shop

import core.hooks.post
from core.hooks.sender import LEASE, HookSender

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
OK = b"HTTP/1.1 200 OK\r\n\r\n"


def verified() -> Callable[..., bool]:
    """The function that docs/api.md gives to whoever receives."""
    (code,) = re.findall(r"```python\n(import hashlib.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - our own page
    found: Callable[..., bool] = names["verified"]
    return found


@asynccontextmanager
async def raw(serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any], **more: Any) -> AsyncIterator[int]:
    """A TCP server of any manners; its port."""
    serving: set[asyncio.Task[None]] = set()

    async def closing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.current_task())  # type: ignore[arg-type]
        try:
            await serve(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    server = await asyncio.start_server(closing, "127.0.0.1", 0, **more)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await asyncio.gather(*serving, return_exceptions=True)


async def request_of(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(re.search(rb"Content-Length: (\d+)", head)[1])  # type: ignore[index]
    return await reader.readexactly(length)


async def test_the_guides_function_knows_ours_from_all_that_is_not(database: str, tmp_path: Path) -> None:
    check, clock = verified(), StillClock()
    async with shop(database, tmp_path, clock) as (here, sender), receiver() as there:
        made = await hook(here, there.url, "document.registered")
        clock.set_offset(timedelta(seconds=time.time() - clock.now().timestamp()) + clock.offset)
        await here.made(sale())
        await send(sender)
        ((headers, body),) = there.got
        secret, signature = made["secret"], headers["tiyn-signature"]
        assert check(secret, signature, body)
        stamp, _, mac = signature.partition(",v1=")
        later = f"t={int(stamp[2:]) + 1},v1={mac}"
        assert not check(secret, later, body), "the time is signed too"
        assert not check(secret, signature, body.replace(b'"number":1', b'"number":2'))
        assert not check(secret + "x", signature, body)
        assert not check(secret, signature, body, seconds_max=-1), "a recording of long ago"
        for strange in ("", "t=", "v1=", f"t=,v1={mac}", f"{stamp},v1=", "t=٣,v1=é", f"t=-1,v1={mac}", stamp):
            assert not check(secret, strange, body), strange


@pytest.mark.parametrize(
    ("answer", "status", "error"),
    [
        (b"", None, "no_answer"),
        (b"\r\n\r\n", None, "no_answer"),
        (b"HTTP/2 200 OK\r\n\r\n", None, "no_answer"),
        (b"HTTP/1.1 2000 OK\r\n\r\n", None, "no_answer"),
        (b"HTTP/1.1 20\xc2\xb2 OK\r\n\r\n", None, "no_answer"),
        (b"\x00" * 100_000, None, "no_answer"),
        (b"HTTP/1.1 200 " + b"K" * 5_000_000 + b"\r\n", None, "no_answer"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, 100, None),
        (b"HTTP/1.1 300 Many\r\n\r\n", 300, None),
        (b"HTTP/1.1 308 Moved\r\nLocation: http://169.254.169.254/latest/meta-data/\r\n\r\n", 308, None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 5_000_000, 200, None),
        (b"HTTP/1.0 299\r\n", 299, None),
    ],
)
async def test_whatever_a_receiver_answers_it_is_read_to_the_first_line_and_no_further(
    database: str, tmp_path: Path, answer: bytes, status: int | None, error: str | None
) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(answer)
        writer.close()

    async with shop(database, tmp_path, StillClock()) as (here, sender), raw(serve) as port:
        made = await hook(here, f"http://127.0.0.1:{port}/", "document.registered")
        await here.made(sale())
        await send(sender)
        (one,) = await log(here, made)
        assert (one["status"], one["error"]) == (status, error)
        assert one["state"] == ("delivered" if status in (200, 299) else "waiting")


async def test_a_receiver_that_drips_is_cut_off_at_the_limit_of_the_whole_attempt(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core.hooks.post, "ANSWER_S_MAX", 0.2)
    cut_off = asyncio.Event()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        while not reader.at_eof() and not writer.is_closing():
            writer.write(b"H")
            try:
                async with asyncio.timeout(0.01):
                    await reader.read(1)
            except TimeoutError:
                continue
            except ConnectionError:
                break
        cut_off.set()

    async with shop(database, tmp_path, StillClock()) as (here, sender), raw(drip) as port:
        made = await hook(here, f"http://127.0.0.1:{port}/", "document.registered")
        await here.made(sale())
        await send(sender)
        await cut_off.wait()
        assert [(one["state"], one["error"]) for one in await log(here, made)] == [("waiting", "timeout")]


async def test_a_receiver_without_a_certificate_of_its_name_is_told_nothing(database: str, tmp_path: Path) -> None:
    got: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got.append(await reader.read(100))
        writer.write(OK)
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_self_signed(tmp_path))
    async with (
        shop(database, tmp_path, StillClock()) as (here, sender),
        raw(serve) as plain,
        raw(serve, ssl=context) as secure,
    ):
        hooks = [
            await hook(here, f"https://127.0.0.1:{port}/", "document.registered") for port in (plain, secure)
        ]
        await here.made(sale())
        await send(sender)
        for made in hooks:
            assert [one["error"] for one in await log(here, made)] == ["certificate"]
        assert all(b"POST" not in one for one in got)


async def test_a_name_with_one_address_inside_is_not_called_at_all_and_is_asked_for_once(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The resolver's answers are ours here: no name server of the machine can be told to lie."""
    asked: list[str] = []
    answers: list[list[str]] = [["93.184.215.14", "127.0.0.1"], ["127.0.0.1"], ["93.184.215.14"]]

    def lying(host: str, port: int, *more: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in answers[0]]

    clock = StillClock()
    async with shop(database, tmp_path, clock) as (here, sender), receiver() as there:
        made = await hook(here, there.url.replace("127.0.0.1", "hook.example"), "document.registered")
        await here.made(sale())
        monkeypatch.setattr(socket, "getaddrinfo", lying)
        outside = replace(here.engine, settings=here.engine.settings.model_copy(update={"webhook_private": False}))
        await _renamed(here, made, "https://hook.example/")
        await send(HookSender(outside))
        assert asked == ["hook.example"] and there.got == []
        assert [one["error"] for one in await log(here, made)] == ["address_forbidden"]
        answers.pop(0)
        await _renamed(here, made, there.url.replace("127.0.0.1", "hook.example"))
        clock.set_offset(clock.offset + timedelta(seconds=10))
        await send(sender)
        assert asked == ["hook.example"] * 2, "connected to what was checked, not to what it was asked again"
        assert len(there.got) == 1 and there.got[0][0]["host"].startswith("hook.example:")


async def test_what_was_allowed_once_is_not_told_when_it_is_not_allowed_any_more(
    database: str, tmp_path: Path
) -> None:
    async with shop(database, tmp_path, StillClock()) as (here, _), receiver() as there:
        made = await hook(here, there.url, "document.registered")
        await here.made(sale())
        settings = here.engine.settings.model_copy(update={"webhook_private": False})
        await send(HookSender(replace(here.engine, settings=settings)))
        assert there.got == []
        assert [(one["state"], one["error"]) for one in await log(here, made)] == [("waiting", "address_forbidden")]


async def test_after_a_crash_the_same_bytes_come_again_once_the_lease_is_over(database: str, tmp_path: Path) -> None:
    clock = StillClock()
    async with shop(database, tmp_path, clock) as (here, dying), receiver() as there:
        there.answer = None
        await hook(here, there.url, "document.registered")
        await here.made(sale())
        stop = asyncio.Event()
        running = asyncio.create_task(dying.run(stop))
        await there.asked.wait()
        running.cancel()
        stop.set()
        for task in dying._running.values():
            task.cancel()
        await asyncio.gather(running, *dying._running.values(), return_exceptions=True)
        there.answer = OK
        there.released.set()
        following = HookSender(here.engine)
        clock.set_offset(clock.offset + LEASE - timedelta(seconds=1))
        await send(following)
        assert len(there.got) == 1, "another process may still be sending it"
        clock.set_offset(clock.offset + timedelta(seconds=1))
        await send(following)
        (first, second) = there.got
        assert first[1] == second[1] and first[0]["tiyn-event-id"] == second[0]["tiyn-event-id"]
        assert first[0]["tiyn-signature"] != second[0]["tiyn-signature"], "signed for the time of its own attempt"


async def test_two_processes_tell_each_event_once_and_in_order(database: str, tmp_path: Path) -> None:
    async with shop(database, tmp_path, StillClock()) as (here, sender), receiver() as there:
        made = await hook(here, there.url, "document.made", "document.registered")
        other = HookSender(here.engine)
        for _ in range(6):
            await here.made(sale())
            await asyncio.gather(sender.look(), other.look())
        for _ in range(3):
            await asyncio.gather(send(sender), send(other))
        told = [(one["event"], one["data"]["number"]) for one in there.events]
        assert len(told) == len(set(told)) == 12
        for number in range(1, 7):
            assert told.index(("document.made", number)) < told.index(("document.registered", number))
        assert {one["attempts"] for one in await log(here, made)} == {1}


async def test_a_register_whose_event_is_not_taken_holds_up_no_other_register(database: str, tmp_path: Path) -> None:
    async with shop(database, tmp_path, StillClock()) as (here, sender):
        second = await here.register()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            event = json.loads(await request_of(reader))
            got.append((event["register_id"], event["data"]["number"]))
            writer.write(b"HTTP/1.1 503 No\r\n\r\n" if event["register_id"] == second else OK)
            writer.close()

        got: list[tuple[str, int]] = []
        async with raw(serve) as port:
            await hook(here, f"http://127.0.0.1:{port}/", "document.registered")
            for register_id in (second, here.register_id):
                for key in ("a", "b", "c"):
                    path = f"/api/v1/registers/{register_id}/documents"
                    answer = await here.client.post(path, json=sale(), headers={"Idempotency-Key": key})
                    assert answer.status_code == 201
            await send(sender)
        assert [one for one in got if one[0] == second] == [(second, 1)]
        assert [number for register_id, number in got if register_id == here.register_id] == [1, 2, 3]


async def test_a_hook_that_is_removed_while_it_is_told_is_not_told_again(database: str, tmp_path: Path) -> None:
    clock = StillClock()
    async with shop(database, tmp_path, clock) as (here, sender), receiver() as there:
        there.answer = None
        made = await hook(here, there.url, "document.registered")
        await here.made(sale())
        await here.made(sale())
        await sender.look()
        await there.asked.wait()
        assert (await here.client.delete(f"/api/v1/webhooks/{made['id']}")).status_code == 204
        there.released.set()
        await sender.settled()
        for _ in range(3):
            clock.set_offset(clock.offset + timedelta(hours=1))
            await send(sender)
        assert len(there.got) == 1
        assert [one["state"] for one in await log(here, made)] == ["given_up"] * 2


async def test_the_list_tells_no_secret_and_nothing_of_others(database: str, tmp_path: Path) -> None:
    async with open_shop(database, tmp_path, StillClock()) as here:
        first = await hook(here, "https://example.com/a", "document.made")
        second = await hook(here, "https://example.com/b", "shift.closed", "document.made", "shift.closed")
        answer = await here.client.get("/api/v1/webhooks")
        items = answer.json()["items"]
        assert [(one["id"], one["url"]) for one in items] == [
            (first["id"], "https://example.com/a"),
            (second["id"], "https://example.com/b"),
        ]
        assert items[1]["events"] == ["shift.closed", "document.made"]
        assert first["secret"] not in answer.text and second["secret"] not in answer.text
        stranger = await here.engine.access.new_api_key(await here.engine.access.new_organisation("Чужие"))
        header = {"Authorization": f"Bearer {stranger}"}
        assert (await here.client.get("/api/v1/webhooks", headers=header)).json()["items"] == []
        await here.client.delete(f"/api/v1/webhooks/{first['id']}")
        left = (await here.client.get("/api/v1/webhooks")).json()["items"]
        assert [one["id"] for one in left] == [second["id"]]
        kept = await here.engine.database.value("SELECT string_agg(w::text, '') FROM webhook w")
        assert second["secret"] not in kept and second["secret"].encode().hex() not in kept


async def test_the_log_forgets_what_is_over_after_a_month_and_never_what_waits(database: str, tmp_path: Path) -> None:
    clock = StillClock()
    async with shop(database, tmp_path, clock) as (here, sender), receiver() as there, receiver() as failing:
        failing.answer = b"HTTP/1.1 500 No\r\n\r\n"
        well, ill = [await hook(here, one.url, "document.registered") for one in (there, failing)]
        await here.made(sale())
        await send(sender)
        clock.set_offset(clock.offset + timedelta(days=31))
        await send(sender)
        assert await log(here, well) == []
        assert [one["state"] for one in await log(here, ill)] == ["given_up"]
        clock.set_offset(clock.offset + timedelta(hours=2))
        await send(sender)
        assert await log(here, ill) == [] and len(there.got) == 1


async def _renamed(here: Any, made: dict[str, Any], url: str) -> None:
    await here.engine.database.value("UPDATE webhook SET url = $2 WHERE webhook_id = $1", made["id"], url)


def _self_signed(folder: Path) -> tuple[str, str]:
    """A certificate that nobody vouches for, and its key, as files."""
    from datetime import UTC, datetime
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    signed = builder.add_extension(alternative, critical=False).sign(key, hashes.SHA256())
    pem, secret = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return str(pem), str(secret)
