"""What people of a register are asked for and allowed, wired for one process: a part of the bootstrap."""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import Clock
from core.db.api_keys import ApiKeyRows
from core.db.directory import Access, Directory, key_secret
from core.db.first_start import FirstStarts
from core.db.ids import item_id, public_code, uuid7
from core.db.key_holders import KeyHolders
from core.db.people import People
from core.db.pool import Database
from core.db.register_settings import RegisterSettings
from core.db.staff import StaffRows
from core.sealing import Sealer
from core.usecases.acts import Acts
from core.usecases.api_keys import ApiKeys
from core.usecases.catalogue import Catalogue
from core.usecases.counter import Counter
from core.usecases.opening import Opening, Settings
from core.usecases.quotes import Quotes
from core.usecases.registers import Registers
from core.usecases.staff import Staff


@dataclass(frozen=True, slots=True)
class Crew:
    """Invitations and limits, the acts of people, first starts, settings and API keys changed in the chat."""

    staff: Staff
    rows: StaffRows
    counter: Counter
    opening: Opening
    changes: Settings
    first_starts: FirstStarts
    keys: ApiKeys


def assembled_crew(
    database: Database,
    holders: KeyHolders,
    sealer: Sealer,
    clock: Clock,
    directory: Directory,
    registers: Registers,
    acts: Acts,
    quotes: Quotes,
    catalogue: Catalogue,
) -> Crew:
    """The crew of these parts. What a person sold on their practice register is offered on their real one."""
    rows = StaffRows(database)
    staff = Staff(rows, clock, new_id=uuid7, new_token=public_code)
    return Crew(
        staff=staff,
        rows=rows,
        counter=Counter(acts, quotes, registers, staff, rows),
        opening=Opening(registers, People(database), rows, Access(database, holders), clock, catalogue.copy),
        changes=Settings(registers, RegisterSettings(database, directory.forget), staff, clock),
        first_starts=FirstStarts(database, sealer),
        keys=ApiKeys(ApiKeyRows(database, holders), staff, directory, clock, new_id=item_id, new_secret=key_secret),
    )
