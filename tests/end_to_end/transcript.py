"""What a chat shows, written down as text that is the same in every run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from tests.end_to_end.chat_street import ChatStreet

_WAITING = """
    SELECT (SELECT count(*) FROM chat_update WHERE state = 'waiting')
         + (SELECT count(*) FROM news WHERE done_at IS NULL)
         + (SELECT count(*) FROM chat_message WHERE shown < revision AND dropped IS NULL)
"""
_RANDOM = (
    (re.compile(r"\b127\.0\.0\.1:\d+"), "‹server›"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "‹digest›"),
    (re.compile(r"((?:Голова цепи:|Тізбек басы:|·) )[0-9a-f]{12}$", re.MULTILINE), r"\1‹head›"),
    (re.compile(r"((?:ФП|ФБ) )\d+"), r"\1‹sign›"),
    (re.compile(r"https?://\S+"), "‹link›"),
)


@dataclass
class Transcript:
    """The steps of one person's chat: what they did, then each message that is new or looks otherwise than before."""

    here: ChatStreet
    chat_id: int
    connection: asyncpg.Connection[Any]
    blocks: list[str] = field(default_factory=list)
    _shown: dict[int, str] = field(default_factory=dict)
    _numbers: dict[int, int] = field(default_factory=dict)
    """Messages count from 1 in the order in which they came, whatever else the street's Telegram numbered."""

    async def step(self, did: str) -> None:
        """Write down what the chat shows after this, once everything that it set off has come."""
        await self._quiet()
        self.blocks.append(f"» {did}")
        now = {one["id"]: one for one in self.here.telegram.transcript(self.chat_id) if one["from"] == "bot"}
        for gone in sorted(self._shown.keys() - now.keys()):
            del self._shown[gone]
            self.blocks.append(f"message {self._numbers[gone]} deleted")
        for number, message in now.items():
            look = _look(message)
            if self._shown.get(number) == look:
                continue
            known = number in self._shown
            self._shown[number] = look
            self._numbers.setdefault(number, len(self._numbers) + 1)
            how = "edited" if known else "silent" if message["silent"] else "sounding"
            self.blocks.append(f"message {self._numbers[number]}, {how}\n{look}")

    def text(self) -> str:
        return "\n\n".join(self.blocks) + "\n"

    async def _quiet(self) -> None:
        """Nothing waits: no update at Telegram, none in the inbox, no news, no message that should look otherwise.

        Telegram is looked at first: what left it by then is in the inbox when the database is asked. Each question is a
        round trip, in which the bot goes on.
        """
        state = self.here.telegram._state
        while True:
            taken = not state.updates and not state.presses
            if await self.connection.fetchval(_WAITING) == 0 and taken:
                return


def _look(message: dict[str, Any]) -> str:
    """Text, files and buttons, without what no run shares."""
    lines = [f"  {line}".rstrip() for line in (message["text"] or "").split("\n")]
    lines += [f"  ‹{one['type']} {one['width']}×{one['height']}›" for one in message["files"]]
    lines += [f"  {'  '.join(_button(one) for one in row)}" for row in message["keyboard"]]
    text = "\n".join(lines).replace("\u00a0", " ").replace("\u202f", " ")
    for pattern, instead in _RANDOM:
        text = pattern.sub(instead, text)
    return text


def _button(button: dict[str, Any]) -> str:
    kinds = [name for name in ("url", "copy_text", "web_app", "request_location") if name in button]
    notes = [*kinds, *([button["style"]] if "style" in button else [])]
    return f"[{button['text']}{' · ' + ', '.join(notes) if notes else ''}]"
