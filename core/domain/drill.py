"""The fire drill (учебная тревога, оқу дабылы): 72 h without a link, told by the functions that live them. Pure.

A register that exists only inside one call makes its documents with ``decide``, draws their outcomes with ``draw`` and
is told to an operator's book that counts for itself. Nothing of it is ever written: no journal, no number, no sign of a
register that works.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.countdown import AUTONOMOUS_WARNINGS, due_warning
from core.domain.decide import CloseInput, Command, Context, decide
from core.domain.document import Document
from core.domain.journal import GENESIS, record
from core.domain.money import Money
from core.domain.outcome import autonomous, draw, go_online, reach_limit, registered
from core.domain.register import AUTONOMOUS_HOURS_MAX, ONLINE, RegisterState
from core.domain.ticket import CASH_IN, Kind, LineInput, Payment, PaymentType, TicketInput
from core.domain.units import PIECE
from core.domain.view import DocumentView, Mark
from core.errors import Refused

DRILL_REGISTER = "00000000-0000-4000-8000-00000000d811"
GOODS_MAX = 5
SIGN_DIGITS = 12
TELLING_S = 2
"""So long the operator takes for each document of the queue."""
_TWICE = 2_000


class SceneName(StrEnum):
    """The scenes in their order."""

    LINK = "link"
    LOST = "lost"
    SELLING = "selling"
    NIGHT = "night"
    DAYS = "days"
    LIMIT = "limit"
    BACK = "back"
    BOOKS = "books"


SCENES = tuple(SceneName)


@dataclass(frozen=True, slots=True)
class Good:
    """Something that this vendor sells, at this vendor's price."""

    name: str
    price: Money
    unit: str = PIECE


@dataclass(frozen=True, slots=True)
class BookLine:
    """One document as a book has it."""

    number: int
    kind: Kind
    total: Money


@dataclass(frozen=True, slots=True)
class Book:
    """A book with its own sums: what was sold, and what the drawer must hold."""

    lines: tuple[BookLine, ...] = ()
    sold: Money = 0
    cash: Money = 0

    def with_document(self, document: Document) -> Book:
        """The operator's book with one more document, counted from the document alone."""
        line = BookLine(document.number, document.kind, document.total)
        sold, cash = self.sold, self.cash
        if document.ticket is not None:
            sold += document.total if document.kind is Kind.SELL else 0
            cash += document.ticket.cash if document.kind in CASH_IN else -document.ticket.cash
        return Book((*self.lines, line), sold, cash)


@dataclass(frozen=True, slots=True)
class Scene:
    """What has happened since the scene before. ``left`` is what is left of the 72 h, ``None`` while there is a link;
    ``refused`` the code of a sale that was not made; ``closed`` the close that was made after it.
    """

    name: SceneName
    at: datetime
    views: tuple[DocumentView, ...] = ()
    queue: int = 0
    left: timedelta | None = None
    warnings: tuple[timedelta, ...] = ()
    refused: str | None = None
    closed: DocumentView | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """All scenes, and both books as they are at the end."""

    scenes: tuple[Scene, ...]
    ours: Book
    theirs: Book

    @property
    def agree(self) -> bool:
        """Whether both books hold the same documents in the same order and count the same (G3)."""
        return self.ours == self.theirs

    @property
    def begins_at(self) -> datetime:
        return self.scenes[0].at


class _Till:
    """The register of the story, the operator on the other end of the line, and the line."""

    def __init__(self, goods: Sequence[Good], context: Context) -> None:
        self.state, _ = record(RegisterState(DRILL_REGISTER), GENESIS, {})
        self.theirs = Book()
        self.linked = True
        self.views: dict[int, DocumentView] = {}
        self.queue: list[int] = []
        self._goods = goods
        self._sales = 0
        self._context = context

    def sell(self, at: datetime) -> DocumentView:
        """The next good to the next customer, by turns in cash and by card, every third one twice."""
        good = self._goods[self._sales % len(self._goods)]
        quantity = _TWICE if self._sales % 3 == 2 else 1_000
        kind = PaymentType.CARD if self._sales % 2 else PaymentType.CASH
        total = good.price * quantity // 1_000
        view = self._make(
            TicketInput(
                Kind.SELL,
                (LineInput(good.name, good.price, quantity, good.unit),),
                payments=(Payment(kind, total),),
            ),
            at,
        )
        self._sales += 1
        return view

    def close(self, at: datetime) -> DocumentView:
        return self._make(CloseInput(), at)

    def refusal(self, at: datetime) -> str | None:
        """The code with which a sale is refused now; nothing is made."""
        try:
            self.sell(at)
        except Refused as refused:
            self.state, _ = reach_limit(self.state, at)
            return refused.code
        return None

    def left(self, at: datetime) -> timedelta | None:
        """What is left of the 72 h."""
        oldest = self._oldest
        return None if oldest is None else oldest + AUTONOMOUS_HOURS_MAX - at

    def tell_all(self, at: datetime) -> tuple[DocumentView, ...]:
        """The queue in its order; then the register is online again."""
        told = []
        for place, number in enumerate(self.queue, 1):
            view = self.views[number]
            sign = self._told(view.document)
            done_at = at + timedelta(seconds=TELLING_S * place)
            view = replace(view, mark=Mark.AUTONOMOUS_REGISTERED, fiscal_sign=sign, registered_at=done_at)
            self.views[number] = view
            told.append(view)
        self.queue.clear()
        self.state, _ = go_online(self.state, at)
        return tuple(told)

    def ours(self) -> Book:
        """Our book: the journal's documents, and the sums that the register itself counted."""
        lines = tuple(
            BookLine(one.document.number, one.document.kind, one.document.total) for one in self.views.values()
        )
        totals = self.state.totals
        return Book(lines, totals.non_nullable[str(Kind.SELL)], totals.cash)

    @property
    def _oldest(self) -> datetime | None:
        return self.views[self.queue[0]].document.made_at if self.queue else None

    def _make(self, command: Command, at: datetime) -> DocumentView:
        decision = decide(self.state, command, replace(self._context, now=at, oldest_unconfirmed_at=self._oldest))
        document, self.state = decision.document, decision.state
        sign: str | None = None
        if decision.outcome is None:
            if self.linked:
                sign = self._told(document)
                verdict = registered(at, fiscal_sign=sign, check_url=None, text=None)
            else:
                verdict = autonomous(at, "timeout")
            self.state, _ = draw(self.state, document, verdict)
        if self.state.mode == ONLINE:
            view = DocumentView(document, Mark.REGISTERED, "", fiscal_sign=sign, registered_at=at)
        else:
            self.queue.append(document.number)
            view = DocumentView(
                document, Mark.AUTONOMOUS, "", autonomous_sign=document.own_sign, reason=self.state.reason
            )
        self.views[document.number] = view
        return view

    def _told(self, document: Document) -> str | None:
        """The operator takes a document and answers with its fiscal sign, if it is one that bears signs."""
        self.theirs = self.theirs.with_document(document)
        if not document.is_ticket:
            return None
        return f"{int(document.digest[:16], 16) % 10**SIGN_DIGITS:0{SIGN_DIGITS}d}"


def drill(goods: Sequence[Good], context: Context, begins_at: datetime) -> Story:
    """The story of these goods from ``begins_at`` on; the same input tells the same story."""
    assert goods and context.has_operator and context.practice
    till = _Till(goods[:GOODS_MAX], context)

    def scene(name: SceneName, at: datetime, *views: DocumentView, warnings: tuple[timedelta, ...] = ()) -> Scene:
        return Scene(name, at, views, len(till.queue), till.left(at), warnings)

    scenes = [scene(SceneName.LINK, begins_at, till.sell(begins_at))]
    lost_at = begins_at + timedelta(minutes=20)
    till.linked = False
    scenes.append(scene(SceneName.LOST, lost_at, till.sell(lost_at)))

    def after(hours: int) -> datetime:
        return lost_at + timedelta(hours=hours)

    scenes.append(scene(SceneName.SELLING, after(3), till.sell(after(3))))
    scenes.append(scene(SceneName.NIGHT, after(12), till.close(after(12))))
    scenes.append(_days(till, after))
    scenes.append(_limit(till, lost_at + AUTONOMOUS_HOURS_MAX))
    back_at = lost_at + AUTONOMOUS_HOURS_MAX + timedelta(minutes=25)
    till.linked = True
    scenes.append(scene(SceneName.BACK, back_at, *till.tell_all(back_at)))
    last_at = back_at + timedelta(minutes=5)
    scenes.append(scene(SceneName.BOOKS, last_at, till.sell(last_at)))
    return Story(tuple(scenes), till.ours(), till.theirs)


def _days(till: _Till, after: Callable[[int], datetime]) -> Scene:
    """Two days more: sales, a second night, and the warnings that came due on the way."""
    views = [till.sell(after(24)), till.close(after(36)), till.sell(after(66))]
    warnings: list[timedelta] = []
    for hour in range(12, 67):
        left = till.left(after(hour))
        due = None if left is None else due_warning(left, AUTONOMOUS_WARNINGS)
        if due is not None and due not in warnings:
            warnings.append(due)
    return Scene(SceneName.DAYS, after(66), tuple(views), len(till.queue), till.left(after(66)), tuple(warnings))


def _limit(till: _Till, at: datetime) -> Scene:
    """The last second of the 72 h, the one after it, and the close, which nothing refuses (G7)."""
    last = till.sell(at)
    refused = till.refusal(at + timedelta(seconds=1))
    closed = till.close(at + timedelta(minutes=1))
    return Scene(SceneName.LIMIT, at, (last,), len(till.queue), timedelta(0), refused=refused, closed=closed)
