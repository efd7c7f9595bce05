"""HTML of a message → plain text and entities with UTF-16 offsets, refusing what Telegram refuses, in its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.errors import BotApiError, bad_request

Entity = dict[str, Any]

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_TAGS = {*_KINDS, "span", "tg-emoji"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{1,8}));")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]+)))?\s*""")
_START_TAG = re.compile(r"<([^\s>]*)")
_END_TAG = re.compile(r"</([^\s>]*)\s*>")
_SPACE = " \t\n\r\v\f"
# Zero-width and other invisible letters: a text of these alone is empty to Telegram.
_INVISIBLE = re.compile(
    r"[\s\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufeff]*"
)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_REMOVED = re.compile(r"[\r\u2028-\u202e\u0333\u033f\u030a]")
_FOUND = (
    ("url", re.compile(r"(?:https?://|www\.|t\.me/)[^\s<>\"'«»]*[^\s<>\"'«».,;:!?)\]]")),
    ("email", re.compile(r"\b[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+\b")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}\b")),
)


def units(text: str) -> int:
    """The length in UTF-16 code units, the measure of every offset in the Bot API."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def clean(text: str) -> str:
    """As Telegram's server stores a text: control bytes become spaces, direction overrides disappear."""
    return _CONTROL.sub(" ", _REMOVED.sub("", text))


def is_empty(text: str) -> bool:
    return _INVISIBLE.fullmatch(text) is not None


@dataclass
class _Open:
    tag: str
    begin: int
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class _Reader:
    source: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def fail(self, words: str) -> BotApiError:
        return bad_request(f"can't parse entities: {words}")

    def offset(self, index: int) -> int:
        return len(self.source[:index].encode("utf-8", "surrogatepass"))

    def put(self, text: str) -> None:
        self.out.append(text)
        self.length += units(text)

    def read(self) -> None:
        source = self.source
        while self.at < len(source):
            letter = source[self.at]
            if letter == "&":
                self.reference()
            elif letter != "<":
                end = next((i for i in range(self.at, len(source)) if source[i] in "<&"), len(source))
                self.put(source[self.at : end])
                self.at = end
            elif source.startswith("</", self.at):
                self.close_tag()
            else:
                self.open_tag()
        if self.stack:
            raise self.fail(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')

    def reference(self) -> None:
        found = _REFERENCE.match(self.source, self.at)
        letter = None
        if found:
            decimal, hexadecimal, named = found.groups()
            code = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else None
            if code is None:
                letter = _NAMED.get(named)
            elif 0 < code < 0x110000 and not 0xD800 <= code < 0xE000:
                letter = chr(code)
        if found and letter is not None:
            self.put(letter)
            self.at = found.end()
        else:
            self.put("&")
            self.at += 1

    def open_tag(self) -> None:
        begin = self.at
        found = _START_TAG.match(self.source, begin)
        assert found is not None
        if found.end() >= len(self.source):
            raise self.fail(f"Unclosed start tag at byte offset {self.offset(begin)}")
        tag = found.group(1).lower()
        if tag not in _TAGS:
            raise self.fail(f'Unsupported start tag "{tag}" at byte offset {self.offset(begin)}')
        attributes: dict[str, str] = {}
        self.at = found.end()
        while self.at < len(self.source) and self.source[self.at] != ">":
            pair = _ATTRIBUTE.match(self.source, self.at)
            if pair is None or pair.end() == self.at:
                if self.source[self.at].isspace():
                    self.at += 1
                    continue
                raise self.fail(f'Empty attribute name in the tag "{tag}" at byte offset {self.offset(self.at)}')
            self.at = pair.end()
            values = [value for value in pair.groups()[1:] if value is not None]
            name = pair.group(1).lower()
            if not values and (tag, name) != ("blockquote", "expandable"):
                where = self.offset(self.at)
                raise self.fail(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {where}'
                )
            attributes[name] = _unescape(values[0]) if values else ""
        if self.at >= len(self.source):
            raise self.fail(f"Unclosed start tag at byte offset {self.offset(begin)}")
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.fail(f'Tag "span" must have class "tg-spoiler" at byte offset {self.offset(begin)}')
        self.at += 1
        self.stack.append(_Open(tag, self.length, attributes))

    def close_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise self.fail(f"Unexpected end tag at byte offset {self.offset(begin)}")
        found = _END_TAG.match(self.source, begin)
        if found is None:
            raise self.fail(f"Unclosed end tag at byte offset {self.offset(begin)}")
        tag, opened = found.group(1).lower(), self.stack[-1]
        if tag and tag != opened.tag:
            where = self.offset(begin)
            raise self.fail(f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{tag}>"')
        self.at = found.end()
        self.stack.pop()
        if self.length > opened.begin:
            self.entity(opened)

    def entity(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _KINDS.get(opened.tag, "spoiler"),
            "offset": opened.begin,
            "length": self.length - opened.begin,
        }
        if opened.tag == "tg-emoji":
            return
        if opened.tag == "a":
            text = "".join(self.out).encode("utf-16-le")[opened.begin * 2 :].decode("utf-16-le")
            url = opened.attributes.get("href") or text
            if not re.match(r"(?:https?|tg|tel|mailto):", url):
                if not re.match(r"[\w\-]+(?:\.[\w\-]+)+", url):
                    return
                url = f"http://{url}"
            entity["url"] = url
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        if opened.tag == "code" and self.stack and self.stack[-1].tag == "pre":
            language = opened.attributes.get("class", "")
            if language.startswith("language-") and self.stack[-1].begin == opened.begin:
                self.stack[-1].attributes["language"] = language.removeprefix("language-")
            return
        if opened.tag == "pre" and opened.attributes.get("language"):
            entity["language"] = opened.attributes["language"]
        self.entities.append(entity)


def _unescape(value: str) -> str:
    return re.sub(r"&(lt|gt|amp|quot);", lambda found: _NAMED[found.group(1)], value)


def read_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of a message in HTML; raises `BotApiError` in Telegram's words."""
    reader = _Reader(clean(source))
    reader.read()
    return trim("".join(reader.out), _without_nested_in_code(reader.entities))


def _without_nested_in_code(entities: list[Entity]) -> list[Entity]:
    """Code takes no other formatting inside (documentation, #formatting-options)."""
    codes = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in ("code", "pre")]
    return [
        e
        for e in entities
        if e["type"] in ("code", "pre")
        or not any(begin <= e["offset"] and e["offset"] + e["length"] <= end for begin, end in codes)
    ]


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Spaces at both ends go, as on the server; entities move and shrink with the text."""
    shorter = text.lstrip(_SPACE)
    skipped = len(text) - len(shorter)  # spaces are one unit each
    shorter = shorter.rstrip(_SPACE)
    whole = units(shorter)
    kept: list[Entity] = []
    for entity in entities:
        begin = max(0, entity["offset"] - skipped)
        end = min(whole, entity["offset"] + entity["length"] - skipped)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    kept.sort(key=lambda e: (e["offset"], -e["length"]))
    return shorter, kept


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Adds links, addresses and commands that Telegram finds by itself, outside of what is already marked."""
    if not any(sign in text for sign in "/@.:"):
        return entities
    fixed = ("text_link", "code", "pre")
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in fixed]
    found_all = list(entities)
    for kind, pattern in _FOUND:
        for found in pattern.finditer(text):
            begin = units(text[: found.start()])
            end = begin + units(found.group())
            if not any(begin < other_end and other_begin < end for other_begin, other_end in taken):
                taken.append((begin, end))
                found_all.append({"type": kind, "offset": begin, "length": end - begin})
    return sorted(found_all, key=lambda e: (e["offset"], -e["length"]))
