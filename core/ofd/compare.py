"""The operator's counters beside ours, as INFO tells them after a recovery; a difference is reported, never
taken over.
"""

from __future__ import annotations

from core.domain.counters import empty_ticket_row
from core.domain.register import RegisterState
from core.ofd.codec import OperatorCounters


def differences(state: RegisterState, theirs: OperatorCounters) -> list[dict[str, int | str]]:
    """What differs, by name, ours and theirs; rows that they leave out count as zero.

    The receipts of the shift are compared while both have one open: a Z tells of another shift.
    """
    shift = state.shift
    pairs = {
        "cash": (state.totals.cash, theirs.cash),
        "shift": (state.last_shift, theirs.shift),
        "shift_open": (int(shift is not None), int(theirs.is_open)),
    }
    for op, amount in state.totals.non_nullable.items():
        pairs[f"non_nullable.{op}"] = (amount, theirs.non_nullable.get(op, 0))
    for op, count in state.totals.tickets.items():
        pairs[f"count.{op}"] = (count, theirs.total_counts.get(op, 0))
    for kind, count in state.totals.placements.items():
        pairs[f"count.{kind}"] = (count, theirs.placement_counts.get(kind, 0))
    if shift is not None and theirs.is_open:
        for op in state.totals.tickets:
            row = shift.counters.tickets.get(op) or empty_ticket_row()
            pairs[f"shift_count.{op}"] = (row["count"], theirs.shift_counts.get(op, 0))
            pairs[f"shift_sum.{op}"] = (row["sum"], theirs.shift_sums.get(op, 0))
    return [{"name": name, "ours": ours, "theirs": other} for name, (ours, other) in pairs.items() if ours != other]
