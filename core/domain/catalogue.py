"""The catalogue (каталог товаров, тауарлар каталогы): what an item is, when two names are the same, what is refused."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.barcode import catalogue_code
from core.domain.money import PRICE_TIYN_MAX, Money
from core.domain.pricing import NAME_CHARACTERS_MAX
from core.domain.units import PIECE, UNITS
from core.domain.vat import RATES, is_allowed
from core.errors import Refused

ITEMS_MAX = 20_000
"""Of one register: a shop's whole price list, and a list of tiles that a phone still turns over."""
SECTION_CHARACTERS_MAX = 32
SECTIONS_MAX = 200
NTIN_CHARACTERS_MAX = 64

# A vendor's keyboard may lack the Kazakh letters: a search finds «қант» by «кант» as well. Names are never so folded.
_SEARCH_FOLDING = str.maketrans("әғқңөұүһіё", "агкноуухие")


@dataclass(frozen=True, slots=True)
class Item:
    """Goods or a service with its last price. ``vat`` left out means the register's default; ``section`` is the shelf
    that people look on, not the department of the wire.
    """

    name: str
    price: Money
    unit: str = PIECE
    section: str = ""
    vat: str | None = None
    barcode: str | None = None
    ntin: str | None = None
    favourite: bool = False


@dataclass(frozen=True, slots=True)
class ShelfItem:
    """An item in the catalogue. ``learnt`` means that nobody wrote it down: it was sold, and follows its last price."""

    item_id: str
    item: Item
    sold_count: int = 0
    learnt: bool = False


@dataclass(frozen=True, slots=True)
class Sold:
    """A line that was sold: what the catalogue learns from it."""

    item: Item
    times: int = 1


def clean_words(text: str) -> str:
    """One line without control, direction and private marks, spaces single."""
    kept = "".join(
        " " if letter in "\n\r\t\v\f" else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter in "\n\r\t\v\f" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    return " ".join(kept.split())


def name_key(name: str) -> str:
    """Equal for names that people take for the same: case, spaces and «ё» aside."""
    return clean_words(unicodedata.normalize("NFKC", name)).casefold().replace("ё", "е")


def search_key(text: str) -> str:
    """What is looked through: letters and digits only, Kazakh letters as their Russian neighbours."""
    folded = name_key(text).translate(_SEARCH_FOLDING)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in folded).split())


def checked(item: Item, now: datetime) -> Item:
    """The item as it is kept, or a refusal that names what is wrong with it."""
    name = clean_words(item.name)
    if not 1 <= len(name) <= NAME_CHARACTERS_MAX:
        raise Refused("NAME_REQUIRED")
    if not 1 <= item.price <= PRICE_TIYN_MAX:
        raise Refused("PRICE_OUT_OF_RANGE")
    if item.unit not in UNITS:
        raise Refused("UNKNOWN_UNIT", unit=item.unit[:20])
    if item.vat is not None and item.vat not in RATES:
        raise Refused("UNKNOWN_VAT", vat=item.vat[:20])
    if item.vat is not None and not is_allowed(item.vat, now.date()):
        raise Refused("VAT_NOT_ALLOWED", vat=item.vat)
    barcode = None if item.barcode is None else catalogue_code(item.barcode)
    if item.barcode is not None and barcode is None:
        raise Refused("BAD_BARCODE", barcode=item.barcode[:32])
    ntin = None if item.ntin is None else item.ntin.strip()
    if ntin is not None and not (1 <= len(ntin) <= NTIN_CHARACTERS_MAX and ntin.isascii() and ntin.isalnum()):
        raise Refused("BAD_NTIN", ntin=ntin[:32])
    section = clean_words(item.section)
    if len(section) > SECTION_CHARACTERS_MAX:
        raise Refused("SECTION_TOO_LONG", limit=SECTION_CHARACTERS_MAX)
    return replace(item, name=name, barcode=barcode, ntin=ntin, section=section)
