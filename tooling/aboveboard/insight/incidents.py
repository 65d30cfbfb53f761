"""Which incidents are going on, which were near misses, and how bad they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from aboveboard.content.entry import Entry
from aboveboard.content.incident_times import Status

QUIET = timedelta(days=30)


def is_over(entry: Entry) -> bool:
    """Tell whether an incident is resolved or reviewed; a near miss never went on."""
    if entry.incident is None or entry.times is None:
        return True
    if is_near_miss(entry):
        return True
    return entry.times.status in (Status.RESOLVED, Status.REVIEWED)


def is_near_miss(entry: Entry) -> bool:
    """Tell whether an entry reports what nearly happened."""
    return entry.incident is not None and entry.incident.type == "near-miss"


def went_quiet(entry: Entry, today: date) -> bool:
    """Tell whether an incident began over 30 days ago and nothing says that it ended."""
    return not is_over(entry) and today - entry.day > QUIET


def going_on(entries: Iterable[Entry], today: date) -> list[Entry]:
    """Return the incidents that are not over, newest first; those that went quiet apart."""
    return [entry for entry in entries if not is_over(entry) and not went_quiet(entry, today)]


def within_a_year(entries: Iterable[Entry], today: date) -> list[Entry]:
    """Return the incidents of the last 365 days, today among them."""
    return [entry for entry in entries if timedelta(0) <= today - entry.day < timedelta(days=365)]


def severity_place(entry: Entry, scale: Sequence[str]) -> int | None:
    """Return an incident's place on the organisation's scale, 0 for the worst; None where it says none."""
    severity = entry.incident.severity if entry.incident else None
    return scale.index(severity) if severity in scale else None


def worst_severity(entries: Iterable[Entry], scale: Sequence[str]) -> str | None:
    """Return the worst severity among incidents, or None where none of them says one."""
    places = [place for entry in entries if (place := severity_place(entry, scale)) is not None]
    return scale[min(places)] if places else None
