"""«Учебная тревога»: 72 hours without a link in a minute. A story in one message; it makes and writes no document."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk
from bot.people import Speaker
from bot.phrases import plain_words
from bot.press import Action, Press
from bot.routers.context import is_private, told_no
from bot.routers.filters import Holds, press_of
from bot.screens.drill import DAY_FORM, drill_screen
from bot.screens.screen import Screen
from core.clock import ALMATY
from core.domain.drill import SCENES, Good
from core.texts import LANGUAGES, say

EXAMPLE_TENGE = (800, 350, 150)
BEGINS_HOUR = 10


def is_drill(text: str | None) -> bool:
    """Whether this text asks for the drill, in any language."""
    plain = plain_words(text, "/!. «»")
    return plain in {say(language, "drill-words") for language in LANGUAGES}


async def begin(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    await _begin(desk, speaker, origin)


async def go_on(query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str) -> None:
    """The next scene in place of the one before; a press that came late never takes the story back."""
    if press is None or not is_private(query) or await told_no(desk, speaker, origin, press.register_id):
        return
    found = _chosen(press.choice)
    if found is None:
        await _begin(desk, speaker, origin)
        return
    place, begins_at = found
    screen = await _scene(desk, speaker, press.register_id, press.number, place, begins_at)
    row = await desk.store.message_by_id(speaker.chat_id, query.message.message_id) if query.message else None
    await desk.outbox.show(speaker.chat_id, row.key if row else f"drill:{origin}", screen, stage=place)


async def _begin(desk: Desk, speaker: Speaker, origin: str) -> None:
    if await told_no(desk, speaker, origin, speaker.register_id):
        return
    assert speaker.register_id is not None
    last = (await desk.engine.registers.get(speaker.register_id)).last_document
    begins_at = _morning(desk.clock.now().astimezone(ALMATY))
    screen = await _scene(desk, speaker, speaker.register_id, last, 0, begins_at)
    await desk.outbox.show(speaker.chat_id, f"drill:{origin}", screen)


async def _scene(
    desk: Desk, speaker: Speaker, register_id: str, up_to: int, place: int, begins_at: datetime
) -> Screen:
    names = say(speaker.language, "drill-goods").split(",")
    examples = [Good(name.strip(), tenge * 100) for name, tenge in zip(names, EXAMPLE_TENGE, strict=True)]
    story = await desk.engine.drills.story(register_id, up_to=up_to, begins_at=begins_at, examples=examples)
    return drill_screen(speaker.language, story, place, register_id=register_id, up_to=up_to)


def _chosen(choice: str) -> tuple[int, datetime] | None:
    """The scene and the morning that a button names; ``None`` for a new drill and for a forged button."""
    place, _, day = choice.partition(".")
    if not (place.isascii() and place.isdigit() and len(place) == 1 and 0 < int(place) < len(SCENES)):
        return None
    try:
        return int(place), _morning(datetime.strptime(day, DAY_FORM).replace(tzinfo=ALMATY))
    except ValueError:
        return None


def _morning(day: datetime) -> datetime:
    return day.replace(hour=BEGINS_HOUR, minute=0, second=0, microsecond=0)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="drill")
    router.message.register(begin, Command("drill"))
    router.message.register(begin, Holds(F.text.func(is_drill)))
    router.callback_query.register(go_on, press_of(Action.DRILL))
    return router
