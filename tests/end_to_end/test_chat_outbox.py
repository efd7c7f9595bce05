"""The outbox at the moments between two statements: a message is one message, whoever was slow."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.screens.screen import Screen
from core.db.chat import ChatStore
from tests.end_to_end.chat_street import VENDOR, chat_street, desk_of


async def test_a_change_asked_for_while_its_message_is_being_noted_stays_one_message(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second look is written before the first one's message is known, and its writer goes on after all is sent."""
    real_want, real_set_shown = ChatStore.want, ChatStore.set_shown
    changed, noted = asyncio.Event(), asyncio.Event()
    wants = 0

    async def want(self: ChatStore, **asked: Any) -> Any:
        nonlocal wants
        wants += 1
        second = wants == 2
        row = await real_want(self, **asked)
        if second:
            assert row is not None and row.message_id is None
            changed.set()
            await noted.wait()
            if (sender := desk.outbox._senders.get(VENDOR)) is not None:
                await asyncio.wait({sender})
        return row

    async def set_shown(self: ChatStore, *asked: Any) -> Any:
        await changed.wait()
        row = await real_set_shown(self, *asked)
        if row is None:
            noted.set()
        return row

    async with chat_street(database, tmp_path, start=False) as here, desk_of(here) as desk:
        monkeypatch.setattr(ChatStore, "want", want)
        monkeypatch.setattr(ChatStore, "set_shown", set_shown)
        vendor = here.chat()
        await desk.outbox.show(VENDOR, "scene", Screen("сцена 1"))
        await vendor.sees("сцена 1")
        await desk.outbox.show(VENDOR, "scene", Screen("сцена 2"))
        await desk.outbox.show(VENDOR, "end", Screen("конец"))
        await vendor.sees("конец")
        assert vendor.texts() == ["сцена 2", "конец"]
