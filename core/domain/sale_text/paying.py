"""Clauses about paying: «нал 2000», «500 нал остальное картой», «kaspi qr», «плов 1800 1000 каспи»."""

from __future__ import annotations

from core.domain.sale_text.cursor import Cursor
from core.domain.sale_text.marks import is_plain_word, role_of, spelling
from core.domain.sale_text.numbers import NotRead, Number
from core.domain.sale_text.payments import NamedPayment
from core.domain.sale_text.spoken import PaymentKind
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import NAME_LIKE_PAYMENTS, NAMES_OF_PAYMENTS, PAYMENT_BY_WORD, Role

FILLERS_MAX = 4
"""How many words like «оплата», «через», «остальное» may stand before a word of payment."""
NOTES_TENGE = (200, 500)
"""Banknotes of three digits: «шай 150 200 нал» is tea for 150 and a note of 200."""
WITHOUT_CHANGE = "без сдачи"


class PayingCursor(Cursor):
    """Takes payments."""

    def is_payment(self, token: Token) -> bool:
        """Whether a payment begins here that is no part of a name."""
        return self.payment_ahead(FILLERS_MAX) and not self._is_part_of_name(token)

    def _is_part_of_name(self, token: Token) -> bool:
        """«сим карта 500»: a word of payment after a name without a price, before the price."""
        following = self.peek(1)
        if following is not None and is_plain_word(following) and spelling(following) in NAMES_OF_PAYMENTS:
            return True
        after_name = bool(self.run) and self.run[-1].kind is TokenKind.WORD
        return after_name and spelling(token) in NAME_LIKE_PAYMENTS and self.number(1) is not None

    def take_payment(self) -> None:
        """The words of a payment with its amount, before or after them."""
        start = self.tokens[self.at]
        kind, rest = self._payment_phrase()
        fragment = self.said_since(start)
        number = self._amount_after()
        continues = role_of(self.peek(1)) is Role.PAY and not self._amounts_follow()
        self._part_price_from_amount(number if continues else None, rest)
        before = self._amount_before()
        if number is not None and continues and self._ends_with_two_sums_in_one():
            self.at += 1
            raise NotRead(self.text[self.run[-1].start : self.tokens[self.at].end])
        if number is not None and not (before is not None and continues):
            self.at += 1
            fragment = self.said_since(start)
            self.flush()
            self._add(NamedPayment(kind, number.tiyn(), fragment))
        elif before is not None and not rest:
            is_later = self.amount_first or bool(self.clauses.payments)
            self.amount_first = True
            start = self.run.pop()
            fragment = self.said_since(start)
            self._add(NamedPayment(kind, before.tiyn(), fragment, maybe_goods=not is_later))
        else:
            self.flush()
            if rest and number is not None:
                raise NotRead(fragment)
            self._add(NamedPayment(kind, None, fragment))

    def _add(self, payment: NamedPayment) -> None:
        """«без сдачи нал» names cash once."""
        payments = self.clauses.payments
        if payments and payments[-1].fragment == WITHOUT_CHANGE and payment.kind is PaymentKind.CASH:
            payments.pop()
        payments.append(payment)

    def _amounts_follow(self) -> bool:
        """«1800 нал 500 карта 1300»: where the last word of payment has its sum after it, all of them do."""
        ends_with_sum = self.tokens[-1].number is not None and role_of(self.tokens[-2]) is Role.PAY
        return ends_with_sum and not self.amount_first

    def _amount_before(self) -> Number | None:
        """The sum that stands alone before the payment's word, or after goods that have their price."""
        last = self.run[-1].number if self.run else None
        alone = len(self.run) == 1
        if last is None or last.percent or last.unit is not None:
            return None
        joins_goods = alone and self.after_plus and not self.clauses.payments
        return last if (alone and not joins_goods) or self.run_ends_with_two_sums() else None

    def _part_price_from_amount(self, next_amount: Number | None, rest: bool) -> None:
        """«кофе 950 500 нал 450 карта», «шай 150 200 нал»: the grouped number is a price and a payment."""
        number = self.run[-1].number if self.run else None
        split = number.split if number is not None else None
        if number is None or split is None or len(split[0]) < 3 or split[1] == "000" or number.is_money_only or rest:
            return
        price, amount = int(split[0]), int(split[1])
        adds_up = next_amount is not None and next_amount.is_whole(price - amount)
        if adds_up or (amount in NOTES_TENGE and amount >= price) or self._rest_follows():
            self.part_grouped()

    def _rest_follows(self) -> bool:
        return any(role_of(token) is Role.REST for token in self.tokens[self.at : self.at + FILLERS_MAX])

    def _ends_with_two_sums_in_one(self) -> bool:
        """«кофе 800 500 нал 200 карта»: 800 500 may be one price or a price and a payment, so it is neither."""
        number = self.run[-1].number if self.run else None
        split = number.split if number is not None else None
        return split is not None and len(split[0]) == 3 and split[1] != "000"

    def _payment_phrase(self) -> tuple[PaymentKind, bool]:
        """Takes «оплата через каспи», «kaspi qr», «остальное картой»; a card beside a bank's name is a card."""
        kinds: list[PaymentKind] = []
        rest = False
        while (token := self.peek()) is not None:
            role = role_of(token)
            if role is Role.PAY:
                kind = PAYMENT_BY_WORD[spelling(token)]
                if kinds and PaymentKind.CASH in (kind, kinds[0]) and kind is not kinds[0]:
                    break
                kinds.append(kind)
            elif role is Role.REST and (not kinds or not self._payment_follows(1)):
                rest = True
            elif role not in (Role.PAYMENT_FILLER, Role.BANK):
                break
            self.at += 1
        if not kinds:
            return PaymentKind.MOBILE, rest
        return (PaymentKind.CARD if PaymentKind.CARD in kinds else kinds[0]), rest

    def _payment_follows(self, ahead: int) -> bool:
        return role_of(self.peek(ahead)) in (Role.PAY, Role.PAYMENT_FILLER)

    def _amount_after(self) -> Number | None:
        """The number after the payment's word, unless it leads goods («карта 2 кофе 800», «картой 800 кофе»)."""
        number, following = self.number(), self.peek(1)
        if number is None or number.percent or number.unit is not None:
            return None
        goods_follow = following is not None and (
            following.kind is TokenKind.TIMES or (following.kind is TokenKind.WORD and role_of(following) is None)
        )
        if not goods_follow:
            return number
        nothing_sold = not self.run and not self.clauses.items
        is_price = nothing_sold and all(token.number is None for token in self.tokens[self.at + 1 :])
        return number if number.is_large and not is_price else None
