"""docs/flows.md names methods, database functions and files; each of them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "bot", "web", "printer_bridge")
TEXT = (ROOT / "docs" / "flows.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`]+)`", TEXT))
FUNCTIONS = {path.stem for path in (ROOT / "alembic" / "functions").glob("*.sql")}


def methods() -> set[str]:
    """Every method of every class in production, as ``Class.method``."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found |= {f"{node.name}.{one.name}" for one in node.body if hasattr(one, "name")}
    return found


def test_every_method_that_is_named_exists() -> None:
    named = {one for one in NAMED if re.fullmatch(r"[A-Z]\w+\.\w+", one)}
    assert len(named) > 40 and named - methods() == set()


def test_every_database_function_that_is_named_exists_and_every_one_that_is_called_is_named() -> None:
    named = {one for one in NAMED if re.fullmatch(r"\w+_v\d+", one)}
    assert named - FUNCTIONS == set()
    called = set()
    for path in (ROOT / "core" / "db").glob("*.py"):
        called |= set(re.findall(r"SELECT (\w+_v\d+)\(", path.read_text(encoding="utf-8")))
    assert called == named


def test_every_file_that_is_named_exists() -> None:
    named = {one for one in NAMED if "/" in one}
    assert named and [one for one in named if not (ROOT / one).exists()] == []
