"""What an operator's answer says of a barcode, in each version; everything else is no answer."""

from __future__ import annotations

from typing import Any

import pytest

from core.domain.nomenclature import Found, Good
from core.ofd.nomenclature import read_good
from core.ofd.schema import kkm_v202_pb2 as v202
from core.ofd.schema import kkm_v203_pb2 as v203
from core.ofd.schema import kkm_v204_pb2 as v204

BARCODE = "4870001000103"
NOT_FOUND = 3


def answer(module: Any = v203, code: int = 0, result: int | None = 0, **more: Any) -> Any:
    response = module.Response(command=module.COMMAND_NOMENCLATURE)
    response.result.result_code = code
    if result is not None:
        response.nomenclature.version, response.nomenclature.result = 1, result
    if more:
        element = response.nomenclature.elements.add(type=1, id=1, title=more.pop("title", "Сигареты"))
        if "title_kk" in more:
            element.title_kk = more.pop("title_kk")
        for name, value in more.items():
            setattr(element.item, name, value)
    return response


def read(response: Any, version: int = 203) -> Found | None:
    return read_good(response.SerializePartialToString(), version, BARCODE)


@pytest.mark.parametrize(("version", "module"), [(203, v203), (204, v204)])
def test_a_good_with_all_that_is_known_of_it(version: int, module: Any) -> None:
    told = answer(
        module, title="Сигареты, 20 шт.", title_kk="Темекі, 20 дана", barcode=BARCODE, ntin="0200100000102",
        measure_unit_code="728", is_markedeac=True, is_social=True,
    )
    good = Good(BARCODE, "Сигареты, 20 шт.", "Темекі, 20 дана", "0200100000102", "728", True, True)
    assert read(told, version) == Found(good)


def test_a_good_with_its_name_alone() -> None:
    assert read(answer(barcode=BARCODE)) == Found(Good(BARCODE, "Сигареты"))
    assert read(answer(barcode=BARCODE, measure_unit_code="999", ntin=" ")) == Found(Good(BARCODE, "Сигареты"))


def test_2_0_2_does_not_know_the_question() -> None:
    assert read(answer(v202, barcode=BARCODE), 202) is None


@pytest.mark.parametrize(("version", "module"), [(203, v203), (204, v204)])
def test_the_catalogue_says_that_it_has_none(version: int, module: Any) -> None:
    assert read(answer(module, result=NOT_FOUND), version) == Found(None)
    assert read(answer(module), version) == Found(None)


def test_18_is_not_found_in_2_0_3_and_no_answer_in_2_0_4() -> None:
    for result in (NOT_FOUND, None):
        assert read(answer(code=18, result=result)) == Found(None)
        assert read(answer(v204, code=18, result=result), 204) is None


@pytest.mark.parametrize(
    "more",
    [
        {"barcode": "4870001000097"},
        {"barcode": BARCODE + "0"},
        {"barcode": ""},
        {"ntin": "1"},
        {"title": " \n", "barcode": BARCODE},
    ],
)
def test_another_good_or_one_without_a_name_is_not_the_one(more: dict[str, Any]) -> None:
    assert read(answer(**more)) == Found(None)


def test_a_group_is_no_good_and_the_right_one_is_found_among_others() -> None:
    response = answer(barcode="1")
    response.nomenclature.elements[0].type = v203.NomenclatureResponse.GROUP
    response.nomenclature.elements[0].item.barcode = BARCODE
    assert read(response) == Found(None)
    second = response.nomenclature.elements.add(type=1, id=2, title="Хлеб")
    second.item.barcode = BARCODE
    assert read(response) == Found(Good(BARCODE, "Хлеб"))


@pytest.mark.parametrize("code", [1, 2, 3, 13, 15, 19, 254, 255, 2**32 - 1])
def test_any_other_code_is_no_answer(code: int) -> None:
    assert read(answer(code=code, result=NOT_FOUND)) is None


def test_what_is_no_answer_to_the_question() -> None:
    assert read(answer(result=None)) is None
    assert read(answer(result=2)) is None
    ticket = answer(barcode=BARCODE)
    ticket.command = v203.COMMAND_SYSTEM
    assert read(ticket) is None
    assert read(answer(barcode=BARCODE), 777) is None
    assert read_good(b"\xff\xff", 203, BARCODE) is None


def test_names_are_data() -> None:
    raw = answer(title="AAAAAAAA", barcode=BARCODE).SerializeToString()
    found = read_good(raw.replace(b"AAAAAAAA", b"\x1b[31m\x00\xff\xfe"), 203, BARCODE)
    assert found is not None and found.good is not None
    assert found.good.name == "[31m ��"
