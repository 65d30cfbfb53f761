"""From written times to instants: zones, the hours that clocks skip or repeat, and honest vagueness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aboveboard.content.stamps import Stamp, fixed_zone


class Oddity(StrEnum):
    """What daylight saving did to a local time."""

    GAP = "gap"  # the clocks went forward over it: it never was
    FOLD = "fold"  # the clocks went back over it: it was twice


@dataclass(frozen=True, slots=True)
class Moment:
    """A stamp in its zone.

    `at` is the instant in UTC (midnight local for a day alone; the first of two for a fold).
    `exact` says whether it may be reckoned with: durations and orders are made of exact moments only.
    `zoned` is False where nobody said which zone: durations still hold, but the clock may be another's.
    """

    stamp: Stamp
    at: datetime
    zone: tzinfo
    oddity: Oddity | None = None
    zoned: bool = True

    @property
    def exact(self) -> bool:
        return not (self.stamp.approximate or self.stamp.is_day or self.oddity)

    @property
    def local(self) -> datetime:
        """The instant on the clock of its zone."""
        return self.at.astimezone(self.zone)

    @property
    def earliest(self) -> datetime:
        """The first instant it can mean; `~` is taken for half an hour either way."""
        return self.at - timedelta(minutes=30) if self.stamp.approximate else self.at

    @property
    def latest(self) -> datetime:
        """The last instant it can mean: a day is 24 hours wide, the hour that clocks repeat is twice."""
        if self.stamp.is_day:
            return self.at + timedelta(days=1)
        if self.oddity is Oddity.FOLD:
            return self.at + timedelta(hours=2)
        return self.at + timedelta(minutes=30) if self.stamp.approximate else self.at


def resolve(stamp: Stamp, zone: tzinfo, day: date | None = None) -> Moment | None:
    """Return the moment a stamp means in `zone`; `day` serves a clock time that names none.

    None when there is no day to be had, or the calendar ends (year 1 or 9999).
    """
    on = stamp.day or day
    if on is None:
        return None
    where = fixed_zone(stamp.offset) if stamp.offset is not None else zone
    local = datetime.combine(on, stamp.clock or time(0))
    try:
        first = local.replace(tzinfo=where, fold=0).astimezone(UTC)
        second = local.replace(tzinfo=where, fold=1).astimezone(UTC)
        back = first.astimezone(where).replace(tzinfo=None)
    except OverflowError:
        return None
    oddity = None
    if not stamp.is_day and first != second:
        oddity = Oddity.FOLD if back == local and second > first else Oddity.GAP
    return Moment(stamp, min(first, second) if oddity is Oddity.FOLD else first, zone, oddity)


# In the tz database, and no place: what they mean depends on the machine.
_NOWHERE = frozenset(["localtime", "Factory", "posixrules"])


def find_zone(name: str) -> ZoneInfo:
    """Return an IANA zone; raise ValueError for anything else, abbreviations included."""
    try:
        if (
            name in _NOWHERE
            or name.startswith(("posix/", "right/"))
            or name != name.strip()
            or (name.isupper() and "/" not in name and name not in ("UTC", "GMT"))
        ):
            raise ZoneInfoNotFoundError
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone: write an IANA name such as Europe/London or UTC") from None


def describe_duration(delta: timedelta) -> str:
    """Say a duration as a person would: `37 minutes`, `2 hours 14 minutes`, `3 days 1 hour`."""
    minutes = round(abs(delta.total_seconds()) / 60)
    if minutes == 0:
        return "less than a minute"
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return " ".join(said[:2])
