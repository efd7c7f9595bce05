"""Reads what the operator knows of a device before a real register begins its journal (DESIGN.md 3, «Genesis»)."""

from __future__ import annotations

from core.clock import Clock
from core.domain.counters import Totals
from core.domain.registration import PROTOCOL_VERSIONS, Registration
from core.errors import Refused
from core.ofd.codec import INFO, Answer, AnswerError, Period, decode_answer, encode
from core.ofd.frame import encode_frame
from core.ofd.link import Answered, Link
from core.ofd.reactions import OK
from core.usecases.registers import Genesis

FIRST_REQNUM = 1


class GenesisReader:
    """Asks INFO once; makes nothing and takes no token from the answer."""

    def __init__(self, link: Link, clock: Clock, timeout_s: float) -> None:
        self._link = link
        self._clock = clock
        self._timeout_s = timeout_s

    async def read(self, registration: Registration, token: int) -> Genesis:
        """Shift number, lifetime counts, non-nullable sums and drawer.

        Raises ``OFD_NOT_ANSWERING``, ``OFD_NOT_READY`` with the operator's code and text, ``SHIFT_OPEN_AT_OFD``.
        """
        answer = await self._ask(registration, token)
        if answer is None:
            raise Refused("OFD_NOT_ANSWERING")
        if answer.result_code != OK or answer.counters is None:
            raise Refused("OFD_NOT_READY", result_code=answer.result_code, text=answer.result_text or "")
        counters = answer.counters
        if counters.is_open:
            raise Refused("SHIFT_OPEN_AT_OFD", shift=counters.shift)
        empty = Totals()
        return Genesis(
            shift=counters.shift,
            totals=Totals(
                tickets={**empty.tickets, **counters.total_counts},
                placements={**empty.placements, **counters.placement_counts},
                non_nullable={**empty.non_nullable, **counters.non_nullable},
                cash=counters.cash,
            ),
        )

    async def _ask(self, registration: Registration, token: int) -> Answer | None:
        now = self._clock.now().replace(microsecond=0)
        frame = encode_frame(
            PROTOCOL_VERSIONS[registration.protocol],
            registration.device_id,
            token,
            FIRST_REQNUM,
            encode(registration, INFO, Period(now, now)),
        )
        attempt = await self._link.attempt(
            registration.host, registration.port, frame, registration.device_id, FIRST_REQNUM, self._timeout_s
        )
        if not isinstance(attempt, Answered):
            return None
        try:
            return decode_answer(attempt.payload)
        except AnswerError:
            return None
