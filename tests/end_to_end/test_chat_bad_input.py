"""Bad input: whatever comes into the chat is answered in words, within bounds, and makes nothing."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import zxingcpp

from tests.end_to_end.chat_street import OWNER, VENDOR, ChatStreet, chat_street
from tests.end_to_end.code_pictures import code_picture

MEMORY_BYTES_MAX = 64 * 1024 * 1024


@pytest.fixture
async def here(database: str, tmp_path: Path) -> AsyncIterator[ChatStreet]:
    async with chat_street(database, tmp_path) as made:
        yield made


HOSTILE = {
    "4096 letters": "я" * 4096,
    "4096 digits": "9" * 4096,
    "2048 emoji": "🎉" * 2048,
    "300 emoji": "🎉" * 300,
    "400 lines of goods": "\n".join(f"товар{number} {number}" for number in range(1, 401))[:4096],
    "500 lines": "\n".join(f"т {number}" for number in range(1, 501)),
    "500 empty lines": "x" + "\n" * 500 + "y",
    "500 sums": " ".join("1" for _ in range(500)),
    "operators": "кофе " + "2*" * 1000 + "3",
    "brackets": "(" * 4096,
    "tags": "<b>" * 1000,
    "an open tag": "</b><script>alert(1)</script>&#0;&lt; кофе",
    "right to left": "\u202e\u2067кофе\u2069 \u200f800\u202c",
    "combining": "е" + "\u0301" * 4000,
    "a bidi name": "שלום 800 карта",
    "control bytes": "".join(map(chr, range(1, 32))) + " кофе",
    "zero width": "к\u200bо\u200bф\u200bе",
    "a command that is none": "/" + "x" * 64,
    "a command in a crowd": "/x@another_bot " + "y" * 3000,
    "percent": "скидка 999999999% кофе 800",
    "negative": "кофе -800 * -1",
    "infinity": "кофе 1e308 * inf nan",
    "a fluent placeable": "{ $total } кофе {bot-help}",
    "a surrogate in name": "\ufffd\ufffe\uffff 800",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
async def test_whatever_is_written_is_answered_in_words(here: ChatStreet, name: str) -> None:
    vendor = here.chat()
    tracemalloc.start()
    vendor.say(HOSTILE[name])
    await vendor.until(vendor.messages, "an answer")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    (answer,) = vendor.messages()
    assert answer["text"].strip() and "ошибки на нашей стороне" not in answer["text"]
    assert not {"\u202e", "\u2067", "\u200f", "\x1b"} & set(answer["text"])
    assert peak < MEMORY_BYTES_MAX
    vendor.say("чай 150 карта")
    await vendor.sees("Итого: 150 ₸")
    assert await here.documents() == []


FORGED = [
    "",
    ":",
    ":::",
    "s",
    "s:::",
    "s:x:0:cash",
    "s:AAAAAAAAAAAA:0:cash",
    "s:AAAAAAAAAAAA:999999999999:cash",
    "s:AAAAAAAAAAAA:-1:cash",
    "s:AAAAAAAAAAAA:²:cash",
    "q:x:1:",
    "q:00000000000040008000000000000000:1:",
    "r:{register}:1:",
    "r:{register}:999999999999:",
    "q:{register}:0:",
    "k:{register}:1:settled",
    "f:{register}:99999999:set",
    "drill:{register}:999999999999:3.20260101",
    "l:xx:0:",
    "l:<b>:0:",
    "?:0:0:0",
    "я" * 32,
    "s:" + "'; DROP TABLE chat_draft;--",
]


async def test_forged_buttons_do_nothing_and_hold_up_nobody(here: ChatStreet) -> None:
    vendor = here.chat()
    vendor.say("кофе 800 карта")
    await vendor.offers("Пробить 800")
    shown = vendor.messages()[-1]["id"]
    for data in FORGED:
        forged = data.replace("{register}", here.street.register_id.replace("-", ""))
        here.telegram._state.messages[shown].inline_keyboard = [[{"text": "кнопка", "callback_data": forged}]]
        vendor.press("кнопка")
    await vendor.until(lambda: not here.telegram._state.presses, "an answer to each press")
    vendor.say("чай 150 карта")
    await vendor.sees("Итого: 150 ₸")
    assert await here.documents() == []
    assert not [text for text in vendor.texts() if "ошибки на нашей стороне" in text]


async def test_another_persons_button_is_not_theirs(here: ChatStreet) -> None:
    vendor, owner = here.chat(), here.chat(502)
    vendor.say("кофе 800 карта")
    data = (await vendor.offers("Пробить 800"))["data"]
    owner.say("чай 150 карта")
    await owner.offers("Пробить 150")
    message = here.telegram._state.messages[owner.messages()[-1]["id"]]
    message.inline_keyboard = [[{"text": "чужая", "callback_data": data}]]
    owner.press("чужая")
    await owner.until(lambda: any("не ваша" in toast for toast in here.toasts()), "a toast")
    assert await here.documents() == []


async def test_a_group_is_told_once_where_to_write(here: ChatStreet) -> None:
    group = here.telegram.new_group("Базар")
    here.telegram.say(group, "кофе 800 карта", by=VENDOR)
    crowd = here.chat(group)
    await crowd.sees("только в личном чате")
    for _ in range(5):
        here.telegram.say(group, "2 кофе 800", by=VENDOR)
    vendor = here.chat()
    vendor.say("чай 150 карта")
    await vendor.sees("Итого: 150 ₸")
    await vendor.until(lambda: not here.telegram._state.presses, "quiet")
    assert len(crowd.messages()) == 1 and await here.documents() == []


HOSTILE_NAME = "<b>Оля</b>&lt;\u202e\u2067\n\x1b[31m{ $total }"


async def test_a_hostile_name_of_a_person_is_only_a_name(here: ChatStreet) -> None:
    owner = here.chat(OWNER)
    here.telegram.new_person(HOSTILE_NAME, "ru", 505)
    owner.say("люди")
    await owner.offers("Пригласить кассира")
    owner.press_like("Пригласить кассира")
    link = re.search(r"start=(j_[\w-]+)", (await owner.sees("start=j_"))["text"])
    assert link is not None
    here.telegram.start(505, link[1])
    newcomer = here.chat(505)
    await newcomer.offers("Принять")
    newcomer.press_like("Принять")
    await newcomer.sees("Вы в кассе")
    told = await owner.sees("пришёл новый человек", "<b>Оля</b>&lt;")
    assert not {"\u202e", "\u2067", "\x1b"} & set(told["text"])
    newcomer.say("кофе 800 карта")
    await newcomer.offers("Пробить 800")
    newcomer.press_like("Пробить 800")
    await newcomer.offers("Подробнее")
    newcomer.press("Подробнее")
    timeline = await newcomer.sees("кассир", "<b>Оля</b>&lt;")
    assert not {"\u202e", "\u2067", "\x1b"} & set(timeline["text"])


@pytest.mark.parametrize("size", [20 * 1024 * 1024, 20 * 1024 * 1024 + 1])
async def test_a_photo_of_twenty_megabytes_is_refused_within_bounds(here: ChatStreet, size: int) -> None:
    vendor = here.chat()
    photo = b"\xff\xd8\xff" + bytes(size - 3)
    here.telegram.document(VENDOR, photo, "great.jpg")
    tracemalloc.start()
    await vendor.sees("Слишком большой файл", "до 10 МБ")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < size, "it was never read"
    vendor.say("чай 150 карта")
    await vendor.sees("Итого: 150 ₸")


@pytest.mark.parametrize("caption", ["<b>" * 300, "\u202e800", "я" * 1024])
async def test_a_photo_with_a_hostile_caption_is_answered_in_words(here: ChatStreet, caption: str) -> None:
    vendor = here.chat()
    here.telegram.photo(VENDOR, code_picture(("4006381333931", zxingcpp.BarcodeFormat.EAN13)), caption=caption)
    answer = await vendor.sees("встретился впервые", "4006381333931")
    assert not {"\u202e", "\u2067"} & set(answer["text"])
    assert await here.documents() == []
