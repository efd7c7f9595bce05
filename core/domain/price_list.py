"""A price list (прайс-лист, тауарлар тізімі) as a table of texts: which column is which, and what each row says.

A vendor's table comes from Excel or another till, with a header in Kazakh, Russian or English or with none, with
prices as people write them. Nothing is guessed in silence: a cell that cannot be read makes its row a bad one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.barcode import has_check_digit
from core.domain.catalogue import Item, clean_words, name_key
from core.domain.money import PRICE_TIYN_MAX, Money
from core.domain.sale_text.spelling import fold
from core.domain.sale_text.vocabulary import UNIT_BY_WORD
from core.domain.units import PIECE, UNITS
from core.domain.vat import NO_VAT, RATES
from core.errors import Refused

COLUMNS = ("name", "price", "unit", "section", "vat", "barcode", "ntin", "favourite")
"""In the order of a table without a header, of the template and of the export."""
ROWS_MAX = 10_000
CELLS_MAX = 40
CELL_CHARACTERS_MAX = 500
HEADER_ROWS_LOOKED_AT = 10
VALUE_CHARACTERS_SHOWN = 40

_HEADERS = {
    "name": "наименование|название|товар|имя|номенклатура|наименование товара|название товара|атауы|тауар|аты"
    "|тауар атауы|тауардың атауы|name|item|product|goods|title",
    "price": "цена|цена тг|цена тенге|цена продажи|розничная цена|стоимость|баға|бағасы|баға тг|сату бағасы|price"
    "|retail price|price kzt",
    "unit": "ед|единица|ед изм|единица измерения|өлшем|өлшем бірлігі|бірлік|unit|measure|uom",
    "section": "раздел|секция|отдел|категория|группа|бөлім|санат|топ|section|category|group|department",
    "vat": "ндс|ставка ндс|ққс|ққс мөлшерлемесі|vat|vat rate|tax",
    "barcode": "штрихкод|штрих код|баркод|штрих|код товара|ean|ean13|gtin|barcode|bar code",
    "ntin": "нкт|нтин|код нкт|ұтк|ұтн|ұтин|ұтк коды|ntin|nct",
    "favourite": "избранное|в избранное|таңдаулы|favourite|favorite|starred",
}
COLUMN_BY_HEADER = {header: column for column, headers in _HEADERS.items() for header in headers.split("|")}
_UNIT_BY_SHORT_FORM = {fold(word).rstrip("."): code for code, words in UNITS.items() for word in words}
_YES = frozenset(["да", "иә", "ия", "yes", "y", "true", "истина", "1", "+", "x", "х", "v", "★", "*", "ақиқат"])
_NO = frozenset(["", "нет", "жоқ", "no", "n", "false", "ложь", "0", "-", "жалған"])
_NO_VAT = frozenset(["без ндс", "ндс жоқ", "ққссыз", "ққс сыз", "без", "none", "no vat", "no", "нет", "жоқ"])
_CURRENCY = re.compile(r"(?:₸|тг|тенге|теңге|kzt|tenge)\.?$", re.IGNORECASE)
_PLAIN = re.compile(r"(?P<whole>[0-9]{1,12})(?:[.,](?P<part>[0-9]{1,2})0*)?")
_GROUPED = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:[.,' ][0-9]{3})+)(?:[.,](?P<part>[0-9]{1,2})0*)?")
_EXPONENT = re.compile(r"[0-9][.,]?[0-9]*[eEеЕ]\+?[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of somebody's list, numbered as they see it."""

    number: int
    item: Item


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: ``code`` says why, ``column`` where it stands, ``value`` as it was written."""

    number: int
    column: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class PriceList:
    """What a table says."""

    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]


class _Unreadable(Exception):
    """A cell that cannot be read, by the code of what is wrong with it."""


def read_price_list(cells: Sequence[tuple[int, Sequence[str]]]) -> PriceList:
    """Read numbered rows of cells. Raises ``TABLE_WITHOUT_GOODS`` where no column can be a name beside a price."""
    written = [(number, row) for number, row in cells if any(cell.strip() for cell in row)]
    places, first = _columns(written)
    rows: list[Row] = []
    bad: list[BadRow] = []
    for number, row in written[first:]:
        read = _read_row(number, row, places)
        if isinstance(read, Row):
            rows.append(read)
        else:
            bad.append(read)
    if not rows and (not bad or all(one.code in ("PRICE_MISSING", "PRICE_UNREADABLE") for one in bad)):
        raise Refused("TABLE_WITHOUT_GOODS")
    return PriceList(tuple(rows), tuple(bad))


def read_price(text: str) -> Money | None:
    """A price as people write it: `1200`, `1 200,50 ₸`, `1,200.50`; ``None`` for anything else."""
    plain = _CURRENCY.sub("", " ".join(text.split())).strip()
    match = _PLAIN.fullmatch(plain.replace(" ", "")) if re.fullmatch(r"[0-9., ]*", plain) else None
    match = match or _GROUPED.fullmatch(plain)
    if match is None:
        return None
    price = int(re.sub(r"\D", "", match["whole"])) * 100 + int((match["part"] or "").ljust(2, "0"))
    return price if 0 < price <= PRICE_TIYN_MAX else None


def unit_of_word(text: str) -> str | None:
    """The code of a unit as people write it: кг, дана, pcs. In speech grams are said of a price for a kilogram; here
    a word means what it says.
    """
    plain = fold(text.strip()).rstrip(".")
    if plain in _UNIT_BY_SHORT_FORM:
        return _UNIT_BY_SHORT_FORM[plain]
    word = UNIT_BY_WORD.get(plain)
    return None if word is None or word.per_large != 1 else word.code


def _columns(written: Sequence[tuple[int, Sequence[str]]]) -> tuple[dict[str, int], int]:
    """Where each column stands, and how many rows come before the first item."""
    for place, (_, row) in enumerate(written[:HEADER_ROWS_LOOKED_AT]):
        found: dict[str, int] = {}
        for number, cell in enumerate(row):
            column = COLUMN_BY_HEADER.get(_header(cell))
            if column is not None:
                found.setdefault(column, number)
        if "name" in found and "price" in found:
            return found, place + 1
    first = written[0][1] if written else ()
    if len(first) > 2 and has_check_digit(first[0].strip()) and read_price(first[1]) is None:
        return {"barcode": 0, "name": 1, "price": 2}, 0
    return {column: number for number, column in enumerate(COLUMNS)}, 0


def _header(cell: str) -> str:
    plain = "".join(letter if letter.isalnum() else " " for letter in name_key(cell))
    return " ".join(plain.split())


def _read_row(number: int, row: Sequence[str], places: dict[str, int]) -> Row | BadRow:
    values = {column: clean_words(row[place]) for column, place in places.items() if place < len(row)}
    readers = {"price": _price, "unit": _unit, "vat": _vat, "barcode": _barcode, "favourite": _favourite}
    read: dict[str, object] = {}
    if not values.get("name"):
        return BadRow(number, "name", "NAME_REQUIRED")
    for column, reader in readers.items():
        value = values.get(column, "")
        try:
            read[column] = reader(value)
        except _Unreadable as wrong:
            return BadRow(number, column, str(wrong), value[:VALUE_CHARACTERS_SHOWN])
    item = Item(
        name=values["name"],
        section=values.get("section", ""),
        ntin=values.get("ntin") or None,
        **read,  # type: ignore[arg-type]
    )
    return Row(number, item)


def _price(text: str) -> Money:
    if not text:
        raise _Unreadable("PRICE_MISSING")
    price = read_price(text)
    if price is None:
        raise _Unreadable("PRICE_UNREADABLE")
    return price


def _unit(text: str) -> str:
    if not text:
        return PIECE
    unit = text if text in UNITS else unit_of_word(text)
    if unit is None:
        raise _Unreadable("UNKNOWN_UNIT")
    return unit


def _vat(text: str) -> str | None:
    if not text:
        return None
    plain = _header(text)
    if plain in _NO_VAT:
        return NO_VAT
    digits = text.replace("%", "").replace(",", ".").strip()
    # a cell formatted as a percent holds a fraction
    fraction = {f"0.{int(rate):02d}".rstrip("0"): rate for rate in RATES if rate not in (NO_VAT, "0")}
    rate = fraction.get(digits.rstrip("0") if "." in digits else digits, digits.removesuffix(".0"))
    if rate not in RATES:
        raise _Unreadable("UNKNOWN_VAT")
    return rate


def _barcode(text: str) -> str | None:
    if not text:
        return None
    if _EXPONENT.fullmatch(text):
        raise _Unreadable("BARCODE_EXPONENT")
    return text.replace(" ", "").removesuffix(".0")


def _favourite(text: str) -> bool:
    plain = text.casefold()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise _Unreadable("FAVOURITE_UNREADABLE")
