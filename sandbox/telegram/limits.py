"""Telegram's numbers (each with its place in the Bot API's documentation) and the flood limiter."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

# core.telegram.org/bots/api#sendmessage: "1-4096 characters after entities parsing"; counted here in UTF-16 units,
# which is the stricter reading.
TEXT_UNITS_MAX = 4096
# #sendphoto, #editmessagecaption: "0-1024 characters after entities parsing".
CAPTION_UNITS_MAX = 1024
# #inlinekeyboardbutton: callback_data "1-64 bytes"; #copytextbutton "1-256 characters".
CALLBACK_DATA_BYTES_MAX = 64
COPY_TEXT_CHARACTERS_MAX = 256
# #answercallbackquery: "0-200 characters".
CALLBACK_ANSWER_CHARACTERS_MAX = 200
# #replykeyboardmarkup: placeholder "1-64 characters".
PLACEHOLDER_CHARACTERS_MAX = 64
# Not documented; what the server refuses with "reply markup is too long".
KEYBOARD_BUTTONS_MAX = 100
INLINE_ROW_BUTTONS_MAX = 8
KEYBOARD_ROW_BUTTONS_MAX = 12
# #setmycommands, #botcommand.
COMMANDS_MAX = 100
COMMAND_DESCRIPTION_CHARACTERS_MAX = 256
# #setmyname, #setmydescription, #setmyshortdescription.
BOT_NAME_CHARACTERS_MAX = 64
BOT_DESCRIPTION_CHARACTERS_MAX = 512
BOT_SHORT_DESCRIPTION_CHARACTERS_MAX = 120
# #sending-files and #getfile.
PHOTO_BYTES_MAX = 10 * 1024 * 1024
DOCUMENT_BYTES_MAX = 50 * 1024 * 1024
DOWNLOAD_BYTES_MAX = 20 * 1024 * 1024
PHOTO_SIDES_SUM_MAX = 10_000
PHOTO_SIDES_RATIO_MAX = 20
# #deletemessage: "less than 48 hours ago"; #deletemessages: 1-100 identifiers.
DELETE_AGE_S_MAX = 48 * 3600
DELETE_MESSAGES_MAX = 100
# #getupdates: limit 1-100; the server holds a long poll for 50 s at most.
UPDATES_LIMIT_MAX = 100
POLL_S_MAX = 50
# #setwebhook.
WEBHOOK_CONNECTIONS_MAX = 100
WEBHOOK_CONNECTIONS_DEFAULT = 40
WEBHOOK_ANSWER_S_MAX = 60
# How long a press may be answered; the real figure is not published, bots meet it after a restart.
CALLBACK_AGE_S_MAX = 60.0
# core.telegram.org/bots/features#deep-linking.
START_PAYLOAD_CHARACTERS_MAX = 64

# core.telegram.org/bots/faq: about one message a second in a chat and 30 a second in all. The bursts are the
# sandbox's own: a person's normal talk never trips over them, a loop that edits without a plan does.
CHAT_MESSAGES_PER_S = 1.0
CHAT_BURST = 20
# Answers to somebody who just wrote or pressed are not bound by the second of their chat (Bot API's maintainers say so;
# the number is the sandbox's own).
ANSWERS_PER_ACT = 4
# core.telegram.org/bots/faq: 20 messages a minute in a group.
GROUP_MESSAGES_PER_MINUTE = 20
ALL_MESSAGES_PER_S = 30.0
ALL_BURST = 60

# What the sandbox keeps at most; the oldest go first.
MESSAGES_PER_CHAT_MAX = 10_000
UPDATES_KEPT_MAX = 100_000
CHATS_MAX = 10_000


class Bucket:
    """A token bucket in monotonic seconds; `wait` says how long until there is a token, without taking it."""

    def __init__(self, capacity: int, per_second: float, clock: Callable[[], float]) -> None:
        self._capacity = float(capacity)
        self._per_second = per_second
        self._clock = clock
        self._tokens = float(capacity)
        self._filled_at = clock()

    def wait(self) -> float:
        now = self._clock()
        self._tokens = min(self._capacity, self._tokens + (now - self._filled_at) * self._per_second)
        self._filled_at = now
        return 0.0 if self._tokens >= 1.0 else (1.0 - self._tokens) / self._per_second

    def take(self) -> None:
        self._tokens -= 1.0

    def give(self, tokens: int) -> None:
        """More tokens, as far as the bucket holds them."""
        self.wait()
        self._tokens = min(self._capacity, self._tokens + tokens)


class FloodLimiter:
    """Counts sends and edits per chat and over all chats; monotonic time, so the demo's clock cannot trip it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._all = Bucket(ALL_BURST, ALL_MESSAGES_PER_S, clock)
        self._chats: dict[int, Bucket] = {}

    def person_acted(self, chat: int) -> None:
        """Somebody wrote or pressed: the bot may answer."""
        self._chat(chat).give(ANSWERS_PER_ACT)

    def retry_after_s(self, chat: int) -> int:
        """0 when the message may go (and is counted), else the whole seconds to wait (and nothing is counted)."""
        bucket = self._chat(chat)
        wait = max(bucket.wait(), self._all.wait())
        if wait > 0:
            return max(1, math.ceil(wait))
        bucket.take()
        self._all.take()
        return 0

    def _chat(self, chat: int) -> Bucket:
        bucket = self._chats.get(chat)
        if bucket is None and chat < 0:
            bucket = self._chats[chat] = Bucket(GROUP_MESSAGES_PER_MINUTE, GROUP_MESSAGES_PER_MINUTE / 60, self._clock)
        elif bucket is None:
            bucket = self._chats[chat] = Bucket(CHAT_BURST, CHAT_MESSAGES_PER_S, self._clock)
        return bucket
