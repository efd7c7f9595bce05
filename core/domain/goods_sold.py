"""Goods put together from counted lines and put into classes. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.catalogue import name_key
from core.domain.day_book import GoodCount
from core.domain.takings import GoodClass, GoodSums
from core.domain.ticket import Kind

CLASS_A_PERCENT = 80
CLASS_B_PERCENT = 95


@dataclass(frozen=True, slots=True)
class CountedGood:
    """What was counted of a name, under one unit, in one kind of document."""

    name: str
    unit: str
    kind: Kind
    count: GoodCount


def goods_sold(counted: Iterable[CountedGood]) -> tuple[GoodSums, ...]:
    """Sold and returned goods by falling net sum. Names that people take for the same are one good, called as the one
    that took most; what was bought from people is left out.
    """
    names: dict[tuple[str, str], dict[str, int]] = {}
    sums: dict[tuple[str, str], dict[Kind, GoodCount]] = {}
    for one in counted:
        if one.kind not in (Kind.SELL, Kind.SELL_RETURN):
            continue
        key = (name_key(one.name), one.unit)
        called = names.setdefault(key, {})
        called[one.name] = called.get(one.name, 0) + one.count.sum
        kinds = sums.setdefault(key, {})
        kinds[one.kind] = kinds.get(one.kind, GoodCount()) + one.count
    found = []
    for key, kinds in sums.items():
        sold, back = kinds.get(Kind.SELL, GoodCount()), kinds.get(Kind.SELL_RETURN, GoodCount())
        name = min(names[key], key=lambda said: (-names[key][said], said))
        found.append((name, key[1], sold, back))
    found.sort(key=lambda one: (one[3].sum - one[2].sum, one[0], one[1]))
    classes = good_classes([sold.sum - back.sum for _, _, sold, back in found])
    return tuple(
        GoodSums(name, unit, sold.lines, sold.quantity, sold.sum, back.quantity, back.sum, good_class)
        for (name, unit, sold, back), good_class in zip(found, classes, strict=True)
    )


def good_classes(falling: list[int]) -> list[GoodClass]:
    """The class of each net sum of a falling list: A until 80 % of what all positive ones make is passed, B until
    95 %; what brought nothing is C.
    """
    whole = sum(net for net in falling if net > 0)
    classes, before = [], 0
    for net in falling:
        if net <= 0 or before * 100 >= CLASS_B_PERCENT * whole:
            classes.append(GoodClass.C)
        else:
            classes.append(GoodClass.A if before * 100 < CLASS_A_PERCENT * whole else GoodClass.B)
        before += net
    return classes
