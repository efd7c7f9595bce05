"""«Отправить в другой версии»: a stopped head goes to the operator in the protocol's other version, by the chat."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.chat_street import OWNER, STRANGER, VENDOR, Chat, ChatStreet, chat_street
from tests.end_to_end.test_chat_stopped import stopped

BUTTON, YES_204, YES_203 = "Отправить в другой версии", "Да, отправить в версии 2.0.4", "Да, отправить в версии 2.0.3"


def versions(here: ChatStreet) -> list[int]:
    return [one["version"] for one in here.street.exchanges("TICKET")]


async def resolutions(here: ChatStreet) -> list[dict[str, object]]:
    """What was decided, as the register's chain keeps it."""
    rows = await here.street.engine.database.rows(
        "SELECT body FROM journal_entry WHERE kind = 'resolution' ORDER BY seq"
    )
    return [json.loads(row["body"]) for row in rows]


async def asked(person: Chat) -> str:
    """The confirmation's button, once the question is there."""
    await person.offers(BUTTON)
    person.press(BUTTON)
    await person.offers("Да, отправить в версии")
    data: str = person.button("Да, отправить в версии")["data"]
    return data


async def test_a_stopped_queue_goes_on_in_the_other_version(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        await stopped(here, code=3, text="версия снята")
        await owner.sees("не принял документ № 1: версия снята (код 3)", "Нажмите «Отправить в другой версии»")
        await asked(owner)
        question = await owner.sees("Отправить документ № 1 в другой версии", "в версии 2.0.3", "В версии 2.0.4")
        owner.press("Отмена")
        left = await owner.sees("Решение не принято")
        assert left["id"] == question["id"] and set(versions(here)) == {203} and await resolutions(here) == []
        here.street.behave()
        await asked(owner)
        owner.press(YES_204)
        await owner.sees("перешла на версию 2.0.4", "№ 1", "всё отправлено")
        assert versions(here)[-2:] == [204, 204]
        assert await here.documents() == ["1 sell autonomous_registered", "2 sell autonomous_registered"]
        (entry,) = await resolutions(here)
        assert (entry["resolution"], entry["protocol"], entry["number"]) == ("encode_again", "2.0.4", 1)
        assert entry["why"] == "Ерлан (owner)"
        assert (await here.street.view()).registration.protocol == "2.0.4"
        await here.stop_bot()
        await here.street.agrees()


async def test_a_confirmation_pressed_twice_never_switches_back(database: str, tmp_path: Path) -> None:
    """The operator refuses the other version too, so the lane stands at the very same document again."""
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        await stopped(here, code=3)
        confirm = await asked(owner)
        owner.press(data=confirm)
        owner.press(data=confirm)
        await owner.sees("Этого решения уже не нужно", "не принял документ № 1")
        view = await here.street.view()
        assert view.lane.stopped and view.registration.protocol == "2.0.4" and len(await resolutions(here)) == 1
        here.street.behave()
        await owner.offers(BUTTON)
        owner.press_like(BUTTON)
        await owner.offers(YES_203)
        owner.press_like(YES_203)
        await owner.sees("перешла на версию 2.0.3", "всё отправлено")
        assert [one["protocol"] for one in await resolutions(here)] == ["2.0.4", "2.0.3"]


@pytest.mark.parametrize("role", ["cashier", "viewer"])
async def test_only_owner_and_manager_decide_about_the_version(database: str, tmp_path: Path, role: str) -> None:
    async with chat_street(database, tmp_path) as here:
        manager, vendor = here.chat(STRANGER), here.chat(VENDOR)
        people, register_id = here.street.engine.people, here.street.register_id
        await people.link_person(register_id, STRANGER, "manager", "Оля", "ru")
        await stopped(here, code=3)
        assert (await vendor.sees("не принял документ № 1"))["keyboard"] == []
        confirm = await asked(manager)
        await people.link_person(register_id, STRANGER, role, "Оля", "ru")
        manager.press(data=confirm)
        await manager.sees("Что сделать: позовите того, кто может решить. Это Ерлан")
        assert any("Решает владелец или управляющий" in one for one in here.toasts()) and await resolutions(here) == []
        await people.link_person(register_id, STRANGER, "manager", "Оля", "ru")
        here.street.behave()
        manager.press(data=confirm)
        await manager.sees("перешла на версию 2.0.4", "всё отправлено")
        assert [one["why"] for one in await resolutions(here)] == ["Оля (manager)"]
