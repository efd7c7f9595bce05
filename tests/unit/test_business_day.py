"""«Today» of a shop that is open after midnight."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from core.clock import ALMATY
from core.domain.business_day import business_day, day_start


@pytest.mark.parametrize(
    ("hour", "minute", "begins", "day"),
    [
        (0, 0, 0, 25),
        (23, 59, 0, 25),
        (0, 0, 6, 24),
        (5, 59, 6, 24),
        (6, 0, 6, 25),
        (22, 59, 23, 24),
        (23, 0, 23, 25),
    ],
)
def test_a_moment_belongs_to_the_day_that_had_begun(hour: int, minute: int, begins: int, day: int) -> None:
    moment = datetime(2026, 11, 25, hour, minute, tzinfo=ALMATY)
    assert business_day(moment, begins) == date(2026, 11, day)
    start = day_start(moment, begins)
    assert start == datetime(2026, 11, day, begins, tzinfo=ALMATY) and start <= moment
