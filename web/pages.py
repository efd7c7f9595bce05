"""Pages for people: the receipt behind its unguessable link, the front door, and whether the server is alive."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from functools import cache
from html import escape
from typing import cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from core.domain.view import DocumentView
from core.receipt.card import render_card
from core.receipt.page import PageLanguage, page_etag, render_missing_page, render_page
from core.receipt.page_parts import CONTENT_SECURITY_POLICY
from core.receipt.proof import Seal, proof_answer
from core.receipt.sheet import PaperName
from core.receipt.workshop import WORKSHOP
from core.texts import LANGUAGES, say
from core.usecases.books import LINK_KEY_CHARACTERS, PUBLIC_CODE_CHARACTERS
from web.api.caller import engine_of
from web.language import chosen
from web.papers import about_document, document_paper, operator_of

router = APIRouter(include_in_schema=False)

CODE_CHARACTERS_MAX = 100
FOLLOWING_MAX = 200
CODE_OF_NOTHING = "0" * (LINK_KEY_CHARACTERS + PUBLIC_CODE_CHARACTERS)
PRIVATE = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Vary": "Accept-Language",
}
_CODE = re.compile(r"[0-9A-Za-z_-]+")
_HOME_STYLE = (
    ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;"
    "font:17px/1.5 system-ui,sans-serif;background:#efe7da;color:#2a251f}"
    "main{max-width:26rem;padding:2rem 1.25rem;text-align:center}h1{font-size:1.5rem;line-height:1.3}"
    "nav a{color:inherit;display:inline-block;padding:.65rem .6rem}a{color:inherit}"
    "@media(prefers-color-scheme:dark){body{background:#17140f;color:#f0e9dc}}"
)
_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


@router.api_route("/r/{code}/card.png", methods=["GET", "HEAD"])
async def card(request: Request, code: str) -> Response:
    """The picture that a chat shows beside the link."""
    language = _language(request)
    view = await _receipt(request, code)
    if view is None:
        return _missing(language)

    async def draw(shown: DocumentView) -> bytes:
        operator = operator_of(shown.document.seller.operator)
        return await WORKSHOP.draw(lambda: render_card(shown, operator, language))

    return await _drawn(request, view, "image/png", f"card-{language}", draw)


@router.api_route("/r/{code}/receipt.pdf", methods=["GET", "HEAD"])
async def receipt_pdf(request: Request, code: str) -> Response:
    """The receipt as a PDF file, in the page's language, for a roll of 80 mm or for A4."""
    language = _language(request)
    view = await _receipt(request, code)
    if view is None:
        return _missing(language)
    width: PaperName = "a4" if request.query_params.get("width") == "a4" else "80"

    async def draw(shown: DocumentView) -> bytes:
        return await WORKSHOP.pdf(document_paper(shown, language), width, about_document(shown))

    return await _drawn(request, view, "application/pdf", f"pdf-{width}-{language}", draw)


@router.api_route("/r/{code}/proof.json", methods=["GET", "HEAD"])
async def proof(request: Request, code: str) -> Response:
    """The frozen bytes, the digest, and the digests that follow it up to the shift's Z-report."""
    view = await _receipt(request, code)
    if view is None:
        return _missing(_language(request))
    document, books = view.document, engine_of(request).books
    seal = await _seal(request, view)
    left = FOLLOWING_MAX if seal is None else min(FOLLOWING_MAX, seal.number - 1 - document.number)
    following: list[DocumentView] = []
    if left > 0 and document.report is None:
        following = await books.documents(
            document.register_id, after=document.number, limit=left, shift=document.shift
        )
    return JSONResponse(proof_answer(view, seal, following), headers=PRIVATE)


@router.api_route("/r/{code:path}", methods=["GET", "HEAD"])
async def receipt(request: Request, code: str) -> Response:
    """One receipt. Whatever opens nothing is looked up like any other code and answered with the same bytes."""
    language = _language(request)
    view = await _receipt(request, code)
    if view is None:
        return _missing(language)
    seal = await _seal(request, view)
    etag = page_etag(view, language, seal)
    headers = {**PRIVATE, "ETag": etag, "Content-Language": language}
    if matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    page = render_page(
        view,
        operator_of(view.document.seller.operator),
        language=language,
        base_url=engine_of(request).settings.public_url,
        seal=seal,
        bot=engine_of(request).settings.telegram_username,
        etag=etag,
    )
    return HTMLResponse(page, headers=headers)


async def _receipt(request: Request, code: str) -> DocumentView | None:
    wellformed = len(code) <= CODE_CHARACTERS_MAX and _CODE.fullmatch(code) is not None
    return await engine_of(request).books.by_link(code if wellformed else CODE_OF_NOTHING)


def _missing(language: PageLanguage) -> Response:
    return HTMLResponse(render_missing_page(language), 404, {**PRIVATE, "Content-Language": language})


async def _seal(request: Request, view: DocumentView) -> Seal | None:
    close = await engine_of(request).books.closing(view.document)
    return None if close is None else Seal.of(close)


async def _drawn(
    request: Request, view: DocumentView, media: str, form: str, draw: Callable[[DocumentView], Awaitable[bytes]]
) -> Response:
    """A drawing of a receipt, not drawn again for whoever has it; a form of its own goes into its ETag."""
    etag = f'"{page_etag(view, "ru").strip(chr(34))}-{form}"'
    headers = {**PRIVATE, "ETag": etag}
    if matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(await draw(view), media_type=media, headers=headers)


@router.api_route("/", methods=["GET", "HEAD"])
async def home(request: Request) -> Response:
    """The front door: whoever lands here without a receipt's link learns where receipts are."""
    language = _language(request)
    style = base64.b64encode(hashlib.sha256(_HOME_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; frame-ancestors 'none'"
    headers = {
        "Content-Security-Policy": policy,
        "Content-Language": language,
        "Vary": "Accept-Language",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(_home(language), headers=headers)


@router.api_route("/healthz", methods=["GET", "HEAD"])
async def healthz() -> Response:
    """Whether this process answers; it asks nothing of the database."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def _language(request: Request) -> PageLanguage:
    asked = chosen(request.query_params.get("lang"), request.headers.get("accept-language"))
    return cast("PageLanguage", asked)


def matches(if_none_match: str, etag: str) -> bool:
    """Weak comparison of RFC 9110, 8.8.3.2: a proxy may have made our ETag a weak one."""
    given = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return "*" in given or etag in given


@cache
def _home(language: str) -> str:
    links = "".join(f'<a href="?lang={one}" lang="{one}">{_NAMES[one]}</a>' for one in LANGUAGES)
    title = escape(say(language, "web-home-title"))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_HOME_STYLE}</style></head><body><main><h1>{title}</h1>"
        f"<p>{escape(say(language, 'web-home-text'))}</p>"
        f'<p><a href="/api/v1/openapi.json">{escape(say(language, "web-home-api"))}</a></p>'
        f"<nav>{links}</nav></main></body></html>\n"
    )
