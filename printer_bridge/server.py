"""The server as the bridge sees it: asked for jobs by long poll, told what became of them."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

# The library's own command line draws on a terminal with libraries of 6 MiB; without it, it goes on without it.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

import httpx  # noqa: E402

WAIT_S: Final = 25
ANSWER_BYTES_MAX: Final = 16 * 1024 * 1024
log = logging.getLogger(__name__)
TIMEOUT: Final = httpx.Timeout(connect=5.0, read=WAIT_S + 15.0, write=10.0, pool=5.0)


class ServerAway(Exception):
    """No useful answer; worth another try later."""


class NotPaired(Exception):
    """The server does not know this bridge's token: it was revoked or mistyped."""


class Server:
    """The bridge endpoint of a server. `token` is this bridge's device token, none while it is not paired."""

    def __init__(self, url: str, token: str | None = None) -> None:
        address = httpx.URL(url)
        if address.scheme not in ("http", "https") or not address.host:
            raise ValueError(f"{url!r} is not a server's address; it looks like https://tiyn.example")
        on_this_machine = address.host in ("localhost", "127.0.0.1", "::1")
        if address.scheme == "http" and not on_this_machine:
            log.warning("%s is not encrypted: others on the way can read the receipts and the token", url)
        self._client = httpx.AsyncClient(
            base_url=url.rstrip("/") + "/bridge/v1/",
            headers={"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})},
            timeout=TIMEOUT,
            limits=httpx.Limits(max_connections=4, max_keepalive_connections=2),
            follow_redirects=False,
            trust_env=not on_this_machine,  # a proxy leads elsewhere
        )

    async def close(self) -> None:
        """Ends the connections."""
        await self._client.aclose()

    async def jobs(self) -> list[object]:
        """Jobs not yet acknowledged, of unchecked shape; none after `WAIT_S` without any."""
        status, body = await self._ask("GET", "jobs", params={"wait": WAIT_S})
        if status != httpx.codes.OK:
            raise ServerAway(f"the server answers {status}")
        try:
            answer = json.loads(body)
        except ValueError as garbage:
            raise ServerAway("the server answers something that is not JSON") from garbage
        if not isinstance(answer, dict) or not isinstance(answer.get("jobs"), list):
            raise ServerAway("the server's answer holds no list of jobs")
        return list(answer["jobs"])

    async def tell(self, job_id: str, what: str, body: Mapping[str, str]) -> bool:
        """Tells `spooled`, `printed` or `failed` of a job; False if the server knows no such job."""
        status, _ = await self._ask("POST", f"jobs/{quote(job_id, safe='')}/{what}", content=body)
        if 200 <= status < 300:
            return True
        if status in (408, 425, 429) or not 400 <= status < 500:
            raise ServerAway(f"the server answers {status}")
        return False

    async def registers(self) -> int:
        """For how many registers this bridge prints; raises `NotPaired` if its token was revoked."""
        status, body = await self._ask("GET", "me")
        found = _object(body).get("registers")
        if status != httpx.codes.OK or not isinstance(found, int):
            raise ServerAway(f"the server answers {status}")
        return found

    async def ask_json(self, path: str, content: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        """Status and object of an answer to a bridge that has no token yet."""
        status, body = await self._ask("POST", path, content=content)
        if status >= 500:
            raise ServerAway(f"the server answers {status}")
        return status, _object(body)

    async def _ask(
        self,
        method: str,
        path: str,
        params: Mapping[str, int] | None = None,
        content: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        body = bytearray()
        try:
            async with self._client.stream(method, path, params=params, json=content) as answer:
                async for part in answer.aiter_bytes():
                    body += part
                    if len(body) > ANSWER_BYTES_MAX:
                        raise ServerAway("the server's answer does not end")
        except (httpx.HTTPError, httpx.InvalidURL) as lost:
            raise ServerAway(f"the server cannot be reached ({type(lost).__name__})") from lost
        if answer.status_code in (401, 403):
            raise NotPaired("the server does not accept this bridge's token: pair the bridge again")
        return answer.status_code, bytes(body)


def _object(body: bytes) -> dict[str, object]:
    """The JSON object of an answer, empty if it is none."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
