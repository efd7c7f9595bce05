"""docs/guarantees.md names only checkers and tests that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:core|tests|alembic)/[^`\s]+)`", TEXT)))


@pytest.mark.parametrize("named", NAMED)
def test_what_the_page_names_is_there(named: str) -> None:
    where, _, name = named.partition("::")
    path = ROOT / where
    assert path.is_dir() if where.endswith("/") else path.is_file()
    if name:
        defined = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        assert name in {node.name for node in defined if isinstance(node, kinds)}


def test_each_guarantee_has_a_checker_and_two_attackers() -> None:
    sections = re.split(r"^## ", TEXT, flags=re.M)[1:]
    guarantees = [section for section in sections if re.match(r"G\d+ ", section)]
    assert [section.split()[0] for section in guarantees] == [f"G{n}" for n in range(1, 11)]
    for section in guarantees:
        checked, attacked = section.split("- Attacked by")
        assert "::" in checked and len(re.findall(r"`tests/[^`]+test_[^`]+\.py`", attacked)) >= 2, section
