"""The fiscal data operators (ОФД, ФДО) as data: DOMAIN.md 3, PROTOCOL.md (h).

One table; what people read of an operator it names by keys of the catalogue. What was not found in any source stays
``None``: a wrong phone on a cashier's screen is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from core.clock import ALMATY
from core.domain.money import Money, format_money
from core.texts import say

SANDBOX = "sandbox"
_BY_PHONE = ("operator-step-call", "operator-step-pay", "operator-step-probe")
_BY_CABINET = ("operator-step-cabinet", "operator-step-pay", "operator-step-probe")
_BY_CONTRACT = ("operator-step-contract", "operator-step-pay", "operator-step-probe")


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator. ``hosts`` are those of its check links, the test ones among them.

    ``check_base`` is what our own check link of an autonomous receipt begins with; without it no register can be
    connected to this operator. ``total_in_link`` says whether its links always carry the sum. ``steps`` are the three
    of paying its fee, ``where`` is the same in two words, ``note`` says what costs money and what does not.
    """

    code: str
    name_kk: str
    name_ru: str
    name_en: str
    site: str
    hosts: tuple[str, ...]
    where: str
    steps: tuple[str, str, str]
    note: str = "operator-note-fee"
    check_base: str | None = None
    cabinet: str | None = None
    phone: str | None = None
    total_in_link: bool = True

    @property
    def connectable(self) -> bool:
        """Whether a register of ours can work with it: Kaspi, for one, serves only its own."""
        return self.check_base is not None

    def name(self, language: str) -> str:
        """The operator's name in ``kk``, ``ru`` or ``en``."""
        return {"kk": self.name_kk, "en": self.name_en}.get(language, self.name_ru)


_ALL = (
    Operator(
        code="kazakhtelecom",
        name_kk="«Қазақтелеком» АҚ",
        name_ru="АО «Казахтелеком»",
        name_en="Kazakhtelecom JSC",
        site="consumer.oofd.kz",
        hosts=("consumer.oofd.kz", "dev.consumer.oofd.kz", "consumer.test-oofd.kz"),
        where="operator-where-cabinet",
        steps=_BY_CABINET,
        check_base="https://consumer.oofd.kz/",
        cabinet="oofd.kz",
    ),
    Operator(
        code="transtelecom",
        name_kk="«Транстелеком» АҚ",
        name_ru="АО «Транстелеком»",
        name_en="Transtelecom JSC",
        site="ofd1.kz",
        hosts=("ofd1.kz", "ttk.4ek.kz"),
        where="operator-where-phone",
        steps=_BY_PHONE,
        check_base="https://ofd1.kz/t/",
        cabinet="ofd.ttc.kz",
        phone="1702",
    ),
    Operator(
        code="beeline",
        name_kk="«КаР-Тел» ЖШС (Beeline)",
        name_ru="ТОО «КаР-Тел» (Beeline)",
        name_en="KaR-Tel LLP (Beeline)",
        site="ofd.beeline.kz",
        hosts=("ofd.beeline.kz",),
        where="operator-where-phone",
        steps=_BY_PHONE,
        check_base="https://ofd.beeline.kz/t/",
        phone="2106",
    ),
    Operator(
        code="jusan",
        name_kk="«Jusan Mobile» АҚ",
        name_ru="АО «Jusan Mobile»",
        name_en="Jusan Mobile JSC",
        site="consumer.kofd.kz",
        hosts=("consumer.kofd.kz", "cabinet.kofd.kz", "dev.kofd.kz"),
        where="operator-where-cabinet",
        steps=_BY_CABINET,
        check_base="https://consumer.kofd.kz/",
        cabinet="cabinet.kofd.kz",
        total_in_link=False,
    ),
    Operator(
        code="smartcontract",
        name_kk="«Smartcontract» ЖШС",
        name_ru="ТОО «Smartcontract»",
        name_en="Smartcontract LLP",
        site="consumer.wofd.kz",
        hosts=("consumer.wofd.kz", "cabinet.wofd.kz"),
        where="operator-where-cabinet",
        steps=_BY_CABINET,
        check_base="https://consumer.wofd.kz/",
        cabinet="cabinet.wofd.kz",
    ),
    Operator(
        code="kaspi",
        name_kk="Kaspi ФДО",
        name_ru="Kaspi ОФД",
        name_en="Kaspi OFD",
        site="receipt.kaspi.kz",
        hosts=("receipt.kaspi.kz",),
        where="operator-where-contract",
        steps=("operator-step-no-fee", "operator-step-contract", "operator-step-probe"),
        note="operator-note-no-fee",
    ),
    Operator(
        code="wipon",
        name_kk="Wipon ФДО",
        name_ru="Wipon ОФД",
        name_en="Wipon OFD",
        site="app.kassa.wipon.kz",
        hosts=("app.kassa.wipon.kz",),
        where="operator-where-contract",
        steps=_BY_CONTRACT,
        check_base="https://app.kassa.wipon.kz/consumer",
    ),
    Operator(
        code=SANDBOX,
        name_kk="Оқу ФДО",
        name_ru="Учебный ОФД",
        name_en="Practice OFD",
        site="ofd.example.kz",
        hosts=("ofd.example.kz",),
        where="operator-where-practice",
        steps=("operator-step-practice", "operator-step-switch-on", "operator-step-probe"),
        note="operator-note-fee",
        check_base="https://ofd.example.kz/t/",
    ),
)

OPERATORS: Mapping[str, Operator] = MappingProxyType({one.code: one for one in _ALL})
SHORT_LINK_HOST = "4ek.kz"


def operator(code: str) -> Operator:
    """The operator of this code; a ``KeyError`` for one that we do not know."""
    return OPERATORS[code]


def is_connectable(code: str) -> bool:
    """Whether a register of ours can work with this operator; false for a code that is unknown."""
    return code in OPERATORS and OPERATORS[code].connectable


def operator_of_host(host: str) -> Operator | None:
    """Whose check links stand on this host (lower case), or ``None``."""
    return _BY_HOST.get(host)


_BY_HOST = {host: one for one in _ALL for host in one.hosts}


def autonomous_check_url(operator: Operator, *, sign: int, rnm: str, total: Money, made_at: datetime) -> str:
    """Our own check link of an autonomous receipt: i, f, s with exactly two decimals, t local (PROTOCOL.md h)."""
    assert operator.check_base is not None, f"no register can be connected to {operator.code}"
    assert made_at.tzinfo is not None, "fiscal time is aware"
    moment = made_at.astimezone(ALMATY).strftime("%Y%m%dT%H%M%S")
    return f"{operator.check_base}?i={sign}&f={rnm}&s={format_money(total)}&t={moment}"


def pay_steps(operator: Operator, language: str) -> tuple[str, str, str]:
    """What to do when the fee may be unpaid, in three short steps that end with the button of the probe."""
    first, second, third = (_said(operator, language, key) for key in operator.steps)
    return first, second, third


def pay_where(operator: Operator, language: str) -> str:
    """Where to ask about the fee, in two words."""
    return _said(operator, language, operator.where)


def pay_note(operator: Operator, language: str) -> str:
    """What costs money and what does not: the register is free, the operator is paid apart."""
    return _said(operator, language, operator.note)


def _said(operator: Operator, language: str, key: str) -> str:
    """A text with what is known of this operator; one that needs an unknown thing is a ``ValueError``."""
    known = {"phone": operator.phone, "cabinet": operator.cabinet}
    return say(
        language, key, operator=operator.name(language), **{name: one for name, one in known.items() if one is not None}
    )
