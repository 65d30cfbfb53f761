"""What rules ask about now, and until when each answer holds.

A rule never sees the instant itself. It asks whether something has come, how many days ago it was or
which day it is, and the clock notes between which instants all the answers that it gave stay the same.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAY, _MICROSECOND = timedelta(days=1), timedelta(microseconds=1)
FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


class Clock:
    """One instant. Everything asked of it so far has the same answer from `since` until before `until`."""

    __slots__ = ("_now", "since", "until")

    def __init__(self, now: datetime, since: datetime = FIRST, until: datetime = LAST) -> None:
        self._now, self.since, self.until = now.astimezone(UTC), since, until

    def anew(self) -> Clock:
        """Return a clock of the same instant that nobody has asked anything yet."""
        return Clock(self._now)

    @property
    def was_asked(self) -> bool:
        """Whether anything was asked of it so far whose answer may change."""
        return (self.since, self.until) != (FIRST, LAST)

    def holds(self, since: datetime, until: datetime) -> bool:
        """Tell whether answers that hold between two instants hold now."""
        return since <= self._now < until

    def narrow(self, since: datetime, until: datetime) -> None:
        """Note that what holds between two instants was relied on."""
        self.since, self.until = max(self.since, since), min(self.until, until)

    def has_come(self, at: datetime, plus: timedelta = timedelta()) -> bool:
        """Tell whether an instant, or one so much later, is now or was before."""
        try:
            at = at.astimezone(UTC) + plus
        except OverflowError:
            return plus < timedelta()
        if at <= self._now:
            self.narrow(at, LAST)
            return True
        self.narrow(FIRST, at)
        return False

    def is_within(self, at: datetime, length: timedelta) -> bool:
        """Tell whether no more time than a length has passed since an instant."""
        # Whoever is there at the last moment is still within: later is a microsecond later.
        return not self.has_come(at, length + _MICROSECOND)

    def days_since(self, at: datetime) -> int:
        """Return how many whole days ago an instant was; below nothing where it is to come."""
        days = (self._now - at).days
        try:
            self.narrow(at + days * _DAY, at + (days + 1) * _DAY)
        except OverflowError:
            self.narrow(self._now, self._now + _MICROSECOND)
        return days

    def day(self, zone: tzinfo) -> date:
        """Return which day it is in a zone."""
        today = self._now.astimezone(zone).date()
        self.narrow(_start(today, zone, self._now, -1), _start(today + _DAY, zone, self._now, 1))
        return today

    def is_past(self, day: date, zone: tzinfo) -> bool:
        """Tell whether a day is over in a zone."""
        today = self._now.astimezone(zone).date()
        try:
            if today > day:
                self.narrow(_start(day + _DAY, zone, self._now, -1), LAST)
            else:
                self.narrow(FIRST, _start(day + _DAY, zone, self._now, 1))
        except OverflowError:
            self.day(zone)
        return today > day


def _start(day: date, zone: tzinfo, now: datetime, way: int) -> datetime:
    """Return the instant at which a day starts in a zone; where it has no plain midnight, one nearer to now.

    `way`: -1 where it lies before now, 1 where after.
    """
    first, again = (datetime.combine(day, time(0), zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    before = (first - _MICROSECOND).astimezone(zone).date()
    is_plain = first == again and first.astimezone(zone).date() == day and before == day - _DAY
    return first if is_plain else _near(now, way)


def _near(now: datetime, way: int) -> datetime:
    # Clocks are changed on whole minutes: within one the day stays what it is.
    minute = now.replace(second=0, microsecond=0)
    return minute if way < 0 else minute + timedelta(minutes=1)
