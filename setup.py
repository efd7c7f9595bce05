"""The package list; all else stands in pyproject.toml.

The migrations live in the top-level folder `alembic/` without an `__init__.py`, so that the name keeps
meaning the library. Installed, the same folder is `core/db/migrations`, out of the library's way.
"""

from setuptools import find_packages, setup

ROOMS = ("core", "bot", "web", "printer_bridge", "sandbox")

setup(
    packages=[
        *find_packages(include=[pattern for room in ROOMS for pattern in (room, f"{room}.*")]),
        "core.db.migrations",
        "core.db.migrations.functions",
        "core.db.migrations.versions",
    ],
    package_dir={
        "core.db.migrations": "alembic",
        "core.db.migrations.functions": "alembic/functions",
        "core.db.migrations.versions": "alembic/versions",
    },
)
