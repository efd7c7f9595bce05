"""Trees with a bug in them: a copy of what the simulation needs, a patch applied, seeds run in it until one fails."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLANTED = Path(__file__).parent / "planted"
COPIED = ("core", "sandbox", "alembic", "tests/simulation")
RUN_S_MAX = 800


@dataclass(frozen=True)
class Outcome:
    """What a run of seeds told."""

    seeds: int
    failed: list[dict[str, Any]]
    struck: dict[str, int]
    trace: str


@dataclass(frozen=True)
class Database:
    """Where runs find a PostgreSQL and a migrated database to copy."""

    server: str
    template: str


PATCHES = sorted(PLANTED.glob("*.patch"))


def what_it_breaks(patch: Path) -> str:
    """The first line of a patch."""
    return patch.read_text(encoding="utf-8").splitlines()[0]


def run_seeds(tree: Path, seeds: str, database: Database, *, until_found: bool) -> Outcome:
    """Run seeds with the code of ``tree`` in a process of its own."""
    program = str(tree / "tests" / "simulation" / "soak.py")
    command = [sys.executable, program, seeds, "--json", "--server", database.server, "--template", database.template]
    done = subprocess.run(
        [*command, "--until-found"] if until_found else command,
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        timeout=RUN_S_MAX,
    )
    assert done.returncode in (0, 1) and done.stdout, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    return Outcome(told["seeds"], told["failed"], told["struck"], done.stderr)


def run_planted(patch: Path, seeds: str, database: Database) -> Outcome:
    """Apply ``patch`` to a copy of the tree and run seeds in it until one fails."""
    with TemporaryDirectory(prefix="tiyn-planted-") as folder:
        tree = Path(folder)
        for name in COPIED:
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "planted"))
        subprocess.run(["git", "apply", "--whitespace=nowarn", str(patch)], cwd=tree, check=True, capture_output=True)
        return run_seeds(tree, seeds, database, until_found=True)
