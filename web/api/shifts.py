"""Shifts: the X-report of the open one, its close, the Z-reports of the closed ones."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.report import Report
from core.domain.ticket import Cashier
from core.domain.view import DocumentView
from core.usecases.registers import RegisterView
from web.answers import report_answer, shift_answer
from web.api.answered import answers
from web.api.caller import READ, SELL, admit, engine_of, idempotency_key
from web.api.describe import KEY_HEADER, takes
from web.api.documents import made_response
from web.api.paging import PAGE_ITEMS, After, Limit, page_size, paged, path_number
from web.json_body import read_json
from web.papers import (
    Language,
    Width,
    about_document,
    about_report,
    document_paper,
    pdf_response,
    picture_response,
    report_paper,
    text_response,
)
from web.requests import CloseBody, read_model

router = APIRouter(tags=["shifts"])


@router.get(
    "/registers/{register_id}/report", summary="The X-report of the open shift", responses=answers("Report")
)
async def x_report(request: Request, register_id: str) -> Response:
    report, view = await _open_shift(request, register_id)
    return JSONResponse(report_answer(report, autonomous=view.mode == "autonomous"))


@router.get(
    "/registers/{register_id}/report.txt",
    summary="The X-report of the open shift as text",
    responses=answers(media="text/plain"),
    response_class=Response,
)
async def x_report_text(
    request: Request, register_id: str, width: Width = "80", lang: Language = "kk-ru"
) -> Response:
    report, view = await _open_shift(request, register_id)
    return text_response(report_paper(report, view.registration, lang), width)


@router.get(
    "/registers/{register_id}/report.pdf",
    summary="The X-report of the open shift as a PDF file",
    responses=answers(media="application/pdf"),
    response_class=Response,
)
async def x_report_pdf(
    request: Request, register_id: str, width: Width = "80", lang: Language = "kk-ru"
) -> Response:
    report, view = await _open_shift(request, register_id)
    paper, about = report_paper(report, view.registration, lang), about_report(report, view.registration)
    return await pdf_response(paper, width, about, f"tiyn-x-{report.shift}")


@router.get(
    "/registers/{register_id}/report.png",
    summary="The X-report of the open shift as a picture",
    responses=answers(media="image/png"),
    response_class=Response,
)
async def x_report_picture(
    request: Request, register_id: str, width: Width = "80", lang: Language = "kk-ru"
) -> Response:
    report, view = await _open_shift(request, register_id)
    return await picture_response(report_paper(report, view.registration, lang), width, f"tiyn-x-{report.shift}")


@router.post(
    "/registers/{register_id}/shift/close",
    summary="Close the shift with its Z-report",
    status_code=201,
    responses=answers("Document", created=True),
    openapi_extra=takes("CloseBody", parameters=[KEY_HEADER]),
)
async def close(request: Request, register_id: str) -> Response:
    register_id = await admit(request, register_id, SELL)
    key = idempotency_key(request)
    body = read_model(CloseBody, await read_json(request))
    cashier = Cashier() if body.cashier is None else body.cashier.cashier()
    acts = engine_of(request).acts
    return made_response(
        await acts.close_shift(register_id, withdraw_cash=body.withdraw_cash, key=key, cashier=cashier)
    )


@router.get("/registers/{register_id}/shifts", summary="Shifts, ascending", responses=answers("ShiftList"))
async def shifts(
    request: Request, register_id: str, after: After = 0, limit: Limit = PAGE_ITEMS
) -> Response:
    register_id = await admit(request, register_id, READ)
    size = page_size(limit)
    found = await engine_of(request).books.shifts(register_id, after=after, limit=size + 1)
    return JSONResponse(paged([shift_answer(shift) for shift in found], size))


@router.get(
    "/registers/{register_id}/shifts/{shift}/report",
    summary="The Z-report of a closed shift",
    responses=answers("Report"),
)
async def z_report(request: Request, register_id: str, shift: str) -> Response:
    view = await _closed_shift(request, register_id, shift)
    assert view.document.report is not None
    return JSONResponse(report_answer(view.document.report, autonomous=view.is_autonomous))


@router.get(
    "/registers/{register_id}/shifts/{shift}/report.txt",
    summary="The Z-report of a closed shift as text",
    responses=answers(media="text/plain"),
    response_class=Response,
)
async def z_report_text(
    request: Request, register_id: str, shift: str, width: Width = "80", lang: Language = "kk-ru"
) -> Response:
    view = await _closed_shift(request, register_id, shift)
    return text_response(document_paper(view, lang), width)


@router.get(
    "/registers/{register_id}/shifts/{shift}/report.pdf",
    summary="The Z-report of a closed shift as a PDF file",
    responses=answers(media="application/pdf"),
    response_class=Response,
)
async def z_report_pdf(
    request: Request, register_id: str, shift: str, width: Width = "80", lang: Language = "kk-ru"
) -> Response:
    view = await _closed_shift(request, register_id, shift)
    name = f"tiyn-z-{view.document.shift}"
    return await pdf_response(document_paper(view, lang), width, about_document(view), name)


@router.get(
    "/registers/{register_id}/shifts/{shift}/report.png",
    summary="The Z-report of a closed shift as a picture",
    responses=answers(media="image/png"),
    response_class=Response,
)
async def z_report_picture(
    request: Request, register_id: str, shift: str, width: Width = "80", lang: Language = "kk-ru"
) -> Response:
    view = await _closed_shift(request, register_id, shift)
    return await picture_response(document_paper(view, lang), width, f"tiyn-z-{view.document.shift}")


async def _open_shift(request: Request, register_id: str) -> tuple[Report, RegisterView]:
    """The X-report that whoever asks may read, and the register as it is after it."""
    register_id = await admit(request, register_id, READ)
    engine = engine_of(request)
    report = await engine.books.x_report(register_id)
    return report, await engine.registers.get(register_id)


async def _closed_shift(request: Request, register_id: str, shift: str) -> DocumentView:
    """The close of a shift that whoever asks may read."""
    register_id = await admit(request, register_id, READ)
    return await engine_of(request).books.z_report(register_id, path_number(shift))
