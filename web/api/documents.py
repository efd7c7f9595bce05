"""Documents: made, read again, and as the paper that people see."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.decide import PlacementInput
from core.domain.ticket import Cashier, Kind
from core.domain.view import DocumentView
from core.usecases.acts import Made
from web.answers import Answer, document_answer
from web.api.answered import answers
from web.api.caller import READ, SELL, admit, engine_of, idempotency_key
from web.api.describe import KEY_HEADER, takes
from web.api.paging import PAGE_ITEMS, After, Limit, ShiftNumber, page_size, paged, path_number
from web.json_body import read_json
from web.papers import (
    Language,
    Width,
    about_document,
    document_paper,
    layout_answer,
    pdf_response,
    picture_response,
    text_response,
)
from web.requests import TicketBody, read_document, tiyn

router = APIRouter(tags=["documents"])


@router.post(
    "/registers/{register_id}/documents",
    summary="Make a document: a ticket, a deposit or a withdrawal",
    status_code=201,
    responses=answers("Document", created=True),
    openapi_extra=takes("TicketBody", "PlacementBody", parameters=[KEY_HEADER]),
)
async def make(request: Request, register_id: str) -> Response:
    register_id = await admit(request, register_id, SELL)
    key = idempotency_key(request)
    body = read_document(await read_json(request))
    command = body.ticket() if isinstance(body, TicketBody) else PlacementInput(Kind(body.kind), tiyn(body.sum))
    cashier = Cashier() if body.cashier is None else body.cashier.cashier()
    return made_response(await engine_of(request).acts.make(register_id, command, key=key, cashier=cashier))


@router.get(
    "/registers/{register_id}/documents",
    summary="The journal, ascending",
    responses=answers("DocumentList"),
)
async def journal(
    request: Request,
    register_id: str,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
    shift: ShiftNumber = None,
) -> Response:
    register_id = await admit(request, register_id, READ)
    size = page_size(limit)
    views = await engine_of(request).books.documents(register_id, after=after, limit=size + 1, shift=shift)
    return JSONResponse(paged([document_answer(view) for view in views], size))


@router.get(
    "/registers/{register_id}/documents/{number}.txt",
    summary="The receipt as text",
    responses=answers(media="text/plain"),
    response_class=Response,
)
async def as_text(
    request: Request, register_id: str, number: str, width: Width = "80", lang: Language = "kk-ru"
) -> Response:
    view = await _document(request, register_id, number)
    return text_response(document_paper(view, lang), width)


@router.get(
    "/registers/{register_id}/documents/{number}.pdf",
    summary="The receipt as a PDF file",
    responses=answers(media="application/pdf"),
    response_class=Response,
)
async def as_pdf(
    request: Request, register_id: str, number: str, width: Width = "80", lang: Language = "kk-ru"
) -> Response:
    view = await _document(request, register_id, number)
    name = f"tiyn-{view.document.number}"
    return await pdf_response(document_paper(view, lang), width, about_document(view), name)


@router.get(
    "/registers/{register_id}/documents/{number}.png",
    summary="The receipt as a picture",
    responses=answers(media="image/png"),
    response_class=Response,
)
async def as_picture(
    request: Request, register_id: str, number: str, width: Width = "80", lang: Language = "kk-ru"
) -> Response:
    view = await _document(request, register_id, number)
    return await picture_response(document_paper(view, lang), width, f"tiyn-{view.document.number}")


@router.get(
    "/registers/{register_id}/documents/{number}.json",
    summary="The receipt as a layout: what stands on it, in order, together with the document",
    responses=answers("DocumentLayout"),
)
async def as_layout(
    request: Request, register_id: str, number: str, lang: Language = "kk-ru"
) -> Response:
    view = await _document(request, register_id, number)
    answer: Answer = {"document": document_answer(view), "layout": layout_answer(document_paper(view, lang))}
    return JSONResponse(answer)


@router.get(
    "/registers/{register_id}/documents/{number}",
    summary="One document",
    responses=answers("Document"),
)
async def document(request: Request, register_id: str, number: str) -> Response:
    register_id = await admit(request, register_id, READ)
    return JSONResponse(
        document_answer(await engine_of(request).books.document(register_id, path_number(number)))
    )


@router.delete(
    "/registers/{register_id}/documents/{number}/link",
    summary="Close the receipt's link for good; the document stays in the journal",
    status_code=204,
    responses=answers(empty=True),
    response_class=Response,
)
async def close_link(request: Request, register_id: str, number: str) -> Response:
    register_id = await admit(request, register_id, SELL)
    await engine_of(request).links.revoke(register_id, path_number(number))
    return Response(status_code=204)


def made_response(made: Made) -> Response:
    """201 for a document made now, 200 for the one that the same key made before."""
    return JSONResponse(document_answer(made.view), 201 if made.created else 200)


async def _document(request: Request, register_id: str, number: str) -> DocumentView:
    """A document that whoever asks may read."""
    register_id = await admit(request, register_id, READ)
    return await engine_of(request).books.document(register_id, path_number(number))
