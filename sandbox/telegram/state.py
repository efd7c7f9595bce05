"""What the sandbox's Telegram remembers: people, messages, files, presses and what the bot set about itself."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.telegram import limits
from sandbox.telegram.errors import PersonError, invalid, not_found
from sandbox.telegram.markup import Entity
from sandbox.telegram.shelf import Shelf

FIRST_CHAT = 700_000_001
FIRST_GROUP = -1_001_000_000_000
FIRST_UPDATE = 100_000_001


@dataclass
class Chat:
    """A person and their private chat with the bot (chat id = user id, as in Telegram), or a group with its title."""

    id: int
    name: str
    language: str
    started: bool = False
    blocked: bool = False
    reply_keyboard: dict[str, Any] | None = None
    keyboard_message: int | None = None
    kind: str = "private"


@dataclass
class Message:
    """One message as it is now; `edits` are the later texts with their times, `first_text` the one sent; `author` who
    spoke in a group.
    """

    id: int
    chat: int
    sender: str
    at: str
    date: int
    text: str
    entities: list[Entity]
    first_text: str
    media: str | None = None
    files: list[str] = field(default_factory=list)
    inline_keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    had_reply_markup: bool = False
    reply_to: int | None = None
    edit_date: int | None = None
    edits: list[dict[str, str]] = field(default_factory=list)
    toasts: list[dict[str, Any]] = field(default_factory=list)
    silent: bool = False
    read: bool = False
    contact: dict[str, Any] | None = None
    location: dict[str, float] | None = None
    author: int | None = None


@dataclass
class StoredFile:
    """A file by its id; `path` is what `getFile` names."""

    id: str
    unique_id: str
    name: str
    type: str
    size: int
    path: str
    width: int = 0
    height: int = 0


@dataclass
class Press:
    """A callback query that may be answered once, for a while (monotonic seconds)."""

    id: str
    chat: int
    message: int
    made_at_s: float


class State:
    """Everything that survives a restart. Every change goes through a method that also writes it down."""

    def __init__(self, now: Callable[[], datetime], folder: Path | None) -> None:
        self.now = now
        self.shelf = Shelf(folder)
        take = self.shelf.take
        self.chats = {int(key): Chat(**record) for key, record in take("chat").items()}
        self.messages = {int(key): Message(**record) for key, record in take("message").items()}
        self.files = {key: StoredFile(**record) for key, record in take("file").items()}
        self.bot: dict[str, Any] = take("bot").get("bot", {})
        self.updates = {int(key): record for key, record in sorted(take("update").items(), key=lambda kv: int(kv[0]))}
        # A press that waited through a restart may still be answered: its age starts anew.
        self.presses = {
            key: Press(**{**record, "made_at_s": time.monotonic()}) for key, record in take("press").items()
        }
        self._counters = {key: int(record["last"]) for key, record in take("counter").items()}
        self._messages_of: dict[int, list[int]] = {}
        for message in sorted(self.messages.values(), key=lambda one: one.id):
            self._messages_of.setdefault(message.chat, []).append(message.id)
        self.changed: Callable[[int, dict[str, Any]], None] = lambda chat, event: None

    def next(self, counter: str, first: int = 1) -> int:
        """Numbers never come twice, also after a restart."""
        last = self._counters[counter] = self._counters.get(counter, first - 1) + 1
        self.shelf.put("counter", counter, {"last": last})
        return last

    def chat(self, chat: int) -> Chat:
        found = self.chats.get(chat)
        if found is None:
            raise not_found("unknown_chat", chat=chat)
        return found

    def save_chat(self, chat: Chat) -> None:
        self.chats[chat.id] = chat
        self.shelf.put("chat", chat.id, vars(chat))

    def new_chat(self, name: str, language: str, chat: int | None, started: bool) -> Chat:
        known = self.chats.get(chat) if chat is not None else None
        if known is not None:
            if started and not known.started:
                known.started = True
                self.save_chat(known)
            return known
        if len(self.chats) >= limits.CHATS_MAX:
            raise PersonError(409, "CONFLICT", "too_many_chats", most=limits.CHATS_MAX)
        if language not in ("kk", "ru", "en"):
            raise invalid("unknown_language", language=language)
        if chat is not None and not 0 < chat < 1 << 52:
            raise invalid("bad_chat_number", chat=chat)
        while chat is None:
            number = self.next("chat", FIRST_CHAT)
            chat = number if number not in self.chats else None
        made = Chat(chat, name, language, started)
        self.save_chat(made)
        return made

    def new_group(self, title: str) -> Chat:
        """A group that the bot is in."""
        made = Chat(FIRST_GROUP - self.next("group"), title, "ru", started=True, kind="supergroup")
        self.save_chat(made)
        return made

    def messages_of(self, chat: int) -> list[Message]:
        return [self.messages[one] for one in self._messages_of.get(chat, [])]

    def latest_first(self, chat: int) -> list[Message]:
        return [self.messages[one] for one in reversed(self._messages_of.get(chat, []))]

    def message(self, chat: int, message: int | None) -> Message | None:
        found = self.messages.get(message) if message is not None else None
        return found if found is not None and found.chat == chat else None

    def add_message(self, chat: int, sender: str, text: str, entities: list[Entity], **more: Any) -> Message:
        at = self.now()
        message = Message(
            self.next("message"),
            chat,
            sender,
            at.isoformat(timespec="milliseconds"),
            int(at.timestamp()),
            text,
            entities,
            text,
            **more,
        )
        self.messages[message.id] = message
        ids = self._messages_of.setdefault(chat, [])
        ids.append(message.id)
        if len(ids) > limits.MESSAGES_PER_CHAT_MAX:
            self.remove_message(self.messages[ids[0]])
        self.save_message(message)
        return message

    def save_message(self, message: Message) -> None:
        self.shelf.put("message", message.id, vars(message))
        self.changed(message.chat, {"kind": "message", "message": message.id})

    def edit_message(self, message: Message, text: str, entities: list[Entity]) -> None:
        """Sets the text; remembers it with its time among the edits when it is another one."""
        at = self.now()
        if text != message.text:
            message.edits.append({"text": text, "at": at.isoformat(timespec="milliseconds")})
        message.text, message.entities = text, entities
        message.edit_date = int(at.timestamp())

    def remove_message(self, message: Message) -> None:
        del self.messages[message.id]
        self._messages_of[message.chat].remove(message.id)
        self.shelf.drop("message", message.id)
        self.changed(message.chat, {"kind": "removed", "message": message.id})

    def mark_read(self, message: int) -> None:
        found = self.messages.get(message)
        if found is not None and not found.read:
            found.read = True
            self.save_message(found)

    def set_reply_keyboard(self, chat: int, keyboard: dict[str, Any] | None, message: int | None) -> None:
        """Shows or takes away the keyboard under the input; the message that showed the old one changes too."""
        found = self.chats[chat]
        before = self.messages.get(found.keyboard_message) if found.keyboard_message is not None else None
        found.reply_keyboard, found.keyboard_message = keyboard, message if keyboard else None
        self.save_chat(found)
        self.changed(chat, {"kind": "chat"})
        if before is not None:
            self.changed(chat, {"kind": "message", "message": before.id})

    def add_file(self, name: str, content_type: str, data: bytes, folder: str, sides: tuple[int, int]) -> StoredFile:
        number = self.next("file")
        unique = f"AQAD{secrets.token_urlsafe(9)}"
        suffix = Path(name).suffix.lower() if Path(name).suffix[1:].isalnum() else ""
        made = StoredFile(
            f"AgACAgIAAx{secrets.token_urlsafe(24)}",
            unique,
            name,
            content_type,
            len(data),
            f"{folder}/file_{number}{suffix[:10]}",
            *sides,
        )
        self.shelf.put_file(made.unique_id, data)
        self.files[made.id] = made
        self.shelf.put("file", made.id, vars(made))
        return made

    def add_press(self, chat: int, message: int) -> Press:
        number = self.next("press", 1)
        press = Press(f"{chat}{number:09d}", chat, message, time.monotonic())
        for old in [one for one in self.presses.values() if self.is_stale(one)]:
            self.end_press(old)
        self.presses[press.id] = press
        self.shelf.put("press", press.id, vars(press))
        return press

    def is_stale(self, press: Press) -> bool:
        return time.monotonic() - press.made_at_s > limits.CALLBACK_AGE_S_MAX

    def end_press(self, press: Press) -> None:
        self.presses.pop(press.id, None)
        self.shelf.drop("press", press.id)

    def save_bot(self, **members: Any) -> None:
        self.bot.update(members)
        self.shelf.put("bot", "bot", self.bot)

    def put_update(self, number: int, record: dict[str, Any]) -> None:
        self.updates[number] = record
        self.shelf.put("update", number, record)
        while len(self.updates) > limits.UPDATES_KEPT_MAX:
            self.drop_update(next(iter(self.updates)))

    def drop_update(self, number: int) -> dict[str, Any] | None:
        record = self.updates.pop(number, None)
        if record is not None:
            self.shelf.drop("update", number)
        return record
