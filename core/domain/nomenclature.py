"""A good (товар) of the national catalogue (НКТ, ҰТК) as an operator tells of it by its barcode."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Good:
    """``ntin`` is the catalogue's code, ``unit`` an ESF code; ``name_kk`` is empty where the catalogue has none.

    ``is_marked``: a line of it needs its marking code; ``is_social``: it is on the list of socially important goods.
    """

    barcode: str
    name: str
    name_kk: str = ""
    ntin: str | None = None
    unit: str | None = None
    is_marked: bool = False
    is_social: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An operator's answer about a barcode: the good, or ``None`` when its catalogue has none."""

    good: Good | None
