"""The business day of a register: a night shop's day begins at an hour of its own, not at midnight."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

HOURS = 24


def business_day(moment: datetime, day_begins: int) -> date:
    """The day that a moment (in the zone of the law) belongs to, when days begin at this hour."""
    return (moment - timedelta(hours=day_begins)).date()


def day_start(moment: datetime, day_begins: int) -> datetime:
    """The moment when the business day of ``moment`` began."""
    day = business_day(moment, day_begins)
    return datetime.combine(day, time(day_begins), tzinfo=moment.tzinfo)
