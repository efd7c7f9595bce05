"""Reading the check link of anybody's receipt (the content of its QR): what a return of it needs. PROTOCOL.md (h)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, parse_qsl, urlsplit

from core.clock import ALMATY
from core.domain.money import DOCUMENT_TIYN_MAX, Money
from core.errors import Refused
from core.ofd.operators import OPERATORS, SHORT_LINK_HOST, Operator, operator_of_host

LINK_CHARACTERS_MAX = 2000
FRAGMENT_CHARACTERS_MAX = 80
PARAMETERS_MAX = 40

_SIGN = re.compile(r"[0-9]{1,20}")
_RNM = re.compile(r"[0-9]{12}")
_TOTAL = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,2})0*)?")
_TIME = re.compile(r"[0-9]{8}T[0-9]{6}")
_KASPI_OPERATION = re.compile(r"[0-9A-Za-z-]{1,64}")
_KASPI_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")


@dataclass(frozen=True, slots=True)
class CheckLink:
    """What stands in a check link. Kaspi's links name neither the register nor the sum; some of Jusan's no sum."""

    operator: str
    fiscal_sign: str
    rnm: str | None
    total: Money | None
    made_at: datetime | None


def parse_check_link(url: str) -> CheckLink:
    """The facts in a check link; ``UNREADABLE`` names the host or the parts that are missing or make no sense."""
    parts = _split(url.strip())
    parameters = _parameters(parts.query)
    operator = _operator(parts.hostname or "", parameters)
    if operator.code == "kaspi":
        return _kaspi_link(parameters)
    reader = _Reader(parameters)
    sign = reader.take("i", _SIGN)
    rnm = reader.take("f", _RNM)
    total = reader.money("s", required=operator.total_in_link)
    made_at = reader.time("t", _TIME, "%Y%m%dT%H%M%S")
    reader.end()
    return CheckLink(operator.code, sign, rnm, total, made_at)


def _kaspi_link(parameters: dict[str, str]) -> CheckLink:
    reader = _Reader(parameters)
    sign = reader.take("extTranId", _KASPI_OPERATION)
    made_at = reader.time("sale_date", _KASPI_TIME, "%Y-%m-%d %H:%M:%S")
    reader.end()
    return CheckLink("kaspi", sign, None, None, made_at)


def _split(url: str) -> SplitResult:
    """The link taken apart; what is no plain web address is refused before anything of it is believed."""
    readable = bool(url) and len(url) <= LINK_CHARACTERS_MAX and url.isprintable()
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        plain = parts.scheme in ("http", "https") and parts.username is None and parts.port in (None, 80, 443)
    except ValueError:
        plain = False
    if not (readable and plain):
        raise _unreadable(url)
    return parts


def _parameters(query: str) -> dict[str, str]:
    """The parameters by name; one that says two different things is left out, as if it were missing."""
    try:
        pairs = parse_qsl(query, max_num_fields=PARAMETERS_MAX)
    except ValueError:
        raise _unreadable(query) from None
    values: dict[str, set[str]] = {}
    for name, value in pairs:
        values.setdefault(name, set()).add(value.strip())
    return {name: found.pop() for name, found in values.items() if len(found) == 1}


def _operator(host: str, parameters: dict[str, str]) -> Operator:
    if host == SHORT_LINK_HOST:
        named = OPERATORS.get(parameters.get("o", ""))
        if named is None or not named.connectable:
            raise _unreadable(f"o={parameters.get('o', '')}")
        return named
    found = operator_of_host(host)
    if found is None:
        raise _unreadable(host)
    return found


def _unreadable(*fragments: str) -> Refused:
    return Refused("UNREADABLE", fragments=[fragment[:FRAGMENT_CHARACTERS_MAX] for fragment in fragments])


class _Reader:
    """Takes the parts of a form; all that is wrong is refused together, so that a person mends it once."""

    def __init__(self, parameters: dict[str, str]) -> None:
        self._parameters = parameters
        self._wrong: list[str] = []

    def take(self, name: str, form: re.Pattern[str]) -> str:
        value = self._parameters.get(name, "")
        if form.fullmatch(value) is None:
            self._wrong.append(f"{name}={value}")
        return value

    def money(self, name: str, *, required: bool) -> Money | None:
        """A sum with a dot or a comma; more than two decimals only if the rest are zeros."""
        value = self._parameters.get(name, "")
        if not value and not required:
            return None
        match = _TOTAL.fullmatch(value)
        if match is None:
            self._wrong.append(f"{name}={value}")
            return None
        total = int(match.group(1)) * 100 + int((match.group(2) or "").ljust(2, "0"))
        if not 1 <= total <= DOCUMENT_TIYN_MAX:
            self._wrong.append(f"{name}={value}")
        return total

    def time(self, name: str, form: re.Pattern[str], layout: str) -> datetime | None:
        value = self.take(name, form)
        if form.fullmatch(value) is None:
            return None
        try:
            return datetime.strptime(value, layout).replace(tzinfo=ALMATY)
        except ValueError:
            self._wrong.append(f"{name}={value}")
            return None

    def end(self) -> None:
        if self._wrong:
            raise _unreadable(*self._wrong)
