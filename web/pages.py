"""Pages for people: the receipt behind its unguessable link, the front door, and whether the server is alive."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html import escape
from typing import cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from core.receipt.page import PageLanguage, page_etag, render_missing_page, render_page
from core.receipt.page_parts import CONTENT_SECURITY_POLICY
from core.texts import LANGUAGES, say
from core.usecases.books import LINK_KEY_CHARACTERS, PUBLIC_CODE_CHARACTERS
from web.api.caller import engine_of
from web.language import chosen
from web.papers import operator_of

router = APIRouter(include_in_schema=False)

CODE_CHARACTERS_MAX = 100
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


@router.api_route("/r/{code:path}", methods=["GET", "HEAD"])
async def receipt(request: Request, code: str) -> Response:
    """One receipt. Whatever opens nothing is looked up like any other code and answered with the same bytes."""
    language = _language(request)
    engine = engine_of(request)
    wellformed = len(code) <= CODE_CHARACTERS_MAX and _CODE.fullmatch(code) is not None
    view = await engine.books.by_link(code if wellformed else CODE_OF_NOTHING)
    if view is None:
        return HTMLResponse(render_missing_page(language), 404, {**PRIVATE, "Content-Language": language})
    etag = page_etag(view, language)
    headers = {**PRIVATE, "ETag": etag, "Content-Language": language}
    if _matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    page = render_page(
        view,
        operator_of(view.document.seller.operator),
        language=language,
        base_url=engine.settings.public_url,
        etag=etag,
    )
    return HTMLResponse(page, headers=headers)


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


def _matches(if_none_match: str, etag: str) -> bool:
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
