"""The first start: questions one by one, in rows, so that a restart goes on where somebody was."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from aiogram import Router
from aiogram.types import CallbackQuery, Location, Message

from bot.desk import Desk
from bot.people import Speaker
from bot.press import Action, Press
from bot.routers.context import is_private
from bot.routers.filters import press_of
from bot.screens.refusal import refusal_screen
from bot.screens.screen import Screen
from bot.screens.welcome import (
    ANSWER,
    BACK,
    CANCEL,
    EDIT,
    MAKE,
    NO,
    OKVED_OFFERED,
    SAME,
    SAMPLE,
    YES,
    cancelled_start_screen,
    check_screen,
    first_sale_screen,
    first_start_screen,
    opened_screen,
    operators_offered,
    place_left_screen,
    question_screen,
)
from core.db.ids import uuid7
from core.domain.onboarding import (
    CHECK,
    DEGREE,
    PLACE,
    FirstStart,
    answered,
    begin,
    changing,
    check_place,
    read_answer,
    went_back,
)
from core.errors import Refused
from core.texts import LANGUAGES, say

WELCOME = "welcome"
PRACTICE, REAL = "practice", "real"
PRACTICE_ADDRESS = (say("ru", "welcome-practice-address"), say("kk", "welcome-practice-address"))
OWN_HOSTS = ("127.0.0.1", "localhost", "::1")


def own_machine(desk: Desk) -> bool:
    """Whether nobody from outside is here: a trial, where a practice operator may stand beside. The chat must be
    another than Telegram's own too, else strangers could have addresses dialled from within the machine's network.
    """
    settings = desk.engine.settings
    own_chat = urlsplit(settings.telegram_base or "").hostname in OWN_HOSTS
    return own_chat and urlsplit(settings.public_url).hostname in OWN_HOSTS


async def pressed(query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str) -> None:
    """A button of a question. One of an earlier question only shows where the person is."""
    if press is None or not is_private(query):
        return
    state = await desk.engine.crew.first_starts.get(speaker.chat_id)
    if press.subject in (PRACTICE, REAL):
        await _begin(desk, speaker, state, origin, practice=press.subject == PRACTICE)
    elif state is None:
        await _show(desk, speaker, origin, first_start_screen(speaker.language))
    elif press.subject == CANCEL:
        await _cancel(desk, speaker, origin)
    elif press.reading != state.version or state.origin == origin:
        await _ask(desk, speaker, state, origin)
    elif press.subject == MAKE and state.step == CHECK and state.is_complete:
        await _make(desk, speaker, state, origin, query.from_user.full_name)
    else:
        try:
            await _move(desk, speaker, _after_press(desk, state, press, speaker.language, origin), origin)
        except Refused:
            await _ask(desk, speaker, state, origin)


async def is_answer(message: Message, speaker: Speaker) -> bool | dict[str, Any]:
    """A filter: something written or a place sent while a question is open; commands are never answers."""
    if speaker.awaiting != WELCOME or (message.text or "").startswith("/"):
        return False
    return message.text is not None or message.location is not None


async def written(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    state = await desk.engine.crew.first_starts.get(speaker.chat_id)
    if state is None or _is_word(message, "cancel"):
        if state is not None and state.step == PLACE and speaker.is_stranger:
            await _show(desk, speaker, f"place:{origin}", place_left_screen(speaker.language, has_menu=False))
        await _cancel(desk, speaker, origin)
    elif state.origin == origin or state.step == CHECK:
        await _ask(desk, speaker, state, origin)
    elif _is_word(message, "back"):
        await _move(desk, speaker, went_back(state, origin), origin, left=state.step)
    else:
        try:
            value = _value(desk, state, message)
        except Refused:
            await _ask(desk, speaker, state, origin, unfit=True)
        else:
            await _move(desk, speaker, answered(state, value, origin), origin, left=state.step)


def _after_press(desk: Desk, state: FirstStart, press: Press, language: str, origin: str) -> FirstStart:
    if press.subject == BACK:
        return went_back(state, origin)
    if press.subject == EDIT:
        return changing(state, press.choice, origin)
    if press.subject == ANSWER and state.step != CHECK:
        return answered(state, _tapped(desk, state, press.choice, language), origin)
    raise Refused("ANSWER_UNFIT", field="press")


def _tapped(desk: Desk, state: FirstStart, choice: str, language: str) -> Any:
    """The value that a button stands for; a forged one is refused."""
    offered: dict[tuple[str, str], Any] = {
        ("vat", YES): True,
        ("vat", NO): False,
        ("okved", SAMPLE): OKVED_OFFERED,
        ("address_kk", SAME): state.answers.get("address"),
        ("title", SAMPLE): say(language, "welcome-sample-title"),
        **{("operator", code): code for code in operators_offered(own_machine=own_machine(desk))},
    }
    if (state.step, choice) in offered:
        return offered[state.step, choice]
    raise Refused("ANSWER_UNFIT", field=state.step)


def _value(desk: Desk, state: FirstStart, message: Message) -> Any:
    if message.location is not None:
        if state.step != "place":
            raise Refused("ANSWER_UNFIT", field=state.step)
        return _located(message.location)
    return read_answer(state.step, message.text or "", own_machine=own_machine(desk))


def _located(location: Location) -> list[int]:
    return check_place(round(location.latitude * DEGREE), round(location.longitude * DEGREE))


def _is_word(message: Message, name: str) -> bool:
    """«Назад» and «Отмена», written or pressed under the input."""
    plain = (message.text or "").strip("« !.").casefold()
    return plain in {say(one, f"welcome-button-{name}").strip("« ").casefold() for one in LANGUAGES}


async def _begin(desk: Desk, speaker: Speaker, state: FirstStart | None, origin: str, *, practice: bool) -> None:
    """One that is under way goes on; the other kind begins anew."""
    if state is None or state.practice != practice:
        state = begin(speaker.chat_id, uuid7(), origin, practice=practice)
        await desk.engine.crew.first_starts.put(state)
    await _ask(desk, speaker, state, origin)


async def _move(desk: Desk, speaker: Speaker, state: FirstStart, origin: str, *, left: str = "") -> None:
    """``left`` is the step that was answered: the place had a keyboard of its own."""
    if left == PLACE:
        screen = place_left_screen(speaker.language, has_menu=not speaker.is_stranger)
        await _show(desk, speaker, f"place:{origin}", screen)
    await desk.engine.crew.first_starts.put(state)
    await _ask(desk, speaker, state, origin)


async def _ask(desk: Desk, speaker: Speaker, state: FirstStart, origin: str, *, unfit: bool = False) -> None:
    await desk.people.await_answer(speaker, WELCOME)
    screen = question_screen(speaker.language, state, own_machine=own_machine(desk), unfit=unfit)
    await _show(desk, speaker, origin, screen)


async def _cancel(desk: Desk, speaker: Speaker, origin: str) -> None:
    await desk.people.await_sum(speaker, None)
    await desk.engine.crew.first_starts.drop(speaker.chat_id)
    if not speaker.is_stranger:
        kept = Screen(say(speaker.language, "welcome-kept"), menu=speaker.language)
        await _show(desk, speaker, f"menu:{origin}", kept)
        return
    await _show(desk, speaker, origin, cancelled_start_screen(speaker.language))


async def _make(desk: Desk, speaker: Speaker, state: FirstStart, origin: str, name: str) -> None:
    """Open the register; what stands in the way is told above the answers, which all stay."""
    language = speaker.language
    try:
        view, copied = await desk.engine.crew.opening.open(
            state, name=name, language=language, practice_address=PRACTICE_ADDRESS
        )
    except Refused as refused:
        problem = refusal_screen(language, refused).text
        await _show(desk, speaker, origin, check_screen(language, state, problem))
        return
    await _show(desk, speaker, f"menu:{origin}", opened_screen(language, view.registration, copied=copied))
    await _show(desk, speaker, f"sale:{origin}", first_sale_screen(language))
    await desk.people.await_sum(speaker, None)
    # last: a crash before this opens the very same register again and changes nothing
    await desk.engine.crew.first_starts.drop(speaker.chat_id)


async def _show(desk: Desk, speaker: Speaker, origin: str, screen: Screen) -> None:
    await desk.outbox.show(speaker.chat_id, f"welcome:{origin}", screen)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="welcome")
    router.callback_query.register(pressed, press_of(Action.WELCOME))
    router.message.register(written, is_answer)
    return router
