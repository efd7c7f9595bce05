"""Reads what the operator knows of a device before a real register begins its journal (DESIGN.md 3, «Genesis»)."""

from __future__ import annotations

from core.clock import Clock
from core.domain.counters import Totals
from core.domain.lane import Exchange
from core.domain.registration import Registration
from core.errors import Refused
from core.ofd.codec import INFO, Answer, Period, encode
from core.ofd.link import Link
from core.ofd.reactions import OK
from core.ofd.talk import answer_in, attempt_exchange
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
        body = encode(registration, INFO, Period(now, now))
        exchange = Exchange(0, None, INFO, FIRST_REQNUM, token, body)
        return answer_in(await attempt_exchange(self._link, registration, exchange, self._timeout_s), INFO)
