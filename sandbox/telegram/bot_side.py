"""The methods of the Bot API that make and change messages; refusals come in Telegram's words."""

from __future__ import annotations

import re
from typing import Any

from sandbox.telegram import limits, pictures
from sandbox.telegram.errors import BotApiError, bad_request
from sandbox.telegram.keyboards import Markup, read_markup
from sandbox.telegram.markup import Entity, clean, is_empty, read_html, trim, units, with_found
from sandbox.telegram.methods import CHAT_ACTIONS
from sandbox.telegram.objects import Object, bot_user, message_object
from sandbox.telegram.parameters import Parameters, Upload
from sandbox.telegram.state import Chat, Message, State, StoredFile

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
_ENTITY_TYPES = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
    ]
)


class BotSide:
    """One method here for each method of the Bot API, by its own name in snake case."""

    def __init__(self, state: State, bot_id: int, username: str) -> None:
        self._state = state
        self._bot_id = bot_id
        self._username = username

    # ── what goes into a message ──

    def _chat(self, parameters: Parameters) -> Chat:
        text = parameters.text("chat_id")
        if not text:
            raise bad_request("chat_id is empty")
        chat = self._state.chats.get(int(text)) if re.fullmatch(r"-?\d{1,18}", text) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def _writable(self, parameters: Parameters) -> Chat:
        chat = self._chat(parameters)
        if chat.blocked:
            raise BotApiError(403, "Forbidden: bot was blocked by the user")
        if not chat.started:
            raise BotApiError(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def _formatted(
        self, parameters: Parameters, name: str, entities_name: str, units_max: int
    ) -> tuple[str, list[Entity]]:
        source = parameters.text(name) or ""
        mode = (parameters.text("parse_mode") or "").lower()
        entities: list[Entity] = []
        if mode == "html":
            text, entities = read_html(source)
        elif mode in ("markdown", "markdownv2"):
            raise bad_request("the sandbox reads parse_mode HTML only")
        elif mode:
            raise bad_request("unsupported parse_mode")
        else:
            text = clean(source)
            text, entities = trim(text, _explicit(parameters.structure(entities_name), text))
        if units(text) > units_max:
            raise bad_request("message is too long" if name == "text" else "message caption is too long")
        return text, with_found(text, entities)

    def _text(self, parameters: Parameters) -> tuple[str, list[Entity]]:
        text, entities = self._formatted(parameters, "text", "entities", limits.TEXT_UNITS_MAX)
        if is_empty(text):
            raise bad_request("message text is empty" if not parameters.text("text") else "text must be non-empty")
        return text, entities

    def _caption(self, parameters: Parameters) -> tuple[str, list[Entity]]:
        return self._formatted(parameters, "caption", "caption_entities", limits.CAPTION_UNITS_MAX)

    def _reply_to(self, parameters: Parameters, chat: Chat) -> int | None:
        reply = parameters.structure("reply_parameters")
        number, lenient = (
            parameters.integer("reply_to_message_id"),
            parameters.boolean("allow_sending_without_reply"),
        )
        if reply is not None:
            inner = Parameters(reply) if isinstance(reply, dict) else Parameters({})
            number, lenient = inner.integer("message_id"), inner.boolean("allow_sending_without_reply")
        if number is None or self._state.message(chat.id, number) is not None:
            return number
        if lenient:
            return None
        raise bad_request("message to be replied not found")

    def _inline_only(self, parameters: Parameters) -> list[list[dict[str, Any]]]:
        markup = read_markup(parameters.structure("reply_markup"))
        if markup is not None and markup.kind != "inline":
            raise bad_request("inline keyboard expected")
        return markup.rows if markup else []

    def _object(self, message: Message) -> Object:
        return message_object(self._state, message, bot_user(self._state, self._bot_id, self._username))

    # ── sending ──

    def _send(
        self,
        chat: Chat,
        parameters: Parameters,
        content: tuple[str, list[Entity]],
        media: str | None = None,
        upload: Upload | str | None = None,
    ) -> Object:
        markup = read_markup(parameters.structure("reply_markup"))
        reply_to = self._reply_to(parameters, chat)
        files = [self._file(upload, media).id] if media and upload is not None else []
        message = self._state.add_message(
            chat.id,
            "bot",
            *content,
            media=media,
            files=files,
            inline_keyboard=markup.rows if markup else [],
            had_reply_markup=markup is not None and markup.kind != "inline",
            reply_to=reply_to,
            silent=parameters.boolean("disable_notification"),
        )
        self._change_keyboard(chat, markup, message)
        return self._object(message)

    def _change_keyboard(self, chat: Chat, markup: Markup | None, message: Message) -> None:
        if markup is None or markup.kind in ("inline", "force"):
            return
        self._state.set_reply_keyboard(chat.id, markup.keyboard if markup.kind == "reply" else None, message.id)
        self._state.save_message(message)

    def send_message(self, parameters: Parameters) -> Object:
        chat = self._writable(parameters)
        return self._send(chat, parameters, self._text(parameters))

    def send_photo(self, parameters: Parameters) -> Object:
        chat = self._writable(parameters)
        caption = self._caption(parameters)
        return self._send(chat, parameters, caption, "photo", self._wanted(parameters.file("photo"), "photo"))

    def send_document(self, parameters: Parameters) -> Object:
        chat = self._writable(parameters)
        caption = self._caption(parameters)
        return self._send(chat, parameters, caption, "document", self._wanted(parameters.file("document"), "document"))

    @staticmethod
    def _wanted(upload: Upload | str | None, media: str) -> Upload | str:
        if upload is None:
            raise bad_request(f"there is no {media} in the request")
        return upload

    def _file(self, upload: Upload | str, media: str) -> StoredFile:
        if isinstance(upload, str):
            known = self._state.files.get(upload)
            if known is None:
                fetched = (
                    "failed to get HTTP URL content"
                    if upload.startswith("http")
                    else "wrong file identifier/HTTP URL specified"
                )
                raise bad_request(fetched)
            if media == "photo" and not known.width:
                raise bad_request("can't use file of type Document as Photo")
            return known
        return keep_file(self._state, upload, media)

    # ── editing ──

    def _editable(self, parameters: Parameters) -> Message:
        chat = self._chat(parameters)
        number = parameters.integer("message_id")
        if number is None:
            raise bad_request("message identifier is not specified")
        message = self._state.message(chat.id, number)
        if message is None:
            raise bad_request("message to edit not found")
        if message.sender != "bot" or message.had_reply_markup:
            raise bad_request("message can't be edited")
        if chat.blocked:
            raise BotApiError(403, "Forbidden: bot was blocked by the user")
        return message

    def _edit(self, message: Message, text: str, entities: list[Entity], rows: list[list[dict[str, Any]]]) -> Object:
        if (text, entities, rows) == (message.text, message.entities, message.inline_keyboard):
            raise bad_request(_NOT_MODIFIED)
        self._state.edit_message(message, text, entities)
        message.inline_keyboard = rows
        self._state.save_message(message)
        return self._object(message)

    def edit_message_text(self, parameters: Parameters) -> Object:
        """Without `reply_markup` the inline keyboard goes, as in Telegram."""
        message = self._editable(parameters)
        text, entities = self._text(parameters)
        if message.media or not message.text:
            raise bad_request("there is no text in the message to edit")
        return self._edit(message, text, entities, self._inline_only(parameters))

    def edit_message_caption(self, parameters: Parameters) -> Object:
        message = self._editable(parameters)
        caption, entities = self._caption(parameters)
        if not message.media:
            raise bad_request("there is no caption in the message to edit")
        return self._edit(message, caption, entities, self._inline_only(parameters))

    def edit_message_reply_markup(self, parameters: Parameters) -> Object:
        message = self._editable(parameters)
        return self._edit(message, message.text, message.entities, self._inline_only(parameters))

    def edit_message_media(self, parameters: Parameters) -> Object:
        message = self._editable(parameters)
        media = parameters.structure("media")
        if not isinstance(media, dict) or media.get("type") not in ("photo", "document"):
            raise bad_request("the sandbox edits media of type photo and document only")
        inner = Parameters(media, parameters.uploads)
        caption, entities = self._caption(inner)
        rows = self._inline_only(parameters)
        file = self._file(self._wanted(inner.file("media"), media["type"]), media["type"])
        if [file.id] == message.files and (caption, entities, rows) == (
            message.text,
            message.entities,
            message.inline_keyboard,
        ):
            raise bad_request(_NOT_MODIFIED)
        self._state.edit_message(message, caption, entities)
        message.media, message.files, message.inline_keyboard = media["type"], [file.id], rows
        self._state.save_message(message)
        return self._object(message)

    def delete_message(self, parameters: Parameters) -> bool:
        chat, number = self._chat(parameters), parameters.integer("message_id")
        if number is None:
            raise bad_request("message identifier is not specified")
        self._delete(chat, number)
        return True

    def delete_messages(self, parameters: Parameters) -> bool:
        """Unknown messages are passed over, as documented."""
        chat, numbers = self._chat(parameters), parameters.structure("message_ids")
        if not isinstance(numbers, list) or not 1 <= len(numbers) <= limits.DELETE_MESSAGES_MAX:
            raise bad_request(
                "too many message identifiers specified" if numbers else "message identifiers are not specified"
            )
        for number in numbers:
            if isinstance(number, int) and self._state.message(chat.id, number) is not None:
                self._delete(chat, number)
        return True

    def _delete(self, chat: Chat, number: int | None) -> None:
        message = self._state.message(chat.id, number)
        if message is None:
            raise bad_request("message to delete not found")
        if self._state.now().timestamp() - message.date > limits.DELETE_AGE_S_MAX:
            raise bad_request("message can't be deleted for everyone")
        if chat.keyboard_message == message.id:
            self._state.set_reply_keyboard(chat.id, None, None)
        self._state.remove_message(message)

    # ── answers and signs of life ──

    def answer_callback_query(self, parameters: Parameters) -> bool:
        press = self._state.presses.get(parameters.text("callback_query_id") or "")
        if press is None or self._state.is_stale(press):
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        text, url = parameters.text("text"), parameters.text("url")
        if text and len(text) > limits.CALLBACK_ANSWER_CHARACTERS_MAX:
            raise bad_request("MESSAGE_TOO_LONG")
        if url and not url.startswith((f"https://t.me/{self._username}?start=", f"t.me/{self._username}?start=")):
            raise bad_request("URL_INVALID")
        self._state.end_press(press)
        alert = parameters.boolean("show_alert")
        message = self._state.message(press.chat, press.message)
        if text:
            toast = {"text": text, "alert": alert, "at": self._state.now().isoformat(timespec="milliseconds")}
            if message is not None:
                message.toasts.append(toast)
                self._state.save_message(message)
            self._state.changed(press.chat, {"kind": "toast", "text": text, "alert": alert})
        self._state.changed(press.chat, {"kind": "answered", "message": press.message})
        return True

    def send_chat_action(self, parameters: Parameters) -> bool:
        chat = self._writable(parameters)
        action = parameters.text("action")
        if action not in CHAT_ACTIONS:
            raise bad_request("wrong parameter action in request")
        self._state.changed(chat.id, {"kind": "action", "action": action})
        return True


def keep_file(state: State, upload: Upload, media: str) -> StoredFile:
    """Checks size and kind as Telegram does on upload, then stores."""
    size_max = limits.PHOTO_BYTES_MAX if media == "photo" else limits.DOCUMENT_BYTES_MAX
    if len(upload.data) > size_max:
        raise (BotApiError(413, "Request Entity Too Large") if media == "document" else bad_request("file is too big"))
    if not upload.data:
        raise bad_request("file must be non-empty")
    name = pictures.file_name(upload.name)
    if media == "photo":
        width, height, content_type = pictures.photo_sides(upload.data)
        return state.add_file(name, content_type, upload.data, "photos", (width, height))
    return state.add_file(name, pictures.media_type(name, upload.type), upload.data, "documents", (0, 0))


def _explicit(value: Any, text: str) -> list[Entity]:
    """Entities that the bot counted itself; those that leave the text are refused."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    whole = units(text)
    for entity in value:
        if not isinstance(entity, dict) or entity.get("type") not in _ENTITY_TYPES:
            raise bad_request("can't parse entities: Unsupported type specified")
        offset, length = entity.get("offset"), entity.get("length")
        if (
            not isinstance(offset, int)
            or not isinstance(length, int)
            or offset < 0
            or length < 1
            or offset + length > whole
        ):
            raise bad_request("can't parse entities: ENTITY_BOUNDS_INVALID")
    return value
