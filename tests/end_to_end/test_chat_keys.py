"""API keys in the chat: made and shown once, revoked, and closed to whoever is no owner."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.clock import ALMATY
from tests.end_to_end.chat_street import OWNER, STRANGER, chat_street
from tests.end_to_end.test_chat_people import _data, _press_forged


async def test_an_owner_makes_a_key_sees_it_once_and_revokes_it(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner, engine = here.chat(OWNER), here.street.engine
        owner.say("/settings")
        await owner.offers("Ключи API")
        owner.press_like("Ключи API")
        await owner.sees("Ключей пока нет")
        owner.press_like("только для чтения")
        shown = await owner.sees("Новый ключ", "только чтение", "удалите это сообщение")
        found = re.search(r"tiyn_[A-Za-z0-9_-]{43}", shown["text"])
        assert found is not None
        secret, today = found[0], engine.clock.now().astimezone(ALMATY)
        holder = await engine.access.holder(secret, today.date())
        assert holder is not None and holder.scopes == ("read",)
        owner.say("ключи api")
        listed = await owner.sees(f"{secret[:9]}…", "только чтение", f"последний вызов {today:%d.%m.%Y}")
        assert secret not in listed["text"]
        kept = await engine.database.value("SELECT string_agg(m::text, '') FROM chat_message m")
        assert secret not in kept
        owner.press_like("Отозвать tiyn_")
        await owner.sees("перестанут работать сразу")
        owner.press_like("Да, отозвать")
        await owner.sees("Ключ отозван", "Ключей пока нет")
        assert await engine.access.holder(secret, today.date()) is None
        record = await engine.crew.rows.audit(here.street.register_id, 10)
        assert [(one.kind, one.actor) for one in record] == [("key_revoked", OWNER), ("key_made", OWNER)]


async def test_a_key_that_did_not_arrive_is_revoked(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner, engine = here.chat(OWNER), here.street.engine
        owner.say("/keys")
        await owner.offers("Ключ для продаж")
        here.telegram.set_behaviour("too_many_requests", times=2)  # the press's answer and the message
        owner.press_like("Ключ для продаж")
        await owner.sees("Ключ мог не дойти", "уже отозван")
        assert await engine.crew.keys.all(OWNER, here.street.register_id) == []


@pytest.mark.parametrize("word", ["/keys", "api ключи"])
async def test_a_cashier_sees_no_keys(database: str, tmp_path: Path, word: str) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say(word)
        await vendor.sees("Нет права")


async def test_forged_buttons_make_and_revoke_nothing(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        engine, register_id = here.street.engine, here.street.register_id
        key, secret = await engine.crew.keys.make(OWNER, register_id, ("read",))
        stranger = here.chat(STRANGER)
        for choice in ("list", "add.sell", "add.read", "add.king", f"rm.{key.key_id}", f"rk.{key.key_id}", "rk.", ""):
            _press_forged(here, STRANGER, _data("keys", register_id, choice))
        stranger.say("кофе 800")
        await stranger.sees("У вас нет кассы")
        assert [one.key_id for one in await engine.crew.keys.all(OWNER, register_id)] == [key.key_id]
        assert await engine.access.holder(secret, engine.clock.now().date()) is not None
