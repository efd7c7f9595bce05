"""What the demo's page shows of one register, gathered from every part of the street."""

from __future__ import annotations

from typing import Any

from sandbox.demo.roles import ROLES
from sandbox.demo.street import Street

EXCHANGES_MAX = 60
EXCHANGES_LOOKED_AT = 500_000
PAPERS_MAX = 12
DOCUMENTS_LOOKED_AT = 20
_SUMS = {"TICKET": ("ticket", "amounts", "total"), "MONEY_PLACEMENT": ("money_placement", "sum")}

_BOOKED = (
    "n",
    "kind",
    "sum",
    "at",
    "made_at",
    "offline_ticket_number",
    "is_offline",
    "fr_shift_number",
    "printed_document_number",
    "fiscal_sign",
)

Told = dict[str, Any]


async def look(street: Street, register_id: str, *, after: int, papers_after: int) -> Told:
    """Everything at once, so that the page is drawn from one moment; the lists hold only what is new to it."""
    register = next(one for one in street.state.registers if one.register_id == register_id)
    device_id = register.device_id
    state = await street.engine.registers.get(register_id)
    # Only those shown are decoded: a long day's list must not hold up a receipt.
    exchanges = street.ofd.operator.exchanges.after(after, EXCHANGES_LOOKED_AT, device_id)[0][-EXCHANGES_MAX:]
    book = street.ofd.book(device_id)
    papers = [one for one in street.printer.papers() if one.n > papers_after and one.register_id in (register_id, "")]
    return {
        "version": street.version,
        "now": street.clock.now().isoformat(timespec="seconds"),
        "offset_s": street.state.offset_s,
        "roles": {name: street.roles.by_name[name].up for name in ROLES},
        "ofd": street.ofd.operator.behaviours.of(device_id).told(None),
        "printer": street.printer.mode,
        "register": {
            "mode": state.mode,
            "state": state.state,
            "block": None if state.block is None else state.block.text,
            "unsent": state.unsent,
            "shift": None if state.shift is None else state.shift.number,
            "cash": state.cash,
            "last_document": state.last_document,
        },
        "receipt": await _latest_receipt(street, register_id, state.last_document),
        "exchanges": [_exchange(one.told()) for one in exchanges],
        "book": {
            "documents": [_document(one) for one in book["documents"][-EXCHANGES_MAX:]],
            "count": len(book["documents"]),
            "tickets": book["tickets"],
            "cash": book["cash"],
            "z_reports": len(book["z_reports"]),
            "offline_periods": book["offline_periods"],
        },
        "papers": [{"n": one.n, "title": one.title, "document": one.document} for one in papers[-PAPERS_MAX:]],
    }


async def _latest_receipt(street: Street, register_id: str, last_document: int) -> Told | None:
    after = max(0, last_document - DOCUMENTS_LOOKED_AT)
    documents = await street.engine.books.documents(register_id, after=after, limit=DOCUMENTS_LOOKED_AT)
    for view in reversed(documents):
        if view.document.is_ticket and view.mark != "refused":
            code = view.receipt_url.rpartition("/")[2]
            total = view.document.total
            return {"number": view.document.number, "code": code, "total": total, "mark": str(view.mark)}
    return None


def _exchange(told: Told) -> Told:
    request = told["request"]
    ticket = request.get("ticket") or {}
    body = ticket or request.get("money_placement") or request.get("close_shift") or {}
    return {
        "n": told["n"],
        "at": told["at"],
        "command": told["command"],
        "kind": _kind(body),
        "document": body.get("printed_document_number"),
        "sum": _sum(told["command"], request),
        "offline_sign": ticket.get("offline_ticket_number"),
        "offline": bool(ticket.get("offline_ticket_number") or body.get("is_offline")),
        "outcome": told["outcome"],
        "result_code": told["result_code"],
        "answer_lost": told.get("answer_lost", False),
        "reqnum": told["reqnum"],
    }


def _kind(body: Told) -> str | None:
    """What the message tells of, under the names of the book; ``None`` for a close or for no document."""
    operation = str(body.get("operation", ""))
    name = operation.removeprefix("OPERATION_").removeprefix("MONEY_PLACEMENT_").lower()
    return name or None


def _sum(command: str, request: Told) -> int | None:
    """In tiyn."""
    value: Any = request
    for name in _SUMS.get(command, ()):
        value = (value or {}).get(name)
    if not isinstance(value, dict) or "bills" not in value:
        return None
    return int(value["bills"]) * 100 + int(value.get("coins", 0))


def _document(booked: Told) -> Told:
    return {name: booked.get(name) for name in _BOOKED}
