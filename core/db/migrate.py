"""Runs the hand-written migrations of ``alembic/``; imported lazily, because alembic takes two seconds to import."""

from __future__ import annotations

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

_HERE = Path(__file__).resolve()
# in a checkout the folder stands beside core/, in an installation inside it under another name (setup.py)
_FOLDERS = (_HERE.parent.parent.parent / "alembic", _HERE.parent / "migrations")


def scripts_folder() -> Path:
    """The folder of the migrations."""
    return next(folder for folder in _FOLDERS if (folder / "env.py").is_file())


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at ``url`` (of its owner) to ``revision``; from code without a running event loop."""
    asyncio.run(upgrade_async(url, revision))


async def upgrade_async(url: str, revision: str = "head") -> None:
    """The same from inside an event loop."""
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, revision)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts_folder()))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
