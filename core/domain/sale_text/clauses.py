"""A segment of the message (between commas and line ends) into clauses: goods, payments, cash taken, discounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.domain.sale_text.lines import SpokenItem, read_run
from core.domain.sale_text.marks import role_of, spelling
from core.domain.sale_text.numbers import NotRead, Number
from core.domain.sale_text.payments import NamedPayment
from core.domain.sale_text.spoken import PaymentKind
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import (
    CASH_IN_TWO_WORDS,
    NAME_LIKE_PAYMENTS,
    PAYMENT_BY_WORD,
    Role,
)

FILLERS_MAX = 4
"""How many words like «оплата», «через», «остальное» may stand before a word of payment."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A sum that was said about the sale (its total, the cash taken, the change), with the words it was said in."""

    tiyn: int
    fragment: str


@dataclass(frozen=True, slots=True)
class SpokenAdjustment:
    """A discount or markup; `item` is the index of the line it was said right after, in `segment`, if it was."""

    is_markup: bool
    percent_thousandths: int | None
    tiyn: int | None
    fragment: str
    segment: int
    item: int | None


@dataclass(slots=True)
class Clauses:
    """Everything that was said, in order of speaking."""

    items: list[SpokenItem] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)
    payments: list[NamedPayment] = field(default_factory=list)
    taken: list[Stated] = field(default_factory=list)
    totals: list[Stated] = field(default_factory=list)
    changes: list[Stated] = field(default_factory=list)
    adjustments: list[SpokenAdjustment] = field(default_factory=list)
    failures: list[NotRead] = field(default_factory=list)


class SegmentReader:
    """Reads one segment into `clauses`; what it cannot read it leaves there as failures and goes on.

    `after_plus`: a plus joins the segment to goods, so in «800 + 350 нал» the 350 is goods too.
    """

    def __init__(self, tokens: Sequence[Token], text: str, clauses: Clauses, segment: int, after_plus: bool) -> None:
        self.after_plus = after_plus
        self.tokens, self.text, self.clauses, self.segment = tokens, text, clauses, segment
        self.run: list[Token] = []
        self.at = 0
        self.amount_first = False

    def read(self) -> None:
        """The whole segment."""
        while self.at < len(self.tokens):
            try:
                self._clause()
            except NotRead as failure:
                self.clauses.failures.append(failure)
        self._flush()

    def _peek(self, ahead: int = 0) -> Token | None:
        index = self.at + ahead
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def _number(self, ahead: int = 0) -> Number | None:
        token = self._peek(ahead)
        return token.number if token is not None else None

    def _flush(self) -> None:
        """Ends the run of goods."""
        run, self.run = self.run, []
        while run and run[-1].number is None and run[-1].kind is not TokenKind.WORD:
            run.pop()
        if not run:
            return
        try:
            items, stated = read_run(run, self.text)
            if stated is not None:
                self.clauses.totals.append(Stated(stated.tiyn(), f"= {stated.text}"))
        except NotRead as failure:
            self.clauses.failures.append(failure)
            return
        self.clauses.items.extend(items)
        self.clauses.segments.extend([self.segment] * len(items))

    def _clause(self) -> None:
        """Takes the tokens of one clause, or one token into the run of goods."""
        token = self.tokens[self.at]
        number, role = token.number, role_of(token)
        if role is Role.TAKEN and role_of(self._peek(1)) in (Role.DISCOUNT, Role.MARKUP, Role.PAY):
            self.at += 1
        elif number is not None and number.percent and (number.negative or number.positive):
            self.at += 1
            self._adjust(number.positive, number, token)
        elif role in (Role.DISCOUNT, Role.MARKUP):
            self._named_adjustment(token, role is Role.MARKUP)
        elif role is Role.TOTAL and self._states(token):
            self._stated(token, self.clauses.totals)
        elif role is Role.TAKEN and self._states(token):
            self._stated(token, self.clauses.taken)
        elif role is Role.CHANGE:
            self._change(token)
        elif role is Role.WITHOUT and role_of(self._peek(1)) is Role.CHANGE:
            self._flush()
            self.at += 2
            if not self.clauses.payments:
                self.clauses.payments.append(NamedPayment(PaymentKind.CASH, None, "без сдачи"))
        elif self._payment_ahead() and not self._is_part_of_name(token):
            self._payment()
        elif role is Role.AND and (not self.run or self.run[-1].number is not None):
            self._flush()
            self.at += 1
        else:
            self.run.append(token)
            self.at += 1

    def _take_number(self, first: Token) -> tuple[Number, str]:
        """The number after a clause's word, else the one just before it («2000 берді»)."""
        after = self._number()
        if after is not None:
            self.at += 1
            return after, self.text[first.start : self.tokens[self.at - 1].end]
        if self.run and self.run[-1].number is not None:
            before = self.run.pop()
            assert before.number is not None
            return before.number, self.text[before.start : first.end]
        raise NotRead(self.text[first.start : first.end])

    def _states(self, token: Token) -> bool:
        """Whether a word of totals or of taking stands beside its amount; else it is in a name («кофе с молоком»)."""
        number, following = self._number(1), self._peek(2)
        if number is not None:
            goods_follow = following is not None and following.kind is TokenKind.WORD and role_of(following) is None
            return not number.percent and not (goods_follow and not number.is_large) and number.unit is None
        is_preposition = len(token.name) <= 2
        return not is_preposition and bool(self.run) and self.run[-1].number is not None and self._peek(1) is None

    def _stated(self, token: Token, into: list[Stated]) -> None:
        self.at += 1
        number, fragment = self._take_number(token)
        self._flush()
        into.append(Stated(number.tiyn(), fragment))

    def _change(self, token: Token) -> None:
        """«сдача с 5000», «5000-нан қайтарым» say what was taken, «сдача 50» what is given back."""
        self.at += 1
        if role_of(self._peek()) is Role.TAKEN and self._number(1) is not None:
            self._flush()
            return
        number, fragment = self._take_number(token)
        self._flush()
        into = self.clauses.taken if number.ablative else self.clauses.changes
        into.append(Stated(number.tiyn(), fragment))

    def _named_adjustment(self, token: Token, is_markup: bool) -> None:
        self.at += 1
        before = self.run[-1].number if self.run else None
        if before is not None and before.percent:
            popped = self.run.pop()
            self._adjust(is_markup, before, popped)
            return
        if self._number() is None and len(self.run) != 1:
            raise NotRead(self.text[token.start : token.end])
        number, _ = self._take_number(token)
        self._adjust(is_markup, number, token)

    def _adjust(self, is_markup: bool, number: Number, first: Token) -> None:
        items_before = len(self.clauses.items)
        self._flush()
        fragment = self.text[first.start : self.tokens[self.at - 1].end]
        if number.negative if is_markup else number.positive:
            raise NotRead(fragment)
        item = len(self.clauses.items) - 1 if len(self.clauses.items) == items_before + 1 else None
        try:
            percent = number.percent_thousandths() if number.percent else None
            tiyn = None if number.percent else number.tiyn()
        except NotRead as failure:
            raise NotRead(fragment, failure.reason) from failure
        adjustment = SpokenAdjustment(is_markup, percent, tiyn, fragment, self.segment, item)
        self.clauses.adjustments.append(adjustment)

    def _payment_ahead(self) -> bool:
        """A payment begins here, perhaps after words like «оплата», «на», «остальное»."""
        ahead = 0
        while ahead < FILLERS_MAX and role_of(self._peek(ahead)) in (Role.PAYMENT_FILLER, Role.REST):
            ahead += 1
        return role_of(self._peek(ahead)) is Role.PAY or self._cash_in_two_words(ahead)

    def _cash_in_two_words(self, ahead: int) -> bool:
        """«қолма қол» without its hyphen."""
        first, second = self._peek(ahead), self._peek(ahead + 1)
        both = first is not None and second is not None and not first.whole and not second.whole
        if not both or first is None or second is None:
            return False
        return spelling(first) == CASH_IN_TWO_WORDS[0] and spelling(second) in CASH_IN_TWO_WORDS[1]

    def _is_part_of_name(self, token: Token) -> bool:
        """«сим карта 500»: a word of payment after a name without a price, before the price."""
        after_name = bool(self.run) and self.run[-1].kind is TokenKind.WORD
        return after_name and spelling(token) in NAME_LIKE_PAYMENTS and self._number(1) is not None

    def _payment(self) -> None:
        start = self.tokens[self.at]
        kind, rest = self._payment_phrase()
        end = self.tokens[self.at - 1].end
        number = self._amount_after()
        before = self.run[0].number if len(self.run) == 1 else None
        joins_goods = self.after_plus and not self.clauses.payments
        named_before = before is not None and not before.percent and before.unit is None and not joins_goods
        if number is not None and self._continues_amount_first() and self._ends_with_two_prices():
            self.at += 1
            raise NotRead(self.text[self.run[-1].start : self.tokens[self.at].end])
        if number is not None and not (named_before and self._continues_amount_first()):
            self.at += 1
            end = self.tokens[self.at - 1].end
            self._flush()
            amount, doubtful = number.tiyn(), False
        elif named_before and not rest and before is not None:
            is_later = self.amount_first or bool(self.clauses.payments)
            self.amount_first = True
            start = self.run.pop()
            amount, doubtful = before.tiyn(), not is_later
        else:
            self._flush()
            if rest and number is not None:
                raise NotRead(self.text[start.start : end])
            self._add(NamedPayment(kind, None, self.text[start.start : end]))
            return
        self._add(NamedPayment(kind, amount, self.text[start.start : end], doubtful))

    def _ends_with_two_prices(self) -> bool:
        """«кофе 800 500 нал 300 карта»: 800 500 may be one price or a price and a payment, so it is neither."""
        number = self.run[-1].number if self.run else None
        split = number.split if number is not None else None
        return split is not None and len(split[0]) == 3 and split[1] != "000"

    def _add(self, payment: NamedPayment) -> None:
        self.clauses.payments.append(payment)

    def _payment_phrase(self) -> tuple[PaymentKind, bool]:
        """Takes «оплата через каспи», «kaspi qr», «остальное картой»; a card beside a bank's name is a card."""
        kinds: list[PaymentKind] = []
        rest = False
        while (token := self._peek()) is not None:
            role = role_of(token)
            if self._cash_in_two_words(0):
                kinds.append(PaymentKind.CASH)
                self.at += 2
                continue
            if role is Role.PAY:
                kind = PAYMENT_BY_WORD[spelling(token)]
                if kinds and PaymentKind.CASH in (kind, kinds[0]) and kind is not kinds[0]:
                    break
                kinds.append(kind)
            elif role is Role.REST and (not kinds or not self._payment_follows(1)):
                rest = True
            elif role is not Role.PAYMENT_FILLER:
                break
            self.at += 1
        return (PaymentKind.CARD if PaymentKind.CARD in kinds else kinds[0]), rest

    def _payment_follows(self, ahead: int) -> bool:
        following = self._peek(ahead)
        return role_of(following) in (Role.PAY, Role.PAYMENT_FILLER) or self._cash_in_two_words(ahead)

    def _amount_after(self) -> Number | None:
        """The number after the payment's word, unless it leads goods («карта 2 кофе 800»)."""
        number, following = self._number(), self._peek(1)
        if number is None or number.percent or number.unit is not None:
            return None
        goods_follow = following is not None and (
            following.kind is TokenKind.TIMES or (following.kind is TokenKind.WORD and role_of(following) is None)
        )
        return None if goods_follow and not number.is_large else number

    def _continues_amount_first(self) -> bool:
        """«500 нал 300 карта»: the next number belongs to the next word of payment, as this one's stood before."""
        following = self._peek(1)
        return role_of(following) is Role.PAY
