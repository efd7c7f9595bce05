"""All of the pocket register under ``/app``. The calls are the page's own and may change with it."""

from __future__ import annotations

from fastapi import APIRouter

from web.pocket import page_files, reading, selling, sessions

API = "/app/api"


def pocket_router() -> APIRouter:
    """The page and its calls."""
    router = APIRouter(include_in_schema=False)
    router.include_router(page_files.router)
    for room in (sessions, reading, selling):
        router.include_router(room.router, prefix=API)
    return router
