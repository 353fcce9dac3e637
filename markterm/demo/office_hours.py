"""When the staff of the demo are at work: the clock that dates what they record."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import cycle

from markterm.domain.words.local_time import local

_HURRIED = timedelta(milliseconds=1)
_SATURDAY = 5
_OPENS, _SHUTS = time(8, 40), time(17, 0)


class OfficeHours:
    """A clock that tells a later time whenever it is asked, on weekdays between nine and five, before `now`; also of a
    day to which it goes again, as to the Friday of a weekend."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._next = now
        self._told: dict[date, datetime] = {}
        self._minutes = cycle((4, 7, 3, 11, 5, 2, 6))

    def __call__(self) -> datetime:
        moment = self._next
        self._told[moment.date()] = moment
        later = moment + timedelta(minutes=next(self._minutes))
        if later.time() > _SHUTS:
            later = self._going_on(opening(later + timedelta(days=1), 1))
        # What has not come yet is nobody's time: the last of a day stay and hurry.
        self._next = later if later < self.now else moment + _HURRIED
        return moment

    @property
    def day(self) -> date:
        """The day that it tells."""
        return local(self._next).date()

    def go_to(self, days_ago: int) -> None:
        """Go to the morning of that day, or of the Friday before it."""
        self._next = self._going_on(opening(self.now - timedelta(days=days_ago), -1))

    def _going_on(self, morning: datetime) -> datetime:
        last = self._told.get(morning.date())
        return morning if last is None else last + _HURRIED


def opening(day: datetime, step: int) -> datetime:
    """The morning of that day, or of the first weekday from it on, by as many days as a `step` goes."""
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=step)
    return datetime.combine(day.date(), _OPENS, day.tzinfo)
