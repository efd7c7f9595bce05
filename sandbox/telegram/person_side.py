"""What a person can do in their chat — say, press, photo, start — and what they see there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sandbox.telegram import limits
from sandbox.telegram.bot_side import keep_file
from sandbox.telegram.errors import BotApiError, PersonError, invalid
from sandbox.telegram.launch import launch_data
from sandbox.telegram.markup import clean, is_empty, trim, units, with_found
from sandbox.telegram.objects import bot_user, chat_object, message_object, person
from sandbox.telegram.parameters import Upload
from sandbox.telegram.state import Chat, Message, State
from sandbox.telegram.updates import Updates

# Where the sandbox's people are when a bot asks: Almaty, the Green Bazaar.
PLACE = {"latitude": 43.263889, "longitude": 76.9525}
FILES = "/telegram/files"
_PAYLOAD = re.compile(rf"[A-Za-z0-9_\-]{{1,{limits.START_PAYLOAD_CHARACTERS_MAX}}}")
_ACTIONS = ("url", "web_app", "copy_text", "switch_inline_query", "switch_inline_query_current_chat")


class PersonSide:
    """Raises `PersonError` for what a person could not do; each act makes at most one update for the bot."""

    def __init__(self, state: State, updates: Updates, bot_id: int, username: str, token: str) -> None:
        self._token = token
        self._state = state
        self._updates = updates
        self._bot_id = bot_id
        self._username = username

    # ── acts ──

    def say(self, chat: int, text: str, reply_to: int | None = None, by: int | None = None) -> int:
        """The message's id. A first word also starts the bot, as in Telegram. In a group `by` names who speaks."""
        try:
            text.encode()
        except UnicodeEncodeError:
            raise invalid("text_not_utf8") from None
        text, _ = trim(clean(text), [])
        if is_empty(text):
            raise invalid("text_empty")
        if units(text) > limits.TEXT_UNITS_MAX:
            raise invalid("text_too_long", most=limits.TEXT_UNITS_MAX)
        return self._arrive(self._state.chat(chat), text, reply_to=reply_to, author=by).id

    def start(self, chat: int, payload: str | None = None) -> int:
        if payload is not None and not _PAYLOAD.fullmatch(payload):
            raise invalid("bad_payload", most=limits.START_PAYLOAD_CHARACTERS_MAX)
        found = self._state.chat(chat)
        if found.blocked:
            found.blocked = False
            self._state.save_chat(found)
        return self._arrive(found, f"/start {payload}" if payload else "/start").id

    def photo(self, chat: int, upload: Upload, caption: str = "", reply_to: int | None = None) -> int:
        return self._file(chat, upload, "photo", caption, reply_to)

    def document(self, chat: int, upload: Upload, caption: str = "", reply_to: int | None = None) -> int:
        return self._file(chat, upload, "document", caption, reply_to)

    def block(self, chat: int, blocked: bool) -> None:
        """A person may stop the bot; it hears 403 until they start it or write again."""
        found = self._state.chat(chat)
        found.blocked = blocked
        self._state.save_chat(found)
        self._state.changed(chat, {"kind": "chat"})

    def _file(self, chat: int, upload: Upload, media: str, caption: str, reply_to: int | None) -> int:
        found = self._state.chat(chat)
        caption, _ = trim(clean(caption), [])
        if units(caption) > limits.CAPTION_UNITS_MAX:
            raise invalid("text_too_long", most=limits.CAPTION_UNITS_MAX)
        self._check_reply(found, reply_to)
        try:
            file = keep_file(self._state, upload, media)
        except BotApiError as error:
            status = error.code
            text = "file_too_big" if status == 413 or "too big" in error.description else f"bad_{media}"
            raise PersonError(status, "VALIDATION", text, telegram=error.description) from error
        return self._arrive(found, caption, reply_to=reply_to, media=media, files=[file.id]).id

    def _check_reply(self, chat: Chat, reply_to: int | None) -> None:
        if reply_to is not None and self._state.message(chat.id, reply_to) is None:
            raise PersonError(404, "NOT_FOUND", "unknown_message", message=reply_to)

    def _arrive(self, chat: Chat, text: str, **more: Any) -> Message:
        self._check_reply(chat, more.get("reply_to"))
        if not chat.started or chat.blocked:
            chat.started, chat.blocked = True, False
            self._state.save_chat(chat)
            self._state.changed(chat.id, {"kind": "chat"})
        message = self._state.add_message(chat.id, "person", text, with_found(text, []), **more)
        body = message_object(self._state, message, self._bot())
        self._updates.add("message", body, chat=chat.id, message=message.id)
        return message

    def _bot(self) -> dict[str, Any]:
        return bot_user(self._state, self._bot_id, self._username)

    # ── presses ──

    def press(
        self, chat: int, text: str | None = None, data: str | None = None, message: int | None = None
    ) -> dict[str, Any]:
        """Presses by the words or the data of a button that is on the screen now, newest message first,
        then the keyboard under the input. With `message` only that message's buttons."""
        found = self._state.chat(chat)
        if (text is None) == (data is None):
            raise invalid("press_text_or_data")
        for kind, owner, button in self._on_screen(found, message):
            if button.get("callback_data") == data if text is None else _plain(button["text"]) == _plain(text):
                return self._press_reply(found, button) if kind == "reply" else self._press_inline(found, owner, button)
        raise PersonError(409, "NOT_ON_KEYBOARD", "not_on_keyboard", wanted=text if text is not None else data)

    def _on_screen(self, chat: Chat, only: int | None) -> Iterator[tuple[str, Message | None, dict[str, Any]]]:
        for message in self._state.latest_first(chat.id):
            if only is None or message.id == only:
                for row in message.inline_keyboard:
                    for button in row:
                        yield "inline", message, button
        if chat.reply_keyboard is not None and only is None:
            for row in chat.reply_keyboard["keyboard"]:
                for button in row:
                    yield "reply", None, button

    def _press_reply(self, chat: Chat, button: dict[str, Any]) -> dict[str, Any]:
        if button.get("request_contact"):
            contact = {
                "phone_number": f"+7701{chat.id % 10_000_000:07d}",
                "first_name": chat.name,
                "user_id": chat.id,
            }
            return {"message_id": self._arrive(chat, "", contact=contact).id, "data": None}
        if button.get("request_location"):
            return {"message_id": self._arrive(chat, "", location=PLACE).id, "data": None}
        if "web_app" in button:
            return {"message_id": None, "data": None, "web_app": button["web_app"]["url"]}
        return {"message_id": self._arrive(chat, button["text"]).id, "data": None}

    def _press_inline(self, chat: Chat, message: Message | None, button: dict[str, Any]) -> dict[str, Any]:
        assert message is not None
        answer: dict[str, Any] = {"message_id": message.id, "data": button.get("callback_data")}
        for name in _ACTIONS:
            if name in button:
                value = button[name]
                return {
                    **answer,
                    name: value.get("url") or value.get("text") if isinstance(value, dict) else value,
                }
        press = self._state.add_press(chat.id, message.id)
        body = {
            "id": press.id,
            "from": person(chat),
            "message": message_object(self._state, message, self._bot()),
            "chat_instance": str(chat.id * 1_000_003),
            "data": button["callback_data"],
        }
        self._updates.add("callback_query", body, chat=chat.id, message=None)
        return answer

    def launch_data(self, chat: int, age_s: int = 0) -> str:
        """The launch data of a Mini App that this person opened so many seconds ago."""
        found = self._state.chat(chat)
        at = int(self._state.now().timestamp()) - age_s
        return launch_data(self._token, person(found), at, f"AAH{self._state.next('launch'):012d}")

    # ── what is seen ──

    def transcript(self, chat: int, origin: str = "", last: int | None = None) -> list[dict[str, Any]]:
        """The chat from its first message (or the `last` ones); addresses of files begin with `origin`."""
        messages = self._state.messages_of(self._state.chat(chat).id)
        return [self.item(message, origin) for message in (messages[-last:] if last else messages)]

    def item(self, message: Message, origin: str = "") -> dict[str, Any]:
        """CONTRACT.md 2's members, then our own: times, the reply, toasts, whether it came silently."""
        chat = self._state.chats[message.chat]
        files = [self._state.files[one] for one in message.files]
        shows_reply_keyboard = chat.reply_keyboard is not None and chat.keyboard_message == message.id
        rows = (
            chat.reply_keyboard["keyboard"] if chat.reply_keyboard and shows_reply_keyboard else message.inline_keyboard
        )
        return {
            "id": message.id,
            "from": message.sender,
            "text": message.text,
            "entities": message.entities,
            "keyboard": [[_button(button) for button in row] for row in rows],
            "edits": message.edits,
            "files": [
                {
                    "name": f.name,
                    "type": f.type,
                    "url": f"{origin}{FILES}/{f.unique_id}",
                    "size": f.size,
                    "width": f.width,
                    "height": f.height,
                }
                for f in files
            ],
            "at": message.at,
            "first_text": message.first_text,
            "keyboard_kind": "reply" if shows_reply_keyboard else "inline" if rows else None,
            "media": message.media,
            "reply_to": message.reply_to,
            "toasts": message.toasts,
            "silent": message.silent,
            "read": message.read,
            "contact": message.contact,
            "location": message.location,
        }

    def view(self, chat: int) -> dict[str, Any]:
        """What the page needs beside the messages."""
        found = self._state.chat(chat)
        keyboard = found.reply_keyboard or {}
        return {
            "chat": chat_object(found),
            "language": found.language,
            "started": found.started,
            "blocked": found.blocked,
            "bot": self._bot(),
            "description": self._worded("description", found.language),
            "commands": self._commands(found.language),
            "menu_button": self._menu_button(chat),
            "keyboard": [[_button(button) for button in row] for row in keyboard.get("keyboard", [])],
            "one_time": bool(keyboard.get("one_time_keyboard")),
            "placeholder": keyboard.get("input_field_placeholder"),
        }

    def _menu_button(self, chat: int) -> dict[str, str] | None:
        """The Mini App behind the menu button, for this chat or for all."""
        menu: dict[str, Any] = self._state.bot.get("menu", {})
        button = menu.get(str(chat)) or menu.get("") or {}
        return {"text": button["text"], "url": button["web_app"]["url"]} if button.get("type") == "web_app" else None

    def _worded(self, name: str, language: str) -> str:
        words: dict[str, str] = self._state.bot.get(name, {})
        return words.get(language) or words.get("") or ""

    def _commands(self, language: str) -> list[dict[str, str]]:
        sets: dict[str, list[dict[str, str]]] = self._state.bot.get("commands", {})
        for scope in ('{"type": "all_private_chats"}', '{"type": "default"}'):
            for suffix in (language, ""):
                if sets.get(f"{scope}|{suffix}"):
                    return sets[f"{scope}|{suffix}"]
        return []


def _plain(words: str) -> str:
    """Non-breaking and thin spaces count as spaces: who presses by words types ordinary ones."""
    return " ".join(words.split())


def _button(button: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"text": button["text"]}
    if "callback_data" in button:
        made["data"] = button["callback_data"]
    for name in ("web_app", "copy_text"):
        if name in button:
            made[name] = button[name].get("url") or button[name].get("text")
    for name in ("url", "style", "request_contact", "request_location"):
        if name in button:
            made[name] = button[name]
    return made
