"""Which incidents are going on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from aboveboard.content.entry import Entry
from aboveboard.content.incident_times import Status

QUIET = timedelta(days=30)


def is_over(entry: Entry) -> bool:
    """Tell whether an incident is resolved or reviewed; a near miss never went on."""
    if entry.incident is None or entry.times is None:
        return True
    if entry.incident.type == "near-miss":
        return True
    return entry.times.status in (Status.RESOLVED, Status.REVIEWED)


def went_quiet(entry: Entry, today: date) -> bool:
    """Tell whether an incident began over 30 days ago and nothing says that it ended."""
    return not is_over(entry) and today - entry.day > QUIET


def going_on(entries: Iterable[Entry], today: date) -> list[Entry]:
    """Return the incidents that are not over, newest first; those that went quiet apart."""
    return [entry for entry in entries if not is_over(entry) and not went_quiet(entry, today)]
