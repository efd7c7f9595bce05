"""NOMENCLATURE by barcode: one good of the national catalogue (НКТ, ҰТК). PROTOCOL.md (c), (d); DOMAIN.md 2.11."""

from __future__ import annotations

from core.clock import Clock
from core.domain.lane import Exchange, Lane
from core.domain.nomenclature import Found, Good
from core.domain.registration import PROTOCOL_VERSIONS, Registration
from core.domain.units import UNITS
from core.ofd.codec import NOMENCLATURE, AnswerError, Period, encode, parse_answer, words_of
from core.ofd.link import Answered, Link
from core.ofd.reactions import OK
from core.ofd.schema import kkm_v203_pb2 as wire
from core.ofd.talk import attempt_exchange

NOT_FOUND_IN_203 = 18
"""Only 2.0.3: in 2.0.4 the same number says that the device was taken off the register."""


class CatalogueReader:
    """Asks an operator for one good. Takes no token from the answer and acts on no code but «not found»."""

    def __init__(self, link: Link, clock: Clock) -> None:
        self._link = link
        self._clock = clock

    async def ask(self, registration: Registration, lane: Lane, barcode: str, timeout_s: float) -> Found | None:
        """One attempt under the lane's token and next request number; ``None``: no answer of use."""
        now = self._clock.now().replace(microsecond=0)
        body = encode(registration, NOMENCLATURE, Period(now, now), barcode=barcode)
        exchange = Exchange(lane.exchange_no, None, NOMENCLATURE, lane.next_reqnum, lane.token, body)
        attempt = await attempt_exchange(self._link, registration, exchange, timeout_s)
        return read_good(attempt.payload, attempt.version, barcode) if isinstance(attempt, Answered) else None


def read_good(payload: bytes, version: int, barcode: str) -> Found | None:
    """What an answer says of the good with this barcode; ``None`` when it is no answer to that question.

    2.0.2 has no such question, so nothing in it is an answer.
    """
    if version not in PROTOCOL_VERSIONS.values():
        return None
    try:
        response = parse_answer(payload, version)
    except AnswerError:
        return None
    if response.command != wire.COMMAND_NOMENCLATURE:
        return None
    code, answer = response.result.result_code, response.nomenclature
    if code == NOT_FOUND_IN_203 and version == 203:
        return Found(None)
    if code != OK or not answer.HasField("result"):
        return None
    if answer.result == wire.NomenclatureResponse.RESULT_TYPE_ELEMENT_NOT_FOUND_BY_BARCODE:
        return Found(None)
    if answer.result != wire.NomenclatureResponse.RESULT_TYPE_OK:
        return None
    goods = (_good(element, barcode) for element in answer.elements)
    return Found(next((good for good in goods if good is not None), None))


def _good(element: wire.NomenclatureResponse.Element, barcode: str) -> Good | None:
    """The good of an element, unless it is a group, another good or has no name."""
    item, name = element.item, words_of(element.title)
    if element.type != wire.NomenclatureResponse.ITEM or item.barcode != barcode or name is None:
        return None
    return Good(
        barcode=barcode,
        name=name,
        name_kk=words_of(element.title_kk) or "",
        ntin=words_of(item.ntin),
        unit=item.measure_unit_code if item.measure_unit_code in UNITS else None,
        is_marked=item.is_markedeac,
        is_social=item.is_social,
    )
