"""Jobs on disk, so that no power cut or lost connection loses a paper or prints it twice as the original.

A job is one file, its state another; each is written beside, fsynced, renamed, and the folder fsynced.
States: spooled → printing → printed. The end of a job found in `printing` nobody saw: it comes out as a
copy (G9).
"""

from __future__ import annotations

import json
import logging
import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final, TextIO

from printer_bridge.job import BadJob, Job, parse_job

PRINTED_KEPT_MAX: Final = 2000
JOB: Final = ".job"
STATE: Final = ".state"
BESIDE: Final = ".new"
BROKEN: Final = ".broken"
log = logging.getLogger(__name__)


class State(StrEnum):
    """Where a job stands."""

    SPOOLED = "spooled"
    PRINTING = "printing"
    PRINTED = "printed"


@dataclass(slots=True)
class Entry:
    """A job the spool knows; `told` is whether the server confirmed that it knows of the printing."""

    id: str
    sequence: int
    state: State = State.SPOOLED
    told: bool = False


class SpoolInUse(RuntimeError):
    """Another bridge works on the same folder; two of them would print everything twice."""


class Spool:
    """The folder of one printer. One process at a time; blocking calls of a few milliseconds."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = _locked(folder / "lock")
        self._entries: dict[str, Entry] = {}
        for left in folder.glob(f"*{BESIDE}"):
            left.unlink()
        for path in sorted(folder.glob(f"*{STATE}")):
            self._recall(path)
        for path in sorted(folder.glob(f"*{JOB}")):
            self._recall_job(path)
        self._forget_oldest()

    def close(self) -> None:
        """Lets another process have the folder."""
        self._lock.close()

    def find(self, job_id: str) -> Entry | None:
        """The entry of a job seen before."""
        return self._entries.get(job_id)

    def keep(self, job: Job, wire: object) -> Entry:
        """Takes a job in; when this returns it survives a power cut. `wire` is the job as it came."""
        if known := self._entries.get(job.id):
            return known
        self._write(_name(job.id) + JOB, wire)
        entry = Entry(job.id, job.sequence)
        self._entries[job.id] = entry
        return entry

    def waiting(self) -> list[Entry]:
        """What is still to be printed, in the order of the sequence."""
        still = (entry for entry in self._entries.values() if entry.state is not State.PRINTED)
        return sorted(still, key=lambda entry: (entry.sequence, entry.id))

    def untold(self) -> list[Entry]:
        """What was printed and the server has not confirmed."""
        return [entry for entry in self._entries.values() if entry.state is State.PRINTED and not entry.told]

    def load(self, entry: Entry) -> Job:
        """The job of an entry; raises BadJob if the disk has spoilt it."""
        return _read_job(self._folder / (_name(entry.id) + JOB))

    def printing(self, entry: Entry) -> None:
        """From now on nobody knows how much of the paper came out; called before the first byte."""
        if entry.state is State.PRINTED:
            raise ValueError(f"job {entry.id} is printed")
        self._move(entry, State.PRINTING, told=False)

    def printed(self, entry: Entry) -> None:
        """The paper came out."""
        self._move(entry, State.PRINTED, told=False)

    def told(self, entry: Entry) -> None:
        """The server knows of the paper; its text is not needed any more, its id is kept against repeats."""
        self._move(entry, State.PRINTED, told=True)
        (self._folder / (_name(entry.id) + JOB)).unlink(missing_ok=True)
        self._forget_oldest()

    def tell_again(self, entry: Entry) -> None:
        """The server offered a printed job once more, so it has not heard of the printing."""
        if entry.told:
            self._move(entry, State.PRINTED, told=False)

    def set_aside(self, entry: Entry) -> None:
        """Takes an unreadable job out of the way; its file stays for a person to look at."""
        del self._entries[entry.id]
        for suffix in (JOB, STATE):
            path = self._folder / (_name(entry.id) + suffix)
            if path.exists():
                path.rename(path.with_suffix(suffix + BROKEN))

    def _move(self, entry: Entry, state: State, *, told: bool) -> None:
        record = {"id": entry.id, "sequence": entry.sequence, "state": str(state), "told": told}
        self._write(_name(entry.id) + STATE, record)
        entry.state, entry.told = state, told

    def _write(self, name: str, content: object) -> None:
        beside = self._folder / (name + BESIDE)
        with beside.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=True)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._folder / name)
        _sync_folder(self._folder)

    def _recall(self, path: Path) -> None:
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            state, told = State(record["state"]), bool(record["told"])
            entry = Entry(str(record["id"]), int(record["sequence"]), state, told)
        except (ValueError, KeyError, TypeError) as spoilt:
            log.error("the spool's file %s is unreadable and set aside: %s", path.name, spoilt)
            path.rename(path.with_suffix(STATE + BROKEN))
            return
        self._entries[entry.id] = entry

    def _recall_job(self, path: Path) -> None:
        try:
            job = _read_job(path)
        except BadJob as spoilt:
            log.error("the spool's file %s is unreadable and set aside: %s", path.name, spoilt)
            path.rename(path.with_suffix(JOB + BROKEN))
            return
        if job.id in self._entries:
            return
        entry = Entry(job.id, job.sequence)
        if path.with_suffix(STATE + BROKEN).exists():
            # Its state was lost to a bad disk: it may have been printing, so it comes out as a copy.
            entry.state = State.PRINTING
        self._entries[job.id] = entry

    def _forget_oldest(self) -> None:
        done = [entry for entry in self._entries.values() if entry.state is State.PRINTED and entry.told]
        if len(done) <= PRINTED_KEPT_MAX:
            return
        done.sort(key=lambda entry: entry.sequence)
        for entry in done[: len(done) - PRINTED_KEPT_MAX]:
            del self._entries[entry.id]
            (self._folder / (_name(entry.id) + STATE)).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies in a spool, counted without taking it: another bridge may be at work on it."""

    waiting: int
    printed: int
    broken: int


def survey(folder: Path) -> Survey:
    """Counts the jobs of a spool; a folder that is not there holds none."""
    states: list[str] = []
    for path in folder.glob(f"*{STATE}"):
        try:
            states.append(str(json.loads(path.read_text(encoding="utf-8"))["state"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # it is being replaced right now, or spoilt: the bridge itself sets that aside
    done = {path.stem for path in folder.glob(f"*{STATE}")}
    fresh = sum(path.stem not in done for path in folder.glob(f"*{JOB}"))
    printed = states.count(State.PRINTED)
    return Survey(len(states) - printed + fresh, printed, len(list(folder.glob(f"*{BROKEN}"))))


def _name(job_id: str) -> str:
    """A file name that any file system takes, whatever the id holds."""
    return sha256(job_id.encode()).hexdigest()[:40]


def _read_job(path: Path) -> Job:
    try:
        return parse_job(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as spoilt:
        raise BadJob(f"the spooled job cannot be read: {spoilt}") from spoilt


def _locked(path: Path) -> TextIO:
    file = path.open("w", encoding="utf-8")
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            file.close()
            raise SpoolInUse(f"another bridge uses the spool {path.parent}") from taken
    return file


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
