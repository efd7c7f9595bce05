"""The page of the pocket register: a document, its modules and its words, all of our own. Nothing is built."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from fastapi import APIRouter
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor
from starlette.requests import Request
from starlette.responses import Response

from core.texts import LANGUAGES, messages, say
from web.api.caller import engine_of
from web.pages import matches
from web.problems import Problem

router = APIRouter()

TELEGRAM_FRAMES = ("https://web.telegram.org", "https://*.telegram.org")
"""Where Telegram in a browser shows Mini Apps; its other clients have no frames."""
WORDS_PREFIX = "pocket-"

_FOLDER = Path(__file__).parent / "page"
_MEDIA = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class File:
    """What is sent, with its ETag."""

    content: bytes
    media: str

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.content, mtime=0)

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


@cache
def files() -> dict[str, File]:
    """Everything that the page is made of, by its name."""
    found = {one.name: File(one.read_bytes(), _MEDIA[one.suffix]) for one in _FOLDER.iterdir() if one.suffix in _MEDIA}
    for language in LANGUAGES:
        text = json.dumps(words(language), ensure_ascii=False, separators=(",", ":"))
        found[f"words-{language}.json"] = File(text.encode(), "application/json")
    return found


@cache
def words(language: str) -> dict[str, str]:
    """The page's texts of one language; what is filled in later stands in braces: ``{total}``."""
    found = {}
    for key, message in messages(language).items():
        if key.startswith(WORDS_PREFIX):
            names = _Variables()
            names.visit(message)
            found[key.removeprefix(WORDS_PREFIX)] = say(language, key, **{name: f"{{{name}}}" for name in names.found})
    return found


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.found.add(node.id.name)


@router.api_route("/app", methods=["GET", "HEAD"])
async def page(request: Request) -> Response:
    """The document. Telegram may show it in a frame, and whatever else the settings name; nobody else."""
    frames = " ".join((*TELEGRAM_FRAMES, *(engine_of(request).settings.pocket_frames or "").split()))
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        f"manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self' {frames}"
    )
    return _sent(request, files()["index.html"], {"Content-Security-Policy": policy})


@router.api_route("/app/{name}", methods=["GET", "HEAD"])
async def file(request: Request, name: str) -> Response:
    """A module, the style or the words of a language."""
    found = files().get(name)
    if found is None or name == "index.html":
        raise Problem("NOT_FOUND", 404)
    return _sent(request, found, {})


def _sent(request: Request, found: File, more: dict[str, str]) -> Response:
    is_packed = "gzip" in request.headers.get("accept-encoding", "")
    etag = f'{found.etag[:-1]}-gzip"' if is_packed else found.etag
    headers = {
        "ETag": etag,
        "Vary": "Accept-Encoding",
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        **more,
    }
    if matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    return Response(found.packed if is_packed else found.content, media_type=found.media, headers=headers)
