"""The fire drill in the chat: one living message, the vendor's own goods, and not a byte in the journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain.drill import SCENES
from tests.end_to_end.chat_street import STRANGER, chat_street

WORDS = {
    "ru": ("учебная тревога", "Связь пропала!", "Дальше", "из 8", "Сошлось до тиына: 10 документов"),
    "kk": ("Оқу дабылы", "Байланыс үзілді!", "Әрі қарай", "/8", "Тиынына дейін дәл келді: 10 құжат"),
    "en": ("fire drill", "The link is lost!", "Next", "of 8", "They agree to the tiyn: 10 documents"),
}


@pytest.mark.parametrize("language", sorted(WORDS))
async def test_a_vendor_lives_through_72_hours_in_one_message(database: str, tmp_path: Path, language: str) -> None:
    ask, begin, onward, of, agreed = WORDS[language]
    async with chat_street(database, tmp_path, language=language) as here:
        vendor = here.chat()
        vendor.say("2 самса 450, айран 325 карта")
        await vendor.until(lambda: vendor.messages() and vendor.messages()[-1]["keyboard"], "a preview")
        vendor.press(data=vendor.messages()[-1]["keyboard"][0][0]["data"])
        await vendor.sees("✔✔", "1 225")
        before = (await here.street.view(), here.street.exchanges(), await here.documents())
        vendor.say(ask)
        shown = await vendor.sees("🔔", f"1 {of}".replace("1 /", "1/"), "самса")
        vendor.press_like(begin)
        for place in range(3, len(SCENES) + 1):
            await vendor.sees("🔔", f"{place - 1} {of}".replace(" /", "/"))
            vendor.press_like(onward)
        last = await vendor.sees("🔔", agreed)
        assert last["id"] == shown["id"] and len(last["edits"]) == len(SCENES) - 1
        seen = "\n".join(one["text"] for one in last["edits"])
        for sign in ("☁✕", "☁✕ ✔✔", "самса", "айран", "48", "24", "72"):
            assert sign in seen, sign
        assert (await here.street.view(), here.street.exchanges(), await here.documents()) == before


async def test_a_late_press_never_takes_the_story_back_and_a_sale_meanwhile_does_not_change_it(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("/drill")
        shown = await vendor.sees("1 из 8", "кофе")
        first = vendor.button("Связь пропала")["data"]
        vendor.press_like("Связь пропала")
        second = await vendor.sees("2 из 8")
        vendor.say("сок 900 карта")
        await vendor.offers("Пробить 900")
        vendor.press_like("Пробить 900")
        await vendor.sees("✔✔", "Чек № 1")
        vendor.press_like("Дальше")
        third = await vendor.sees("3 из 8")
        assert "сок" not in third["text"] and third["id"] == shown["id"] == second["id"]
        late = (await vendor.until(lambda: vendor.find("3 из 8"), "the third scene"))["text"]
        here.telegram._state.messages[shown["id"]].inline_keyboard = [[{"text": "старая", "callback_data": first}]]
        vendor.press("старая")
        vendor.say("/help")
        await vendor.sees("Как продать", "Учебная тревога")
        found = vendor.find("из 8")
        assert found is not None and found["text"] == late


@pytest.mark.parametrize("choice", ["", "0.20261123", "9.20261123", "8.20261123", "2.20261399", "²", "2", "x" * 9])
async def test_a_forged_scene_begins_anew_and_a_stranger_is_told_kindly(
    database: str, tmp_path: Path, choice: str
) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, stranger = here.chat(), here.chat(STRANGER)
        vendor.say("/drill")
        shown = await vendor.sees("1 из 8")
        data = f"drill:{here.street.register_id.replace('-', '')}:0:{choice}"
        here.telegram._state.messages[shown["id"]].inline_keyboard = [[{"text": "чужая", "callback_data": data}]]
        vendor.press("чужая")
        await vendor.until(lambda: len([one for one in vendor.texts() if "1 из 8" in one]) == 2, "a new drill")
        stranger.say("/drill")
        await stranger.sees("У вас нет кассы")
