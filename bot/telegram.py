"""Screens to Telegram: the only file that builds calls of the Bot API for messages and reads their errors."""

from __future__ import annotations

import io
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import segno
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)
from aiogram.types import (
    BufferedInputFile,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.photos import Photos, is_unknown_file
from bot.screens.people import menu_labels
from bot.screens.screen import PDF, PLACE_LEFT, Paper, Rows, Screen
from core.errors import Refused
from core.reports.evening_picture import Picture
from core.texts import say

log = logging.getLogger(__name__)

CALL_TIMEOUT_S = 15
TOAST_TIMEOUT_S = 5
TOAST_CHARACTERS_MAX = 200
QR_SCALE = 10
AGAIN_S = 0.5

_NOT_MODIFIED = "message is not modified"
_BAD_URL = ("BUTTON_URL_INVALID", "wrong HTTP URL", "Wrong HTTP URL", "URL host is empty")


Draw = Callable[[Paper | Picture], Awaitable[BufferedInputFile]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of showing a screen: shown (with its message), to be tried again, blocked by the person, or refused."""

    message_id: int | None = None
    again_s: float | None = None
    blocked: bool = False
    refused: str | None = None

    @property
    def shown(self) -> bool:
        """Whether Telegram took it."""
        return self.again_s is None and not self.blocked and self.refused is None


class Telegram:
    """The bot's voice. A card that waited until people ``sleep`` makes no sound any more."""

    def __init__(self, bot: Bot, draw: Draw, sleep: Callable[[], bool] = lambda: False) -> None:
        self._bot = bot
        self._draw = draw
        self._sleep = sleep
        self._photos = Photos()

    async def deliver(self, chat_id: int, message_id: int | None, screen: Screen) -> Delivery:
        """Send the screen, or edit the message it already is. Never raises for what Telegram or the network says."""
        try:
            return Delivery(message_id=await self._deliver(chat_id, message_id, screen))
        except Refused as refused:
            # too much is being drawn at this moment; a document that is not there never will be
            return Delivery(again_s=AGAIN_S) if refused.code == "DRAWING_BUSY" else Delivery(refused=refused.code)
        except TelegramRetryAfter as error:
            return Delivery(again_s=float(error.retry_after))
        except TelegramForbiddenError:
            return Delivery(blocked=True)
        except TelegramBadRequest as error:
            return await self._after_refusal(chat_id, message_id, screen, error)
        except (AiogramError, OSError, TimeoutError) as error:
            log.warning("Telegram did not take a message of chat %s: %s", chat_id, error)
            return Delivery(again_s=AGAIN_S)

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """Whether Telegram took the message away; it refuses those older than two days."""
        try:
            return await self._bot.delete_message(chat_id, message_id, request_timeout=TOAST_TIMEOUT_S)
        except (AiogramError, OSError, TimeoutError) as error:
            log.info("a message was not deleted: %s", error)
            return False

    async def toast(self, callback_id: str, text: str, *, alert: bool = False) -> None:
        """Answer a press; an answer that Telegram does not take any more is worth nothing."""
        try:
            await self._bot.answer_callback_query(
                callback_id,
                text=text[:TOAST_CHARACTERS_MAX] or None,
                show_alert=alert,
                request_timeout=TOAST_TIMEOUT_S,
            )
        except (AiogramError, OSError, TimeoutError) as error:
            log.info("a press was not answered: %s", error)

    async def _after_refusal(
        self, chat_id: int, message_id: int | None, screen: Screen, error: TelegramBadRequest
    ) -> Delivery:
        if _NOT_MODIFIED in error.message:
            return Delivery(message_id=message_id)
        without = _without_urls(screen)
        if without is not screen and any(words in error.message for words in _BAD_URL):
            # An address that Telegram does not link to (a machine without a name): the rest is still worth showing.
            return await self.deliver(chat_id, message_id, without)
        return Delivery(refused=error.message)

    async def _deliver(self, chat_id: int, message_id: int | None, screen: Screen) -> int:
        drawn = screen.paper or screen.card
        if drawn is not None:
            return await self._deliver_drawn(chat_id, message_id, screen, drawn)
        if message_id is not None:
            await self._bot.edit_message_text(
                text=screen.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode="HTML",
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=_inline(screen.buttons),
                request_timeout=CALL_TIMEOUT_S,
            )
            return message_id
        if screen.qr is not None:
            photo = await self._bot.send_photo(
                chat_id,
                BufferedInputFile(qr_png(screen.qr), "qr.png"),
                caption=screen.text,
                parse_mode="HTML",
                disable_notification=screen.silent,
                request_timeout=CALL_TIMEOUT_S,
            )
            return photo.message_id
        sent = await self._bot.send_message(
            chat_id,
            screen.text,
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            disable_notification=screen.silent,
            reply_markup=_under_input(screen) or _inline(screen.buttons),
            request_timeout=CALL_TIMEOUT_S,
        )
        return sent.message_id

    async def _deliver_drawn(
        self, chat_id: int, message_id: int | None, screen: Screen, wanted: Paper | Picture
    ) -> int:
        """A picture or a file; when it changes, the picture is drawn anew in the same message, also in one that was a
        text until then.
        """
        if isinstance(wanted, Paper):
            return _number(await self._show_drawn(chat_id, message_id, screen, await self._draw(wanted)), message_id)
        known = self._photos.of(wanted)
        if known is not None:
            try:
                return _number(await self._show_drawn(chat_id, message_id, screen, known), message_id)
            except TelegramBadRequest as error:
                if not is_unknown_file(error):
                    raise
                self._photos.forget(wanted)
        shown = await self._show_drawn(chat_id, message_id, screen, await self._draw(wanted))
        self._photos.keep(wanted, shown)
        return _number(shown, message_id)

    async def _show_drawn(
        self, chat_id: int, message_id: int | None, screen: Screen, file: BufferedInputFile | str
    ) -> Message | bool:
        """Send it, or put it into the message; a file that Telegram has goes by its id."""
        buttons = _inline(screen.buttons)
        if message_id is not None:
            media = InputMediaPhoto(media=file, caption=screen.text, parse_mode="HTML")
            return await self._bot.edit_message_media(
                media, chat_id=chat_id, message_id=message_id, reply_markup=buttons, request_timeout=CALL_TIMEOUT_S
            )
        is_file = screen.paper is not None and screen.paper.form == PDF
        send = self._bot.send_document if is_file else self._bot.send_photo
        return await send(
            chat_id,
            file,
            caption=screen.text,
            parse_mode="HTML",
            disable_notification=screen.silent or (screen.card is not None and self._sleep()),
            reply_markup=buttons,
            request_timeout=CALL_TIMEOUT_S,
        )


def _number(shown: Message | bool, edited: int | None) -> int:
    """The message's number; of an edited one Telegram may say only that it was done."""
    if isinstance(shown, Message):
        return shown.message_id
    assert edited is not None, "a message that was sent is answered with itself"
    return edited


def qr_png(text: str) -> bytes:
    """A QR code large enough to scan from a phone's screen."""
    picture = io.BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="png", scale=QR_SCALE, border=4)
    return picture.getvalue()


def _inline(buttons: Rows) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    rows = [
        [
            InlineKeyboardButton(
                text=one.text,
                callback_data=one.data,
                url=one.url,
                style=one.style,
                copy_text=None if one.copy is None else CopyTextButton(text=one.copy),
            )
            for one in row
        ]
        for row in buttons
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _menu(language: str) -> ReplyKeyboardMarkup:
    rows = [[KeyboardButton(text=words) for words in row] for row in menu_labels(language)]
    return ReplyKeyboardMarkup(
        keyboard=rows,
        resize_keyboard=True,
        is_persistent=True,
        input_field_placeholder=say(language, "bot-menu-placeholder"),
    )


def _under_input(screen: Screen) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if screen.menu:
        return _menu(screen.menu)
    if screen.place == PLACE_LEFT:
        return ReplyKeyboardRemove()
    return _place(screen.place) if screen.place else None


def _place(language: str) -> ReplyKeyboardMarkup:
    """A tap sends where the person is; the other words are read like written ones."""
    send = KeyboardButton(text=say(language, "welcome-button-place"), request_location=True)
    rows = [[send], [KeyboardButton(text=say(language, f"welcome-button-{name}")) for name in ("back", "cancel")]]
    return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, one_time_keyboard=True)


def _without_urls(screen: Screen) -> Screen:
    rows = tuple(kept for row in screen.buttons if (kept := tuple(one for one in row if one.url is None)))
    if rows == screen.buttons:
        return screen
    return replace(screen, buttons=rows)
