"""What happened to each service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.durations import Distribution, comparable, distribution
from aboveboard.insight.incidents import is_near_miss, worst_severity


@dataclass(frozen=True, slots=True)
class Record:
    """One service with what happened to it. `latest`: the day of its newest incident or near miss."""

    service: str
    incidents: int
    near_misses: int
    worst: str | None
    durations: Distribution
    latest: date


def service_records(library: PublicLibrary) -> list[Record]:
    """Return a record of every service that an incident names: most incidents first, then by name."""
    scale = library.project.settings.severities
    records = [
        _record(name, found, scale)
        for name, entries in library.by_service.items()
        if (found := [entry for entry in entries if entry.incident])
    ]
    return sorted(records, key=lambda record: (-record.incidents, -record.near_misses, record.service))


def _record(name: str, entries: list[Entry], scale: Sequence[str]) -> Record:
    incidents = [entry for entry in entries if not is_near_miss(entry)]
    return Record(
        service=name,
        incidents=len(incidents),
        near_misses=len(entries) - len(incidents),
        worst=worst_severity(incidents, scale),
        durations=distribution(comparable(incidents)),
        latest=max(entry.day for entry in entries),
    )
