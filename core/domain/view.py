"""A document as people see it: its frozen facts together with what became of it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.document import Document


class Mark(StrEnum):
    """What became of a document; the signs shown in the chat stand in CONTRACT.md «Document answer»."""

    SAVED = "saved"
    REGISTERED = "registered"
    AUTONOMOUS = "autonomous"
    AUTONOMOUS_REGISTERED = "autonomous_registered"
    REFUSED = "refused"
    STOPPED = "stopped"
    SETTLED = "settled"
    PRACTICE = "practice"


CHAT_MARKS = {
    Mark.SAVED: "✔",
    Mark.REGISTERED: "✔✔",
    Mark.AUTONOMOUS: "☁✕",
    Mark.AUTONOMOUS_REGISTERED: "☁✕ ✔✔",
    Mark.REFUSED: "✖",
    Mark.STOPPED: "☁✕ ⚠",
    Mark.SETTLED: "☁✕ ✔",
    Mark.PRACTICE: "✔",
}
AUTONOMOUS_MARKS = (Mark.AUTONOMOUS, Mark.AUTONOMOUS_REGISTERED, Mark.STOPPED, Mark.SETTLED)


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with its present mark. Signs and ``check_url`` are for tickets only.

    ``autonomous_sign`` stays for ever beside the fiscal sign that comes later; ``check_url`` is ours while
    autonomous and
    the operator's ``qr_code`` verbatim after. ``reason`` says why it was autonomous (CONTRACT.md, register state).
    """

    document: Document
    mark: Mark
    receipt_url: str
    autonomous_sign: int | None = None
    fiscal_sign: str | None = None
    check_url: str | None = None
    result_code: int | None = None
    result_text: str | None = None
    registered_at: datetime | None = None
    reason: str | None = None

    @property
    def is_autonomous(self) -> bool:
        """Whether it was made in autonomous mode, whatever was told to the operator since."""
        return self.mark in AUTONOMOUS_MARKS
