"""Delivery's writes as arguments of the database's functions: tokens sealed, the kept answer chained."""

from __future__ import annotations

import json
from typing import Any

from core.db.arguments import text_of
from core.domain.lane import Exchange
from core.sealing import Sealer
from core.usecases.ports import LaneWrite


class LaneArguments:
    """Seals what only a process with the key may read."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def exchange(self, register_id: str, exchange: Exchange) -> dict[str, Any]:
        """An exchange that is to be opened; its token goes sealed."""
        return {
            "exchange_no": exchange.exchange_no,
            "number": exchange.number,
            "command": exchange.command,
            "reqnum": exchange.reqnum,
            "token_sealed": self._sealer.seal(register_id, exchange.token).hex(),
        }

    def write(
        self, register_id: str, write: LaneWrite | None
    ) -> tuple[str | None, str | None, str | None, bytes | None]:
        """A lane write as the functions' arguments: lane, exchange, answer, the answer's bytes."""
        if write is None:
            return None, None, None, None
        lane, answer, body = write.lane, None, None
        if write.answer is not None:
            body, previous = write.answer.body, lane.answer_head
            lane = lane.with_answer(body)
            answer = json.dumps(
                {
                    "seq": lane.answer_seq,
                    "number": write.answer.number,
                    "command": write.answer.command,
                    "at": write.answer.at.isoformat(),
                    "digest": lane.answer_head,
                    "previous": previous,
                }
            )
        exchange = None
        if write.exchange is not None:
            exchange = json.dumps(
                {
                    "exchange_no": write.exchange.exchange_no,
                    "finish": write.finish,
                    "result_code": write.result_code,
                    "unanswered": write.exchange.unanswered,
                }
            )
        columns = {
            "head": lane.head,
            "exchange_no": lane.exchange_no,
            "reqnum": lane.reqnum,
            "token_sealed": self._sealer.seal(register_id, lane.token).hex(),
            "next_try_at": text_of(lane.next_try_at),
            "last_attempt_at": text_of(lane.last_attempt_at),
            "fails": lane.fails,
            "cause": lane.cause,
            "stopped": lane.stopped,
            "result_code": lane.result_code,
            "result_text": lane.result_text,
            "contact": lane.contact,
            "info_owed": lane.info_owed,
            "head_blocked": lane.head_blocked,
            "answer_seq": lane.answer_seq,
            "answer_head": lane.answer_head,
            "lease_s": write.lease_s,
        }
        return json.dumps(columns), exchange, answer, body
