"""Runs of the program's processes: one that ended without saying so was killed or lost its power.

A document whose maker went so has the reason *power_lost*; after a clean stop nobody says that.
"""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

from core.db.ids import uuid7
from core.db.pool import Database
from core.errors import UnknownOutcome

POWER_LOST, TIMEOUT = "power_lost", "timeout"
KEPT_DAYS = 30
TRIES_MAX = 3


class Runs:
    """Says who runs, who stopped and who was lost; times are the database's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._run_id: str | None = None
        self._host = socket.gethostname()

    async def begin(self, role: str) -> None:
        """This process runs from now on; a line that breaks once does not keep it from starting."""
        run_id = uuid7()
        for tries_left in reversed(range(TRIES_MAX)):
            try:
                await self._enter(run_id, role)
                return
            except UnknownOutcome:
                if not tries_left:
                    raise

    async def _enter(self, run_id: str, role: str) -> None:
        pid = os.getpid()
        await self._database.value(
            "INSERT INTO process_run (run_id, role, host, pid, born) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (run_id) DO NOTHING",
            run_id,
            role,
            self._host,
            pid,
            birth(pid),
        )
        self._run_id = run_id
        await self._notice_lost()
        await self._database.value(
            "DELETE FROM process_run WHERE coalesce(stopped_at, lost_at) < now() - make_interval(days => $1)", KEPT_DAYS
        )

    async def end(self) -> None:
        """This process stops by itself; a database that is gone already does not keep it from doing so."""
        if self._run_id is not None:
            with contextlib.suppress(UnknownOutcome):
                await self._database.value(
                    "UPDATE process_run SET stopped_at = now() WHERE run_id = $1 AND lost_at IS NULL", self._run_id
                )

    async def reason(self, register_id: str) -> str:
        """Why the register's pending document was abandoned: ``power_lost`` if a process that ran when it was made
        has ended since without stopping, else ``timeout``.
        """
        await self._notice_lost()
        lost = await self._database.value(
            "SELECT 1 FROM register r JOIN process_run p ON p.started_at <= r.pending_since "
            "AND p.lost_at >= r.pending_since WHERE r.register_id = $1 LIMIT 1",
            register_id,
        )
        return TIMEOUT if lost is None else POWER_LOST

    async def reason_at_start(self, register_id: str) -> str:
        """The same for a process that has just started and finds what is older than itself: ``timeout`` only if every
        process that ran when it was made has stopped by itself. Another machine's run that just ended counts as lost.
        """
        all_stopped = await self._database.value(
            "SELECT bool_and(p.stopped_at IS NOT NULL) FROM register r JOIN process_run p "
            "ON p.started_at <= r.pending_since AND coalesce(p.stopped_at, p.lost_at, 'infinity') >= r.pending_since "
            "WHERE r.register_id = $1",
            register_id,
        )
        return TIMEOUT if all_stopped else POWER_LOST

    async def _notice_lost(self) -> None:
        """Runs of this machine whose process is no more, and that did not stop, were lost."""
        rows = await self._database.rows(
            "SELECT run_id::text, pid, born FROM process_run "
            "WHERE host = $1 AND stopped_at IS NULL AND lost_at IS NULL",
            self._host,
        )
        lost = [row["run_id"] for row in rows if birth(row["pid"]) != row["born"]]
        if lost:
            await self._database.value(
                "UPDATE process_run SET lost_at = now() "
                "WHERE run_id = ANY($1::uuid[]) AND stopped_at IS NULL AND lost_at IS NULL",
                lost,
            )


def birth(pid: int) -> str | None:
    """What tells this process from a later one of the same number; ``None`` when there is no such process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return _birth_elsewhere(pid)
    state, started = fields[0], fields[19]
    return None if state in "ZX" else f"{boot} {started}"


def _birth_elsewhere(pid: int) -> str | None:
    """Where there is no /proc, only that a process of this number lives can be known."""
    if Path("/proc/self").exists():
        return None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return "alive"
    return "alive"
