"""What is judged after each step: our rows by ``core/checks``, the operator's book, what people were shown."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.checks.finding import Finding, Row
from core.checks.register_walk import RegisterWalk
from core.ofd.schema import kkm_v203_pb2 as pb
from core.usecases.acts import Made
from sandbox.ofd.exchanges import Exchange
from sandbox.ofd.wire import HEADER_BYTES
from simulated.cashiers import Asked, Cashiers
from simulated.process import Process
from simulated.world import Till, World

DOCUMENTS = frozenset({"TICKET", "CLOSE_SHIFT", "MONEY_PLACEMENT"})
TOLD = frozenset({"registered", "autonomous_registered"})
AUTO_CLOSE_KEY = "\x1fauto-close"
WITHDRAWAL_KEY = "\x1fwithdrawal"


@dataclass
class Watched:
    """One register as far as it has been walked."""

    till: Till
    walk: RegisterWalk
    digests: dict[int, str] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    marks: dict[int, Row] = field(default_factory=dict)
    lane: Any = None
    register: Any = None
    booked: dict[int, dict[str, Any]] = field(default_factory=dict)
    book_read: int = 0
    is_autonomous: bool = False
    # documents made while autonomous, and the beginnings of all offline periods
    made_autonomous: set[int] = field(default_factory=set)
    began: set[datetime] = field(default_factory=set)

    def follow_mode(self, entry: Row) -> None:
        """Which mode the register was in when each document was made."""
        if entry["kind"] == "document" and self.is_autonomous:
            self.made_autonomous.add(entry["number"])
        elif entry["kind"] == "mode":
            facts = json.loads(entry["body"])
            self.is_autonomous = facts["mode"] == "autonomous"
            if self.is_autonomous:
                self.began.add(datetime.fromisoformat(facts["since"]))


class Checks:
    """All checkers of a world; a violation is noted there."""

    def __init__(self, world: World, cashiers: Cashiers) -> None:
        self._world = world
        self._cashiers = cashiers
        self.watched: dict[str, Watched] = {}
        self._frames: dict[tuple[int, int, int], bytes] = {}
        world.network.on_exchange.append(self._exchange)
        world.network.on_another = self.alone

    def watch(self, till: Till) -> None:
        self.watched[till.register_id] = Watched(till, RegisterWalk(till.register_id))

    def after_step(self) -> None:
        """G1 to G7 of every register, as they are at this instant."""
        for one in self.watched.values():
            try:
                self._walk(one)
            except Finding as finding:
                self._world.find(f"core/checks {finding.guarantee}", str(finding))
                return
            self._read_book(one)
            self._periods(one)
        for asked in self._cashiers.asked:
            self._shown(asked)

    def _walk(self, one: Watched) -> None:
        """Walk on from where it stood; nothing is read again while neither of the two rows has moved."""
        call, register_id = self._world.shared.owner.call, one.till.register_id
        register = call("fetchrow", "SELECT * FROM register WHERE register_id = $1", register_id)
        lane = call("fetchrow", "SELECT * FROM lane WHERE register_id = $1", register_id)
        if (register, lane) == (one.register, one.lane):
            return
        one.register, one.lane = register, lane
        chains = one.walk.chains
        for row in self._rows("answer", "seq", register_id, chains.answer_seq):
            one.walk.answer(row)
        documents = self._rows("document", "number", register_id, max(one.digests, default=0))
        by_number = {row["number"]: row for row in documents}
        for row in self._rows("journal_entry", "seq", register_id, chains.entry_seq):
            one.walk.entry(row, by_number.get(row["number"]) if row["kind"] == "document" else None)
            one.follow_mode(row)
        for row in documents:
            one.digests[row["number"]] = row["digest"].hex()
            one.keys[row["idempotency_key"]] = row["number"]
            self._asked_for(one, row)
        one.marks = {row["number"]: row for row in self._rows("document_mark", "number", register_id, 0)}
        if set(one.marks) != set(one.digests) or not set(one.digests) <= set(one.walk.made):
            raise Finding(register_id, "G1", "a document has no entry or no mark")
        one.walk.ends(register, lane, one.marks)

    def _rows(self, table: str, order: str, register_id: str, after: int) -> Any:
        statement = f"SELECT * FROM {table} WHERE register_id = $1 AND {order} > $2 ORDER BY {order}"  # noqa: S608
        return self._world.shared.owner.call("fetch", statement, register_id, after)

    def _asked_for(self, one: Watched, row: Row) -> None:
        """Nothing is in the journal that nobody wanted."""
        key = row["idempotency_key"]
        known = key.removesuffix(WITHDRAWAL_KEY)
        wanted = any(asked.key == known and asked.till is one.till for asked in self._cashiers.asked)
        if not wanted and not known.startswith(AUTO_CLOSE_KEY):
            self._world.find("G1", f"document {row['number']} bears the key {key!r} that nobody gave")

    def _shown(self, asked: Asked) -> None:
        """G1, G8: what was shown as made is in the journal with those bytes, under its key, once."""
        one = self.watched[asked.till.register_id]
        for number, digest in asked.shown.items():
            if one.digests.get(number) != digest:
                self._world.find("G1", f"{asked} was shown as document {number}, which is not in the journal so")
            if one.keys.get(asked.key) != number:
                self._world.find("G8", f"{asked} was shown as {number}, its key is that of {one.keys.get(asked.key)}")
        if isinstance(asked.answer, Made):
            self._true_answer(asked, asked.answer, one)
        elif asked.answer is not None and not asked.running:
            self._true_refusal(asked, one)

    def _true_answer(self, asked: Asked, made: Made, one: Watched) -> None:
        view = made.view
        number = view.document.number
        now = one.marks[number]
        outcome = one.walk.outcomes.get(number)
        if (view.mark == "registered") != (outcome == "registered"):
            self._world.find("G1", f"{asked} was answered {view.mark}, its outcome is {outcome}")
        if view.fiscal_sign is not None and now["fiscal_sign"] != view.fiscal_sign:
            self._world.find("G1", f"{asked} was answered with the sign {view.fiscal_sign}, now {now['fiscal_sign']}")
        if view.autonomous_sign is not None and now["autonomous_sign"] != view.autonomous_sign:
            self._world.find("G2", f"{asked} had the autonomous sign {view.autonomous_sign}")

    def _true_refusal(self, asked: Asked, one: Watched) -> None:
        refusal = asked.answer
        assert not isinstance(refusal, Made) and refusal is not None
        number = one.keys.get(asked.key)
        if refusal.code == "OFD_REFUSED":
            of_close = asked.withdraw_cash and number is None
            if not of_close and (number is None or one.walk.outcomes.get(number) != "refused"):
                self._world.find("G1", f"{asked} was answered {refusal}, document {number} says otherwise")
        elif number is not None:
            self._world.find("G1", f"{asked} was refused with {refusal} and is document {number}")

    def _read_book(self, one: Watched) -> None:
        """G3: each document once, in order, as it is frozen; none that was refused, all that are marked as told."""
        book = self._world.network.operator.book(one.till.device_id)["documents"]
        for theirs in book[one.book_read :]:
            self._booked(one, theirs)
        one.book_read = len(book)
        for number, row in one.marks.items():
            theirs = one.booked.get(number)
            if row["mark"] in TOLD and theirs is None:
                self._world.find("G3", f"document {number} is {row['mark']}, the operator never booked it")
            if row["mark"] == "refused" and theirs is not None:
                self._world.find("G3", f"document {number} is refused here and booked there")
            if theirs is not None and row["fiscal_sign"] not in (None, theirs["fiscal_sign"]):
                self._world.find("G3", f"document {number} has the sign {row['fiscal_sign']}, there another")

    def _periods(self, one: Watched) -> None:
        """An offline period that was told begins when the journal says that the register became autonomous."""
        for period in self._world.network.operator.book(one.till.device_id)["offline_periods"]:
            begin = datetime.fromisoformat(period["begin"])
            if begin not in one.began:
                self._world.find("G3", f"an offline period since {begin} was told, the journal has {sorted(one.began)}")

    def _booked(self, one: Watched, theirs: dict[str, Any]) -> None:
        number = theirs["printed_document_number"]
        if number in one.booked:
            self._world.find("G3", f"document {number} was booked twice")
        elif one.booked and number < max(one.booked):
            self._world.find("G3", f"document {number} was booked after {max(one.booked)}")
        one.booked[number] = theirs
        ours = one.walk.made.get(number)
        if ours is None:
            self._world.find("G3", f"the operator booked document {number}, which is not in the journal")
            return
        if number > one.lane["head"] + 1:
            self._world.find("G3", f"document {number} was booked while {one.lane['head'] + 1} was not told")
        facts = ours.facts
        total = facts["ticket"]["total"] if ours.is_ticket else facts.get("sum")
        expected = {
            "kind": ours.kind,
            "sum": None if total is None else f"{total // 100}.{total % 100:02d}",
            "made_at": ours.made_at.isoformat(timespec="seconds"),
            "fr_shift_number": facts["shift"] if not one.till.settled_outside else theirs["fr_shift_number"],
        }
        for name, value in expected.items():
            if theirs[name] != value:
                self._world.find("G3", f"document {number} was booked with {name} {theirs[name]}, it is {value}")
        if number in one.made_autonomous and not theirs["is_offline"]:
            self._world.find("G3", f"document {number} was made autonomously and told as if it were not")
        if theirs["offline_ticket_number"] not in (None, facts.get("own_sign")):
            self._world.find("G3", f"document {number} was booked with the sign {theirs['offline_ticket_number']}")

    def _exchange(self, exchange: Exchange, forced: int | None) -> None:
        """Every frame that reached the operator: resent as it was, and nothing that the operator rightly refuses."""
        head = exchange.head
        if exchange.command in DOCUMENTS:
            message = exchange.frame[HEADER_BYTES:]
            pair = (head.device_id, head.token, head.reqnum)
            self._sent_again(pair, message)
        ended = f"{exchange.outcome} {exchange.code}"
        self._world.note(f"  ofd {head.device_id}: {exchange.command} {head.token:08x}/{head.reqnum} {ended}")
        if exchange.outcome == "refused" and forced is None:
            self._refused_rightly(exchange)

    def _sent_again(self, pair: tuple[int, int, int], message: bytes) -> None:
        """A frame under a pair that was used: the same bytes, unless one of the two was told from the queue.

        The line may bring the first copy after the queue's.
        """
        first = self._frames.setdefault(pair, message)
        if first == message:
            return
        before, now = pb.Request.FromString(first), pb.Request.FromString(message)
        if before.command != now.command:
            self._world.find("G3", f"request {pair[2]} was sent again as another command")
        if not any(one.ticket.HasField("offline_ticket_number") or _is_offline(one) for one in (before, now)):
            self._world.find("G3", f"request {pair[2]} was sent again with other bytes")

    def _refused_rightly(self, exchange: Exchange) -> None:
        """What nobody forced the operator to refuse, it may refuse only for what people did outside, or for its age.

        A worker that was suspended may ask once more what another has asked since, with a token that is old by now.
        The copy that a line makes of a frame, or an INFO that gave way to a sale and was left to itself, may come when
        the next frame has used the token up.
        """
        till = next(one for one in self._world.tills if one.device_id == exchange.head.device_id)
        lawful = till.settled_outside or exchange.code == 11
        if exchange.code == 2 and not lawful:
            stale = exchange.head.token != self._world.lane_token(till) and self._world.was_disturbed
            is_copy = (exchange.head.device_id, exchange.head.token, exchange.head.reqnum) in self._world.network.copied
            gave_way = exchange.command == "INFO" and exchange.head.reqnum != self._world.lane_reqnum(till)
            lawful = stale or is_copy or gave_way or till.tokens_issued > 0
        if not lawful:
            text = exchange.told()["response"]
            self._world.find("G3", f"the operator refused {exchange.command} with {exchange.code}: {text}")

    def alone(self, device_id: int, others: list[Process]) -> None:
        """One exchange at a time: a lane's lease has one holder, unless one of them was held up."""
        now = self._world.loop.time()
        if others and not self._world.was_disturbed:
            names = ", ".join(one.name for one in others)
            self._world.find("G3", f"two exchanges of {device_id} at once at {now:.2f} s, the other of {names}")


def _is_offline(request: pb.Request) -> bool:
    return bool(request.close_shift.is_offline or request.money_placement.is_offline)
