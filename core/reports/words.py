"""The words of an export: headings, operations, marks and rates in one language."""

from __future__ import annotations

from core.clock import ALMATY
from core.domain.document import Document
from core.domain.ticket import Line
from core.domain.units import UNITS
from core.domain.vat import NO_VAT
from core.domain.view import DocumentView, Mark
from core.texts import LANGUAGES, say


class Words:
    """What a column or a row is called; said once and remembered, because a month asks a million times."""

    def __init__(self, lang: str) -> None:
        assert lang in LANGUAGES
        self._lang = lang
        self._said: dict[str, str] = {}

    def __call__(self, key: str, **params: str | int) -> str:
        """A text of the topic ``export``."""
        return say(self._lang, f"export-{key}", **params)

    def _known(self, key: str) -> str:
        if key not in self._said:
            self._said[key] = say(self._lang, key)
        return self._said[key]

    def kind(self, kind: str) -> str:
        """What a document is called."""
        if kind == "shift_close":
            return self._known("export-op-shift-close")
        return self._known(f"receipt-op-{kind.replace('_', '-')}")

    def mark(self, mark: Mark) -> str:
        """What became of a document."""
        return self._known(f"receipt-state-{mark.replace('_', '-')}")

    def payment(self, payment: str) -> str:
        """A kind of payment."""
        return self._known(f"receipt-pay-{payment}")

    def rate(self, rate: str) -> str:
        """A VAT rate as a text that no spreadsheet takes for a number: ``НДС 16 %``."""
        if rate == NO_VAT:
            return self._known("receipt-no-vat")
        return f"{self._known('receipt-vat-name')} {rate} %"

    def unit(self, code: str) -> str:
        """The short form of a unit of measure; its code where it has none."""
        forms = UNITS.get(code)
        return code if forms is None else forms[LANGUAGES.index(self._lang)]


def made_at(document: Document) -> str:
    """Date and time of the law's zone as accountants sort them."""
    return document.made_at.astimezone(ALMATY).strftime("%Y-%m-%d %H:%M:%S")


def code_of(line: Line) -> str | None:
    """The identification code of the national catalogue, else the barcode."""
    return line.ntin or line.barcode


def basis_of(view: DocumentView) -> str | None:
    """What a return names as its basis: a document of this register, or the sign of one made elsewhere."""
    ticket = view.document.ticket
    if ticket is None or ticket.parent is None:
        return None
    number = ticket.parent.document_number
    return f"№ {number}" if number is not None else ticket.parent.fiscal_sign
