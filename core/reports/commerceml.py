"""Closed shifts as CommerceML 2, the XML of 1С:Предприятие for trade documents (docs/accounting.md names its sources).

A document for each operation of a shift: goods let go, goods returned; purchases with the roles the other way round.
The words in it are the format's own and Russian whoever reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid5
from xml.sax.saxutils import escape

from core.domain.document import Requisites
from core.domain.money import format_money, format_quantity
from core.domain.vat import NO_VAT
from core.domain.view import DocumentView
from core.reports.by_shift import ClosedShift, Good, Operation, Shifts, Sold
from core.reports.tally import Control
from core.usecases.exports import Extract

NAMESPACE = "urn:1C.ru:commerceml_2"
SCHEMA = "2.10"
CURRENCY = "KZT"
SELLER, BUYER = "Продавец", "Покупатель"
PEOPLE = "Розничные покупатели"
TURNS = {
    "sell": ("Отпуск товара", SELLER, "продажи"),
    "sell_return": ("Возврат товара", SELLER, "возвраты продаж"),
    "buy": ("Отпуск товара", BUYER, "закупки"),
    "buy_return": ("Возврат товара", BUYER, "возвраты закупок"),
}
"""The format's operation, our role in it, and what it is called in the document's comment."""
PAYMENTS = {"cash": "Оплата наличными", "card": "Оплата картой", "mobile": "Мобильный платеж"}
PRACTICE = "УЧЕБНАЯ КАССА, НЕ ПРОВОДИТЬ: "
_IDS = UUID("6f6d1f0e-8c64-5d0b-9d6d-3b7f2c1a9e55")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BARCODE = re.compile(r"[0-9]{8,14}", re.ASCII)
UNIT_CODE_CHARACTERS_MAX = 3


class CommerceMl:
    """The sink for CommerceML; it is given whole shifts."""

    whole_shifts = True

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self._shifts = Shifts(extract.period)

    def begin(self) -> bytes:
        """The root; its documents follow."""
        made = self._extract.made_at.strftime("%Y-%m-%dT%H:%M:%S")
        root = f'<КоммерческаяИнформация xmlns="{NAMESPACE}" ВерсияСхемы="{SCHEMA}" ДатаФормирования="{made}">'
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()

    def documents(self, views: list[DocumentView]) -> bytes:
        """The documents of shifts that end among these."""
        return "".join(
            _document(shift, operation) for shift in self._shifts.take(views) for operation in shift.operations.values()
        ).encode()

    def end(self, control: Control) -> Iterator[bytes]:
        """The root's end."""
        yield "</КоммерческаяИнформация>\n".encode()

    def close(self) -> None:
        """Nothing is left behind."""


def _document(shift: ClosedShift, operation: Operation) -> str:
    """One operation of one shift. Its Ид is the same in every export, so that a program finds what it has booked."""
    kind, close = operation.kind, shift.close
    deed, role, called = TURNS[kind]
    at, mark = shift.closed_at, PRACTICE if close.practice else ""
    return _element(
        "Документ",
        _text("Ид", _id(close.register_id, shift.number, kind)),
        _text("Номер", f"{shift.number}-{list(TURNS).index(kind) + 1}"),
        _text("Дата", at.strftime("%Y-%m-%d")),
        _text("ХозОперация", deed),
        _text("Роль", role),
        _text("Валюта", CURRENCY),
        _text("Курс", "1"),
        _text("Сумма", format_money(shift.total(kind))),
        _counterparties(close.seller, role),
        _text("Время", at.strftime("%H:%M:%S")),
        _text("Комментарий", f"{mark}{called}, смена {shift.number}, Z-отчет {close.number}, РНМ {close.seller.rnm}"),
        _taxes([(rate, tax) for rate, _, tax in shift.taxes(kind)]),
        _element("Товары", *(_good(close.seller, good, sold) for good, sold in operation.rows)),
        _facts(shift, kind),
    )


def _facts(shift: ClosedShift, kind: str) -> str:
    """What the format has no member for: the register, the shift, payments by kind."""
    seller = shift.close.seller
    facts = {
        "РНМ": seller.rnm,
        "ЗНМ": seller.znm,
        "Номер смены": str(shift.number),
        "Номер Z-отчета": str(shift.close.number),
        "Количество чеков": str(shift.total(kind, "count")),
        **{name: format_money(shift.total(kind, payment)) for payment, name in PAYMENTS.items()},
    }
    values = (
        _element("ЗначениеРеквизита", _text("Наименование", name), _text("Значение", value))
        for name, value in facts.items()
        if value
    )
    return _element("ЗначенияРеквизитов", *values)


def _counterparties(seller: Requisites, role: str) -> str:
    """The register's owner and, on the other side, people whose names nobody asks."""
    ours = _element(
        "Контрагент",
        _text("Ид", _id(seller.iin_bin)),
        _text("Наименование", seller.taxpayer),
        _text("ОфициальноеНаименование", seller.taxpayer),
        _element("ЮридическийАдрес", _text("Представление", seller.address)),
        _text("ИНН", seller.iin_bin),
        _text("Роль", role),
    )
    people = _element(
        "Контрагент",
        _text("Ид", _id(PEOPLE)),
        _text("Наименование", PEOPLE),
        _text("Роль", BUYER if role == SELLER else SELLER),
    )
    return _element("Контрагенты", ours, people)


def _good(seller: Requisites, good: Good, sold: Sold) -> str:
    """A line. The Ид of a good is its code's or barcode's, else its name's, under the owner's IIN or BIN."""
    code = f' Код="{good.unit}"' if len(good.unit) <= UNIT_CODE_CHARACTERS_MAX else ""
    rate = "Без НДС" if good.vat == NO_VAT else good.vat
    return _element(
        "Товар",
        _text("Ид", _id(seller.iin_bin, good.ntin or good.barcode or good.name, good.unit)),
        _text("Штрихкод", good.barcode) if _BARCODE.fullmatch(good.barcode) else "",
        _text("Артикул", good.ntin) if good.ntin else "",
        _text("Наименование", good.name),
        f"<БазоваяЕдиница{code}>{_clean(good.unit_name)}</БазоваяЕдиница>",
        _element("СтавкиНалогов", _element("СтавкаНалога", _text("Наименование", "НДС"), _text("Ставка", rate))),
        _text("ЦенаЗаЕдиницу", format_money(sold.price)),
        _text("Количество", _quantity(sold.quantity)),
        _text("Сумма", format_money(sold.sum)),
        _text("Единица", good.unit_name),
        _text("Коэффициент", "1"),
        "" if good.vat == NO_VAT else _taxes([(good.vat, sold.vat_sum)]),
    )


def _taxes(rows: list[tuple[str, int]]) -> str:
    if not rows:
        return ""
    return _element(
        "Налоги",
        *(
            _element(
                "Налог",
                _text("Наименование", "НДС"),
                _text("УчтеноВСумме", "true"),
                _text("Сумма", format_money(tax)),
                _text("Ставка", rate),
            )
            for rate, tax in rows
        ),
    )


def _id(*parts: str | int) -> str:
    return str(uuid5(_IDS, "\x1f".join(map(str, parts))))


def _quantity(thousandths: int) -> str:
    return f"-{format_quantity(-thousandths)}" if thousandths < 0 else format_quantity(thousandths)


def _clean(text: str) -> str:
    """A text without what XML 1.0 cannot hold."""
    return escape(_NO_XML.sub("\ufffd", text))


def _text(name: str, text: str) -> str:
    return f"<{name}>{_clean(text)}</{name}>"


def _element(name: str, *inside: str) -> str:
    return f"<{name}>\n{''.join(_lined(one) for one in inside)}</{name}>\n"


def _lined(inside: str) -> str:
    return inside if not inside or inside.endswith("\n") else f"{inside}\n"
