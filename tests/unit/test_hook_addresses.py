"""Where webhooks may lead, and when they are tried again."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

import pytest

from core.clock import ALMATY
from core.errors import Refused
from core.hooks.addresses import AddressForbidden, is_public, resolved, target_of
from core.hooks.post import signature
from core.hooks.sender import next_try

INSIDE = (
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fd00:ec2::254"),
    *("::127.0.0.1", "fec0::1", "64:ff9b:1::7f00:1", "::ffff:0:7f00:1", "3fff::1", "2001:0:7f00:1::", "192.88.99.1"),
    *("240.0.0.1", "255.255.255.255", "ff02::1", "2001:db8::1", "5f00::1"),
)


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused_in_every_form(address: str) -> None:
    assert not is_public(address)
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(Refused) as refused:
        target_of(f"https://{host}/hook", private_allowed=False)
    assert refused.value.params["reason"] == "address"
    assert target_of(f"http://{host}:99/hook", private_allowed=True).port == 99


@pytest.mark.parametrize("url", ("http://example.com/", "https://localhost/", "https://a.localhost./"))
def test_plain_http_and_this_machine_are_refused(url: str) -> None:
    with pytest.raises(Refused):
        target_of(url, private_allowed=False)


@pytest.mark.parametrize(
    "url",
    (
        *("", "example.com", "ftp://example.com/", "https://", "https:///x", "https://u:p@example.com/"),
        *("https://example.com/#x", "https://example.com:0/", "https://example.com:99999/", "https://[::1/"),
        *("https://exa mple.com/", "https://example.com/\r\nHost: x", "https://кофе.kz/", "https://ex_a%0d.com/"),
    ),
)
def test_what_is_no_web_address_is_refused_even_where_all_is_allowed(url: str) -> None:
    with pytest.raises(Refused):
        target_of(url, private_allowed=True)


def test_a_public_address_keeps_its_path_and_query() -> None:
    target = target_of("https://example.com/hook?shop=1", private_allowed=False)
    assert (target.secure, target.host, target.port, target.path) == (True, "example.com", 443, "/hook?shop=1")
    assert is_public("8.8.8.8") and is_public("2a00:1450::1")


@pytest.mark.parametrize("host", ("2130706433", "0x7f000001", "127.1"))
async def test_a_name_that_leads_inside_is_found_when_it_is_resolved(host: str) -> None:
    """The resolver reads short forms as loopback: the address that is connected to is the one that was checked."""
    target = target_of(f"https://{host}/", private_allowed=False)
    with pytest.raises(AddressForbidden):
        await resolved(target, private_allowed=False)
    assert await resolved(target, private_allowed=True) == "127.0.0.1"


def test_the_signature_covers_time_and_body() -> None:
    digest = hmac.new(b"secret", b"1700000000.{}", hashlib.sha256).hexdigest()
    assert signature("secret", 1_700_000_000, b"{}") == f"t=1700000000,v1={digest}"


def test_tries_grow_to_an_hour_and_end_after_a_day() -> None:
    at = now = datetime(2026, 11, 23, 9, 0, tzinfo=ALMATY)
    waits = []
    for attempt in range(1, 100):
        following = next_try(at, attempt, now)
        if following is None:
            break
        waits.append((following - now).total_seconds())
        now = following
    assert waits[:6] == [10, 40, 160, 640, 2560, 3600] and set(waits[5:]) == {3600}
    assert timedelta(days=1) <= now - at < timedelta(days=1, hours=1)
