"""The versions of the protocol side by side: a header's VERSION chooses the message classes (PROTOCOL.md a, j-1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from core.ofd.schema import kkm_v202_pb2 as v202
from core.ofd.schema import kkm_v203_pb2 as v203
from core.ofd.schema import kkm_v204_pb2 as v204


@dataclass(frozen=True, slots=True)
class Version:
    """One version as far as the messages that we fill and read differ from those of the others.

    ``item_kinds`` says that a line carries its kind (good, work, service), ``taxations`` which regimes it can tell.
    """

    number: int
    messages: Any
    item_kinds: bool = False
    taxations: frozenset[int] = frozenset((100, 101, 102, 103))

    def request(self) -> v203.Request:
        """An empty request of this version.

        Typed as 2.0.3's: its classes are others, but every member that the fillers write stands in both at the same
        tag under the same name, and enums are numbers.
        """
        return cast("v203.Request", self.messages.Request())

    def response(self) -> v203.Response:
        """An empty answer of this version, typed as 2.0.3's in the same way."""
        return cast("v203.Response", self.messages.Response())


VERSIONS: Mapping[int, Version] = MappingProxyType(
    {
        202: Version(202, v202),
        203: Version(203, v203),
        # the patent regime (103) is withdrawn in 2.0.4
        204: Version(204, v204, item_kinds=True, taxations=frozenset((100, 101, 102))),
    }
)


def known_versions() -> str:
    """The numbers of all versions, for a message to people."""
    return ", ".join(str(number) for number in VERSIONS)
