"""The few goods that the sandbox operator knows, found by barcode as in the national catalogue (НКТ)."""

from __future__ import annotations

from dataclasses import dataclass

from core.ofd.schema import kkm_v203_pb2 as pb
from sandbox.ofd.wire import put_money

CATALOGUE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Good:
    """A good as the catalogue answers it; the price is in tiyn, the barcode an EAN-13, the NTIN 13 digits."""

    barcode: str
    ntin: str
    name_ru: str
    name_kk: str
    price: int
    unit: str
    is_social: bool = False
    is_marked: bool = False


GOODS = (
    Good("4870001000011", "0200100000010", "Хлеб пшеничный, 600 г", "Бидай наны, 600 г", 250_00, "796", True),
    Good("4870001000028", "0200100000027", "Молоко 3,2 %, 1 л", "Сүт 3,2 %, 1 л", 620_00, "796", True),
    Good("4870001000035", "0200100000034", "Кефир 2,5 %, 1 л", "Айран 2,5 %, 1 л", 590_00, "796"),
    Good("4870001000042", "0200100000041", "Сахар-песок, 1 кг", "Құмшекер, 1 кг", 480_00, "796", True),
    Good("4870001000059", "0200100000058", "Чай чёрный, 250 г", "Қара шай, 250 г", 1450_00, "796"),
    Good("4870001000066", "0200100000065", "Рис, 1 кг", "Күріш, 1 кг", 710_00, "796", True),
    Good("4870001000073", "0200100000072", "Вода питьевая, 0,5 л", "Ауыз су, 0,5 л", 180_00, "796"),
    Good("4870001000080", "0200100000089", "Баурсаки, 400 г", "Бауырсақ, 400 г", 850_00, "796"),
    Good("4870001000097", "0200100000096", "Шоколад молочный, 100 г", "Сүтті шоколад, 100 г", 690_00, "796"),
    Good("4870001000103", "0200100000102", "Сигареты, 20 шт.", "Темекі, 20 дана", 980_00, "728", False, True),
)
_BY_BARCODE = {good.barcode: (number, good) for number, good in enumerate(GOODS, 1)}

Answer = pb.NomenclatureResponse


def look_up(request: pb.NomenclatureRequest) -> pb.NomenclatureResponse:
    """One good by its barcode, or the whole list to a device that holds an older version of it."""
    answer = Answer(version=CATALOGUE_VERSION)
    if request.HasField("barcode"):
        found = _BY_BARCODE.get(request.barcode)
        if found is None:
            answer.result = Answer.RESULT_TYPE_ELEMENT_NOT_FOUND_BY_BARCODE
            return answer
        _put(answer, *found)
    elif request.current_version == CATALOGUE_VERSION:
        answer.result = Answer.RESULT_TYPE_VERSION_IS_ACTUAL
        return answer
    else:
        for number, good in enumerate(GOODS, 1):
            _put(answer, number, good)
    answer.result = Answer.RESULT_TYPE_OK
    return answer


def _put(answer: pb.NomenclatureResponse, number: int, good: Good) -> None:
    element = answer.elements.add(type=Answer.ITEM, title=good.name_ru, title_kk=good.name_kk, id=number)
    item = element.item
    item.barcode, item.ntin, item.measure_unit_code = good.barcode, good.ntin, good.unit
    item.is_social, item.is_markedeac = good.is_social, good.is_marked
    put_money(item.sell_price, good.price)
