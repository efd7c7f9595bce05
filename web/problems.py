"""Errors as RFC 9457 ``application/problem+json`` in the caller's language, and the one table from code to status."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match

from core.domain.money import format_money
from core.errors import Refused, TiynError
from core.texts import say
from web.language import negotiated

log = logging.getLogger(__name__)

# A state that time or another act changes is 409, a request that must be written otherwise is 422.
STATUSES = {
    "ALREADY_HERE": 409,
    "AMOUNT_OUT_OF_RANGE": 422,
    "ANSWER_UNFIT": 422,
    "AUTONOMOUS_TOO_LONG": 409,
    "BAD_IIN_BIN": 422,
    "BODY_TOO_LARGE": 413,
    "BROKEN_JOURNAL": 500,
    "CLOCK_WENT_BACK": 409,
    "DEVICE_IN_USE": 409,
    "OFD_NOT_ANSWERING": 503,
    "OFD_NOT_READY": 409,
    "SHIFT_OPEN_AT_OFD": 409,
    "DRAWING_BUSY": 503,
    "DISCOUNT_AND_MARKUP": 422,
    "DISCOUNT_OUT_OF_RANGE": 422,
    "DISCOUNT_OVER_LIMIT": 403,
    "DISCOUNT_SCOPES_CONFLICT": 422,
    "EXPORT_BUSY": 503,
    "FORBIDDEN": 403,
    "IDEMPOTENCY_KEY_REQUIRED": 400,
    "IDEMPOTENCY_KEY_REUSED": 409,
    "INTERNAL": 500,
    "LANE_STOPPED": 409,
    "LAST_OWNER": 409,
    "LINK_SPENT": 409,
    "METHOD_NOT_ALLOWED": 405,
    "NAME_REQUIRED": 422,
    "NOT_ENOUGH_CASH": 422,
    "NOT_FOUND": 404,
    "NOT_OWNER_OF_ALL": 403,
    "OFD_REFUSED": 422,
    "PAID_DAY_FAR": 422,
    "PAID_DAY_IMPOSSIBLE": 422,
    "PAID_DAY_PAST": 422,
    "PAIRING_BUSY": 503,
    "PAIRING_UNKNOWN": 404,
    "PARENT_NOT_FOUND": 422,
    "PARENT_REQUIRED": 422,
    "PAYMENTS_TOTAL_MISMATCH": 422,
    "PERIOD_BACKWARDS": 422,
    "PERIOD_EMPTY": 422,
    "PERIOD_IN_FUTURE": 422,
    "PERIOD_TOO_LONG": 422,
    "PRICE_OUT_OF_RANGE": 422,
    "QUANTITY_OUT_OF_RANGE": 422,
    "RECEIPT_OVER_LIMIT": 403,
    "REGISTER_BLOCKED": 409,
    "REGISTER_BUSY": 503,
    "RETURN_EXCEEDS_PARENT": 422,
    "RETURN_OVER_LIMIT": 403,
    "SAME_TAXPAYER_AND_CUSTOMER": 422,
    "SHIFT_NOT_OPEN": 409,
    "SHIFT_TOO_LONG": 409,
    "TAKEN_LESS_THAN_CASH": 422,
    "TOO_MANY_KEYS": 409,
    "TOO_MANY_REGISTERS": 409,
    "TOO_MANY_REQUESTS": 429,
    "TOO_MANY_WEBHOOKS": 409,
    "TOTAL_NOT_POSITIVE": 422,
    "UNKNOWN_OUTCOME": 503,
    "UNKNOWN_PAYMENT": 422,
    "UNKNOWN_UNIT": 422,
    "UNKNOWN_VAT": 422,
    "UNREADABLE": 422,
    "WITHDRAWAL_OVER_LIMIT": 403,
    "VALIDATION": 422,
    "VAT_NOT_ALLOWED": 422,
    # of the catalogue, its files and carts, which only the chat has so far
    "BAD_BARCODE": 422,
    "BAD_NTIN": 422,
    "BARCODE_TAKEN": 409,
    "CART_FULL": 422,
    "CATALOGUE_BUSY": 503,
    "CATALOGUE_FULL": 409,
    "FILE_NOT_FETCHED": 503,
    "FILE_TOO_LARGE": 413,
    "NAME_TAKEN": 409,
    "PICTURE_TOO_LARGE": 413,
    "PICTURE_UNREADABLE": 422,
    "SECTION_TOO_LONG": 422,
    "TABLE_OLD_EXCEL": 422,
    "TABLE_TOO_LONG": 413,
    "TABLE_UNREADABLE": 422,
    "TABLE_WITHOUT_GOODS": 422,
    "TOO_MANY_SECTIONS": 409,
}
STATUS_OTHER = 422
RETRY_AFTER_S = 1
METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST")
MONEY_PARAMS = ("cash", "left", "needed", "most", "paid", "taken", "total")

# VALIDATION alone has words for each way to be wrong: ``web-validation-<reason>``.
REASONS = (
    "address",
    "both",
    "control_characters",
    "figure",
    "later",
    "length",
    "malformed",
    "missing",
    "moment",
    "no_cash",
    "not_a_return",
    "not_json",
    "not_object",
    "not_text",
    "repeated",
    "running",
    "type",
    "unknown_field",
    "unknown_kind",
)

# Other codes whose words depend on what exactly is wrong: the key of the detail.
DETAILS = {
    ("PAYMENTS_TOTAL_MISMATCH", "not_positive"): "web-payments-not-positive",
    ("TOTAL_NOT_POSITIVE", "storno"): "web-storno-exceeds",
    # a good: the catalogue has none, or nobody could be asked
    ("NOT_FOUND", "not_answering"): "web-good-not-answering",
    ("NOT_FOUND", "not_in_catalogue"): "web-good-not-in-catalogue",
}


class Problem(Refused):
    """A refusal of the HTTP surface itself, with a status of its own."""

    def __init__(self, code: str, status: int, **params: Any) -> None:
        super().__init__(code, **params)
        self.status = status


class KeyNeeded(Problem):
    """No key or an unknown one: 401, always in the same words, whatever was wrong with it."""

    def __init__(self) -> None:
        super().__init__("FORBIDDEN", 401)


def words(lang: str, refused: Refused) -> tuple[str, str]:
    """Title and detail of a refusal in a person's language; money is written as people write it."""
    said = {name: _spoken(name, value) for name, value in refused.params.items()}
    stem = f"refusal-{refused.code.lower().replace('_', '-')}"
    if refused.code not in STATUSES:
        stem = "refusal-other"
    detail = f"{stem}-detail"
    if isinstance(refused, KeyNeeded):
        stem = "web-key-needed"
        detail = f"{stem}-detail"
    elif refused.params.get("reason") in REASONS and refused.code == "VALIDATION":
        detail = f"web-validation-{refused.params['reason'].replace('_', '-')}"
    elif refused.code == "UNREADABLE" and refused.params.get("fragments"):
        detail = "web-unreadable-fragments"
    elif refused.code == "RETURN_EXCEEDS_PARENT" and "name" in refused.params:
        detail = "web-return-exceeds-goods"
    else:
        detail = DETAILS.get((refused.code, str(refused.params.get("reason"))), detail)
    said = {"code": refused.code, **said}
    return say(lang, f"{stem}-title", **said), say(lang, detail, **said)


def problem_body(lang: str, refused: Refused) -> dict[str, Any]:
    """A refusal as RFC 9457 has it."""
    title, detail = words(lang, refused)
    return {
        "type": f"urn:tiyn:problem:{refused.code.lower().replace('_', '-')}",
        "title": title,
        "status": refused.status if isinstance(refused, Problem) else STATUSES.get(refused.code, STATUS_OTHER),
        "code": refused.code,
        "detail": detail,
        "params": {name: _plain(name, value) for name, value in refused.params.items()},
    }


def problem_response(request: Request, refused: Refused, headers: dict[str, str] | None = None) -> Response:
    """The answer to a refused request."""
    lang = negotiated(request.headers.get("accept-language"))
    body = problem_body(lang, refused)
    status = body["status"]
    sent = {"Content-Language": lang, "Vary": "Accept-Language", "Cache-Control": "no-store", **(headers or {})}
    if status == 401:
        sent["WWW-Authenticate"] = 'Bearer realm="tiyn"'
    if status == 429:
        sent["Retry-After"] = str(refused.params["seconds"])
    if status == 503:
        sent["Retry-After"] = str(RETRY_AFTER_S)
    return Response(
        json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"),
        status,
        sent,
        "application/problem+json",
    )


def install_problems(app: FastAPI) -> None:
    """Every error of the application, ours and the framework's, is answered as a problem."""
    app.add_exception_handler(TiynError, _tiyn_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _parameter_error)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _bug)


async def _tiyn_error(request: Request, error: Exception) -> Response:
    if isinstance(error, Refused):
        return problem_response(request, error)
    assert isinstance(error, TiynError)
    log.error("%s: %s", _asked(request), error)
    return problem_response(request, Refused(error.code))


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_allowed(request))
        return problem_response(request, Problem("METHOD_NOT_ALLOWED", 405, method=request.method), headers)
    if error.status_code == 404:
        return problem_response(request, Problem("NOT_FOUND", 404), headers)
    return problem_response(request, Problem("VALIDATION", error.status_code), headers)


async def _parameter_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    field = str(error.errors()[0]["loc"][-1])[:64]
    return problem_response(request, Refused("VALIDATION", field=field, reason="malformed"))


async def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=400)


async def _bug(request: Request, error: Exception) -> Response:
    log.error("%s", _asked(request), exc_info=error)
    return problem_response(request, Refused("INTERNAL"))


def _allowed(request: Request) -> list[str]:
    """Every method that this address takes; the framework names only those of its first route."""
    return [
        method
        for method in METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.router.routes
        )
    ]


def _asked(request: Request) -> str:
    """The call for the log, as a template: a path may hold a receipt's link, which opens that receipt to anybody."""
    return f"{request.method} {getattr(request.scope.get('route'), 'path', 'an unknown address')}"


def _spoken(name: str, value: Any) -> str | int:
    if name in MONEY_PARAMS and isinstance(value, int):
        return spoken_money(value)
    if isinstance(value, (list, tuple)):
        return " · ".join(str(one) for one in value)[:200]
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _plain(name: str, value: Any) -> Any:
    if name in MONEY_PARAMS and isinstance(value, int):
        return format_money(value)
    return list(value) if isinstance(value, tuple) else value


def spoken_money(amount: int) -> str:
    """Money as people read it: ``1 950,00 ₸`` with spaces that do not break."""
    whole = re.sub(r"(?<=\d)(?=(\d{3})+\.)", "\N{NO-BREAK SPACE}", format_money(amount))
    return whole.replace(".", ",") + "\N{NO-BREAK SPACE}₸"
