"""Messages that are about a return (возврат, қайтару), the cash drawer or calling off, not about selling.

Read as goods they would become receipts with wrong money («возврат 2» for 2 tenge), so they are refused by their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.domain.sale_text.marks import is_break, role_of
from core.domain.sale_text.numbers import NotRead
from core.domain.sale_text.spelling import fold
from core.domain.sale_text.spoken import UnreadableReason
from core.domain.sale_text.tokens import Token, TokenKind
from core.domain.sale_text.vocabulary import (
    CANCEL_WORDS,
    CASH_MOVE_FILLERS,
    CASH_MOVE_WORDS,
    CASH_PLACES,
    CHANGE_OR_RETURN,
    RETURN_WORDS,
)

_LETTERS = re.compile(r"[^\W\d_]+")


def refuse_no_sale(tokens: Sequence[Token]) -> None:
    """NotRead with the word that makes the message no sale. Quoted names and the catalogue's are never such words."""
    for token in tokens:
        for piece in _pieces(token):
            if fold(piece) in RETURN_WORDS:
                raise NotRead(piece, UnreadableReason.RETURN_WORD)
    _refuse_change_of_nothing(tokens)
    words = [piece for token in tokens[:2] for piece in _pieces(token)]
    for length in (1, 2):
        if " ".join(fold(word) for word in words[:length]) in CANCEL_WORDS:
            raise NotRead(" ".join(words[:length]))
    segment: list[Token] = []
    for at, token in enumerate(tokens):
        if not is_break(token):
            segment.append(token)
        if is_break(token) or at + 1 == len(tokens):
            _refuse_cash_move(segment)
            segment = []


def _pieces(token: Token) -> list[str]:
    """The words of a token: «возврат2» and «возврат-нан» hold one too."""
    return _LETTERS.findall(token.name) if token.kind is TokenKind.WORD and not token.whole else []


def _refuse_change_of_nothing(tokens: Sequence[Token]) -> None:
    """«қайтарым» is change beside its sum, and a return where goods or a receipt's number follow it."""
    first = _pieces(tokens[0])[:1] if tokens else []
    if not first or fold(first[0]) not in CHANGE_OR_RETURN:
        return
    following = tokens[1].number if len(tokens) > 1 else None
    of_receipt = following is not None and len(tokens) == 2 and following.is_bare_count
    if following is None or of_receipt:
        raise NotRead(first[0], UnreadableReason.RETURN_WORD)


def _refuse_cash_move(segment: Sequence[Token]) -> None:
    """«500 салу», «внести в кассу 5000»: nothing but words of the drawer and an amount, in any order."""
    moves: list[str] = []
    places: list[str] = []
    for token in segment:
        pieces = _pieces(token)
        if token.kind is TokenKind.WORD and not pieces:
            return
        for piece in pieces:
            word = fold(piece)
            if word in CASH_MOVE_WORDS:
                moves.append(piece)
            elif word in CASH_PLACES:
                places.append(piece)
            elif word not in CASH_MOVE_FILLERS and role_of(token) is None:
                return
    if moves or places:
        raise NotRead(" ".join(moves or places), UnreadableReason.CASH_WORD)
