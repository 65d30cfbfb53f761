"""What is new since a week ago: published, mended, resolved, concluded, kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from aboveboard.content.entry import Entry
from aboveboard.insight.actions import Promise, promises
from aboveboard.insight.board import ended_on
from aboveboard.insight.weeks import milestone_day

DAYS = 7


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an entry on a day, in words (`published`, `resolved`); or of the `promise` it made."""

    day: date
    entry: Entry
    words: tuple[str, ...]
    promise: Promise | None = None


def recent_changes(entries: Iterable[Entry], today: date) -> list[Change]:
    """Return what changed in the seven days up to and with `today`, the newest first; one for an entry and day."""
    found: list[Change] = []
    for entry in entries:
        days: dict[date, list[str]] = defaultdict(list)
        for word, day in _days(entry, today):
            if day is not None and 0 <= (today - day).days < DAYS and word not in days[day]:
                days[day].append(word)
        found += [Change(day, entry, _telling(words)) for day, words in days.items() if words]
        for promise in promises([entry]) if not entry.is_retold else ():
            closed = promise.action.closed
            if closed and 0 <= (today - closed).days < DAYS and promise.action.status != "open":
                found.append(Change(closed, entry, (promise.action.status,), promise))
    return sorted(found, key=lambda change: change.day, reverse=True)


def _days(entry: Entry, today: date) -> Iterator[tuple[str, date | None]]:
    yield "published", entry.sort_at.astimezone(entry.zone).date()
    for correction in entry.fields.corrections:
        yield "corrected", correction.date
    if entry.incident:
        yield "resolved", milestone_day(entry, "resolved")
        yield "reviewed", entry.incident.reviewed
    if entry.experiment:
        yield entry.experiment.stage, ended_on(entry, today)
    if entry.fields.updated:
        yield "updated", entry.updated_at.astimezone(entry.zone).date()


def _telling(words: list[str]) -> tuple[str, ...]:
    """Leave `updated` out where something else says what was new that day."""
    return tuple(word for word in words if word != "updated" or len(words) == 1)
