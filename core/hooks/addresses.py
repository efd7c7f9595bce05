"""Where a webhook may lead: not into the network that this server stands in, unless the operator allows it."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.errors import Refused

PORTS = {"https": 443, "http": 80}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
"""All that IANA has given out of IPv6 (iana.org/assignments/ipv6-address-space): ``is_global`` lets through more, such
as ``::127.0.0.1``, site-local addresses and the NAT64 prefix of one's own network.
"""
NOT_FOR_USE = tuple(ipaddress.ip_network(one) for one in ("3fff::/20", "192.88.99.0/24"))
NAMES_AT_ONCE = 64
_PRINTABLE = re.compile(r"[!-~]{1,2000}")
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\.?")
# a name server that hangs keeps a thread beyond our own limit: such threads are not those that others work with
_names = ThreadPoolExecutor(NAMES_AT_ONCE, thread_name_prefix="names of webhooks")


class AddressForbidden(Exception):
    """The name leads to an address that webhooks may not reach."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. ``host`` is without brackets, ``authority`` as the Host header names it."""

    secure: bool
    host: str
    port: int
    authority: str
    path: str


def target_of(url: str, *, private_allowed: bool) -> Target:
    """The parts of a webhook's address; raises ``VALIDATION`` for one that is no web address or is not allowed.

    Names are not resolved here: what they lead to is looked at with each delivery.
    """
    try:
        if _PRINTABLE.fullmatch(url) is None:
            raise ValueError
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if parts.scheme not in PORTS or "@" in parts.netloc or parts.fragment or port == 0:
            raise ValueError
        literal = _literal(host)
        if literal is None and _NAME.fullmatch(host) is None:
            raise ValueError
    except ValueError:
        raise Refused("VALIDATION", field="url", reason="malformed") from None
    is_inside = host.rstrip(".") == "localhost" or host.rstrip(".").endswith(".localhost")
    forbidden = is_inside or parts.scheme != "https" or (literal is not None and not is_public(host))
    if forbidden and not private_allowed:
        raise Refused("VALIDATION", field="url", reason="address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, port or PORTS[parts.scheme], parts.netloc, path)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also behind the forms that carry an IPv4 one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found.teredo is not None or found not in GLOBAL_UNICAST:
            return False
    if any(found in network for network in NOT_FOR_USE):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


async def resolved(target: Target, *, private_allowed: bool) -> str:
    """The one IP address to connect to. Raises ``AddressForbidden`` if any that the name leads to is not public,
    ``OSError`` if it leads nowhere.
    """
    loop = asyncio.get_running_loop()
    asked = (target.host, target.port, socket.AF_UNSPEC, socket.SOCK_STREAM)
    found = await loop.run_in_executor(_names, socket.getaddrinfo, *asked)
    addresses = [str(one[4][0]) for one in found]
    if not private_allowed and not all(is_public(address) for address in addresses):
        raise AddressForbidden
    return addresses[0]


def _literal(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None
