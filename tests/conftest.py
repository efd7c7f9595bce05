"""What tests share: a database of their own, and the browser if there is one.

The PostgreSQL is the embedded one, started once per run, or the server that `DATABASE_URL_TEST` names. Each
test that asks for `database` gets a fresh copy of a template that was migrated once.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from os import environ
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest

from core.db.embedded import EmbeddedPostgres

CHROMIUM = Path("/usr/bin/chromium")
NEEDED = {"browser": CHROMIUM, "office": Path("/usr/bin/soffice")}
"""Programs by the marker of the tests that need them."""
TOLD = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the program that they need the tests marked so are not part of the run; `make test` says so."""
    missing = [marker for marker, program in NEEDED.items() if not program.exists()]
    needing = [item for item in items if any(item.get_closest_marker(marker) for marker in missing)]
    if needing:
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What tests have to tell goes from the process that ran them to the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["told"] = session.config.stash.get(TOLD, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    told = getattr(node, "workeroutput", {}).get("told", [])
    node.config.stash.setdefault(TOLD, []).extend(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(TOLD, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def told_at_the_end(pytestconfig: pytest.Config) -> list[str]:
    """Lines for the end of the run."""
    return pytestconfig.stash.setdefault(TOLD, [])


@pytest.fixture(scope="session")
def chromium() -> Path:
    return CHROMIUM


@pytest.fixture(scope="session")
def office() -> Path:
    return NEEDED["office"]


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A superuser's URL of a PostgreSQL for this run."""
    if (given := environ.get("DATABASE_URL_TEST")) is not None:
        yield given
        return
    with EmbeddedPostgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server.url


@pytest.fixture(scope="session")
def migrated_template(postgres_url: str) -> Iterator[str]:
    """The name of a database with the current schema and no rows."""
    from core.db.migrate import upgrade

    name = f"tiyn_template_{secrets.token_hex(4)}"
    _administer(postgres_url, f'CREATE DATABASE "{name}"')
    with ThreadPoolExecutor(1) as thread:
        thread.submit(upgrade, _url_of(postgres_url, name)).result()
    yield name
    _administer(postgres_url, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database(postgres_url: str, migrated_template: str) -> Iterator[str]:
    """A superuser's URL of a migrated, empty database that only this test uses."""
    name = f"tiyn_test_{secrets.token_hex(6)}"
    _administer(postgres_url, f'CREATE DATABASE "{name}" TEMPLATE "{migrated_template}"')
    yield _url_of(postgres_url, name)
    _administer(postgres_url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _url_of(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _administer(url: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    # In a thread, because the loop of the test may be set up around this fixture.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()
