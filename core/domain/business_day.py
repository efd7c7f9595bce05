"""The business day of a register: a night shop's day begins at an hour of its own, not at midnight."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

HOURS = 24
WEEK_DAYS = 7


def business_day(moment: datetime, day_begins: int) -> date:
    """The day that a moment (in the zone of the law) belongs to, when days begin at this hour."""
    return (moment - timedelta(hours=day_begins)).date()


def day_start(moment: datetime, day_begins: int) -> datetime:
    """The moment when the business day of ``moment`` began."""
    day = business_day(moment, day_begins)
    return datetime.combine(day, time(day_begins), tzinfo=moment.tzinfo)


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Business days, both included."""

    first: date
    last: date

    @classmethod
    def day(cls, day: date) -> DaySpan:
        """One day."""
        return cls(day, day)

    @classmethod
    def week_of(cls, day: date) -> DaySpan:
        """The week from Monday to Sunday that a day belongs to."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=WEEK_DAYS - 1))

    @classmethod
    def month_of(cls, day: date) -> DaySpan:
        """The calendar month that a day belongs to."""
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> DaySpan:
        """What it is compared with: of a whole month the month before, else the same weekdays so many weeks earlier
        that the two do not overlap.
        """
        if self.first > date.min and self == DaySpan.month_of(self.first):
            return DaySpan.month_of(self.first - timedelta(days=1))
        earlier = -(-self.length // WEEK_DAYS) * WEEK_DAYS
        first, last = (max(date.min.toordinal(), day.toordinal() - earlier) for day in (self.first, self.last))
        return DaySpan(date.fromordinal(first), date.fromordinal(last))

    def days(self) -> Iterator[date]:
        """Each day in order."""
        return (self.first + timedelta(days=place) for place in range(self.length))

    def seconds_within(self, since: datetime, until: datetime, day_begins: int) -> int:
        """How much of the time between two moments lies in these days."""
        opens = datetime.combine(self.first, time(day_begins), tzinfo=since.tzinfo)
        last_opens = datetime.combine(self.last, time(day_begins), tzinfo=since.tzinfo)
        inside = min(until, last_opens + timedelta(days=1)) - max(since, opens)
        return max(0, inside // timedelta(seconds=1))
