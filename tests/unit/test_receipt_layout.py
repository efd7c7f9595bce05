from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from receipt_samples import (
    AUTONOMOUS_SIGN,
    CHECK_URL,
    FISCAL_SIGN,
    MADE_AT,
    RECEIPT_URL,
    RNM,
    SELLER,
    document,
    empty_report,
    report,
    rich_sale,
    ticket,
    view,
)

from core.domain.report import Report
from core.domain.ticket import OPERATIONS, PLACEMENTS, Adjustment, Cashier, Kind, LineInput
from core.domain.view import AUTONOMOUS_MARKS, DocumentView, Mark
from core.ofd.operators import operator
from core.receipt.blocks import Badge, Block, CopyMark, Layout, LayoutLanguage, Qr, Role, Row, Text
from core.receipt.layout import receipt_layout, report_layout
from core.receipt.text import render_text
from core.texts import messages, say

OPERATOR = operator("kazakhtelecom")
LANGUAGES: tuple[LayoutLanguage, ...] = get_args(LayoutLanguage)


def layout(shown: DocumentView | None = None, language: LayoutLanguage = "kk-ru") -> Layout:
    return receipt_layout(shown or view(), OPERATOR, language=language)


def words(block: Block) -> str:
    match block:
        case Text(text=text) | Badge(text=text) | CopyMark(text=text):
            return text
        case Row(left=left, right=right):
            return f"{left} {right}"
        case Qr(data=data, caption=caption):
            return f"{caption} {data}"
        case _:
            return ""


def said(one: Layout) -> str:
    return "\n".join(words(block) for block in one.blocks).replace("\u00a0", " ")


def row(one: Layout, role: Role) -> tuple[str, str]:
    (block,) = one.of(role)
    assert isinstance(block, Row)
    return block.left, block.right.replace("\u00a0", " ")


def test_a_sale_bears_all_sixteen_requisites() -> None:
    """DOMAIN.md 2.4; the numbers are those of its table."""
    sale, text = layout(), said(layout())
    assert words(sale.of(Role.TAXPAYER)[0]) == "ТОО «Арба и друзья»"  # 1
    assert [words(block) for block in sale.of(Role.ADDRESS)] == [SELLER.address_kk, SELLER.address]  # 2
    assert words(sale.of(Role.IIN_BIN)[0]) == "БСН/БИН 131240010479"  # 3
    assert row(sale, Role.ZNM) == ("МЗН/ЗНМ", "SWK00000001")  # 4
    assert row(sale, Role.RNM) == ("МТН/РНМ", RNM)  # 5
    assert row(sale, Role.DOCUMENT_NUMBER) == ("Чектің реттік нөмірі / Порядковый номер чека", "№ 12")  # 6
    assert words(sale.of(Role.ITEM)[0]) == "1. Капучино 0,3"  # 7
    assert words(sale.of(Role.NTIN)[0]) == "ҰТИН/НТИН 0200123456789"  # 8
    assert words(sale.of(Role.MARKING)[0]) == "Таңбалау/Маркировка 010460043993125621JgXJ5.T"  # 8
    assert "2 дана/шт x 800.00 1 600.00" in text  # 9, 10
    assert row(sale, Role.TOTAL) == ("БАРЛЫҒЫ/ИТОГО", "1 950.00")  # 11
    assert "ФДО: «Қазақтелеком» АҚ\nОФД: АО «Казахтелеком»\n" in text  # 12
    assert words(sale.of(Role.CHECK_SITE)[-1]) == "consumer.oofd.kz"  # 12
    assert row(sale, Role.TIME) == ("Уақыты/Время", "05.03.2026 14:07:09")  # 13
    assert row(sale, Role.FISCAL_SIGN) == ("ФБ/ФП", FISCAL_SIGN)  # 14
    assert row(sale, Role.VAT) == ("соның ішінде ҚҚС/в т.ч. НДС 16%".replace("/", " / "), "268.97")  # 15
    (qr,) = sale.of(Role.QR)
    assert isinstance(qr, Qr)
    assert qr.data == CHECK_URL  # 16


def test_the_order_is_that_of_the_domain() -> None:
    """DOMAIN.md 6.7, with a return's basis before the signs."""
    shown = view(Mark.AUTONOMOUS_REGISTERED, Kind.SELL_RETURN, practice=True)
    roles = [block.role for block in layout(shown).blocks if block.role is not Role.RULE]
    assert list(dict.fromkeys(roles)) == [
        Role.PRACTICE, Role.TAXPAYER, Role.POINT, Role.IIN_BIN, Role.ADDRESS, Role.FISCAL_RECEIPT, Role.AUTONOMOUS,
        Role.COPY, Role.OPERATION, Role.DOCUMENT_NUMBER, Role.SHIFT, Role.CASHIER, Role.ITEM, Role.NTIN, Role.ITEM_SUM,
        Role.MARKING, Role.TOTAL, Role.VAT, Role.PAYMENT, Role.PARENT, Role.AUTONOMOUS_SIGN, Role.FISCAL_SIGN,
        Role.TIME, Role.RNM, Role.ZNM, Role.OFD, Role.CHECK_SITE, Role.QR,
    ]  # fmt: skip


def test_a_receipt_with_everything_adds_up_on_paper() -> None:
    sale = layout(view(document=document(ticket=rich_sale())), "ru")
    text = said(sale)
    assert row(sale, Role.SUBTOTAL) == ("Промежуточный итог", "3 334.56")
    assert row(sale, Role.DISCOUNT) == ("Скидка", "-34.56")
    assert row(sale, Role.TOTAL) == ("ИТОГО", "3 300.00")
    assert row(sale, Role.TAKEN) == ("Получено", "5 000.00")
    assert row(sale, Role.CHANGE) == ("Сдача", "3 000.00")
    assert row(sale, Role.CUSTOMER) == ("Покупатель, ИИН", "900515301214")
    assert [words(block).replace("\u00a0", " ") for block in sale.of(Role.PAYMENT)] == [
        "Наличные 2 000.00",
        "Мобильный платёж 1 300.00",
    ]
    assert "5. Сторно: Булочка с корицей\n1 шт x 350.00 -350.00" in text
    assert [words(block) for block in sale.of(Role.ITEM_VAT)] == ["НДС 16%", "НДС 16%", "НДС 5%", "Без НДС", "НДС 16%"]
    assert [words(block)[:16] for block in sale.of(Role.VAT)] == [
        "в т.ч. НДС 16% 2",
        "в т.ч. НДС 5% 58",
        "Без НДС 495.31",
    ]


def test_a_seller_without_vat_prints_no_vat() -> None:
    seller = replace(SELLER, vat_payer=False)
    assert not layout(view(seller=seller)).has(Role.VAT)
    assert "ҚҚС" not in said(layout(view(seller=seller)))
    assert "НДС" not in said(report_layout(report(), seller, OPERATOR, language="ru")).replace("НДС 16%", "")


def test_a_lines_own_discount_shows_what_is_left_of_it() -> None:
    line = LineInput("Нан", price=20000, discount=Adjustment(sum=2500))
    sale = layout(view(document=document(ticket=ticket(items=(line,)))), "kk")
    assert row(sale, Role.ITEM_DISCOUNT) == ("Жеңілдік", "-25.00")
    assert row(sale, Role.ITEM_COST) == ("Құны", "175.00")
    assert not sale.has(Role.SUBTOTAL)


def test_a_return_names_its_basis() -> None:
    text = said(layout(view(kind=Kind.SELL_RETURN), "ru"))
    assert (
        "Чек-основание для возврата\nНомер чека 9\nФП 1413450729315\nВремя 04.03.2026 14:07:09\n"
        "РНМ 620500071124\nСумма 1 950.00"
    ) in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mark", AUTONOMOUS_MARKS)
def test_autonomous_is_said_for_ever(mark: Mark, language: LayoutLanguage) -> None:
    one = layout(view(mark), language)
    assert one.has(Role.AUTONOMOUS)
    assert one.has(Role.FISCAL_RECEIPT)
    assert row(one, Role.AUTONOMOUS_SIGN)[1] == str(AUTONOMOUS_SIGN)
    assert one.has(Role.FISCAL_SIGN) is (mark is Mark.AUTONOMOUS_REGISTERED)


def test_the_fiscal_sign_comes_below_the_autonomous_one() -> None:
    text = said(layout(view(Mark.AUTONOMOUS_REGISTERED)))
    assert f"Автономды ФБ / Автономный ФП {AUTONOMOUS_SIGN}\nФБ/ФП {FISCAL_SIGN}" in text


def test_the_link_in_the_qr_is_the_newest_one() -> None:
    def data(shown: DocumentView) -> list[str]:
        return [block.data for block in layout(shown).of(Role.QR) if isinstance(block, Qr)]

    assert data(view(Mark.AUTONOMOUS)) == [
        f"https://consumer.oofd.kz/?i={AUTONOMOUS_SIGN}&f={RNM}&s=1950.00&t=20260305T140709"
    ]
    assert data(view(Mark.AUTONOMOUS_REGISTERED)) == [CHECK_URL]
    assert data(view(Mark.SAVED)) == data(view(Mark.PRACTICE)) == [RECEIPT_URL]
    assert data(view(Mark.REFUSED)) == []


@pytest.mark.parametrize("bad", ["", "https://x.kz/" + "1" * 500, "https://x.kz/\x1b@", "https://x.kz/\n"])
def test_a_link_that_no_printer_could_draw_gives_way_to_our_page(bad: str) -> None:
    (qr,) = layout(replace(view(), check_url=bad)).of(Role.QR)
    assert isinstance(qr, Qr)
    assert qr.data == RECEIPT_URL


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*OPERATIONS, *PLACEMENTS, Kind.SHIFT_CLOSE])
@pytest.mark.parametrize("mark", [Mark.SAVED, Mark.REFUSED, Mark.PRACTICE])
def test_what_bears_no_sign_never_calls_itself_a_fiscal_receipt(
    mark: Mark, kind: Kind, language: LayoutLanguage
) -> None:
    one = layout(view(mark, kind, practice=mark is Mark.PRACTICE), language)
    text = said(one).lower()
    for spoken in ("kk", "ru", "en"):
        assert say(spoken, "receipt-fiscal").lower() not in text
    assert str(AUTONOMOUS_SIGN) not in text
    assert not one.has(Role.FISCAL_SIGN) and not one.has(Role.AUTONOMOUS_SIGN)
    standing = {Mark.SAVED: Role.SAVED, Mark.REFUSED: Role.REFUSED, Mark.PRACTICE: Role.PRACTICE}
    assert one.has(standing[mark])


@pytest.mark.parametrize("kind", [*PLACEMENTS, Kind.SHIFT_CLOSE])
@pytest.mark.parametrize("mark", [Mark.REGISTERED, Mark.AUTONOMOUS, Mark.AUTONOMOUS_REGISTERED])
def test_slips_and_reports_are_no_fiscal_receipts_and_bear_no_sign(kind: Kind, mark: Mark) -> None:
    one = layout(view(mark, kind))
    assert "ФИСКАЛЬНЫЙ ЧЕК" not in said(one)
    assert not {Role.FISCAL_SIGN, Role.AUTONOMOUS_SIGN, Role.QR, Role.CHECK_SITE} & {block.role for block in one.blocks}
    assert one.has(Role.AUTONOMOUS) is (mark is not Mark.REGISTERED)


def test_a_receipt_whose_sign_never_came_does_not_claim_to_be_fiscal() -> None:
    assert not layout(replace(view(), fiscal_sign=None)).has(Role.FISCAL_RECEIPT)


@pytest.mark.parametrize("mark", [Mark.REGISTERED, Mark.AUTONOMOUS, Mark.PRACTICE, Mark.REFUSED])
def test_practice_is_said_whatever_became_of_it(mark: Mark) -> None:
    assert words(layout(view(mark, practice=True)).of(Role.PRACTICE)[0]) == "ОҚУ / УЧЕБНЫЙ"
    assert not layout(view()).has(Role.PRACTICE)


def test_a_refused_document_says_why() -> None:
    assert words(layout(view(Mark.REFUSED)).of(Role.REASON)[0]) == "Недостаточно наличных в кассе"


def test_the_copy_mark_has_its_place_in_the_head_but_is_drawn_on_copies_only() -> None:
    original, copy = layout(), receipt_layout(view(), OPERATOR, language="kk-ru", copy=True)
    assert original.blocks == copy.blocks
    assert "КӨШІРМЕ / ДУБЛИКАТ" not in render_text(original, 48)
    assert "КӨШІРМЕ / ДУБЛИКАТ\n" in render_text(copy, 48)


def test_a_register_without_an_operator_names_none() -> None:
    one = receipt_layout(view(Mark.PRACTICE, practice=True), None, language="kk-ru")
    assert not one.has(Role.OFD) and not one.has(Role.CHECK_SITE)


def test_a_cashier_without_a_name_is_a_code_and_without_either_nothing() -> None:
    assert row(layout(view(cashier=Cashier(7, " "))), Role.CASHIER)[1] == "7"
    assert not layout(view(cashier=Cashier())).has(Role.CASHIER)


def test_a_person_has_an_iin_and_a_company_a_bin() -> None:
    seller = replace(SELLER, iin_bin="900515301214")
    assert words(layout(view(seller=seller)).of(Role.IIN_BIN)[0]) == "ЖСН/ИИН 900515301214"


PAGE_ONLY = ("receipt-page", "receipt-proof", "receipt-state", "receipt-about", "receipt-missing")
PAGE_ONLY += ("receipt-registered-at",)


def labels(language: str) -> set[str]:
    keys = [key for key in messages(language) if key.startswith("receipt-") and not key.startswith(PAGE_ONLY)]
    return {say(language, key) for key in keys}


def foreign_labels(language: str, other: str) -> set[str]:
    """Labels of another language that are not also a part of one of this language's."""
    return {label for label in labels(other) if not any(label in own for own in labels(language))}


@pytest.mark.parametrize(("language", "other"), [("kk", "ru"), ("kk", "en"), ("ru", "kk"), ("en", "ru"), ("en", "kk")])
def test_a_paper_in_one_language_has_no_label_of_another(language: LayoutLanguage, other: str) -> None:
    papers = [
        layout(view(document=document(ticket=rich_sale())), language),
        *(layout(view(mark, kind, practice=True), language) for kind in Kind for mark in Mark),
        report_layout(report(), SELLER, OPERATOR, language=language),
    ]
    data = f"{SELLER.address} {SELLER.taxpayer} {view(Mark.REFUSED).result_text}".lower()
    text = "\n".join(words(block) for paper in papers for block in paper.blocks)
    lines = [line.replace("\u00a0", " ") for line in text.splitlines() if line.lower() not in data]
    found = {label for label in foreign_labels(language, other) for line in lines if label in line}
    assert found == set()


def test_a_kazakh_paper_has_the_kazakh_address_unit_and_operator() -> None:
    text = said(layout(language="kk"))
    assert SELLER.address_kk in text and SELLER.address not in text
    assert "2 дана x" in text and "шт" not in text
    assert "«Қазақтелеком» АҚ" in text and "АО «" not in text


def test_a_report_has_every_block_of_the_domain() -> None:
    """DOMAIN.md 2.5; the figures are those of the sample shift."""
    one = layout(view(kind=Kind.SHIFT_CLOSE), "ru")
    text = said(one)
    for line in (
        "Z-ОТЧЁТ",
        "отчёт с гашением",
        "Открыта 05.03.2026 08:07:09",
        "Закрыта 05.03.2026 14:07:09",
        "Необнуляемые суммы на начало смены\nПродажа 0.00",
        "Секция 1\nПродажа (4) 3 900.00\nВозврат продажи (1) 1 600.00\nПокупка (1) 300.00",
        "Итог по секциям\nПродажа (4) 3 900.00",
        "Скидки\nПродажа (1) 195.00",
        "Наценки 0.00",
        "Итог по операциям\nПродажа (4) 3 705.00",
        "НДС 16%, Продажа\nОблагаемый оборот 3 705.00\nСумма налога 511.04\nОборот без налога 3 193.96",
        "Чеки продаж\nЗа смену 2\nСумма 3 705.00\nНаличные (1) 1 950.00\nБанковская карта (1) 1 755.00",
        "Скидки на чеки 195.00",
        "Сделано автономно 1",
        "С регистрации 2",
        "Внесения и изъятия\nВнесение наличных (1) 5 000.00",
        "Изъятие наличных (0) 0.00",
        "Наличных в кассе 5 050.00",
        "Выручка смены 1 805.00",
        "Необнуляемые суммы на конец смены\nПродажа 3 705.00\nВозврат продажи 1 600.00\nПокупка 300.00",
        "Контрольная сумма 9AEC9A0A",
        f"Голова журнала 9f3a11bc9f3a\n{'9f3a11bc' * 8}",
    ):
        assert line in text


def test_the_revenue_of_a_shift_of_returns_is_negative() -> None:
    made = replace(report("Z"), revenue=-160000)
    assert row(layout(view(document=document(Kind.SHIFT_CLOSE, report=made))), Role.REVENUE)[1] == "-1 600.00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shift_in_which_nothing_happened_still_names_its_sums(language: LayoutLanguage) -> None:
    one = layout(view(document=document(Kind.SHIFT_CLOSE, report=empty_report())), language)
    assert len(one.of(Role.NON_NULLABLE)) == 8
    assert one.has(Role.CASH) and one.has(Role.REVENUE) and one.has(Role.CHAIN_HEAD) and one.has(Role.VAT)
    assert len(one.blocks) < 64


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [report("Z"), empty_report()], ids=["a full shift", "an empty one"])
def test_a_z_names_the_receipts_of_all_four_operations(made: Report, language: LayoutLanguage) -> None:
    text = said(layout(view(document=document(Kind.SHIFT_CLOSE, report=made)), language))
    for operation in OPERATIONS:
        for one in layout_languages(language):
            assert say(one, f"receipt-tickets-{operation.replace('_', '-')}") in text


def layout_languages(language: LayoutLanguage) -> tuple[str, ...]:
    return ("kk", "ru") if language == "kk-ru" else (language,)


EVERYWHERE = {Role.TAXPAYER, Role.IIN_BIN, Role.ADDRESS, Role.OPERATION, Role.DOCUMENT_NUMBER, Role.SHIFT, Role.CASHIER}
EVERYWHERE |= {Role.TIME, Role.RNM, Role.ZNM, Role.OFD}
RECEIPT = EVERYWHERE | {Role.FISCAL_RECEIPT, Role.ITEM, Role.ITEM_SUM, Role.NTIN, Role.MARKING, Role.TOTAL, Role.VAT}
RECEIPT |= {Role.PAYMENT, Role.FISCAL_SIGN, Role.CHECK_SITE, Role.QR}
REPORT = EVERYWHERE | {Role.OPENED, Role.CLOSED, Role.REPORT_NOTE, Role.SECTION, Role.FIGURE, Role.VAT, Role.CASH}
REPORT |= {Role.REVENUE, Role.NON_NULLABLE, Role.CHECKSUM, Role.CHAIN_HEAD}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        (Kind.SELL, RECEIPT),
        (Kind.SELL_RETURN, RECEIPT | {Role.PARENT}),
        (Kind.BUY, RECEIPT),
        (Kind.BUY_RETURN, RECEIPT | {Role.PARENT}),
        (Kind.DEPOSIT, EVERYWHERE | {Role.TOTAL}),
        (Kind.WITHDRAWAL, EVERYWHERE | {Role.TOTAL}),
        (Kind.SHIFT_CLOSE, REPORT),
    ],
)
def test_no_kind_of_paper_lacks_a_requisite(kind: Kind, needed: set[Role], language: LayoutLanguage) -> None:
    for mark in (Mark.REGISTERED, Mark.AUTONOMOUS, Mark.AUTONOMOUS_REGISTERED):
        one = layout(view(mark, kind), language)
        missing = {role for role in needed if not one.has(role)}
        if mark is Mark.AUTONOMOUS:
            missing -= {Role.FISCAL_SIGN}
        assert missing == set()
        assert one.has(Role.AUTONOMOUS) is (mark is not Mark.REGISTERED)
        assert one.has(Role.AUTONOMOUS_SIGN) is (mark is not Mark.REGISTERED and kind in OPERATIONS)


def test_an_x_report_is_no_document_and_says_that_the_shift_goes_on() -> None:
    one = report_layout(report(), SELLER, OPERATOR, language="kk-ru", practice=True)
    assert one.title == "X-ЕСЕП/X-ОТЧЁТ"
    assert not one.has(Role.DOCUMENT_NUMBER) and not one.has(Role.CLOSED)
    assert "отчёт без гашения" in said(one)
    assert "ОҚУ / УЧЕБНЫЙ" in said(one)
    assert MADE_AT.strftime("%d.%m.%Y %H:%M:%S") in said(one)
