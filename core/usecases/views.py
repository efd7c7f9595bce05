"""Marks and news that follow from decisions and outcomes: one place for what people see of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime

from core.domain.document import Document
from core.domain.journal import MADE_AUTONOMOUSLY, PRACTISED, REFUSED_OUTCOME, REGISTERED
from core.domain.outcome import Verdict
from core.domain.register import ONLINE, RegisterState
from core.domain.view import DocumentView, Mark
from core.usecases.ports import MarkChange, News

OwnCheckUrl = Callable[[Document], str | None]

_MARKS = {
    REGISTERED: Mark.REGISTERED,
    MADE_AUTONOMOUSLY: Mark.AUTONOMOUS,
    REFUSED_OUTCOME: Mark.REFUSED,
    PRACTISED: Mark.PRACTICE,
}


def mark_at_once(document: Document, outcome: str | None, reason: str | None, own_url: OwnCheckUrl) -> MarkChange:
    """The mark of a document that was just made."""
    if outcome == MADE_AUTONOMOUSLY:
        return MarkChange(
            document.number,
            Mark.AUTONOMOUS,
            reason=reason,
            autonomous_sign=document.own_sign,
            check_url=own_url(document),
        )
    return MarkChange(document.number, _MARKS.get(outcome or "", Mark.SAVED))


def mark_of(document: Document, verdict: Verdict, own_url: OwnCheckUrl) -> MarkChange:
    """The mark of a document whose outcome was drawn."""
    if verdict.outcome == MADE_AUTONOMOUSLY:
        return mark_at_once(document, verdict.outcome, verdict.reason, own_url)
    registered = verdict.outcome == REGISTERED
    return MarkChange(
        document.number,
        _MARKS[verdict.outcome],
        fiscal_sign=verdict.fiscal_sign if registered and document.is_ticket else None,
        check_url=verdict.check_url if registered and document.is_ticket else None,
        result_code=verdict.result_code,
        result_text=verdict.result_text,
        registered_at=verdict.at if registered else None,
    )


def view_of(document: Document, mark: MarkChange, receipt_url: str) -> DocumentView:
    """A document with the mark that it was just given."""
    facts = {one.name: getattr(mark, one.name) for one in fields(mark) if one.name != "number"}
    return DocumentView(document=document, receipt_url=receipt_url, **facts)


def is_printed(document: Document, outcome: str | None) -> bool:
    """Receipts and Z come out by themselves once they have an outcome; a refused document never does (G9)."""
    return outcome not in (None, REFUSED_OUTCOME)


def making_news(
    before: RegisterState, after: RegisterState, document: Document, outcome: str | None
) -> tuple[News, ...]:
    """What is told of a document that was just made: that it was, and its outcome if it has one already."""
    made = News("document.made", document.made_at, {"number": document.number, "kind": str(document.kind)})
    return (made, *news_of(before, after, document, outcome, document.made_at))


def news_of(
    before: RegisterState, after: RegisterState, document: Document, outcome: str | None, at: datetime
) -> tuple[News, ...]:
    """What people learn of an outcome: the document's mark, a change of mode, a block, a closed shift."""
    if outcome is None:
        return ()
    news = [News(f"document.{outcome}", at, {"number": document.number, "mark": str(_MARKS[outcome])})]
    if before.mode != after.mode:
        news.append(mode_news(after, at))
    if before.block != after.block and after.block is not None:
        news.append(News("register.blocked", at, {"reason": after.block.reason, "text": after.block.text}))
    if document.report is not None and outcome != REFUSED_OUTCOME:
        news.append(News("shift.closed", at, {"number": document.number, "shift": document.shift}))
    return tuple(news)


def mode_news(after: RegisterState, at: datetime) -> News:
    """The change of mode as news."""
    if after.mode == ONLINE:
        return News("register.online", at)
    since = after.autonomous_since
    return News(
        "register.autonomous", at, {"reason": after.reason, "since": None if since is None else since.isoformat()}
    )
