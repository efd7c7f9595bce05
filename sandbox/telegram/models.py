"""Calls checked against aiogram's own method models: types of every field, and no unknown field at any depth."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterator
from typing import Any

from sandbox.telegram.errors import BotApiError, bad_request
from sandbox.telegram.parameters import Parameters

# `keyboards` and `bot_side` read these themselves, more strictly than the models and in Telegram's own words.
_READ_ELSEWHERE = frozenset({"reply_markup", "entities", "caption_entities"})
_STRUCTURED = frozenset(
    [
        "reply_parameters",
        "link_preview_options",
        "commands",
        "scope",
        "menu_button",
        "allowed_updates",
        "media",
        "message_ids",
    ]
)


class Models:
    """aiogram's import is dear: it is made with the first call, beside the event loop, and that call waits for it."""

    def __init__(self) -> None:
        self._by_method: dict[str, Any] = {}
        self._loading: asyncio.Task[dict[str, Any]] | None = None

    async def check(self, method: str, parameters: Parameters) -> None:
        """Raises `BotApiError` for a value of a wrong type and for a field inside a value that Telegram has not."""
        if not self._by_method:
            self._loading = self._loading or asyncio.create_task(asyncio.to_thread(_load))
            self._by_method = await asyncio.shield(self._loading)
        refused = _refusal(self._by_method[method], method, parameters)
        if refused is not None:
            raise refused


def _load() -> dict[str, Any]:
    methods = importlib.import_module("aiogram.methods")
    found = [one for one in vars(methods).values() if isinstance(one, type) and hasattr(one, "__api_method__")]
    return {one.__api_method__: one for one in found if isinstance(one.__api_method__, str)}


def _refusal(model: Any, method: str, parameters: Parameters) -> BotApiError | None:
    values = {
        name: parameters.structure(name) if name in _STRUCTURED else value
        for name, value in parameters.values.items()
        if name not in _READ_ELSEWHERE and value is not None and value != ""
    }
    values |= {name: f"attach://{name}" for name in parameters.uploads if name in model.model_fields}
    values = {name: value for name, value in values.items() if value is not None}
    try:
        made = model.model_validate(values)
    except ValueError as error:
        # what is missing altogether is refused where it is needed, in Telegram's own words
        errors: list[dict[str, Any]] = error.errors()  # type: ignore[attr-defined]
        wrong = [one for one in errors if one["type"] != "missing" or len(one["loc"]) > 1]
        if not wrong:
            return None
        place = ".".join(str(part) for part in wrong[0]["loc"])
        return bad_request(f'field "{place}" of {method} is wrong: {wrong[0]["msg"]}')
    for name in values:
        for place in _unknown(getattr(made, name), name):
            return bad_request(f'unknown field "{place}" of {method}')
    return None


def _unknown(value: Any, place: str) -> Iterator[str]:
    """Fields inside a value that its model keeps only because it keeps everything."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _unknown(one, f"{place}.{number}")
        return
    extra = getattr(value, "model_extra", None)
    if extra is None:
        return
    yield from (f"{place}.{name}" for name in extra)
    for name in value.model_fields_set - set(extra):
        yield from _unknown(getattr(value, name), f"{place}.{name}")
