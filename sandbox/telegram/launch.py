"""A Mini App's launch data, signed as Telegram signs it (core.telegram.org/bots/webapps, "Validating data")."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode


def launch_data(token: str, user: dict[str, Any], auth_date: int, query_id: str) -> str:
    """The `initData` string: all fields but the hash, sorted, under HMAC with a key of HMAC("WebAppData", token)."""
    told = {key: value for key, value in user.items() if key != "is_bot"}
    fields = {
        "query_id": query_id,
        "user": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        "auth_date": str(auth_date),
    }
    text = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    fields["hash"] = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return urlencode(fields)
