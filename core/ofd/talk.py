"""One exchange put on the wire and its answer read: the one way that sender, delivery and genesis share."""

from __future__ import annotations

from core.domain.lane import Exchange
from core.domain.registration import PROTOCOL_VERSIONS, Registration
from core.ofd.codec import Answer, AnswerError, decode_answer
from core.ofd.frame import encode_frame
from core.ofd.link import Answered, Attempt, Link


async def attempt_exchange(link: Link, registration: Registration, exchange: Exchange, timeout_s: float) -> Attempt:
    """Frame the exchange with its own token and request number and send it once."""
    frame = encode_frame(
        PROTOCOL_VERSIONS[registration.protocol],
        registration.device_id,
        exchange.token,
        exchange.reqnum,
        exchange.body,
    )
    return await link.attempt(
        registration.host, registration.port, frame, registration.device_id, exchange.reqnum, timeout_s
    )


def answer_in(attempt: Attempt | None, command: str) -> Answer | None:
    """The answer to ``command`` in the version of its header, or ``None`` for anything else: silence, garbage,
    another command's answer.
    """
    if not isinstance(attempt, Answered):
        return None
    try:
        answer = decode_answer(attempt.payload, attempt.version)
    except AnswerError:
        return None
    return answer if answer.command == command else None
