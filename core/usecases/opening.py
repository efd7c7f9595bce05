"""A register taken into service by a person in the chat, and its settings changed later."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol

from core.clock import Clock
from core.domain.onboarding import TEXT_CHARACTERS_MAX, FirstStart
from core.domain.roles import OWNER, Deed
from core.domain.vat import NO_VAT, RATES, is_allowed
from core.errors import Refused
from core.usecases.catalogue import Loaded
from core.usecases.registers import NewRegister, Registers, RegisterView

OWNED_MAX = 20
PRACTICE_IIN_BIN = "000000000000"
PRACTICE_NUMBER = "000000000000"
PRACTICE_OKVED = "47111"
VAT_OF_PAYERS = "16"
PROTOCOL = "2.0.3"

CopyCatalogue = Callable[[int, str, str], Awaitable[Loaded]]
"""Person, source, target: what is sold on one register is offered on another."""


class Owned(Protocol):
    """Somebody with their roles."""

    @property
    def roles(self) -> dict[str, str]: ...


class PeopleRows(Protocol):
    async def person(self, chat_id: int) -> Owned | None: ...


class OwnerRows(Protocol):
    async def grant_owner(self, register_id: str, chat_id: int, name: str, language: str, at: datetime) -> None: ...


class Organisations(Protocol):
    async def new_organisation(self, title: str) -> str: ...


class SettingRows(Protocol):
    async def change(self, register_id: str, values: dict[str, Any], *, actor: int, at: datetime) -> None: ...


class Roles(Protocol):
    async def require(self, actor: int, register_id: str, deed: Deed) -> str: ...


class Opening:
    """Opens registers for people."""

    def __init__(
        self,
        registers: Registers,
        people: PeopleRows,
        owners: OwnerRows,
        organisations: Organisations,
        clock: Clock,
        copy_catalogue: CopyCatalogue | None = None,
    ) -> None:
        self._registers = registers
        self._people = people
        self._owners = owners
        self._organisations = organisations
        self._clock = clock
        self._copy_catalogue = copy_catalogue

    async def open(
        self, asked: FirstStart, *, name: str, language: str, practice_address: tuple[str, str]
    ) -> tuple[RegisterView, bool]:
        """The register of a complete first start with this person as its owner, and whether goods were
        copied to it from the newest of their others.
        ``practice_address`` stands for the Russian and the Kazakh one that nobody asked for.

        Done again after a crash it goes on where it stopped: the register's id was drawn before. Raises what
        ``Registers.onboard`` raises and ``TOO_MANY_REGISTERS``; then nothing stays.
        """
        assert asked.is_complete
        person = await self._people.person(asked.chat_id)
        owned = [] if person is None else [one for one, role in person.roles.items() if role == OWNER]
        view = await self._existing(asked.register_id)
        if view is None:
            if len(owned) >= OWNED_MAX:
                raise Refused("TOO_MANY_REGISTERS", limit=OWNED_MAX)
            organisation_id = await self._organisation(owned, asked.answers["title"])
            view = await self._registers.onboard(_new_register(asked, organisation_id, practice_address))
        await self._owners.grant_owner(asked.register_id, asked.chat_id, name, language, self._clock.now())
        source = next((one for one in sorted(owned, reverse=True) if one != asked.register_id), None)
        if self._copy_catalogue is None or source is None or asked.practice:
            return view, False
        loaded = await self._copy_catalogue(asked.chat_id, source, asked.register_id)
        # the same goods count too: a copy that a crash cut off is told as whole when it is done again
        return view, loaded.added + loaded.changed + loaded.same > 0

    async def _existing(self, register_id: str) -> RegisterView | None:
        try:
            return await self._registers.get(register_id)
        except Refused as refused:
            if refused.code != "NOT_FOUND":
                raise
            return None

    async def _organisation(self, owned: list[str], title: str) -> str:
        if owned:
            return (await self._registers.get(owned[0])).registration.organisation_id
        return await self._organisations.new_organisation(title)


class Settings:
    """Changes what the law lets change; РНМ, ЗНМ and the device are those of a new register."""

    def __init__(self, registers: Registers, rows: SettingRows, roles: Roles, clock: Clock) -> None:
        self._registers = registers
        self._rows = rows
        self._roles = roles
        self._clock = clock

    async def change(self, actor: int, register_id: str, field: str, value: Any) -> RegisterView:
        """Change one setting. Raises ``FORBIDDEN``, ``VAT_NOT_ALLOWED`` and ``ANSWER_UNFIT``."""
        deed = Deed.RECONNECT if field == "server" else Deed.CHANGE
        await self._roles.require(actor, register_id, deed)
        view = await self._registers.get(register_id)
        match field:
            case "title" | "address" | "address_kk":
                if not isinstance(value, str) or not 1 <= len(value) <= TEXT_CHARACTERS_MAX[field]:
                    raise Refused("ANSWER_UNFIT", field=field)
                values: dict[str, Any] = {field: value}
            case "vat_default":
                payer = view.registration.vat_payer
                if value not in RATES or not (payer or value == NO_VAT):
                    raise Refused("VAT_NOT_ALLOWED", vat=str(value)[:20])
                if not is_allowed(value, self._clock.now().date()):
                    raise Refused("VAT_NOT_ALLOWED", vat=value)
                values = {field: value}
            case "auto_close" | "at_once":
                values = {field: bool(value)}
            case "place":
                values = {"latitude": value[0], "longitude": value[1]}
            case "server" if view.registration.operator is not None:
                values = {"host": value[0], "port": value[1]}
            case _:
                raise Refused("ANSWER_UNFIT", field=field[:20])
        await self._rows.change(register_id, values, actor=actor, at=self._clock.now())
        return await self._registers.get(register_id)


def _new_register(asked: FirstStart, organisation_id: str, practice_address: tuple[str, str]) -> NewRegister:
    answers, practice = asked.answers, asked.practice
    host, port = answers["server"] if not practice else ("", 0)
    latitude, longitude = answers["place"] if not practice else (0, 0)
    return NewRegister(
        register_id=asked.register_id,
        organisation_id=organisation_id,
        title=answers["title"],
        taxpayer=answers["title"] if practice else answers["taxpayer"],
        iin_bin=PRACTICE_IIN_BIN if practice else answers["iin_bin"],
        address=practice_address[0] if practice else answers["address"],
        address_kk=practice_address[1] if practice else answers["address_kk"],
        okved=PRACTICE_OKVED if practice else answers["okved"],
        latitude=latitude,
        longitude=longitude,
        rnm=PRACTICE_NUMBER if practice else answers["rnm"],
        znm=PRACTICE_NUMBER if practice else answers["znm"],
        operator=None if practice else answers["operator"],
        protocol=PROTOCOL,
        host=host,
        port=port,
        device_id=1 if practice else answers["device_id"],
        token=0 if practice else asked.token or 0,
        vat_payer=answers["vat"],
        vat_default=VAT_OF_PAYERS if answers["vat"] else NO_VAT,
        practice=practice,
    )
