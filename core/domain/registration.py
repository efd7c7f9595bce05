"""The settings of a register: whose it is, where it stands, how its operator is reached. No secret is among them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core.domain.document import Requisites

PROTOCOL_VERSIONS = {"2.0.3": 203, "2.0.4": 204}
GENERAL_TAXATION = 101  # RTS, общеустановленный режим: PROTOCOL.md (e)


@dataclass(frozen=True, slots=True)
class Registration:
    """One register's settings. ``operator`` is ``None`` for a practice register that talks to nobody.

    ``paid_until`` is the day to whose end the owner says the operator's fee is paid, ``None`` when nobody said.
    ``day_begins`` is the hour at which its business day begins (business_day.py). ``at_once`` makes a sale that is
    written with its payment without a tap.
    ``latitude`` and ``longitude`` are the integers of the wire's geo position, ``device_id`` the operator's id of it.
    """

    register_id: str
    organisation_id: str
    link_key: str
    title: str
    taxpayer: str
    iin_bin: str
    address: str
    address_kk: str
    okved: str
    latitude: int
    longitude: int
    rnm: str
    znm: str
    operator: str | None
    protocol: str
    host: str
    port: int
    device_id: int
    vat_payer: bool
    vat_default: str
    practice: bool
    auto_close: bool = True
    taxation_type: int = GENERAL_TAXATION
    closed: bool = False
    paid_until: date | None = None
    day_begins: int = 0
    at_once: bool = False

    def speaking(self, protocol: str | None) -> Registration:
        """The settings with the protocol that a resolution has switched this register to, if one did."""
        return self if protocol in (None, self.protocol) else replace(self, protocol=protocol)

    @property
    def requisites(self) -> Requisites:
        """What is frozen into each document."""
        return Requisites(
            title=self.title,
            taxpayer=self.taxpayer,
            iin_bin=self.iin_bin,
            address=self.address,
            address_kk=self.address_kk,
            rnm=self.rnm,
            znm=self.znm,
            device_id=self.device_id,
            operator=self.operator or "",
            vat_payer=self.vat_payer,
        )


def other_protocol(protocol: str) -> str:
    """The protocol that «encode again» switches to (DESIGN.md 3, «A stopped lane»)."""
    return next(other for other in PROTOCOL_VERSIONS if other != protocol)
