"""The small directories: organisations, registers' settings, API keys, bridges. No sale writes any of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from core.db.arguments import entries_argument, register_argument
from core.db.ids import item_id, link_key, uuid7
from core.db.pool import Database
from core.domain.journal import Entry
from core.domain.register import RegisterState
from core.domain.registration import Registration
from core.errors import Refused
from core.sealing import Sealer, hashed
from core.usecases.api_keys import HINT_CHARACTERS, KEY_PREFIX, SCOPES
from core.usecases.ports import KeyTaken
from core.usecases.registers import NewRegister

_COLUMNS = (
    "register_id::text, organisation_id::text, link_key, title, taxpayer, iin_bin, address, address_kk, okved, "
    "latitude, longitude, rnm, znm, operator, protocol, host, port, device_id, vat_payer, vat_default, practice, "
    "auto_close, taxation_type, closed, paid_until, day_begins, at_once"
)
_ONE = f"SELECT {_COLUMNS} FROM registration WHERE register_id = $1"  # noqa: S608 - our own names
_OF = "$1::uuid IS NULL OR organisation_id = $1"
_MANY = f"SELECT {_COLUMNS} FROM registration WHERE {_OF} ORDER BY register_id"  # noqa: S608
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whose API key it is and what it may do."""

    organisation_id: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A printer bridge and the registers whose jobs it may print."""

    bridge_id: str
    register_ids: tuple[str, ...]


class Directory:
    """Reads settings through a cache of this process; a change by another process is seen after ``changed``."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer
        self._cache: dict[str, Registration] = {}

    async def registration(self, register_id: str) -> Registration:
        """One register's settings; raises ``NOT_FOUND``."""
        cached = self._cache.get(register_id)
        if cached is not None:
            return cached
        if not _is_uuid(register_id):
            raise Refused("NOT_FOUND")
        row = await self._database.row(_ONE, register_id)
        if row is None:
            raise Refused("NOT_FOUND")
        found = Registration(**dict(row))
        self._cache[found.register_id] = found
        return found

    async def organisation(self, register_id: str) -> str:
        """The organisation of a register; raises ``NOT_FOUND``."""
        return (await self.registration(register_id)).organisation_id

    async def registrations(self, organisation_id: str | None) -> list[Registration]:
        """The registers of an organisation, or all, oldest first."""
        rows = await self._database.rows(
            _MANY,
            organisation_id,
        )
        return [Registration(**dict(row)) for row in rows]

    async def change(self, register_id: str, *, title: str | None, auto_close: bool | None) -> None:
        """Change what may be changed."""
        await self.registration(register_id)
        await self._database.value(
            "UPDATE registration SET title = coalesce($2, title), auto_close = coalesce($3, auto_close) "
            "WHERE register_id = $1",
            register_id,
            title,
            auto_close,
        )
        self.forget(register_id)
        await self._database.announce(f"registration {register_id}")

    async def set_paid_until(self, register_id: str, day: date | None) -> None:
        """Remember to which day's end the operator's fee is paid, or that nobody knows."""
        await self.registration(register_id)
        await self._database.value(
            "UPDATE registration SET paid_until = $2 WHERE register_id = $1", register_id, day
        )
        self.forget(register_id)
        await self._database.hint(f"registration {register_id}")

    async def set_day_begins(self, register_id: str, hour: int) -> None:
        """The hour at which this register's business day begins."""
        await self.registration(register_id)
        await self._database.value(
            "UPDATE registration SET day_begins = $2 WHERE register_id = $1", register_id, hour
        )
        self.forget(register_id)
        await self._database.hint(f"registration {register_id}")

    def forget(self, register_id: str) -> None:
        """Read this register's settings anew next time."""
        self._cache.pop(register_id, None)

    def forget_all(self) -> None:
        """Read everything anew."""
        self._cache.clear()

    def prepared(self, new: NewRegister) -> Registration:
        """The settings of a new register with an id and a link key of its own; nothing is written."""
        values = {name: getattr(new, name) for name in NewRegister.__slots__ if name not in ("token", "register_id")}
        return Registration(register_id=new.register_id or uuid7(), link_key=link_key(), **values)

    async def open_register(
        self, registration: Registration, state: RegisterState, entry: Entry, token: int
    ) -> None:
        """Write a register's settings, its two rows and its genesis, or nothing.

        Raises ``DEVICE_IN_USE`` when the operator's device id is taken.
        """
        fields = [name for name in Registration.__slots__ if name != "closed"]
        places = ", ".join(f"${place}" for place in range(1, len(fields) + 1))
        settings = f"INSERT INTO registration ({', '.join(fields)}) VALUES ({places})"  # noqa: S608 - our own names
        rows = (
            registration.register_id,
            register_argument(state),
            entries_argument((entry,)),
            [entry.body],
            self._sealer.seal(registration.register_id, token),
        )
        try:
            await self._database.all_or_nothing(
                (settings, tuple(getattr(registration, name) for name in fields)),
                ("SELECT open_register_v1($1, $2, $3, $4, $5)", rows),
            )
        except KeyTaken as error:
            raise Refused("DEVICE_IN_USE", device_id=registration.device_id) from error

    async def is_device_used(self, operator: str, device_id: int) -> bool:
        """Whether a register of ours is this device; the constraint alone decides when two come at once."""
        found = await self._database.value(
            "SELECT 1 FROM registration WHERE operator = $1 AND device_id = $2", operator, device_id
        )
        return found is not None

    async def register_of_link(self, key: str) -> str | None:
        """The register whose receipt links begin with this key."""
        found: str | None = await self._database.value(
            "SELECT register_id::text FROM registration WHERE link_key = $1", key
        )
        return found


def key_secret() -> str:
    """The part of an API key that nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(KEY_BYTES)


class Access:
    """Who may do what over HTTP: keys and device tokens are shown once and kept as hashes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def new_organisation(self, title: str) -> str:
        """A new organisation's id."""
        organisation_id = uuid7()
        await self._database.value(
            "INSERT INTO organisation (organisation_id, title) VALUES ($1, $2)", organisation_id, title
        )
        return organisation_id

    async def new_api_key(self, organisation_id: str, scopes: tuple[str, ...] = SCOPES) -> str:
        """A new key that no person made; the only time that it is seen."""
        key = KEY_PREFIX + key_secret()
        await self._database.value(
            "INSERT INTO api_key (key_hash, organisation_id, scopes, key_id, hint) VALUES ($1, $2, $3, $4, $5)",
            hashed(key),
            organisation_id,
            list(scopes),
            item_id(),
            key[: len(KEY_PREFIX) + HINT_CHARACTERS],
        )
        return key

    async def holder(self, api_key: str, today: date) -> KeyHolder | None:
        """Whose key it is, unless it is unknown or revoked; the first call of a day is remembered."""
        key_hash = hashed(api_key)
        row = await self._database.row(
            "SELECT organisation_id::text, scopes, last_used_on FROM api_key "
            "WHERE key_hash = $1 AND revoked_at IS NULL",
            key_hash,
        )
        if row is None:
            return None
        if row["last_used_on"] is None or row["last_used_on"] < today:
            await self._database.value("UPDATE api_key SET last_used_on = $2 WHERE key_hash = $1", key_hash, today)
        return KeyHolder(row["organisation_id"], tuple(row["scopes"]))

    async def new_bridge(self, organisation_id: str, title: str) -> tuple[str, str]:
        """A new bridge's id and its device token, seen this once."""
        bridge_id, token = uuid7(), f"bridge_{secrets.token_urlsafe(KEY_BYTES)}"
        await self._database.value(
            "INSERT INTO bridge (bridge_id, organisation_id, title, token_hash) VALUES ($1, $2, $3, $4)",
            bridge_id,
            organisation_id,
            title,
            hashed(token),
        )
        return bridge_id, token

    async def bridge(self, device_token: str) -> Bridge | None:
        """The bridge behind a device token, unless revoked, with the registers that it is bound to, or else all of
        its organisation's.
        """
        rows = await self._database.rows(
            "SELECT b.bridge_id::text AS bridge_id, r.register_id::text AS register_id FROM bridge b "
            "LEFT JOIN registration r ON r.organisation_id = b.organisation_id AND "
            "(NOT EXISTS (SELECT 1 FROM bridge_register o WHERE o.bridge_id = b.bridge_id) OR EXISTS "
            "(SELECT 1 FROM bridge_register o WHERE o.bridge_id = b.bridge_id AND o.register_id = r.register_id)) "
            "WHERE b.token_hash = $1 AND b.revoked_at IS NULL",
            hashed(device_token),
        )
        if not rows:
            return None
        return Bridge(rows[0]["bridge_id"], tuple(row["register_id"] for row in rows if row["register_id"]))


def _is_uuid(text: str) -> bool:
    parts = text.split("-")
    return [len(part) for part in parts] == [8, 4, 4, 4, 12] and all(
        character in "0123456789abcdefABCDEF" for part in parts for character in part
    )

