"""A Mini App's launch data: who opened it, as Telegram signed it (core.telegram.org/bots/webapps, "Validating data").

The key is HMAC("WebAppData", bot token), the text all received fields but the hash, sorted. Fields differ by platform
and grow with Telegram's versions, so none is left out by name.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from core.errors import Refused

LAUNCH_CHARACTERS_MAX = 8192
FIELDS_MAX = 40
AGE_MAX = timedelta(hours=24)
AHEAD_MAX = timedelta(seconds=60)
"""Telegram's clock and ours may differ by so much."""
ID_MAX = 2**53

_HASH = re.compile(r"[0-9a-f]{64}")
_WHOLE = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Launch:
    """Launch data that holds. ``signature`` names this one opening of the app."""

    user_id: int
    signature: str


def verified(init_data: str, bot_token: str, now: datetime) -> Launch:
    """Who opened the app. Raises ``LAUNCH_FORGED`` for anything that Telegram did not sign for this bot as it stands
    here, ``LAUNCH_STALE`` for what it signed too long ago, or in the future.
    """
    fields = _fields(init_data)
    given = fields.pop("hash", "")
    text = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", bot_token.encode(), hashlib.sha256).digest()
    expected = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    if _HASH.fullmatch(given) is None or not hmac.compare_digest(given, expected):
        raise Refused("LAUNCH_FORGED")
    signed_at = fields.get("auth_date", "")
    if _WHOLE.fullmatch(signed_at) is None:
        raise Refused("LAUNCH_FORGED")
    age_s = now.timestamp() - int(signed_at)
    if not -AHEAD_MAX.total_seconds() < age_s < AGE_MAX.total_seconds():
        raise Refused("LAUNCH_STALE")
    return Launch(_user_id(fields.get("user", "")), given)


def _fields(init_data: str) -> dict[str, str]:
    if not 0 < len(init_data) <= LAUNCH_CHARACTERS_MAX:
        raise Refused("LAUNCH_FORGED")
    try:
        pairs = parse_qsl(
            init_data, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=FIELDS_MAX
        )
    except ValueError:
        raise Refused("LAUNCH_FORGED") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        # which of two equal names was meant nobody knows
        raise Refused("LAUNCH_FORGED")
    return fields


def _user_id(told: str) -> int:
    """The person's id, which is their chat's with the bot too. Data without a person opens nothing."""
    try:
        user = json.loads(told)
    except (ValueError, RecursionError):
        raise Refused("LAUNCH_FORGED") from None
    found = user.get("id") if isinstance(user, dict) else None
    if not isinstance(found, int) or isinstance(found, bool) or not 0 < found < ID_MAX or user.get("is_bot") is True:
        raise Refused("LAUNCH_FORGED")
    return found
