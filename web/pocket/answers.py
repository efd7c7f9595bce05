"""What the page is told: rows of receipts, goods, what is left to return. Money as text, as in the API."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from core.domain.catalogue import ShelfItem
from core.domain.money import Money, format_money, format_quantity
from core.domain.notes import likely_sums
from core.domain.ticket import TicketInput
from core.domain.view import DocumentView
from core.receipt.typeset import QUIET_MODULES, code_rows, dark_runs
from core.usecases.returning import Returnable
from web.answers import Answer, document_answer, moment
from web.pages import matches
from web.pocket.bodies import request_body

NAMES_SHOWN = 3
CODES_KEPT = 256


def seen_response(request: Request, answer: Answer) -> Response:
    """The answer with its ETag, or 304 for a phone that has it: marks are asked for every two seconds."""
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def row_answer(view: DocumentView) -> Answer:
    """A document in the list of receipts."""
    document = view.document
    items = () if document.ticket is None else document.ticket.items
    return {
        "number": document.number,
        "kind": str(document.kind),
        "shift": document.shift,
        "made_at": moment(document.made_at),
        "total": format_money(document.total),
        "mark": str(view.mark),
        "names": [line.name for line in items[:NAMES_SHOWN]],
        "more": max(0, len(items) - NAMES_SHOWN),
    }


def shown_answer(view: DocumentView) -> Answer:
    """A document with the code of its page, which a customer reads off the screen."""
    answer = document_answer(view)
    signed = view.document.is_ticket
    return {**answer, "code": code_answer(view.receipt_url) if signed else None}


def good_answer(shelf: ShelfItem) -> Answer:
    """A tile. What is left out of it is as usual: a piece, the register's VAT."""
    item = shelf.item
    answer: Answer = {"id": shelf.item_id, "name": item.name, "price": format_money(item.price)}
    answer["section"] = item.section
    for name in ("unit", "vat", "barcode", "ntin"):
        if (value := getattr(item, name)) is not None:
            answer[name] = value
    if item.favourite:
        answer["favourite"] = True
    return answer


def notes_answer(total: Money) -> list[Answer]:
    """What a buyer is likely to hand over for a total, with the change of each."""
    if total <= 0:
        return []
    return [{"given": format_money(one), "change": format_money(one - total)} for one in likely_sums(total)]


def return_answer(
    found: Returnable, quantities: tuple[int, ...], request: TicketInput | None, total: Money
) -> Answer:
    """What is left of a receipt, what is chosen of it, and the body that makes that return, if it is of something."""
    lines = [
        {
            "name": one.line.name,
            "unit": one.line.unit,
            "price": format_money(one.line.price),
            "left": format_quantity(one.quantity),
            "left_sum": format_money(one.sum),
            "chosen": format_quantity(quantity),
            "sum": format_money(one.money(quantity) if quantity else 0),
        }
        for one, quantity in zip(found.left.lines, quantities, strict=True)
    ]
    return {
        "number": found.view.document.number,
        "lines": lines,
        "left_total": format_money(found.left.total),
        "total": format_money(total),
        "body": None if request is None else request_body(request),
    }


@lru_cache(maxsize=CODES_KEPT)
def code_answer(text: str) -> Answer:
    """A QR code as runs of dark modules, for one stroke of a path."""
    rows = code_rows(text)
    strokes = "".join(
        f"M{QUIET_MODULES + start} {QUIET_MODULES + line}.5h{length}"
        for line, row in enumerate(rows)
        for start, length in dark_runs(row)
    )
    return {"side": len(rows) + 2 * QUIET_MODULES, "strokes": strokes}
