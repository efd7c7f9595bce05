"""What can go wrong on the line and at the operator, and how often each kind of step is drawn in which mood."""

from __future__ import annotations

LOST = ("answer lost", "answer lost in silence")
HARMED = (
    *LOST,
    *("request lost", "request lost in silence", "half a request", "half an answer", "garbage instead"),
    *("garbage after booking", "unreadable answer", "another command's answer", "another number's answer"),
)
HARMLESS = ("request twice", "answer in pieces")
REFUSALS = (13, 14, 17, 11)
UNAVAILABLE = (254, 255)
OF_SERVICE = (1, 3, 5, 6, 18, 77)
OF_NUMBERING = (8, 9)
TRAPPING = (13, 13, 14, 3, 77, 2, 2, 15, 254, 8, 9)
HEADING = frozenset({"kind", "register_id", "shift", "opened_at", "closed_at", "made_at", "chain_head", "checksum"})
RESOLUTIONS = ("retry", "retry", "retry", "settled_outside", "probe", "token", "encode_again")
# how often a step of each kind is drawn; a seed takes one of these moods
MOODS: dict[str, dict[str, int]] = {
    "lossy": {"line": 16, "acts": 24, "minute": 8, "kill": 2, "suspend": 1, "repeat": 3, "connect": 2, "trap": 3},
    "crashy": {"kill": 7, "acts": 22, "line": 6, "minute": 5, "database": 6, "suspend": 4, "trap": 8, "operator": 2},
    "refusing": {"code": 10, "line": 6, "acts": 22, "minute": 8, "person": 6, "token": 3, "trap": 5, "repeat": 2},
    "blocked": {"block": 7, "code": 4, "line": 5, "acts": 20, "minute": 9, "person": 6, "token": 2, "trap": 3},
    "long": {"hours": 9, "connect": 2, "acts": 24, "minute": 3, "wall": 4, "line": 5, "person": 2, "outage": 2},
    "mixed": {
        **{"acts": 24, "line": 7, "code": 4, "block": 2, "token": 2, "minute": 7, "hours": 2, "wall": 2, "kill": 3},
        **{"suspend": 3, "database": 3, "operator": 2, "connect": 2, "person": 4, "repeat": 3, "read": 2, "trap": 7},
    },
}
