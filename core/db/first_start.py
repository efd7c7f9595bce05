"""First starts that are under way: one row a person, so a restart goes on at the same question. Tokens are sealed."""

from __future__ import annotations

import json

from core.db.chat_rows import to_jsonb
from core.db.pool import Database
from core.domain.onboarding import FirstStart
from core.sealing import Sealer


class FirstStarts:
    """The statements."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    async def get(self, chat_id: int) -> FirstStart | None:
        row = await self._database.row(
            "SELECT chat_id, register_id::text, practice, step, answers, token, reviewing, version, origin "
            "FROM first_start WHERE chat_id = $1",
            chat_id,
        )
        if row is None:
            return None
        values = dict(row)
        token = values.pop("token")
        opened = None if token is None else self._sealer.open(values["register_id"], token)
        return FirstStart(**(values | {"answers": json.loads(values["answers"]), "token": opened}))

    async def put(self, state: FirstStart) -> None:
        """Keep how far somebody came; of two first starts the newer one stands."""
        token = None if state.token is None else self._sealer.seal(state.register_id, state.token)
        await self._database.value(
            """
            INSERT INTO first_start (chat_id, register_id, practice, step, answers, token, reviewing, version, origin)
            VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)
            ON CONFLICT (chat_id) DO UPDATE SET register_id = excluded.register_id, practice = excluded.practice,
                step = excluded.step, answers = excluded.answers, token = excluded.token,
                reviewing = excluded.reviewing, version = excluded.version, origin = excluded.origin
            """,
            state.chat_id,
            state.register_id,
            state.practice,
            state.step,
            to_jsonb(state.answers),
            token,
            state.reviewing,
            state.version,
            state.origin,
        )

    async def drop(self, chat_id: int) -> None:
        """It came to its end, or was given up."""
        await self._database.value("DELETE FROM first_start WHERE chat_id = $1", chat_id)
