"""The operator's counters beside ours, as INFO tells them after a recovery; a difference is reported, never
taken over.
"""

from __future__ import annotations

from core.domain.register import RegisterState
from core.ofd.codec import OperatorCounters


def differences(state: RegisterState, theirs: OperatorCounters) -> list[dict[str, int | str]]:
    """What differs, by name, ours and theirs; rows that they leave out count as zero."""
    ours: dict[str, int] = {"cash": state.totals.cash, "shift": state.last_shift}
    other: dict[str, int] = {"cash": theirs.cash, "shift": theirs.shift}
    for op, amount in state.totals.non_nullable.items():
        ours[f"non_nullable.{op}"], other[f"non_nullable.{op}"] = amount, theirs.non_nullable.get(op, 0)
    for op, count in state.totals.tickets.items():
        ours[f"count.{op}"], other[f"count.{op}"] = count, theirs.total_counts.get(op, 0)
    return [{"name": name, "ours": ours[name], "theirs": other[name]} for name in ours if ours[name] != other[name]]
