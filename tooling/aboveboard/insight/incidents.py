"""Which incidents are going on."""

from __future__ import annotations

from collections.abc import Iterable

from aboveboard.content.entry import Entry
from aboveboard.content.incident_times import Status


def is_over(entry: Entry) -> bool:
    """Tell whether an incident is resolved or reviewed; a near miss never went on."""
    if entry.incident is None or entry.times is None:
        return True
    if entry.incident.type == "near-miss":
        return True
    return entry.times.status in (Status.RESOLVED, Status.REVIEWED)


def going_on(entries: Iterable[Entry]) -> list[Entry]:
    """Return the incidents that are not over, newest first."""
    return [entry for entry in entries if not is_over(entry)]
