"""`reply_markup` read as strictly as Telegram reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sandbox.telegram import limits
from sandbox.telegram.errors import BotApiError, bad_request

_STYLES = ("primary", "danger", "success")
_ACTIONS = {
    "url": str,
    "callback_data": str,
    "web_app": dict,
    "copy_text": dict,
    "switch_inline_query": str,
    "switch_inline_query_current_chat": str,
}
_INLINE_FIELDS = {"text", "style", "icon_custom_emoji_id", *_ACTIONS}
_REPLY_FIELDS = {"text", "style", "icon_custom_emoji_id", "request_contact", "request_location", "web_app"}
_KEYBOARD_FIELDS = {
    "keyboard",
    "is_persistent",
    "resize_keyboard",
    "one_time_keyboard",
    "input_field_placeholder",
    "selective",
}
_URL = re.compile(r"(?:https?://|tg://|t\.me/)\S+|[\w\-]+(?:\.[\w\-]+)+(?:[/?#]\S*)?")


@dataclass(frozen=True)
class Markup:
    """`kind`: inline, reply, remove or force. `rows` for inline, `keyboard` for the rest."""

    kind: str
    rows: list[list[dict[str, Any]]]
    keyboard: dict[str, Any]


def read_markup(value: Any) -> Markup | None:
    """None when there is none; raises `BotApiError` for a shape or a size that Telegram refuses."""
    if value is None or value == "":
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        _known(value, {"inline_keyboard"}, "inline keyboard")
        rows = _rows(value["inline_keyboard"], "inline keyboard", limits.INLINE_ROW_BUTTONS_MAX)
        return Markup("inline", [[_inline_button(button) for button in row] for row in rows], {})
    if "keyboard" in value:
        _known(value, _KEYBOARD_FIELDS, "keyboard")
        _placeholder(value)
        rows = _rows(value["keyboard"], "keyboard", limits.KEYBOARD_ROW_BUTTONS_MAX)
        if not rows:
            raise bad_request("keyboard must be non-empty")
        return Markup("reply", [], {**value, "keyboard": [[_reply_button(button) for button in row] for row in rows]})
    if value.get("remove_keyboard") is True:
        _known(value, {"remove_keyboard", "selective"}, "keyboard removal")
        return Markup("remove", [], {})
    if value.get("force_reply") is True:
        _known(value, {"force_reply", "input_field_placeholder", "selective"}, "forced reply")
        _placeholder(value)
        return Markup("force", [], value)
    if not value:
        return None
    raise bad_request("can't parse reply keyboard markup JSON object")


def _known(value: dict[str, Any], allowed: set[str], what: str) -> None:
    for name in value:
        if name not in allowed:
            raise bad_request(f'can\'t parse {what}: unknown field "{name}"')


def _placeholder(value: dict[str, Any]) -> None:
    placeholder = value.get("input_field_placeholder")
    if placeholder is not None and (
        not isinstance(placeholder, str) or not 1 <= len(placeholder) <= limits.PLACEHOLDER_CHARACTERS_MAX
    ):
        raise bad_request("input field placeholder must be a text of 1-64 characters")


def _rows(value: Any, what: str, row_max: int) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'Field "{what.replace(" ", "_")}" must be of type Array')
    for row in value:
        if not isinstance(row, list):
            raise bad_request(f'Field "{what.replace(" ", "_")}" must be an Array of Arrays')
    rows = [row for row in value if row]
    if sum(map(len, rows)) > limits.KEYBOARD_BUTTONS_MAX or any(len(row) > row_max for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _fail(what: str, words: str) -> BotApiError:
    return bad_request(f"can't parse {what} button: {words}")


def _text_and_style(button: dict[str, Any], what: str) -> None:
    if "text" not in button:
        raise _fail(what, 'Can\'t find field "text"')
    if not isinstance(button["text"], str) or not button["text"].strip():
        raise _fail(what, "text must be a non-empty String")
    if "style" in button and button["style"] not in _STYLES:
        raise _fail(what, "invalid button style specified")


def _inline_button(button: Any) -> dict[str, Any]:
    what = "inline keyboard"
    if not isinstance(button, dict):
        raise _fail(what, "expected an Object")
    for name in button:
        if name not in _INLINE_FIELDS:
            raise _fail(what, f'unknown field "{name}"')
    _text_and_style(button, what)
    actions = [name for name in _ACTIONS if name in button]
    if not actions:
        raise _fail(what, "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _fail(what, f"exactly one action is allowed, found {' and '.join(actions)}")
    action = actions[0]
    value = button[action]
    if not isinstance(value, _ACTIONS[action]):
        raise _fail(what, f'Field "{action}" must be of type {"String" if _ACTIONS[action] is str else "Object"}')
    if action == "callback_data" and not 1 <= len(value.encode("utf-8", "replace")) <= limits.CALLBACK_DATA_BYTES_MAX:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url" and not _URL.fullmatch(value):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if action == "web_app":
        check_web_app(value, "inline keyboard")
    if action == "copy_text":
        text = value.get("text")
        if set(value) != {"text"} or not isinstance(text, str) or not 1 <= len(text) <= limits.COPY_TEXT_CHARACTERS_MAX:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return button


def check_web_app(value: Any, what: str) -> None:
    """Telegram takes HTTPS only; loopback HTTP is the sandbox's one leniency."""
    url = value.get("url") if isinstance(value, dict) else None
    if not isinstance(url, str) or not re.fullmatch(
        r"https://\S+|http://(?:127\.0\.0\.1|localhost)(?::\d+)?(?:/\S*)?", url
    ):
        raise bad_request(f"{what} button Web App URL '{url}' is invalid: Only HTTPS links are allowed")


def _reply_button(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise _fail("keyboard", "expected an Object or a String")
    for name in button:
        if name not in _REPLY_FIELDS:
            raise _fail("keyboard", f'unknown field "{name}"')
    _text_and_style(button, "keyboard")
    if "web_app" in button:
        check_web_app(button["web_app"], "keyboard")
    return button
