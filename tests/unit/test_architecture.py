"""The house rules that a machine can check: who may import whom, and what no file may hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "bot", "web", "printer_bridge", "sandbox")
GENERATED = ("_pb2.py",)

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
BANNED_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "base", "misc", "stuff"}

MAY_IMPORT = {
    # The first prefix that fits says which of our own modules a module may import, itself included.
    "core.domain": ("core.domain", "core.errors"),
    "core.errors": (),
    "core.clock": (),
    "core.texts": ("core.texts",),
    "core.settings": ("core.errors",),
    "core.usecases": ("core.usecases", "core.domain", "core.errors", "core.clock", "core.texts"),
    "core": ("core",),
    "bot": ("bot", "core"),
    "web": ("web", "core"),
    "printer_bridge": ("printer_bridge",),
    # The sandbox OFD shares the generated message classes with production and nothing else that it could be
    # wrong together with.
    "sandbox.ofd": ("sandbox", "core.ofd.schema", "core.clock"),
    "sandbox.telegram": ("sandbox", "core.clock"),
    "sandbox.printer": ("sandbox", "core.clock"),
    "sandbox": ("sandbox", *ROOMS),
    "tiyn": ROOMS,
}

MAY_NOT_IMPORT = {
    "core": {"aiogram", "aiohttp", "escpos", "fastapi", "httpx", "starlette", "typer", "uvicorn"},
    "core.usecases": {"alembic", "asyncpg", "sqlalchemy", "google"},
    "web": {"aiogram", "aiohttp", "escpos"},
    "bot": {"fastapi", "starlette", "uvicorn", "escpos"},
}

# Installed alone on the shop's Raspberry Pi with the base dependencies of pyproject.toml.
BRIDGE_LIBRARIES = {"httpx", "escpos", "PIL", "segno"}

# No clock, no chance, no input or output: the domain takes values and returns values.
IMPURE = {
    *("asyncio", "threading", "subprocess", "multiprocessing", "concurrent", "queue"),
    *("os", "io", "pathlib", "shutil", "socket", "tempfile", "logging", "time", "random", "secrets", "uuid"),
}

# core.db.ids puts milliseconds in front of a random key for the index's sake; no rule reads them.
READS_THE_TIME = {"core.clock", "core.db.ids"}


@dataclass(frozen=True)
class Module:
    path: Path

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        return self.where.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def is_generated(self) -> bool:
        return self.path.name.endswith(GENERATED)

    @property
    def room(self) -> str:
        return self.name.split(".")[0]

    def is_in(self, prefix: str) -> bool:
        return is_within(self.name, prefix)

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(ast.parse(self.text)))

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """Every imported module by its full name, wherever in the file it is imported."""
        found: list[tuple[int, str]] = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found += [(node.lineno, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                start = self._start_of(node)
                found += [(node.lineno, self._target(start, alias.name)) for alias in node.names]
        return found

    def _start_of(self, node: ast.ImportFrom) -> str:
        if node.level == 0:
            return node.module or ""
        package = self.name.split(".") if self.path.name == "__init__.py" else self.name.split(".")[:-1]
        return ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])

    def _target(self, start: str, name: str) -> str:
        """`from core import clock` imports a module, `from core.clock import Clock` a thing in one."""
        inner = ROOT.joinpath(*start.split("."), name)
        return f"{start}.{name}" if inner.is_dir() or inner.with_suffix(".py").exists() else start


def is_within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


def modules(*folders: str) -> list[Module]:
    found = [Module(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [module for module in found if "__pycache__" not in module.path.parts]


PRODUCTION = [*modules(*ROOMS), Module(ROOT / "tiyn.py")]
WRITTEN = [module for module in PRODUCTION if not module.is_generated]
TESTS = modules("tests")


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def text_files() -> Iterator[Path]:
    """Every file of the project that a person may read, generated and fetched ones left out."""
    folders = [ROOT / name for name in (*ROOMS, "alembic", "docs", "docker", "tests", ".ci")]
    # in a worktree .git is a file that names the machine's folders and belongs to nobody's project
    candidates = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    candidates += [path for folder in folders if folder.is_dir() for path in folder.rglob("*")]
    suffixes = {".cfg", ".css", ".ftl", ".html", ".ini", ".js", ".json", ".mako", ".md", ".proto", ".py", ".pyi"}
    suffixes |= {".sh", ".sql", ".svg", ".toml", ".txt", ".yaml", ".yml", ""}
    for path in candidates:
        if path.is_file() and path.suffix in suffixes and "__pycache__" not in path.parts:
            yield path


# -- directions --------------------------------------------------------------------------------------------


def test_imports_point_inward() -> None:
    wrong = []
    for module in WRITTEN:
        allowed = next(MAY_IMPORT[prefix] for prefix in MAY_IMPORT if module.is_in(prefix))
        for line, name in module.imports:
            ours = name.split(".")[0] in (*ROOMS, "tests", "tiyn")
            if ours and not any(is_within(name, prefix) for prefix in allowed):
                wrong.append(f"{module.where}:{line} imports {name}")
    assert wrong == []


def test_the_rooms_do_not_import_each_others_libraries() -> None:
    wrong = [
        f"{module.where}:{line} imports {name}"
        for prefix, banned in MAY_NOT_IMPORT.items()
        for module in WRITTEN
        if module.is_in(prefix)
        for line, name in module.imports
        if name.split(".")[0] in banned
    ]
    assert wrong == []


def test_the_domain_imports_only_pure_parts_of_the_standard_library() -> None:
    pure = set(sys.stdlib_module_names) - IMPURE
    wrong = [
        f"{module.where}:{line} imports {name}"
        for module in WRITTEN
        if module.is_in("core.domain")
        for line, name in module.imports
        if name.split(".")[0] not in pure | {"core"}
    ]
    assert wrong == []


def test_the_printer_bridge_installs_alone() -> None:
    known = {*sys.stdlib_module_names, *BRIDGE_LIBRARIES, "printer_bridge"}
    wrong = [
        f"{module.where}:{line} imports {name}"
        for module in WRITTEN
        if module.is_in("printer_bridge")
        for line, name in module.imports
        if name.split(".")[0] not in known
    ]
    assert wrong == []


def test_core_and_web_run_without_the_bots_library() -> None:
    """aiogram costs ten seconds of a processor at import; the other processes must not pay for it."""
    names = [module.name for module in PRODUCTION if module.room in ("core", "web")]
    names = [name for name in names if not name.endswith("__main__")]
    program = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
    program += "sys.exit('aiogram' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_shared_fixtures_load_without_the_bots_library() -> None:
    wrong = [
        f"{module.where}:{node.lineno}"
        for module in TESTS
        if module.path.name == "conftest.py" and module.path.parent == ROOT / "tests"
        for node in ast.parse(module.text).body
        if isinstance(node, ast.Import | ast.ImportFrom) and re.search(r"\b(aiogram|bot)\b", ast.unparse(node))
    ]
    assert wrong == []


# -- purity ------------------------------------------------------------------------------------------------


def test_the_domain_has_no_float() -> None:
    wrong = [
        f"{module.where}:{node.lineno}"
        for module in WRITTEN
        if module.is_in("core.domain")
        for node in module.nodes
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]
    assert wrong == []


def test_only_the_clock_reads_the_time_of_day() -> None:
    wrong = [
        f"{module.where}:{node.lineno} {ast.unparse(node)}"
        for module in WRITTEN
        if module.room in ("core", "bot", "web") and module.name not in READS_THE_TIME
        for node in module.nodes
        if isinstance(node, ast.Attribute)
        if ast.unparse(node) in {
            *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"),
            *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today"),
        }
    ]
    assert wrong == []


# -- tidiness ----------------------------------------------------------------------------------------------


def test_a_file_is_one_room() -> None:
    long = [(module.where, count) for module in WRITTEN if (count := module.text.count("\n")) > FILE_LINES_MAX]
    assert long == []


def test_a_function_fits_a_screen() -> None:
    long = [
        f"{module.where}:{node.lineno} {node.name}: {lines} lines"
        for module in WRITTEN
        for node in functions(module)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES_MAX
    ]
    assert long == []


def test_a_module_is_a_noun_of_the_trade() -> None:
    wrong = [module.where for module in WRITTEN if BANNED_NAMES & set(module.name.split("."))]
    assert wrong == []


def test_annotations_are_never_evaluated() -> None:
    wrong = [
        module.where
        for module in [*WRITTEN, *TESTS]
        if any(not isinstance(node, ast.Expr) for node in ast.parse(module.text).body)
        if "from __future__ import annotations\n" not in module.text
    ]
    assert wrong == []


def test_errors_are_named_and_work_is_finished() -> None:
    wrong = []
    for module in [*WRITTEN, *TESTS]:
        for node in module.nodes:
            if isinstance(node, ast.ExceptHandler) and node.type is None:
                wrong.append(f"{module.where}:{node.lineno} bare except")
            if isinstance(node, ast.Raise) and node.exc and "NotImplemented" in ast.unparse(node.exc):
                wrong.append(f"{module.where}:{node.lineno} a stub")
        for number, line in enumerate(module.text.splitlines(), 1):
            if re.search(r"#\s*(TODO|FIXME|XXX)\b", line):
                wrong.append(f"{module.where}:{number} {line.strip()}")
            if "print(" in line and module.room in ("core", "web", "bot") and re.match(r"\s*print\(", line):
                wrong.append(f"{module.where}:{number} prints instead of logging")
    assert wrong == []


def test_every_test_runs() -> None:
    left_out = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail)\b|importorskip|unittest\.mock")
    wrong = [
        f"{module.where}:{number} {line.strip()}"
        for module in TESTS
        if module.path != Path(__file__)
        for number, line in enumerate(module.text.splitlines(), 1)
        if left_out.search(line)
    ]
    assert wrong == []


def test_no_file_names_a_package_registry_or_a_machine() -> None:
    # Written in parts, so that this file does not find itself.
    hosts = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js", "deb." + "debian", "conda" + ".anaconda"]
    machine = ["/work" + "/main", "/work" + "/shared", "file:" + "///opt"]
    wrong = []
    for path in text_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        wrong += [f"{path.relative_to(ROOT)} names {name}" for name in (*hosts, *machine) if name in text]
    assert wrong == []


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-dev.txt"])
def test_every_constraint_has_a_version_and_a_hash(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = re.split(r"\n(?=\S)", text.strip())
    wrong = [package for package in packages if "==" not in package or "--hash=sha256:" not in package]
    assert wrong == []
    assert len(packages) > 20


def test_both_constraints_name_the_same_versions() -> None:
    pinned = [
        set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(), re.M))
        for name in ("constraints.txt", "constraints-dev.txt")
    ]
    assert pinned[0] <= pinned[1]
