"""A vendor's whole day in Kazakh and the same day in Russian, kept as golden text: tests/golden/days.

``TIYN_REWRITE_GOLDEN=1`` writes the files anew; what changed in them is then read by a person.
"""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg
import pytest
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from core.domain.catalogue import Item
from core.texts import messages
from sandbox.telegram.person_side import PLACE
from tests.end_to_end.chat_street import Chat, ChatStreet, chat_street
from tests.end_to_end.transcript import Transcript
from tests.integration.engine_street import StillClock, Street

GOLDEN = Path(__file__).parent.parent / "golden" / "days"
AIGUL, DEVICE, TOKEN = 504, 90_010, 123_456_789
IIN_BIN = "131240010479"

FIRST_START: tuple[tuple[str, str, str], ...] = (
    ("tap", "Шын касса", "настоящую"),
    ("say", IIN_BIN, IIN_BIN),
    ("say", "ЖК Айгүл", "ИП Айгүл"),
    ("say", "Айгүлдің дүкені", "Лавка Айгүл"),
    ("say", "Алматы, Абай 10", "Алматы, Абая 10"),
    ("tap", "Орысшасымен бірдей", "Такой же"),
    ("place", "📍 Тұрған орнымды жіберу", "📍 Отправить, где я сейчас"),
    ("tap", "Жоқ, ҚҚС-сыз", "Нет, без НДС"),
    ("tap", "47111", "47111"),
    ("say", "600000090010", "600000090010"),
    ("say", "TIYN90010", "TIYN90010"),
    ("tap", "Оқу", "Учебный ОФД"),
    ("server", "", ""),
    ("say", str(DEVICE), str(DEVICE)),
    ("say", str(TOKEN), str(TOKEN)),
    ("tap", "✔ Кассаны ашу", "Завести кассу"),
)
SELLING: tuple[tuple[str, str, str], ...] = (
    ("say", "көмек", "помощь"),
    ("say", "салу 5000", "внести 5000"),
    ("tap", "5000 ₸ салу", "Внести 5000"),
    ("say", "2 шай 150, нан 200, қолма-қол 1000", "2 чай 150, хлеб 200, нал 1000"),
    ("tap", "Чек беру: 500", "Пробить 500"),
    ("goods", "", ""),
    ("say", "Тауарлар", "Товары"),
    ("tap", "Кофе · 800", "Кофе · 800"),
    ("tap", "Кофе · 800", "Кофе · 800"),
    ("tap", "Самса · 350", "Самса · 350"),
    ("tap", "Төлем 1950", "Оплата 1950"),
    ("tap", "2000 → 50", "2000 → 50"),
    ("tap", "Кофе · 800", "Кофе · 800"),
    ("tap", "Төлем 800", "Оплата 800"),
    ("tap", "Аралас төлем", "Смешанная оплата"),
    ("tap", "5", "5"),
    ("tap", "00", "00"),
    ("tap", "Қолма-қол 500 + карта 300", "Наличные 500 + карта 300"),
)
TROUBLE: tuple[tuple[str, str, str], ...] = (
    ("say", "қалайсың", "как дела"),
    ("say", "шай", "чай"),
    ("say", "қайтару", "возврат"),
    ("tap", "№ 3 · 1950", "№ 3 · 1950"),
    ("tap", "Чектің бөлігі", "Часть чека"),
    ("tap", "2: 1 / 1", "2: 1 / 1"),
    ("tap", "−", "−"),
    ("tap", "800 ₸ қайтару", "Вернуть 800"),
    ("down", "", ""),
    ("say", "нан 200 карта", "хлеб 200 карта"),
    ("tap", "Чек беру: 200", "Пробить 200"),
    ("say", "шай 150 қолма-қол", "чай 150 нал"),
    ("tap", "Чек беру: 150", "Пробить 150"),
    ("say", "касса", "касса"),
    ("back", "", ""),
    ("say", "чектер", "чеки"),
)
EVENING: tuple[tuple[str, str, str], ...] = (
    ("say", "X-есеп", "X-отчёт"),
    ("say", "Ауысымды жабу", "Закрыть смену"),
    ("tap", "Басқа сома", "Другая сумма"),
    ("say", "6000", "6000"),
    ("tap", "Қайтарымда қателестік", "Ошиблись со сдачей"),
    ("tap", "№ 1 ауысымды жабу", "Закрыть смену № 1"),
    ("tap", "Тауар бойынша", "По товарам"),
    ("say", "бүгінгі қорытынды", "итоги за сегодня"),
    ("tap", "Сағат бойынша", "По часам"),
    ("tap", "Кеше", "Вчера"),
    ("say", "қорытынды 15.11-1.11", "итоги 15.11-1.11"),
)


@dataclass
class Day:
    """One person's day on a register of their own."""

    here: ChatStreet
    chat: Chat
    script: Transcript
    language: str

    async def do(self, steps: tuple[tuple[str, str, str], ...]) -> None:
        for act, kk, ru in steps:
            words = kk if self.language == "kk" else ru
            acts: dict[str, Callable[[str], Awaitable[str]]] = {
                "say": self._say,
                "tap": self._tap,
                "place": self._place,
                "server": self._server,
                "goods": self._goods,
                "down": self._down,
                "back": self._back,
            }
            await self.script.step(await acts[act](words))

    async def _say(self, words: str) -> str:
        self.chat.say(words)
        return f"writes: {words}"

    async def _tap(self, words: str) -> str:
        button = await self.chat.offers(words)
        self.chat.press(data=button["data"])
        return f"presses: {button['text']}".replace("\u00a0", " ")

    async def _place(self, words: str) -> str:
        self.chat.press(words)
        return f"sends the place {PLACE['latitude']:.6f}, {PLACE['longitude']:.6f}"

    async def _server(self, _words: str) -> str:
        self.chat.say(f"127.0.0.1:{self.here.street.port}")
        return "writes: ‹server›"

    async def _goods(self, _words: str) -> str:
        register_id = (await self._street()).register_id
        for item in (Item("Кофе", 80_000), Item("Самса", 35_000)):
            await self.here.street.engine.catalogue.add(AIGUL, register_id, item)
        return "the catalogue: Кофе 800, Самса 350"

    async def _down(self, _words: str) -> str:
        (await self._street()).behave("down")
        return "the link is down"

    async def _back(self, _words: str) -> str:
        street = await self._street()
        await street.recover()
        await street.agrees()
        return "the link is back, everything was delivered"

    async def _street(self) -> Street:
        """The street as it looks from the register that the person opened."""
        person = await self.here.street.engine.people.person(AIGUL)
        assert person is not None
        return replace(self.here.street, register_id=next(iter(person.roles)), device_id=DEVICE)


async def day(database: str, folder: Path, language: str) -> str:
    """The transcript of the whole day."""
    async with chat_street(database, folder, language=language, clock=StillClock()) as here:
        here.telegram.new_person("Айгүл", language, AIGUL)
        here.street.ofd.register_device(
            DEVICE, TOKEN, rnm="600000090010", znm="TIYN90010", iin_bin=IIN_BIN, title="ИП Айгүл", address="Алматы"
        )
        connection = await asyncpg.connect(database)
        try:
            script = Transcript(here, AIGUL, connection)
            lived = Day(here, here.chat(AIGUL), script, language)
            here.telegram.start(AIGUL)
            await script.step("presses START")
            for part in (FIRST_START, SELLING, TROUBLE, EVENING):
                await lived.do(part)
            return script.text()
        finally:
            await connection.close()


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_vendors_day_reads_as_it_was_approved(database: str, tmp_path: Path, language: str) -> None:
    lived = await day(database, tmp_path, language)
    golden = GOLDEN / f"{language}.txt"
    if os.environ.get("TIYN_REWRITE_GOLDEN"):
        golden.write_text(lived, encoding="utf-8")
    assert lived == golden.read_text(encoding="utf-8")


RUSSIAN_WORDS = frozenset((GOLDEN / "russian_words.txt").read_text(encoding="utf-8").split())
"""Words that Kazakh does not have; «чек», «касса», «карта» and «не» are in both."""
FRAGMENT_LETTERS_MIN = 5


def _spoken(transcript: str) -> str:
    """What the bot said, without what the person did and without the button that offers Russian by its own name."""
    said = [line for line in transcript.splitlines() if not line.startswith(("» ", "message "))]
    return "\n".join(line for line in said if line.strip() != "[Русский]")


def _fragments(language: str, key: str) -> set[str]:
    """The words of a text between its parameters, its lines and its markup."""
    found: set[str] = set()
    for one in _strings(messages(language)[key]):
        found |= {part.strip(" .,:;?!·—«»()") for part in re.split(r"<[^>]*>|\n", one)}
    return {one for one in found if sum(letter.isalpha() for letter in one) >= FRAGMENT_LETTERS_MIN}


def _strings(message: ast.Message) -> list[str]:
    """Every stretch of written text in a message, whatever plural form it belongs to."""
    elements: list[str] = []

    class Reader(Visitor):
        def visit_TextElement(self, node: ast.TextElement) -> None:
            elements.append(node.value)

    Reader().visit(message)
    return elements


def _golden(language: str) -> str:
    return _spoken((GOLDEN / f"{language}.txt").read_text(encoding="utf-8"))


def test_no_line_of_the_russian_catalogue_stands_in_the_kazakh_day() -> None:
    kazakh_day, russian_day = _golden("kk"), _golden("ru")
    kazakh = {one for key in messages("kk") for one in _fragments("kk", key)}
    borrowed = {word for one in kazakh for word in one.split()}
    russian = {one for key in messages("ru") for one in _fragments("ru", key)} - kazakh - borrowed
    assert len([one for one in russian if one in russian_day]) > 80, "the Russian day shows how many would be found"
    assert sorted(one for one in russian if _stands(one, kazakh_day)) == []


def _stands(words: str, text: str) -> bool:
    """Whether the text has these words as whole words."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def test_no_russian_word_stands_in_the_kazakh_day() -> None:
    met = {one for one in re.findall(r"\w+", _golden("ru").casefold()) if one in RUSSIAN_WORDS}
    assert len(met) > 40, "the Russian day shows how many would be found"
    assert sorted(RUSSIAN_WORDS & set(re.findall(r"\w+", _golden("kk").casefold()))) == []
