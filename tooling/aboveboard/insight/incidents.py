"""Which incidents are going on, which were near misses, and how bad they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from aboveboard.content.entry import Entry
from aboveboard.content.incident_times import Status
from aboveboard.content.times import describe_duration

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


def open_incidents(entries: Iterable[Entry], today: date) -> list[Entry]:
    """Return our own incidents that are going on, newest first: drafts too, other organisations' stories not."""
    return going_on((e for e in entries if _is_ours(e)), today)


def awaiting_review(entries: Iterable[Entry]) -> list[Entry]:
    """Return our own incidents that are over and not reviewed, newest first; near misses are over at once."""
    return [e for e in entries if _is_ours(e) and is_over(e) and e.incident and not e.incident.reviewed]


def what_follows(entry: Entry, milestone: str | None) -> list[str]:
    """Return what a milestone just marked tells and what comes next, a line each."""
    times = entry.times
    if times is None or milestone is None:
        return []
    lines = []
    said = {"detected": "it was noticed after", "mitigated": "users were affected for", "resolved": "it took"}
    if milestone in said:
        length = times.duration("started", milestone)
        if length is not None:
            lines.append(f"{said[milestone]} {describe_duration(length)}")
        elif "started" not in times.milestones:
            lines.append("when did it start? aboveboard incident mark started --at 02:00")
    if milestone == "mitigated" and not is_over(entry):
        lines.append("when it is over: aboveboard incident mark resolved")
    if milestone == "resolved":
        lines.append("what the report still needs: aboveboard incident review")
    return lines


def _is_ours(entry: Entry) -> bool:
    return not (entry.is_retold or entry.fields.withdrawn)
