"""The accountant's pack as JSON, in the shapes of the API: documents as they come, then shifts and control sums."""

from __future__ import annotations

import json
from collections.abc import Iterator

from core.domain.money import format_money
from core.domain.ticket import OPERATIONS, PLACEMENTS
from core.domain.vat import RATES
from core.domain.view import DocumentView
from core.reports.tally import COUNTS, MEASURES, PLACEMENT_MEASURES, Account, Control, Tally
from core.usecases.exports import Extract
from web.answers import Answer, document_answer, moment_or_none


class JsonPack:
    """The sink for JSON."""

    whole_shifts = False

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self._begun = False

    def begin(self) -> bytes:
        """Whose pack it is; the list of documents is open after it."""
        extract = self._extract
        head = {
            "register_id": extract.registration.register_id,
            "from": extract.period.first.isoformat(),
            "to": extract.period.last.isoformat(),
            "as_of_document": extract.as_of,
        }
        return _written(head)[:-1] + b',"documents":['

    def documents(self, views: list[DocumentView]) -> bytes:
        """Documents as ``GET …/documents`` answers them."""
        if not views:
            return b""
        comma = b"," if self._begun else b""
        self._begun = True
        return comma + b",".join(_written(document_answer(view)) for view in views)

    def end(self, control: Control) -> Iterator[bytes]:
        """Shifts one by one, then the control sums."""
        yield b'],"shifts":['
        for place, account in enumerate(control.shifts):
            yield (b"," if place else b"") + _written(account_answer(account))
        yield b'],"control_sums":' + _written(control_answer(control)) + b"}"

    def close(self) -> None:
        """Nothing is left behind."""


def account_answer(account: Account) -> Answer:
    """One shift of the period with its X or Z; the whole Z stands in ``report`` of its ``shift_close``."""
    return {
        "number": account.shift,
        "kind": account.kind,
        "opened_at": moment_or_none(account.opened_at),
        "closed_at": moment_or_none(account.closed_at),
        "close_document": account.close_document,
        "autonomous": account.autonomous,
        "cash": format_money(account.cash),
        "non_nullable_end": {
            str(op): format_money(account.non_nullable_end.get(str(op), 0)) for op in OPERATIONS
        },
        "chain_head": account.chain_head,
        "documents": tally_answer(account.within),
        "outside": tally_answer(account.outside),
        "report": None if account.report is None else tally_answer(account.report),
    }


def control_answer(control: Control) -> Answer:
    """``documents`` + ``outside`` = ``reports``, figure by figure, where ``agrees``."""
    return {
        "agrees": control.agrees,
        "documents": tally_answer(control.within),
        "outside": tally_answer(control.outside),
        "reports": tally_answer(control.reports),
    }


def tally_answer(tally: Tally) -> Answer:
    """A tally with all its rows, also those of zeros."""
    rates = [rate for rate in RATES if any(key[0] == rate for key in tally.taxes)]
    return {
        "tickets": {
            str(op): {name: _figure(name, tally.tickets.get((str(op), name), 0)) for name in MEASURES}
            for op in OPERATIONS
        },
        "money_placements": {
            str(kind): {
                name: _figure(name, tally.placements.get((str(kind), name), 0)) for name in PLACEMENT_MEASURES
            }
            for kind in PLACEMENTS
        },
        "taxes": [
            {"rate": rate, "operations": {str(op): _tax(tally, rate, str(op)) for op in OPERATIONS}}
            for rate in rates
        ],
    }


def _tax(tally: Tally, rate: str, op: str) -> Answer:
    turnover, tax = (tally.taxes.get((rate, op, name), 0) for name in ("turnover", "tax"))
    return {
        "turnover": format_money(turnover),
        "sum": format_money(tax),
        "turnover_without_tax": format_money(turnover - tax),
    }


def _figure(name: str, amount: int) -> int | str:
    return amount if name in COUNTS else format_money(amount)


def _written(value: Answer) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
