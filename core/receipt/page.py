"""The receipt's page: one self-contained HTML that needs no script, drawn from the layout."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from html import escape
from typing import Literal, TypeAlias, assert_never
from urllib.parse import quote, urlsplit

from core.domain.view import DocumentView, Mark
from core.ofd.operators import OPERATORS, SANDBOX, Operator
from core.receipt.blocks import Badge, Block, CopyMark, Layout, Qr, Role, Row, Rule, Space, Text
from core.receipt.layout import receipt_layout
from core.receipt.page_parts import (
    CROSS,
    CROSSED_CLOUD,
    HOURGLASS,
    SCRIPT,
    STYLE,
    TICK,
    TWO_TICKS,
)
from core.receipt.proof import Seal, proof_section
from core.receipt.typeset import QUIET_MODULES, code_rows, dark_runs
from core.receipt.words import NBSP, moment
from core.texts import LANGUAGES, say

PageLanguage: TypeAlias = Literal["kk", "ru", "en"]

PAGE_FORM = "2"
"""Goes into the ETag; another value makes every kept page stale when the page's form changes."""

POLL_MS_FIRST = {Mark.SAVED: 1000, Mark.AUTONOMOUS: 5000, Mark.STOPPED: 30000}
CARD_WIDTH, CARD_HEIGHT = 1200, 630
VALUE_NOWRAP_CHARACTERS_MAX = 24
QR_DRAWINGS_MAX = 512
LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
_STATES = {
    Mark.SAVED: ("grey", HOURGLASS),
    Mark.REGISTERED: ("green", TWO_TICKS),
    Mark.AUTONOMOUS: ("amber", CROSSED_CLOUD),
    Mark.AUTONOMOUS_REGISTERED: ("green", TWO_TICKS),
    Mark.REFUSED: ("red", CROSS),
    Mark.STOPPED: ("amber", CROSSED_CLOUD),
    Mark.SETTLED: ("amber", TICK),
    Mark.PRACTICE: ("grey", TICK),
}


def page_etag(view: DocumentView, language: PageLanguage, seal: Seal | None = None) -> str:
    """The ETag header's value, quotes included; it changes with all that can change about a document."""
    facts = (
        PAGE_FORM,
        hashlib.sha256((STYLE + SCRIPT).encode()).hexdigest(),
        language,
        view.document.digest,
        view.mark,
        view.receipt_url,
        view.check_url,
        view.autonomous_sign,
        view.fiscal_sign,
        view.result_code,
        view.result_text,
        view.registered_at,
        seal,
    )
    return f'"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'


def render_page(
    view: DocumentView,
    operator: Operator | None,
    *,
    language: PageLanguage,
    base_url: str,
    seal: Seal | None = None,
    bot: str | None = None,
    etag: str | None = None,
) -> str:
    """The page of any document. ``base_url`` is the address of this server, without a closing slash; ``bot`` the name
    of the bot that keeps receipts, without it Telegram asks the reader whom to send the link.
    """
    layout = receipt_layout(view, operator, language=language)
    title, address = card_title(layout), urlsplit(view.receipt_url).path
    live = f' data-live="{POLL_MS_FIRST[view.mark]}"' if view.mark in POLL_MS_FIRST else ""
    body = (
        f"{_language_links(language)}"
        f'<section id="state" role="status" aria-label="{_say(language, "page-state")}" '
        f'class="{_STATES[view.mark][0]}">{_state(view, language)}</section>'
        f'<article id="paper">{_watermark(layout) if view.document.practice else ""}'
        f"{''.join(_block(block) for block in layout.blocks)}</article>"
        f'<div id="act">{_check_link(view, operator, language)}'
        f"{_keep_links(view, title, language, base_url, bot)}</div>"
        f'<footer id="foot">{_kept(view, language)}{proof_section(view, seal, language, address)}</footer>'
    )
    attributes = f' data-etag="{escape(etag or page_etag(view, language, seal))}"{live}'
    head = _card_head(view, layout, language, base_url)
    return _document(language, title, attributes, head, body, f"<script>{SCRIPT}</script>")


def _card_head(view: DocumentView, layout: Layout, language: str, base_url: str) -> str:
    """What a chat shows of the link; the picture has a fixed size, so the chat keeps its place free."""
    url = _absolute(view.receipt_url, base_url)
    said = {
        "og:type": "website",
        "og:title": card_title(layout),
        "og:description": card_description(layout),
        "og:url": url,
        "og:image": f"{url}/card.png?lang={language}",
        "og:image:type": "image/png",
        "og:image:width": str(CARD_WIDTH),
        "og:image:height": str(CARD_HEIGHT),
        "og:image:alt": card_title(layout),
    }
    properties = "".join(f'<meta property="{name}" content="{escape(words)}">' for name, words in said.items())
    return f'{properties}<meta name="twitter:card" content="summary_large_image">'


def _keep_links(view: DocumentView, title: str, language: str, base_url: str, bot: str | None) -> str:
    """Ways to keep the receipt; the one that needs the script shows itself only with it."""
    path = escape(urlsplit(view.receipt_url).path)
    url = quote(_absolute(view.receipt_url, base_url), safe="")
    telegram = f"https://t.me/share/url?url={url}&text={quote(title, safe='')}"
    if bot is not None:
        telegram = f"https://t.me/{bot}?start=r_{view.receipt_url.rpartition('/')[2]}"
    links = (
        f'<a href="{path}/receipt.pdf?lang={language}">{_say(language, "page-pdf")}</a>',
        f'<a href="{path}/receipt.pdf?width=a4&amp;lang={language}">{_say(language, "page-pdf-a4")}</a>',
        f'<a rel="noopener noreferrer nofollow" href="{escape(telegram)}">{_say(language, "page-keep")}</a>',
        f'<button id="share" type="button" hidden>{_say(language, "page-share")}</button>',
    )
    return f'<nav id="keep" aria-label="{_say(language, "page-more")}">{"".join(links)}</nav>'


def render_missing_page(language: PageLanguage) -> str:
    """The page of every code that opens nothing: the same bytes for all, in all languages, the asked one first."""
    order = (language, *(one for one in LANGUAGES if one != language))
    sites = "".join(
        f'<li><a rel="noopener noreferrer" href="https://{one.site}/">{one.site}</a></li>'
        for one in OPERATORS.values()
        if one.code != SANDBOX
    )
    sections = "".join(
        f'<section lang="{one}"><{"h1" if place == 0 else "h2"}>{_say(one, "missing-title")}'
        f"</{'h1' if place == 0 else 'h2'}><p>{_say(one, 'missing-text')}</p>"
        f"{f'<ul>{sites}</ul>' if place == 0 else ''}</section>"
        for place, one in enumerate(order)
    )
    title = say(language, "receipt-missing-title")
    return _document(language, title, "", "", f'<div class="lost">{sections}</div>', "")


def _document(language: str, title: str, attributes: str, head: str, body: str, script: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"{attributes}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow,noarchive"><meta name="referrer" content="no-referrer">'
        '<meta name="color-scheme" content="light dark"><meta name="format-detection" content="telephone=no">'
        f"<title>{escape(title)}</title>{head}<style>{STYLE}</style></head>"
        f"<body><main>{body}</main>{script}</body></html>\n"
    )


def _say(language: str, key: str, **params: str) -> str:
    return escape(say(language, f"receipt-{key}", **params))


def _language_links(language: str) -> str:
    chosen = {language: ' aria-current="true"'}
    links = "".join(
        f'<a href="?lang={one}" lang="{one}" hreflang="{one}"{chosen.get(one, "")}>{LANGUAGE_NAMES[one]}</a>'
        for one in LANGUAGES
    )
    return f'<nav aria-label="{_say(language, "page-language")}">{links}</nav>'


def _state(view: DocumentView, language: str) -> str:
    """The mark drawn and put into words: nobody has to know what a crossed cloud is (G10)."""
    mark = view.mark.replace("_", "-")
    about = f"about-{mark}"
    if view.mark is Mark.REGISTERED and not view.document.is_ticket:
        about = "about-registered-slip"
    parts = [_STATES[view.mark][1], f"<strong>{_say(language, f'state-{mark}')}</strong>"]
    parts.append(f"<p>{_say(language, about)}</p>")
    if view.registered_at is not None and view.mark in (Mark.REGISTERED, Mark.AUTONOMOUS_REGISTERED):
        parts.append(f"<p>{_say(language, 'registered-at', time=moment(view.registered_at))}</p>")
    if view.document.practice and view.mark is not Mark.PRACTICE:
        parts.append(f"<p>{_say(language, 'about-practice')}</p>")
    if view.mark in POLL_MS_FIRST:
        parts.append(f'<p><a href="?lang={language}">{_say(language, "page-refresh")}</a></p>')
    return "".join(parts)


def _kept(view: DocumentView, language: str) -> str:
    return "" if view.mark is Mark.REFUSED else f"<p>{_say(language, 'page-kept')}</p>"


def _check_link(view: DocumentView, operator: Operator | None, language: str) -> str:
    """The way to the operator's own page. What an operator sent is only followed if it is a web address."""
    url = view.check_url or ""
    if operator is None or view.mark is Mark.REFUSED or not _is_web_address(url):
        return ""
    return (
        f'<a class="button" rel="noopener noreferrer nofollow" href="{escape(url)}">{_say(language, "page-check")}</a>'
    )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return url.isprintable() and parts.scheme in ("http", "https") and bool(parts.hostname)


def _absolute(url: str, base_url: str) -> str:
    return base_url + url if url.startswith("/") else url


def card_title(layout: Layout) -> str:
    """The shop and the total: what the link is called in a chat."""
    seller = layout.of(Role.POINT) or layout.of(Role.TAXPAYER)
    names = [block.text for block in seller if isinstance(block, Text)]
    sums = [f"{block.right}{NBSP}₸" for block in layout.of(Role.TOTAL) if isinstance(block, Row)]
    return " · ".join(names[:1] + (sums or [layout.title]))


def card_description(layout: Layout) -> str:
    """What it is, its number and its time."""
    times = [block.right for block in layout.of(Role.TIME) if isinstance(block, Row)]
    return " · ".join([layout.title, *times])


def _watermark(layout: Layout) -> str:
    words = escape(" ".join(block.text for block in layout.of(Role.PRACTICE) if isinstance(block, Badge)))
    return (
        '<svg class="wm" aria-hidden="true"><defs><pattern id="w" width="380" height="130" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">'
        f'<text x="10" y="40">{words}</text><text x="200" y="105">{words}</text>'
        '</pattern></defs><rect width="100%" height="100%" fill="url(#w)"/></svg>'
    )


def _block(block: Block) -> str:
    match block:
        case Text():
            return _text(block)
        case Row():
            return _row(block)
        case Badge(role=role, text=text):
            drawing = CROSSED_CLOUD if role is Role.AUTONOMOUS else ""
            return f'<p class="badge {role}">{drawing}<span>{escape(text)}</span></p>'
        case CopyMark():
            return ""
        case Rule(char=char):
            return '<hr class="d">' if char == "=" else "<hr>"
        case Space():
            return "<br>"
        case Qr(data=data, caption=caption):
            return _qr(data, caption)
        case _:
            assert_never(block)


def _text(block: Text) -> str:
    tag = {Role.TAXPAYER: "h1", Role.HEADING: "h2"}.get(block.role, "p")
    classes = " ".join((block.role, *(("c",) if block.align == "center" else ()), *(("b",) if block.bold else ())))
    return f'<{tag} class="{classes}">{escape(block.text)}</{tag}>'


def _row(block: Row) -> str:
    value = escape(block.right)
    if block.role is Role.TOTAL:
        value += f"{NBSP}₸"
    wraps = ' class="w"' if len(block.right) > VALUE_NOWRAP_CHARACTERS_MAX else ""
    bold = " b" if block.bold else ""
    return f'<p class="r {block.role}{bold}"><span>{escape(block.left)}</span> <span{wraps}>{value}</span></p>'


def _qr(data: str, caption: str) -> str:
    words = escape(caption)
    drawing = _qr_drawing(data).replace("<svg ", f'<svg role="img" aria-label="{words}" ', 1)
    return f'<figure class="qr">{drawing}<figcaption>{words}</figcaption></figure>'


@lru_cache(maxsize=QR_DRAWINGS_MAX)
def _qr_drawing(data: str) -> str:
    """Every run of dark modules as one stroke; making the code costs more than the rest of the page."""
    rows = code_rows(data)
    side = len(rows) + 2 * QUIET_MODULES
    strokes = "".join(
        f"M{QUIET_MODULES + start} {QUIET_MODULES + line}.5h{length}"
        for line, row in enumerate(rows)
        for start, length in dark_runs(row)
    )
    return f'<svg viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path stroke="#000" d="{strokes}"/></svg>'
