"""From values to positions, linear or logarithmic, and where the ticks of an axis stand.

Positions are in whatever unit the drawing uses: per cent of its width, or pixels of its height.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from aboveboard.outputs.format import MONTHS

# Lengths that people think in; a logarithmic axis of durations begins and ends at one of them.
STEPS = (
    (timedelta(minutes=1), "1 min"),
    (timedelta(minutes=10), "10 min"),
    (timedelta(hours=1), "1 h"),
    (timedelta(hours=6), "6 h"),
    (timedelta(days=1), "1 day"),
    (timedelta(weeks=1), "1 week"),
    (timedelta(days=30), "30 days"),
    (timedelta(days=365), "1 year"),
    (timedelta(days=3650), "10 years"),
    (timedelta(days=36500), "100 years"),
)
# Distances between the ticks of a calendar, finest first: the unit, how many, and about how many days.
_CALENDAR = (
    *(("day", n, float(n)) for n in (1, 2, 7, 14)),
    *(("month", n, n * 30.4) for n in (1, 3, 6)),
    *(("month", 12 * n, n * 365.25) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Places values from `low` to `high` between `start` and `end`; what lies outside stands at the edge."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        """Return the position of a value."""
        low, high, at = self.low, self.high, min(max(value, self.low), self.high)
        if low == high:
            return (self.start + self.end) / 2
        if self.logarithmic:
            low, high, at = math.log(low), math.log(high), math.log(at)
        return self.start + (self.end - self.start) * (at - low) / (high - low)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: a value on its scale, and what stands beside it."""

    value: float
    label: str


def duration_ticks(shortest: timedelta, longest: timedelta) -> list[Tick]:
    """Return ticks, in seconds, that reach from below the shortest length to above the longest.

    There are two at least. What is shorter than a minute or longer than a century lies outside.
    """
    first = max((n for n, (step, _) in enumerate(STEPS) if step <= shortest), default=0)
    last = min((n for n, (step, _) in enumerate(STEPS) if step >= longest), default=len(STEPS) - 1)
    if first == last:
        first, last = (first, last + 1) if last + 1 < len(STEPS) else (first - 1, last)
    return [Tick(step.total_seconds(), label) for step, label in STEPS[first : last + 1]]


def date_ticks(first: date, last: date, most: int = 5) -> list[Tick]:
    """Return ticks from one day to another, as ordinal days, at most `most` of them.

    They stand at whole days, Mondays, months, quarters or years, as close together as that allows.
    The labels are short, so that they do not meet on a narrow page: a year stands at a January alone.
    """
    span = (last - first).days
    for unit, count, days in _CALENDAR:
        # `20 Nov` takes more room than `Nov` or `2026`.
        fit = most - (unit == "day")
        if span / days > fit + 1:
            continue
        found = list(_days(first, last, count) if unit == "day" else _months(first, last, count))
        if len(found) <= fit:
            return [Tick(day.toordinal(), _label(day, unit)) for day in found]
    return []


def _days(first: date, last: date, count: int) -> Iterator[date]:
    # Steps of weeks stand on Mondays: ordinal day 1 is one.
    aligned = -(-(first.toordinal() - 1) // count) * count + 1 if count % 7 == 0 else first.toordinal()
    yield from (date.fromordinal(n) for n in range(aligned, last.toordinal() + 1, count))


def _months(first: date, last: date, count: int) -> Iterator[date]:
    begin = first.year * 12 + first.month - 1 + (first.day > 1)
    # Counted from year 0, so that quarters begin in January and decades in years that end in 0.
    for month in range(-(-begin // count) * count, last.year * 12 + last.month, count):
        if month >= 12:
            yield date(month // 12, month % 12 + 1, 1)


def _label(day: date, unit: str) -> str:
    month = MONTHS[day.month - 1][:3]
    if unit == "day":
        return f"{day.day} {month}"
    return str(day.year) if day.month == 1 else month
