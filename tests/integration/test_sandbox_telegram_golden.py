"""The emulator itself: conversations of requests and answers as Telegram gives them, kept as text and replayed."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from telegram_street import Street, running

GOLDEN = Path(__file__).parents[1] / "golden" / "telegram"
CONVERSATIONS = sorted(path.stem for path in GOLDEN.glob("*.json"))


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with running() as made:
        yield made


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_a_conversation_goes_as_it_is_written_down(street: Street, name: str) -> None:
    steps: list[dict[str, Any]] = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    known: dict[str, str] = {}
    for step in steps:
        body = _filled(step.get("body", {}), known)
        if "person" in step:
            await street.person(step["person"], **body)
            continue
        answer = await street.bot(step["method"], **body)
        assert _plain(answer, known) == step["answer"], (step["method"], body)


def test_the_conversations_are_there() -> None:
    assert CONVERSATIONS == ["answers", "deleting", "edits", "formatting", "keyboards", "limits", "sending", "webhook"]


def _filled(value: Any, known: dict[str, str]) -> Any:
    """`<press>` becomes the id of the last press; `<x 5>` five times x."""
    if isinstance(value, dict):
        return {name: _filled(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, known) for one in value]
    if isinstance(value, str):
        value = re.sub(r"<(.) (\d+)>", lambda found: found[1] * int(found[2]), value)
        return known.get(value, value)
    return value


def _plain(value: Any, known: dict[str, str]) -> Any:
    """An answer without what is drawn by lot; the id of a press is remembered."""
    if isinstance(value, dict):
        if "chat_instance" in value:
            known["<press>"] = value["id"]
            value = {**value, "id": "<press>"}
        return {name: _plain(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, known) for one in value]
    return value
