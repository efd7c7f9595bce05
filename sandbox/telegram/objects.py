"""Telegram's own objects (User, Chat, Message …) as the Bot API answers them."""

from __future__ import annotations

from typing import Any

from sandbox.telegram.state import Chat, Message, State, StoredFile

Object = dict[str, Any]


def bot_user(state: State, bot_id: int, username: str, *, whole: bool = False) -> Object:
    name = state.bot.get("name", {}).get("") or "Tiyn"
    user: Object = {"id": bot_id, "is_bot": True, "first_name": name, "username": username}
    if whole:
        user |= {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
    return user


def person(chat: Chat) -> Object:
    return {"id": chat.id, "is_bot": False, "first_name": chat.name, "language_code": chat.language}


def chat_object(chat: Chat) -> Object:
    if chat.kind != "private":
        return {"id": chat.id, "type": chat.kind, "title": chat.name}
    return {"id": chat.id, "type": "private", "first_name": chat.name}


def message_object(state: State, message: Message, bot: Object, *, deep: bool = True) -> Object:
    """`reply_to_message` is told one level deep, as Telegram does."""
    chat = state.chats[message.chat]
    made: Object = {
        "message_id": message.id,
        "from": bot if message.sender == "bot" else person(state.chats[message.author or chat.id]),
        "chat": chat_object(chat),
        "date": message.date,
    }
    if message.edit_date is not None:
        made["edit_date"] = message.edit_date
    text, entities = ("caption", "caption_entities") if message.media else ("text", "entities")
    if message.text:
        made[text] = message.text
    if message.entities:
        made[entities] = message.entities
    if message.media:
        file = state.files[message.files[0]]
        made[message.media] = [photo_size(file)] if message.media == "photo" else document(file)
    if message.contact:
        made["contact"] = message.contact
    if message.location:
        made["location"] = message.location
    if message.inline_keyboard:
        made["reply_markup"] = {"inline_keyboard": message.inline_keyboard}
    replied = state.message(message.chat, message.reply_to)
    if deep and replied is not None:
        made["reply_to_message"] = message_object(state, replied, bot, deep=False)
    return made


def photo_size(file: StoredFile) -> Object:
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "width": file.width,
        "height": file.height,
        "file_size": file.size,
    }


def document(file: StoredFile) -> Object:
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "mime_type": file.type,
        "file_size": file.size,
    }
