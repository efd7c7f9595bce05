"""A street with a chat: the real bot over HTTP at the sandbox's Telegram, the real engine, the sandbox operator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.desk import Desk
from bot.drawings import Drawings
from bot.outbox import Outbox
from bot.people import People
from bot.service import open_bot, serve
from bot.telegram import Telegram
from core.clock import MovableClock
from core.db.chat import ChatStore
from core.settings import Settings
from sandbox.telegram import TelegramServer
from tests.integration.engine_street import Street, street

TOKEN = "42:SANDBOX"
VENDOR, OWNER, STRANGER = 501, 502, 503
WAIT_S = 20


@dataclass
class Chat:
    """One person's side."""

    telegram: TelegramServer
    changed: asyncio.Condition
    id: int

    def say(self, text: str, reply_to: int | None = None) -> int:
        return self.telegram.say(self.id, text, reply_to)

    def press(self, text: str | None = None, data: str | None = None) -> dict[str, Any]:
        return self.telegram.press(self.id, text, data)

    def press_like(self, part: str) -> dict[str, Any]:
        """Press the newest button whose words contain this, spaces aside."""
        return self.press(data=self.button(part)["data"])

    def button(self, part: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = [
            one for message in reversed(self.messages()) for row in message["keyboard"] for one in row
        ]
        return next(one for one in found if _tight(part) in _tight(one["text"]))

    def messages(self) -> list[dict[str, Any]]:
        return [one for one in self.telegram.transcript(self.id) if one["from"] == "bot"]

    def texts(self) -> list[str]:
        return [one["text"] or "" for one in self.messages()]

    def find(self, *parts: str) -> dict[str, Any] | None:
        """The newest message that shows all of these, spaces aside."""
        fits = [one for one in self.messages() if all(_tight(part) in _tight(one["text"] or "") for part in parts)]
        return fits[-1] if fits else None

    async def sees(self, *parts: str) -> dict[str, Any]:
        """The message, once it is there."""
        found: dict[str, Any] = await self.until(lambda: self.find(*parts), f"{parts}")
        return found

    async def offers(self, part: str) -> dict[str, Any]:
        """The button, once it is there."""

        def found() -> dict[str, Any] | None:
            try:
                return self.button(part)
            except StopIteration:
                return None

        button: dict[str, Any] = await self.until(found, f"a button {part}")
        return button

    def is_silent(self, message: dict[str, Any]) -> bool:
        return self.telegram._state.messages[message["id"]].silent

    async def until(self, look: Callable[[], Any], what: str) -> Any:
        """Looks again whenever anything in the chats changed."""
        async with self.changed:
            try:
                async with asyncio.timeout(WAIT_S):
                    await self.changed.wait_for(lambda: bool(look()))
            except TimeoutError:
                raise AssertionError(f"{what} never came; the chat shows {self.texts()}") from None
        return look()


@dataclass
class ChatStreet:
    """The street and its people."""

    street: Street
    telegram: TelegramServer
    changed: asyncio.Condition
    settings: Settings
    _bot: asyncio.Task[None] | None = None
    _stop: asyncio.Event | None = None

    def chat(self, chat_id: int = VENDOR) -> Chat:
        return Chat(self.telegram, self.changed, chat_id)

    async def start_bot(self, points: Callable[[str], None] = lambda point: None) -> None:
        self._stop = asyncio.Event()
        self._bot = asyncio.create_task(serve(self.settings, self.street.clock, points, stop=self._stop))

    async def stop_bot(self) -> None:
        assert self._bot is not None and self._stop is not None
        self._stop.set()
        await self._bot
        self._bot = None

    def toasts(self) -> list[str]:
        """What presses were answered with, in all chats."""
        return [str(toast) for message in self.telegram._state.messages.values() for toast in message.toasts]

    def store(self) -> ChatStore:
        """The rows of the chat, as a second process sees them."""
        return ChatStore(self.street.engine.database)

    async def documents(self) -> list[str]:
        views = await self.street.engine.books.documents(self.street.register_id, after=0, limit=100)
        return [f"{one.document.number} {one.document.kind} {one.mark}" for one in views]


@asynccontextmanager
async def chat_street(
    database: str,
    folder: Path,
    *,
    language: str = "ru",
    start: bool = True,
    clock: MovableClock | None = None,
) -> AsyncIterator[ChatStreet]:
    async with street(database, folder, clock=clock) as here:
        telegram = TelegramServer(now=here.clock.now, token=TOKEN, folder=None)
        changed = _condition_of(telegram)
        app = web.Application()
        telegram.add_routes(app)
        for chat_id, name in ((VENDOR, "Айгүл"), (OWNER, "Ерлан"), (STRANGER, "Оля")):
            telegram.new_person(name, language, chat_id, started=True)
        people = here.engine.people
        await people.link_person(here.register_id, VENDOR, "cashier", "Айгүл", language)
        await people.link_person(here.register_id, OWNER, "owner", "Ерлан", language)
        async with TestServer(app) as host:
            settings = here.engine.settings.model_copy(
                update={
                    "telegram_token": SecretStr(TOKEN),
                    "telegram_base": telegram.api_base(str(host.make_url("")).rstrip("/")),
                }
            )
            made = ChatStreet(here, telegram, changed, settings)
            if start:
                await made.start_bot()
            try:
                yield made
            finally:
                if made._bot is not None:
                    await made.stop_bot()


def _condition_of(telegram: TelegramServer) -> asyncio.Condition:
    """Notified at every change of any chat."""
    changed = asyncio.Condition()
    state = telegram._state
    before = state.changed
    pending: set[asyncio.Task[None]] = set()

    async def notify() -> None:
        async with changed:
            changed.notify_all()

    def heard(chat: int, event: dict[str, Any]) -> None:
        before(chat, event)
        task = asyncio.create_task(notify())
        pending.add(task)
        task.add_done_callback(pending.discard)

    state.changed = heard
    return changed


def _tight(text: str) -> str:
    return "".join(text.split())


@asynccontextmanager
async def desk_of(here: ChatStreet) -> AsyncIterator[Desk]:
    """A desk on the street's own engine, with an outbox but without anybody who listens."""
    engine = here.street.engine
    store = ChatStore(engine.database)
    async with open_bot(here.settings) as bot:
        outbox = Outbox(store, Telegram(bot, Drawings(engine.books).drawn), here.street.clock.monotonic)
        desk = Desk(engine, store, outbox, People(engine, store, here.street.clock), here.street.clock)
        try:
            yield desk
        finally:
            await desk.close()
            await outbox.close()
