"""The chat's rows: updates taken in, people, drafts and messages. The bot's only SQL (HOUSE.md: SQL lives in core/db).

Every method is one statement, so nothing here holds a transaction open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core.db.chat_rows import (
    DraftRow,
    MessageRow,
    StoredUpdate,
    draft_row,
    message_row,
    stored_update,
    to_jsonb,
)
from core.db.offers import Offer, write_offer
from core.db.pool import Database
from core.db.speaking import Speaking, speaking
from core.db.tap_drafts import TapDrafts
from core.texts import LANGUAGE_DEFAULT

UPDATE_TOPIC = "update"
"""The hint that the web server took an update in."""
UPDATE_KEPT = timedelta(days=3)
MESSAGE_KEPT = timedelta(days=30)
DRAFT_KEPT = timedelta(days=30)


_DRAFT = "draft_id, chat_id, register_id, kind, body, state, choice, number, version, made_at"
_MESSAGE = (
    "chat_id, message_key, body, revision, shown, priority, message_id, register_id, document_number"
)


class ChatStore:
    """All statements of the chat's tables."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.taps = TapDrafts(database)

    # Updates

    async def take_in(self, updates: Sequence[tuple[int, int, str]]) -> set[int]:
        """Store updates (id, chat, JSON) and tell which were not known before; a known id changes nothing."""
        rows = await self._database.rows(
            """
            INSERT INTO chat_update (update_id, chat_id, body)
            SELECT u.update_id, u.chat_id, u.body::jsonb
            FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS u (update_id, chat_id, body)
            ON CONFLICT (update_id) DO NOTHING
            RETURNING update_id
            """,
            [one[0] for one in updates],
            [one[1] for one in updates],
            [one[2] for one in updates],
        )
        return {row["update_id"] for row in rows}

    async def unfinished_updates(self, limit: int, after: int = 0) -> list[StoredUpdate]:
        """Updates that no run finished, in their order."""
        rows = await self._database.rows(
            """
            SELECT update_id, chat_id, body, attempts FROM chat_update
            WHERE state = 'waiting' AND update_id > $2 ORDER BY update_id LIMIT $1
            """,
            limit,
            after,
        )
        return [stored_update(row) for row in rows]

    async def finish_update(self, update_id: int, error: str | None = None) -> None:
        """Done, or failed for good with its error; what a person wrote is kept only for a failure."""
        await self._database.row(
            """
            UPDATE chat_update SET state = CASE WHEN $2::text IS NULL THEN 'done' ELSE 'failed' END, error = $2,
                body = CASE WHEN $2::text IS NULL THEN NULL ELSE body END
            WHERE update_id = $1
            """,
            update_id,
            error,
        )

    async def count_attempt(self, update_id: int) -> int:
        """One more start of the handling of an update; answers how many that makes."""
        row = await self._database.row(
            "UPDATE chat_update SET attempts = attempts + 1 WHERE update_id = $1 RETURNING attempts", update_id
        )
        return int(row["attempts"]) if row is not None else 1

    # People

    async def speaking(self, chat_id: int, since: datetime) -> Speaking:
        """All that an update wants to know of its chat's person; a draft that was tapped before ``since`` is over."""
        return await speaking(self._database, chat_id, since)

    async def set_language(self, chat_id: int, language: str, *, chosen: bool) -> None:
        """A chosen language is never replaced by a guessed one."""
        await self._database.row(
            """
            INSERT INTO chat_person (chat_id, language, chosen) VALUES ($1, $2, $3)
            ON CONFLICT (chat_id) DO UPDATE SET language = excluded.language, chosen = excluded.chosen
            WHERE excluded.chosen OR NOT chat_person.chosen
            """,
            chat_id,
            language,
            chosen,
        )

    async def set_awaiting(self, chat_id: int, language: str, awaiting: str | None) -> None:
        """The next number that this person writes is the sum of a deposit or withdrawal."""
        await self._database.row(
            """
            INSERT INTO chat_person (chat_id, language, awaiting) VALUES ($1, $2, $3)
            ON CONFLICT (chat_id) DO UPDATE SET awaiting = excluded.awaiting
            """,
            chat_id,
            language,
            awaiting,
        )

    async def set_blocked(self, chat_id: int, *, blocked: bool) -> None:
        """The person blocked the bot, or is back."""
        await self._database.row(
            """
            INSERT INTO chat_person (chat_id, language, blocked_at)
            VALUES ($1, $2, CASE WHEN $3::boolean THEN now() END)
            ON CONFLICT (chat_id) DO UPDATE SET blocked_at = excluded.blocked_at
            """,
            chat_id,
            LANGUAGE_DEFAULT,
            blocked,
        )

    # Drafts

    async def add_draft(
        self,
        *,
        draft_id: str,
        chat_id: int,
        register_id: str,
        origin: str,
        kind: str,
        body: dict[str, Any],
        made_at: datetime,
    ) -> DraftRow:
        """A new draft, or the one that the same origin (an update handled a second time) made before."""
        row = await self._database.row(
            f"""
            INSERT INTO chat_draft (draft_id, chat_id, register_id, origin, kind, body, made_at)
            VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)
            ON CONFLICT (chat_id, origin) DO UPDATE SET version = chat_draft.version
            RETURNING {_DRAFT}
            """,  # noqa: S608
            draft_id,
            chat_id,
            UUID(register_id),
            origin,
            kind,
            to_jsonb(body),
            made_at,
        )
        assert row is not None
        return draft_row(row)

    async def offer(self, offer: Offer) -> MessageRow | None:
        """A new draft with its message, which is to be sent; ``None`` when the same origin made its offer before."""
        return await write_offer(self._database, offer)

    async def draft(self, draft_id: str) -> DraftRow | None:
        row = await self._database.row(f"SELECT {_DRAFT} FROM chat_draft WHERE draft_id = $1", draft_id)  # noqa: S608
        return None if row is None else draft_row(row)

    async def set_body(self, draft_id: str, body: dict[str, Any]) -> DraftRow | None:
        """What an open draft says from now on; ``None`` once it is being made: then it says what was pressed."""
        row = await self._database.row(
            f"""
            UPDATE chat_draft SET body = $2::jsonb, version = version + 1
            WHERE draft_id = $1 AND state = 'open' RETURNING {_DRAFT}
            """,  # noqa: S608
            draft_id,
            to_jsonb(body),
        )
        return None if row is None else draft_row(row)

    async def begin_making(self, draft_id: str, choice: dict[str, Any]) -> DraftRow | None:
        """An open draft becomes `making` with this choice; one that is being made keeps its own. Else ``None``."""
        row = await self._database.row(
            f"""
            UPDATE chat_draft SET state = 'making', version = version + 1,
                choice = CASE WHEN state = 'open' THEN $2::jsonb ELSE choice END
            WHERE draft_id = $1 AND state IN ('open', 'making')
            RETURNING {_DRAFT}
            """,  # noqa: S608
            draft_id,
            to_jsonb(choice),
        )
        return None if row is None else draft_row(row)

    async def set_made(self, draft_id: str, number: int) -> None:
        """The act has its document; only a draft being made gets there."""
        await self._database.row(
            """
            UPDATE chat_draft SET state = 'made', number = $2, version = version + 1
            WHERE draft_id = $1 AND state = 'making'
            """,
            draft_id,
            number,
        )

    async def reopen(self, draft_id: str) -> None:
        """The act was refused and nothing was made: the same button may be pressed again."""
        await self._database.row(
            """
            UPDATE chat_draft SET state = 'open', choice = NULL, version = version + 1
            WHERE draft_id = $1 AND state = 'making'
            """,
            draft_id,
        )

    async def cancel(self, draft_id: str) -> bool:
        """Whether it was open, and is cancelled now."""
        row = await self._database.row(
            """
            UPDATE chat_draft SET state = 'cancelled', version = version + 1
            WHERE draft_id = $1 AND state IN ('open', 'cancelled') RETURNING draft_id
            """,
            draft_id,
        )
        return row is not None

    # Messages

    async def want(
        self,
        *,
        chat_id: int,
        key: str,
        body: dict[str, Any],
        priority: int,
        stage: int,
        register_id: str | None,
        document_number: int | None,
    ) -> MessageRow | None:
        """Ask that a message looks like this; answers what there is to send.

        The same look again changes nothing; a document's message changes only with its stage, and never back. A look
        that was not sent yet is replaced, so a message that changed twice is sent once.
        """
        row = await self._database.row(
            """
            INSERT INTO chat_message
                (chat_id, message_key, body, priority, stage, register_id, document_number)
            VALUES ($1, $2, $3::jsonb, $4, $5, $6, $7)
            ON CONFLICT (chat_id, message_key) DO UPDATE
            SET body = excluded.body, revision = chat_message.revision + 1, stage = excluded.stage,
                priority = excluded.priority, changed_at = now(), dropped = NULL
            WHERE chat_message.stage < excluded.stage
                OR (chat_message.stage = excluded.stage AND chat_message.register_id IS NULL
                    AND chat_message.body <> excluded.body)
            RETURNING revision, shown, message_id
            """,
            chat_id,
            key,
            to_jsonb(body),
            priority,
            stage,
            None if register_id is None else UUID(register_id),
            document_number,
        )
        if row is None:
            return None
        revision, shown, message_id = row["revision"], row["shown"], row["message_id"]
        return MessageRow(chat_id, key, body, revision, shown, priority, message_id, register_id, document_number)

    async def message(self, chat_id: int, key: str) -> MessageRow | None:
        row = await self._database.row(
            f"SELECT {_MESSAGE} FROM chat_message WHERE chat_id = $1 AND message_key = $2",  # noqa: S608
            chat_id,
            key,
        )
        return None if row is None else message_row(row)

    async def due_message(self, chat_id: int) -> MessageRow | None:
        """The most urgent message of a chat that is not shown as it should be."""
        row = await self._database.row(
            f"""
            SELECT {_MESSAGE} FROM chat_message WHERE chat_id = $1 AND shown < revision AND dropped IS NULL
            ORDER BY priority, changed_at LIMIT 1
            """,  # noqa: S608
            chat_id,
        )
        return None if row is None else message_row(row)

    async def due_chats(self, limit: int) -> list[int]:
        """Chats with something to send, without people who blocked the bot."""
        rows = await self._database.rows(
            """
            SELECT DISTINCT m.chat_id FROM chat_message m LEFT JOIN chat_person p ON p.chat_id = m.chat_id
            WHERE m.shown < m.revision AND m.dropped IS NULL AND p.blocked_at IS NULL LIMIT $1
            """,
            limit,
        )
        return [row["chat_id"] for row in rows]

    async def set_shown(self, chat_id: int, key: str, revision: int, message_id: int | None) -> MessageRow | None:
        """Telegram took this revision; a newer one that came meanwhile stays due. Answers what the chat is to be sent
        next, as :meth:`due_message`.
        """
        row = await self._database.row(
            """
            WITH shown AS (
                UPDATE chat_message SET shown = greatest(shown, $3), message_id = coalesce($4, message_id)
                WHERE chat_id = $1 AND message_key = $2
            )
            SELECT chat_id, message_key, body, revision, shown, priority, register_id, document_number,
                CASE WHEN message_key = $2 THEN coalesce($4, message_id) ELSE message_id END AS message_id
            FROM chat_message
            WHERE chat_id = $1 AND shown < revision AND dropped IS NULL AND (message_key, revision) <> ($2, $3)
            ORDER BY priority, changed_at LIMIT 1
            """,
            chat_id,
            key,
            revision,
            message_id,
        )
        return None if row is None else message_row(row)

    async def drop_message(self, chat_id: int, key: str, revision: int, why: str) -> None:
        """Telegram will never take this revision (deleted message, refused content)."""
        await self._database.row(
            """
            UPDATE chat_message SET dropped = $4
            WHERE chat_id = $1 AND message_key = $2 AND revision = $3
            """,
            chat_id,
            key,
            revision,
            why[:500],
        )

    async def messages_of_document(self, register_id: str, number: int) -> list[MessageRow]:
        rows = await self._database.rows(
            f"SELECT {_MESSAGE} FROM chat_message WHERE register_id = $1 AND document_number = $2",  # noqa: S608
            UUID(register_id),
            number,
        )
        return [message_row(row) for row in rows]

    async def message_by_id(self, chat_id: int, message_id: int) -> MessageRow | None:
        row = await self._database.row(
            f"SELECT {_MESSAGE} FROM chat_message WHERE chat_id = $1 AND message_id = $2 LIMIT 1",  # noqa: S608
            chat_id,
            message_id,
        )
        return None if row is None else message_row(row)

    # Housekeeping

    async def forget_old(self, now: datetime) -> None:
        """Rows that nobody will ask for again. Messages of documents stay: their marks may still change."""
        await self._database.row(
            "DELETE FROM chat_update WHERE state <> 'waiting' AND received_at < now() - $1::interval", UPDATE_KEPT
        )
        await self._database.row(
            """
            DELETE FROM chat_message
            WHERE register_id IS NULL AND (shown = revision OR dropped IS NOT NULL)
                AND changed_at < now() - $1::interval
            """,
            MESSAGE_KEPT,
        )
        await self._database.row("DELETE FROM chat_draft WHERE made_at < $1", now - DRAFT_KEPT)
