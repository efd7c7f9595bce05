"""What is judged after each step: our rows by ``core/checks``, the operator's book beside them, what people were shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.checks.chains import NOTHING
from core.checks.finding import Finding, Row
from core.checks.register_walk import RegisterWalk
from core.usecases.acts import Made
from sandbox.ofd.exchanges import Exchange
from sandbox.ofd.wire import HEADER_BYTES
from simulated.cashiers import Asked, Cashiers
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
    number_of: dict[int, str] = field(default_factory=dict)
    marks: dict[int, Row] = field(default_factory=dict)
    lane: Any = None
    register: Any = None
    booked: dict[int, dict[str, Any]] = field(default_factory=dict)
    book_read: int = 0


class Checks:
    """All checkers of a world; a violation is noted there."""

    def __init__(self, world: World, cashiers: Cashiers) -> None:
        self._world = world
        self._cashiers = cashiers
        self.watched: dict[str, Watched] = {}
        self._frames: dict[tuple[int, int, int], bytes] = {}
        self._booked_pairs: set[tuple[int, int, int]] = set()
        world.network.on_exchange.append(self._exchange)

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
        for asked in self._cashiers.asked:
            self._shown(asked)

    def _walk(self, one: Watched) -> None:
        call, register_id = self._world.shared.owner.call, one.till.register_id
        chains = one.walk.chains
        of_answers = "SELECT * FROM answer WHERE register_id = $1 AND seq > $2 ORDER BY seq"
        for row in call("fetch", of_answers, register_id, chains.answer_seq):
            one.walk.answer(row)
        of_documents = "SELECT * FROM document WHERE register_id = $1 AND number > $2 ORDER BY number"
        documents = call("fetch", of_documents, register_id, max(one.digests, default=0))
        by_number = {row["number"]: row for row in documents}
        of_entries = "SELECT * FROM journal_entry WHERE register_id = $1 AND seq > $2 ORDER BY seq"
        for row in call("fetch", of_entries, register_id, chains.entry_seq):
            one.walk.entry(row, by_number.get(row["number"]) if row["kind"] == "document" else None)
        for row in documents:
            one.digests[row["number"]] = row["digest"].hex()
            one.number_of[row["number"]] = row["idempotency_key"]
            one.keys[row["idempotency_key"]] = row["number"]
            self._asked_for(one, row)
        marks = call("fetch", "SELECT * FROM document_mark WHERE register_id = $1 ORDER BY number", register_id)
        one.marks = {row["number"]: row for row in marks}
        one.register = call("fetchrow", "SELECT * FROM register WHERE register_id = $1", register_id)
        one.lane = call("fetchrow", "SELECT * FROM lane WHERE register_id = $1", register_id)
        if set(one.marks) != set(one.digests) or not set(one.digests) <= set(one.walk.made):
            raise Finding(register_id, "G1", "a document has no entry or no mark")
        one.walk.ends(one.register, one.lane, one.marks)
        assert chains.document_head != NOTHING

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
        if theirs["offline_ticket_number"] not in (None, facts.get("own_sign")):
            self._world.find("G3", f"document {number} was booked with the sign {theirs['offline_ticket_number']}")

    def _exchange(self, exchange: Exchange, forced: int | None) -> None:
        """Every frame that reached the operator: resent as it was, and nothing that the operator rightly refuses."""
        head = exchange.head
        if exchange.command in DOCUMENTS:
            message = exchange.frame[HEADER_BYTES:]
            pair = (head.device_id, head.token, head.reqnum)
            first = self._frames.setdefault(pair, message)
            if first[:2] != message[:2]:
                self._world.find("G3", f"request {head.reqnum} was sent again as another command")
            if exchange.outcome == "booked":
                self._booked_pairs.add(pair)
        self._world.note(
            f"  ofd {head.device_id}: {exchange.command} {head.token:08x}/{head.reqnum} {exchange.outcome} {exchange.code}"
        )
        if exchange.outcome == "refused" and forced is None:
            self._refused_rightly(exchange)

    def _refused_rightly(self, exchange: Exchange) -> None:
        """A worker that was suspended may ask once more for what another has told since: its token is an old one."""
        till = next(one for one in self._world.tills if one.device_id == exchange.head.device_id)
        pair = (exchange.head.device_id, exchange.head.token, exchange.head.reqnum)
        late = pair in self._booked_pairs or (exchange.command not in DOCUMENTS and self._world.was_disturbed)
        lawful = till.settled_outside or (exchange.code == 2 and (till.tokens_issued or late)) or exchange.code == 11
        if not lawful:
            text = exchange.told()["response"]
            self._world.find("G3", f"the operator refused {exchange.command} with {exchange.code}: {text}")
