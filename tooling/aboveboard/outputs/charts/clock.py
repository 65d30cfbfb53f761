"""Ticks on an axis of instants, on the clock of a zone: from seconds to years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo

from aboveboard.outputs.charts.scale import Tick, date_ticks
from aboveboard.outputs.format import MONTHS

_MINUTE, _HOUR = 60, 3600
_STEPS = (
    *(1, 2, 5, 10, 20, 30),
    *(n * _MINUTE for n in (1, 2, 5, 10, 15, 30)),
    *(n * _HOUR for n in (1, 2, 3, 6, 12)),
)


def clock_ticks(first: datetime, last: datetime, zone: tzinfo, most: int = 5) -> list[Tick]:
    """Return ticks from one instant to another, as Unix times in seconds, at most `most` of them.

    They stand at round times on the zone's clock; from about two days on, at its midnights.
    """
    span = (last - first).total_seconds()
    for step in _STEPS:
        # `02:04:30` takes more room than `02:04`.
        fit = most if step >= _MINUTE else most - 2
        if span / step > fit + 1:
            continue
        found = list(_instants(first, last, zone, step))
        if len(found) <= fit:
            return [Tick(at.timestamp(), _label(at.astimezone(zone), step)) for at in found]
    days = date_ticks(first.astimezone(zone).date(), last.astimezone(zone).date(), most)
    midnights = [(_midnight(day.value, zone), day.label) for day in days]
    return [Tick(at.timestamp(), label) for at, label in midnights if first <= at <= last]


def say_clock(local: datetime, seconds: bool = False) -> str:
    """Return `02:04`, or `02:04:30` where seconds matter."""
    return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"


def say_short_day(local: datetime) -> str:
    """Return `20 Nov`."""
    return f"{local.day} {MONTHS[local.month - 1][:3]}"


def _instants(first: datetime, last: datetime, zone: tzinfo, step: int) -> Iterator[datetime]:
    # Counted in UTC from the first midnight: where clocks change, a tick says what the clock said then.
    midnight = datetime.combine(first.astimezone(zone).date(), time(0), zone).astimezone(UTC)
    behind = (first - midnight).total_seconds()
    at = midnight + timedelta(seconds=-(-behind // step) * step)
    while at <= last:
        yield at
        at += timedelta(seconds=step)


def _midnight(ordinal: float, zone: tzinfo) -> datetime:
    return datetime.combine(datetime.fromordinal(int(ordinal)), time(0), zone).astimezone(UTC)


def _label(local: datetime, step: int) -> str:
    if step >= _HOUR and local.time() == time(0):
        return say_short_day(local)
    return say_clock(local, seconds=step < _MINUTE)
