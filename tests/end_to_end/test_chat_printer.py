"""A printer in the chat: its owner lets it in by a code, the cashier learns of it standing still."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import Refused
from tests.end_to_end.chat_street import OWNER, chat_street


async def test_only_the_owners_code_lets_a_printer_in(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        bridges = here.street.engine.bridges
        pairing = await bridges.begin("ПК у кассы")
        spaced = f"{pairing.code[:5]} {pairing.code[5:]}"
        vendor.say(f"принтер {spaced}")
        await vendor.sees("Подключить принтер может только владелец")
        assert await bridges.claim(pairing.secret) is None
        owner.say("принтер 00000 00000")
        await owner.sees("Такого кода нет")
        owner.say(f"Принтер {spaced}")
        await owner.sees("Принтер «ПК у кассы» подключён", "1 кассы")
        token = await bridges.claim(pairing.secret)
        assert token is not None
        bridge = await here.street.engine.access.bridge(token)
        assert bridge is not None and bridge.register_ids == (here.street.register_id,)
        owner.say(f"/bridge {spaced}")
        await owner.sees("Такого кода нет")
        with pytest.raises(Refused, match="PAIRING_UNKNOWN"):
            await bridges.claim("x")


@pytest.mark.parametrize(
    ("reason", "words"), [("paper_out", "кончилась бумага"), ("off", "выключен"), ("strange", "сообщает об ошибке")]
)
async def test_the_cashier_is_told_that_the_printer_stands_and_that_nothing_is_lost(
    database: str, tmp_path: Path, reason: str, words: str
) -> None:
    async with chat_street(database, tmp_path) as here:
        await here.street.sell()
        facts = {"reason": reason, "number": 1}
        engine = here.street.engine
        now = engine.clock.now()
        for _ in range(2):
            await engine.news.tell_once(here.street.register_id, "print.failed", f"job {reason}", now, facts)
        await here.chat().sees("принтер не печатает", words, "Чек № 1", "не пропали")
        told = [text for text in here.chat().texts() if "не печатает" in text]
        assert len(told) == 1
