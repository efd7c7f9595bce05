"""A segment of the message (between commas and line ends) into clauses: goods, payments, cash taken, discounts."""

from __future__ import annotations

from dataclasses import replace

from core.domain.sale_text.marks import is_plain_word, role_of, spelling
from core.domain.sale_text.numbers import NotRead, Number
from core.domain.sale_text.paying import WITHOUT_CHANGE, PayingCursor
from core.domain.sale_text.payments import NamedPayment
from core.domain.sale_text.said import SpokenAdjustment, Stated
from core.domain.sale_text.spoken import PaymentKind
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import Role


class SegmentReader(PayingCursor):
    """Reads one segment into `clauses`; what it cannot read it leaves there as failures and goes on."""

    def read(self) -> None:
        """The whole segment."""
        while self.at < len(self.tokens):
            try:
                self._clause()
            except NotRead as failure:
                self.clauses.failures.append(failure)
        self.flush()

    def _clause(self) -> None:
        """Takes the tokens of one clause, or one token into the run of goods."""
        token = self.tokens[self.at]
        role = role_of(token)
        if token.number is not None:
            self._number_clause(token, token.number)
        elif self._only_leads(role):
            self.at += 1
        elif role in (Role.DISCOUNT, Role.MARKUP) or (role is Role.SERVICE and self._is_service()):
            self._named_adjustment(token, role is not Role.DISCOUNT)
        elif role is Role.TOTAL and not self._is_in_name(token):
            self._total(token)
        elif role is Role.TAKEN and self._states(token):
            self._stated(token, self.clauses.taken)
        elif role is Role.TAKEN and self._says_nothing(token):
            self.at += 1
        elif role is Role.CHANGE:
            self._change(token)
        elif role is Role.WITHOUT and role_of(self.peek(1)) is Role.CHANGE:
            self._without_change()
        elif self.is_payment(token):
            self.take_payment()
        elif token.kind is TokenKind.EQUALS and not self.run and self.clauses.items:
            self._equals(token)
        elif role is Role.REST:
            self.at += 1
            raise NotRead(self._text_of(token))
        elif role is Role.AND and (not self.run or self.run[-1].number is not None):
            self.flush()
            self.at += 1
        else:
            self.run.append(token)
            self.at += 1

    def _only_leads(self, role: Role | None) -> bool:
        """«со скидкой», «заплатил через каспи», «оплатили 800 картой», «оплата 2500 каспи»; «на кофе», «за кофе»."""
        following, number = role_of(self.peek(1)), self.number(1)
        if role is Role.TAKEN and following in (Role.DISCOUNT, Role.MARKUP, Role.PAY, Role.PAYMENT_FILLER, Role.BANK):
            return True
        after_discount = not self.run and bool(self.clauses.adjustments)
        if after_discount and spelling(self.tokens[self.at]) == "на" and is_plain_word(self.peek(1)):
            return True
        if role in (Role.TOGETHER, Role.EACH) and not self.run and is_plain_word(self.peek(1)):
            return True
        is_said = role in (Role.TAKEN, Role.REST) or (role is Role.PAYMENT_FILLER and not self.run)
        return is_said and number is not None and role_of(self.peek(2)) is Role.PAY and not number.is_bare_count

    def _number_clause(self, token: Token, number: Number) -> None:
        """A signed percent, «800 -100», or a number of the goods."""
        before = self.run[-1].number if self.run else None
        taken_off = number.negative and number.unit is None and before is not None and before.is_large
        self.at += 1
        if (number.percent and (number.negative or number.positive)) or taken_off:
            self._adjust(number.positive, number, token)
        else:
            self.run.append(token)

    def _without_change(self) -> None:
        self.flush()
        self.at += 2
        if not self.clauses.payments:
            self.clauses.payments.append(NamedPayment(PaymentKind.CASH, None, WITHOUT_CHANGE))

    def _is_service(self) -> bool:
        """«обслуживание 10%» is a markup, «обслуживание 5000» is sold."""
        after, before = self.number(1), self.run[-1].number if self.run else None
        return (after is not None and after.percent) or (after is None and before is not None and before.percent)

    def _take_number(self, first: Token) -> tuple[Number, str]:
        """The number after a clause's word, else the one just before it («2000 берді»)."""
        after = self.number()
        if after is not None:
            self.at += 1
            return after, self.said_since(first)
        if self.run and self.run[-1].number is not None:
            before = self.run.pop()
            assert before.number is not None
            return before.number, self.text[before.start : first.end]
        raise NotRead(self.text[first.start : first.end])

    def _states(self, token: Token) -> bool:
        """Whether a word of taking stands beside its amount; else it is in a name («кофе с молоком»)."""
        number, following = self.number(1), self.peek(2)
        if number is not None and len(token.name) <= 2 and self._is_only_price():
            return False
        if number is not None:
            goods_follow = following is not None and following.kind is TokenKind.WORD and role_of(following) is None
            return not number.percent and not (goods_follow and not number.is_large) and number.unit is None
        is_preposition = len(token.name) <= 2
        ends = self.peek(1) is None or role_of(self.peek(1)) is Role.CHANGE
        if not is_preposition and ends and self._price_then_more():
            self.part_grouped()
        is_sum = len(self.run) == 1 or self.run_ends_with_two_sums()
        return not is_preposition and is_sum and self.run[-1].number is not None and ends

    def _is_only_price(self) -> bool:
        """«витамин с 1200»: after a name without a price, where nothing else was sold and no more numbers follow."""
        return bool(self.run) and self.numbers == 1 and not self.clauses.items

    def _price_then_more(self) -> bool:
        """«нан 160 200 берді»: the grouped number is a price and what was handed over for it."""
        number = self.run[-1].number if self.run else None
        split = number.split if number is not None else None
        return split is not None and len(self.run) > 1 and len(split[0]) == 3 and int(split[1]) >= int(split[0])

    def _says_nothing(self, token: Token) -> bool:
        """«кофе 800 взял», «картамен төледі»: the sum before the word is the price, or the payment is named."""
        priced = self.run[-1].number is not None if self.run else bool(self.clauses.payments)
        return priced and len(token.name) > 2 and self.peek(1) is None

    def _stated(self, token: Token, into: list[Stated]) -> None:
        self.at += 1
        number, fragment = self._take_number(token)
        self.flush()
        into.append(Stated(number.tiyn(), fragment))

    def _is_in_name(self, token: Token) -> bool:
        """«жалпы дәптер 200», «сумма кожаная 9000»: a word of totals before more words of a name."""
        return is_plain_word(self.peek(1)) and (not self.run or self.run[-1].number is None) and self.at > 0

    def _total(self, token: Token) -> None:
        """«итого 1150» states; «3 нан барлығы 600» is the price of all; alone the word says nothing."""
        self.at += 1
        number, after = self.number(), self.peek(1)
        leads_goods = is_plain_word(after) and number is not None and not number.is_large
        if number is not None and not number.percent and number.unit is None and not leads_goods:
            total = self.tokens[self.at]
            self.at += 1
            if self.run and (self.run[-1].kind is TokenKind.WORD or self._only_counted(number)):
                self.run.append(replace(total, number=replace(number, together=True)))
                return
            self.flush()
            self.clauses.totals.append(Stated(number.tiyn(), self.said_since(token)))
            return
        before = self.run[-1].number if self.run else None
        if before is None or before.percent or before.unit is not None:
            return
        if self.run_ends_with_two_sums() or (len(self.run) == 1 and self.clauses.items):
            total = self.run.pop()
            self.flush()
            self.clauses.totals.append(Stated(before.tiyn(), self.text[total.start : token.end]))
        elif before.is_large and not before.each and not before.factor:
            self.run[-1] = replace(self.run[-1], number=replace(before, together=True))

    def _only_counted(self, total: Number) -> bool:
        """«шай 3 шт итого 600»: what stands before the total is a name with its quantity, no price."""
        count = self.run[-1].number
        if len(self.run) < 2 or count is None or not is_plain_word(self.run[-2]):
            return False
        return count.unit is not None or (count.is_bare_count and total.is_large)

    def _equals(self, token: Token) -> None:
        """«кофе 800 скидка 10% = 720»."""
        self.at += 1
        number = self.number()
        if number is not None:
            self.at += 1
            self.clauses.totals.append(Stated(number.tiyn(), self.said_since(token)))

    def _change(self, token: Token) -> None:
        """«сдача с 5000», «5000-нан қайтарым» say what was taken, «сдача 50» what is given back.

        After cash that was named, and after goods with one price, the word alone asks for nothing.
        """
        self.at += 1
        if role_of(self.peek()) is Role.TAKEN and self.number(1) is not None:
            self.flush()
            return
        before = self.run[-1].number if self.run else None
        says_nothing = before is None or not (before.ablative or len(self.run) == 1 or self.run_ends_with_two_sums())
        if self.number() is None and says_nothing and (self.run or self.clauses.taken or self.clauses.payments):
            return
        number, fragment = self._take_number(token)
        self.flush()
        into = self.clauses.taken if number.ablative else self.clauses.changes
        into.append(Stated(number.tiyn(), fragment))

    def _named_adjustment(self, token: Token, is_markup: bool) -> None:
        self.at += 1
        if self.number() is None and role_of(self.peek()) in (Role.TAKEN, Role.EACH, Role.PAYMENT_FILLER):
            self.at += self.number(1) is not None
        before = self.run[-1].number if self.run else None
        if self.number() is None and before is not None and before.split is not None and len(before.split[0]) == 3:
            self.part_grouped()
            before = self.run[-1].number
        if before is not None and before.percent:
            popped = self.run.pop()
            self._adjust(is_markup, before, popped)
            return
        if self.number() is None and len(self.run) != 1 and not self.run_ends_with_two_sums():
            raise NotRead(self.text[token.start : token.end])
        number, _ = self._take_number(token)
        self._adjust(is_markup, number, token)

    def _adjust(self, is_markup: bool, number: Number, first: Token) -> None:
        items_before = len(self.clauses.items)
        self.flush()
        fragment = self.said_since(first)
        if number.negative if is_markup else number.positive:
            raise NotRead(fragment)
        item = len(self.clauses.items) - 1 if len(self.clauses.items) == items_before + 1 else None
        number = replace(number, negative=False)
        try:
            percent = number.percent_thousandths() if number.percent else None
            tiyn = None if number.percent else number.tiyn()
        except NotRead as failure:
            raise NotRead(fragment, failure.reason) from failure
        adjustment = SpokenAdjustment(is_markup, percent, tiyn, fragment, self.segment, item)
        self.clauses.adjustments.append(adjustment)
