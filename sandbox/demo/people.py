"""Made-up taxpayers, registers and people: plausible, with valid check digits, nobody's."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.iin_bin import with_check_digit

DEVICE_FIRST = 1_000_000
OWNER = "Дәурен"
OWNER_LANGUAGE = "ru"
LATITUDE, LONGITUDE = 43238949, 76889709
OKVED = "47110"

_VENDORS = (("Айгүл", "ru"), ("Ерлан", "kk"), ("Мария", "ru"), ("Нұрлан", "kk"), ("Динара", "ru"), ("Сергей", "ru"))
_COMPANIES = ("Алма бақша", "Дастарқан", "Жеті нан", "Көктем", "Самал", "Бәйтерек")
_MERCHANTS = ("Ахметов Е. С.", "Иванова М. П.", "Нұрланов Б. Қ.", "Ким А. В.", "Сәрсенова Г. Т.", "Ли В. Н.")
_TITLES = ("Кофейня «Алма»", "Лавка Ерлана")
_STREETS = (("ул. Абая", "Абай көшесі"), ("ул. Сатпаева", "Сәтбаев көшесі"), ("ул. Жибек Жолы", "Жібек Жолы көшесі"))


@dataclass(frozen=True, slots=True)
class Shop:
    """Everything about a register that the demo makes up."""

    title: str
    taxpayer: str
    iin_bin: str
    address: str
    address_kk: str
    rnm: str
    znm: str
    device_id: int
    vendor: str
    vendor_language: str


def shop(number: int, *, vat_payer: bool, title: str | None = None) -> Shop:
    """The register of this number, counted from 1: a company if it pays VAT, else a sole trader."""
    place = number - 1
    street, street_kk = _STREETS[place % len(_STREETS)]
    house = 10 + place % 90
    if vat_payer:
        taxpayer, beginning = f"ТОО «{_COMPANIES[place // 2 % len(_COMPANIES)]}»", "2103400"
    else:
        taxpayer, beginning = f"ИП {_MERCHANTS[place // 2 % len(_MERCHANTS)]}", "8802154"
    vendor, language = _VENDORS[place % len(_VENDORS)]
    return Shop(
        title=title or _TITLES[place % len(_TITLES)],
        taxpayer=taxpayer,
        iin_bin=_number(beginning, number),
        address=f"г. Алматы, {street}, {house}",
        address_kk=f"Алматы қ., {street_kk}, {house}",
        rnm=f"0101{number:08}",
        znm=f"TIYN{number:08}",
        device_id=DEVICE_FIRST + number,
        vendor=vendor,
        vendor_language=language,
    )


def _number(beginning: str, number: int) -> str:
    """One with a right check digit; where eleven digits have none, the next serial number of a range of its own."""
    for spare in range(10):
        if (found := with_check_digit(f"{beginning}{number % 1000:03}{spare}")) is not None:
            return found
    raise AssertionError("of ten beginnings in a row one has a check digit")
