"""Runs seeds one after another: ``python tests/simulation/soak.py 1-10000``; exit code 1 when one of them failed.

With ``--server`` and ``--template`` the database is a copy of a migrated one, with the functions of this tree; else a
server of its own is started. A failure prints its seed and the end of its trace; the same seed fails the same way.
"""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from simulated.database import Connection, SharedDatabase  # noqa: E402
from simulated.seed import Ran, run_seed, told  # noqa: E402
from simulated.world import Violation  # noqa: E402

PROGRESS_SEEDS = 100
TRACE_LINES = 60


def main() -> None:
    arguments = _arguments()
    total: Counter[str] = Counter()
    failed: list[Ran] = []
    ran_seeds, begun = 0, time.monotonic()
    with _database(arguments) as url:
        shared = SharedDatabase(url)
        for seed in arguments.seeds:
            ran = run_seed(seed, shared)
            ran_seeds += 1
            total.update(ran.struck)
            total.update({"steps": ran.steps, "acts": ran.acts, "documents": ran.documents})
            if ran.violation is not None:
                failed.append(ran)
                sys.stderr.write(told(ran, arguments.lines))
                if arguments.until_found:
                    break
            if arguments.progress and ran_seeds % PROGRESS_SEEDS == 0:
                spent_s = time.monotonic() - begun
                sys.stdout.write(f"seed {seed}: {ran_seeds} seeds, {len(failed)} failed, {spent_s:.0f} s\n")
                sys.stdout.flush()
        shared.close()
    _tell(arguments, ran_seeds, failed, total)
    sys.exit(1 if failed else 0)


def _tell(arguments: Any, ran_seeds: int, failed: list[Ran], total: Counter[str]) -> None:
    if arguments.json:
        found = [_found(ran.seed, ran.violation) for ran in failed if ran.violation is not None]
        sys.stdout.write(json.dumps({"seeds": ran_seeds, "failed": found, "struck": dict(total)}) + "\n")
        return
    for name, count in total.most_common():
        sys.stdout.write(f"{count:>9} {name}\n")
    state = "0 violations" if not failed else f"failed: {', '.join(str(ran.seed) for ran in failed)}"
    sys.stdout.write(f"{ran_seeds} seeds, {state}\n")


def _found(seed: int, violation: Violation) -> dict[str, Any]:
    return {"seed": seed, "checker": violation.checker, "what": str(violation)}


def _arguments() -> Any:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=_seeds, help="one seed, or the first and the last: 1-10000")
    parser.add_argument("--server", help="URL of a superuser on a PostgreSQL that is there")
    parser.add_argument("--template", help="the name of a migrated database on that server")
    parser.add_argument("--until-found", action="store_true", help="stop at the first seed that fails")
    parser.add_argument("--json", action="store_true", help="tell the result as one line of JSON")
    parser.add_argument("--progress", action="store_true", help="tell how far it is")
    parser.add_argument("--lines", type=int, default=TRACE_LINES, help="how much of a trace to show")
    return parser.parse_args()


def _seeds(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


@contextmanager
def _database(arguments: Any) -> Iterator[str]:
    """A superuser's URL of a migrated database that nobody else uses."""
    if arguments.server is None:
        from core.db.embedded import EmbeddedPostgres
        from core.db.migrate import upgrade

        with TemporaryDirectory(prefix="tiyn-soak-") as folder, EmbeddedPostgres(Path(folder) / "postgres") as server:
            upgrade(server.url)
            yield server.url
        return
    name = f"tiyn_simulation_{secrets.token_hex(6)}"
    url = urlsplit(arguments.server)._replace(path=f"/{name}").geturl()
    _administer(arguments.server, f'CREATE DATABASE "{name}" TEMPLATE "{arguments.template}"')
    try:
        SharedDatabase.replace_functions(url, ROOT / "alembic" / "functions")
        yield url
    finally:
        _administer(arguments.server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(url: str, statement: str) -> None:
    connection = Connection(url)
    connection.call("execute", statement)
    connection.close()


if __name__ == "__main__":
    main()
