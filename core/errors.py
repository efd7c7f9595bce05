"""Everything that Tiyn says no with.

    TiynError
    ├── Refused          an act that was not done, with a stable code and what to say to a person; nothing stays behind
    ├── RegisterBusy     an act that did not get its turn within 5 s; nothing was made, the same key may be tried again
    ├── UnknownOutcome   the connection was lost during an act: whether it was done must be read again by its key
    └── BrokenJournal    stored history does not hold; stop and call the owner
"""

from __future__ import annotations

from typing import Any


class TiynError(Exception):
    """The root of the tree; carries a stable UPPER_SNAKE code."""

    code: str = "INTERNAL"

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").split("\n")[0])


class Refused(TiynError):
    """A refusal that a person can mend. ``params`` fill the words of the catalogue (``refusal.ftl``)."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(f"{code} {params}" if params else code)
        self.code = code
        self.params = params


class RegisterBusy(Refused):
    """Another act of the register has no outcome yet; nothing was made."""

    def __init__(self) -> None:
        super().__init__("REGISTER_BUSY")


class UnknownOutcome(TiynError):
    """The database went away during an act; read again by the idempotency key before deciding."""

    code = "UNKNOWN_OUTCOME"


class BrokenJournal(TiynError):
    """A stored document, entry or answer does not hash to what is written beside it."""

    code = "BROKEN_JOURNAL"
