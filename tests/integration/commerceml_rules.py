"""The strict reader of CommerceML 2: names, order, what must be there and what a value may be.

Written from the descriptions that docs/accounting.md names and not from the code that it checks.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

SPACE = "{urn:1C.ru:commerceml_2}"
ID = re.compile(r"\S{1,40}")
TEXT = re.compile(r".{1,250}", re.DOTALL)
AMOUNT = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,2})?")
QUANTITY = re.compile(r"-?[0-9]+(\.[0-9]{1,4})?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}")
DEEDS = re.compile("Заказ товара|Счет на оплату|Отпуск товара|Счет-фактура|Возврат товара")
ROLES = re.compile("Продавец|Покупатель|Плательщик|Получатель|Комитент|Комиссионер")

Rule = tuple[str, re.Pattern[str] | str, bool, bool]
"""The name of a member, what it holds (a pattern or the name of a rule), whether it must be there, whether often."""

RULES: dict[str, tuple[Rule, ...]] = {
    "КоммерческаяИнформация": (("Документ", "Документ", False, True),),
    "Документ": (
        ("Ид", ID, True, False),
        ("Номер", TEXT, True, False),
        ("Дата", DATE, True, False),
        ("ХозОперация", DEEDS, True, False),
        ("Роль", ROLES, True, False),
        ("Валюта", re.compile("[A-Z]{3}"), True, False),
        ("Курс", QUANTITY, True, False),
        ("Сумма", AMOUNT, True, False),
        ("Контрагенты", "Контрагенты", True, False),
        ("Время", TIME, False, False),
        ("СрокПлатежа", DATE, False, False),
        ("Комментарий", re.compile(".{1,3000}", re.DOTALL), False, False),
        ("Налоги", "Налоги", False, False),
        ("Товары", "Товары", False, False),
        ("ЗначенияРеквизитов", "ЗначенияРеквизитов", False, False),
    ),
    "Контрагенты": (("Контрагент", "Контрагент", True, True),),
    "Контрагент": (
        ("Ид", ID, False, False),
        ("Наименование", TEXT, False, False),
        ("ОфициальноеНаименование", TEXT, False, False),
        ("ЮридическийАдрес", "Адрес", False, False),
        ("ИНН", re.compile("[0-9]{10,12}"), False, False),
        ("Роль", ROLES, True, False),
    ),
    "Адрес": (("Представление", TEXT, True, False),),
    "Налоги": (("Налог", "Налог", True, True),),
    "Налог": (
        ("Наименование", TEXT, True, False),
        ("УчтеноВСумме", re.compile("true|false"), False, False),
        ("Сумма", AMOUNT, True, False),
        ("Ставка", QUANTITY, False, False),
    ),
    "Товары": (("Товар", "Товар", True, True),),
    "Товар": (
        ("Ид", re.compile(r"\S{1,80}"), False, False),
        ("Штрихкод", re.compile("[0-9]{8,14}"), False, False),
        ("Артикул", TEXT, False, False),
        ("Наименование", TEXT, False, False),
        ("БазоваяЕдиница", TEXT, False, False),
        ("СтавкиНалогов", "СтавкиНалогов", False, False),
        ("ЦенаЗаЕдиницу", AMOUNT, False, False),
        ("Количество", QUANTITY, False, False),
        ("Сумма", AMOUNT, False, False),
        ("Единица", TEXT, False, False),
        ("Коэффициент", TEXT, False, False),
        ("Налоги", "Налоги", False, False),
    ),
    "СтавкиНалогов": (("СтавкаНалога", "СтавкаНалога", True, True),),
    "СтавкаНалога": (("Наименование", TEXT, True, False), ("Ставка", TEXT, True, False)),
    "ЗначенияРеквизитов": (("ЗначениеРеквизита", "ЗначениеРеквизита", True, True),),
    "ЗначениеРеквизита": (("Наименование", TEXT, True, False), ("Значение", re.compile(".{0,1000}"), True, True)),
}


@dataclass(frozen=True)
class Booked:
    """What a program would book of one document."""

    facts: dict[str, str]
    deed: str
    role: str
    total: Decimal
    taxes: dict[str, Decimal] = field(default_factory=dict)
    goods: list[dict[str, str]] = field(default_factory=list)
    good_taxes: dict[str, Decimal] = field(default_factory=dict)

    @property
    def operation(self) -> str:
        """Which of our operations it is."""
        turns = {
            ("Отпуск товара", "Продавец"): "sell",
            ("Возврат товара", "Продавец"): "sell_return",
            ("Отпуск товара", "Покупатель"): "buy",
            ("Возврат товара", "Покупатель"): "buy_return",
        }
        return turns[(self.deed, self.role)]


def read(data: bytes) -> list[Booked]:
    """Every document of a file that keeps every rule; an assertion names what does not."""
    root = ET.fromstring(data)  # noqa: S314 - our own file
    assert root.tag == f"{SPACE}КоммерческаяИнформация"
    assert re.fullmatch(r"2\.[0-9]+", root.attrib["ВерсияСхемы"])
    assert re.fullmatch(r"[0-9-]{10}T[0-9:]{8}", root.attrib["ДатаФормирования"])
    _check(root, "КоммерческаяИнформация")
    documents = [_booked(one) for one in root]
    ids = [one.findtext(f"{SPACE}Ид") for one in root]
    assert len(set(ids)) == len(ids), "a document twice"
    return documents


def _check(element: ET.Element, rule: str) -> None:
    members, place = RULES[rule], 0
    names = [name for name, _, _, _ in members]
    for child in element:
        assert child.tag.startswith(SPACE), child.tag
        name = child.tag.removeprefix(SPACE)
        assert name in names, f"{name} is no member of {rule}"
        at = names.index(name)
        assert at >= place, f"{name} is out of order in {rule}"
        place = at if members[at][3] else at + 1
        holds = members[at][1]
        if isinstance(holds, str):
            _check(child, holds)
        else:
            assert len(child) == 0 and holds.fullmatch(child.text or ""), f"{name} of {rule}: {child.text!r}"
    there = {child.tag.removeprefix(SPACE) for child in element}
    for name, _, needed, _ in members:
        assert not needed or name in there, f"{rule} has no {name}"


def _booked(document: ET.Element) -> Booked:
    def text(name: str, of: ET.Element = document) -> str:
        return of.findtext(f"{SPACE}{name}") or ""

    facts = {text("Наименование", one): text("Значение", one) for one in document.iter(f"{SPACE}ЗначениеРеквизита")}
    goods = list(document.iter(f"{SPACE}Товар"))
    booked = Booked(facts, text("ХозОперация"), text("Роль"), Decimal(text("Сумма")))
    for good in goods:
        booked.goods.append({child.tag.removeprefix(SPACE): child.text or "" for child in good})
        for rate, tax in _taxes(good):
            booked.good_taxes[rate] = booked.good_taxes.get(rate, Decimal(0)) + tax
    booked.taxes.update(_taxes(document))
    assert sum((Decimal(good["Сумма"]) for good in booked.goods), Decimal(0)) == booked.total, "lines and total"
    assert booked.taxes == booked.good_taxes, "the taxes of lines and of the document"
    paid = [Decimal(facts[name]) for name in ("Оплата наличными", "Оплата картой", "Мобильный платеж")]
    assert sum(paid) == booked.total, "payments and total"
    return booked


def _taxes(element: ET.Element) -> Iterator[tuple[str, Decimal]]:
    for tax in element.findall(f"{SPACE}Налоги/{SPACE}Налог"):
        yield tax.findtext(f"{SPACE}Ставка") or "", Decimal(tax.findtext(f"{SPACE}Сумма") or "")
