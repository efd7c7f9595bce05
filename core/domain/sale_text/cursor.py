"""A place in a segment of the message, and the run of goods that is being collected there."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.sale_text.lines import read_run
from core.domain.sale_text.marks import role_of
from core.domain.sale_text.numbers import NotRead, Number
from core.domain.sale_text.said import Clauses, Stated
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import Role


class Cursor:
    """Walks over the tokens of one segment and hands the goods over to `clauses`.

    `after_plus`: a plus joins the segment to goods, so in «800 + 350 нал» the 350 is goods too.
    """

    def __init__(self, tokens: Sequence[Token], text: str, clauses: Clauses, segment: int, after_plus: bool) -> None:
        self.tokens, self.text, self.clauses, self.segment = tokens, text, clauses, segment
        self.after_plus = after_plus
        self.numbers = sum(token.number is not None for token in tokens)
        self.amount_first = False
        self.run: list[Token] = []
        self.at = 0

    def flush(self) -> None:
        """Ends the run of goods."""
        run, self.run = self.run, []
        while run and run[-1].number is None and run[-1].kind is not TokenKind.WORD:
            run.pop()
        if not run:
            return
        try:
            self._take_out_of(run)
            items, stated = read_run(run, self.text)
            if stated is not None:
                self.clauses.totals.append(Stated(stated.tiyn(), f"= {stated.text}"))
        except NotRead as failure:
            self.clauses.failures.append(failure)
            return
        self.clauses.items.extend(items)
        self.clauses.segments.extend([self.segment] * len(items))

    def _take_out_of(self, run: list[Token]) -> None:
        """«шай 150 мыңнан», «екі нан 200 500-ден»: after a price the ablative is what was handed over."""
        last, price = run[-1].number, run[-2].number if len(run) > 1 else None
        if last is None or price is None or not last.ablative or price.unit is not None:
            return
        if price.is_large and not price.factor and last.is_large and last.tiyn() > price.tiyn():
            self.clauses.taken.append(Stated(last.tiyn(), self._text_of(run.pop())))

    def _text_of(self, token: Token) -> str:
        return self.text[token.start : token.end]

    def peek(self, ahead: int = 0) -> Token | None:
        """The token so far ahead, if there is one."""
        index = self.at + ahead
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def number(self, ahead: int = 0) -> Number | None:
        """The number so far ahead, if it is one."""
        token = self.peek(ahead)
        return token.number if token is not None else None

    def said_since(self, first: Token) -> str:
        """The text from a token to the last one taken."""
        return self.text[first.start : self.tokens[self.at - 1].end]

    def run_ends_with_two_sums(self) -> bool:
        """«кофе 800 1000», where the second sum can be no quantity and so belongs to a word after it."""
        if len(self.run) < 2:
            return False
        price, second = self.run[-2].number, self.run[-1].number
        both = price is not None and second is not None and second.is_large and not second.factor
        return both and price is not None and price.unit is None and not price.percent and not price.is_bare_count

    def part_grouped(self) -> None:
        """Makes two numbers of the «800 100» that the run ends with."""
        last = self.run[-1]
        assert last.number is not None and last.number.split is not None
        first, second = last.number.parted()
        middle = last.start + len(first.text)
        self.run[-1:] = [
            Token(TokenKind.NUMBER, last.start, middle, number=first),
            Token(TokenKind.NUMBER, middle + 1, last.end, number=second),
        ]

    def payment_ahead(self, fillers_max: int) -> bool:
        """A payment begins here, perhaps after words like «оплата», «на», «остальное»."""
        ahead = 0
        while ahead < fillers_max and role_of(self.peek(ahead)) in (Role.PAYMENT_FILLER, Role.REST):
            ahead += 1
        role = role_of(self.peek(ahead))
        return role is Role.PAY or (role is Role.BANK and self._bank_pays(ahead))

    def _bank_pays(self, ahead: int) -> bool:
        """«кофе 800 халык», «халык картой»: a bank's name after a price or before a word of payment."""
        following = role_of(self.peek(ahead + 1))
        ends = self.peek(ahead + 1) is None
        after_price = bool(self.run) and self.run[-1].number is not None
        alone = len(self.tokens) == ahead + 1
        return following in (Role.PAY, Role.PAYMENT_FILLER) or (ends and (after_price or alone))
