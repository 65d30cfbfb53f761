"""Columns of incidents: what happened when, as far as it is known, and how long things took."""

from __future__ import annotations

from aboveboard.content.entry import Entry
from aboveboard.content.fields.incident import Factor, Figure, IncidentFields
from aboveboard.content.incident_times import DURATIONS, SURE, Status
from aboveboard.content.public import PublicLibrary
from aboveboard.content.timeline import MILESTONES
from aboveboard.content.times import Moment
from aboveboard.outputs.machines.data.columns import COUNT, INSTANT, TEXT, Column, choice, field, parts_of

_MEANT = {
    "started": "users began to be affected",
    "detected": "somebody or something noticed",
    "declared": "it was called an incident",
    "mitigated": "users were no longer affected",
    "resolved": "nothing was left to mend",
}
_UNTIL = {
    "detected": ("minutes_until_detected", "noticed"),
    "declared": ("minutes_until_declared", "declared"),
    "mitigated": ("minutes_until_mitigated", "mitigated"),
    "resolved": ("minutes_until_resolved", "resolved"),
}


def _moment(entry: Entry, milestone: str) -> Moment | None:
    return entry.times.milestones.get(milestone) if entry.times else None


def _is_sure(moment: Moment) -> bool:
    return moment.exact and moment.zoned


def _sure(milestone: str) -> Column[Entry]:
    def instant(library: PublicLibrary, entry: Entry) -> object:
        moment = _moment(entry, milestone)
        return moment.at if moment and _is_sure(moment) else None

    meaning = f"When {_MEANT[milestone]}; null where that is not known for sure."
    return Column(milestone, INSTANT, meaning, instant)


def _vague(milestone: str) -> Column[Entry]:
    def written(library: PublicLibrary, entry: Entry) -> str | None:
        moment = _moment(entry, milestone)
        return None if moment is None or _is_sure(moment) else as_written(moment)

    meaning = (
        f"What is known of `{milestone}` where it is no instant: a day, `~` before a time that is about right."
    )
    return Column(f"{milestone}_as_written", TEXT, meaning, written)


def as_written(moment: Moment) -> str:
    """Return a time as it was written, with its day: `2026-11-20`, `~2026-11-20 02:30+01:00`."""
    stamp = moment.stamp
    day = (stamp.day or moment.local.date()).isoformat()
    about = "~" if stamp.approximate else ""
    if stamp.clock is None:
        return f"{about}{day}"
    offset = ""
    if stamp.offset is not None:
        minutes = int(stamp.offset.total_seconds() // 60)
        offset = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    clock = stamp.clock.isoformat("seconds" if stamp.clock.second else "minutes")
    return f"{about}{day} {clock}{offset}"


def _zone(library: PublicLibrary, entry: Entry) -> str | None:
    """Return the zone in which times without an offset were read; None where nobody said one."""
    if entry.incident and entry.incident.timezone:
        return entry.incident.timezone
    return "UTC" if entry.times and entry.times.timeline.zone in SURE else None


def _minutes(start: str, end: str) -> Column[Entry]:
    name, what = _UNTIL[end]

    def count(library: PublicLibrary, entry: Entry) -> int | None:
        length = entry.times.duration(start, end) if entry.times else None
        return None if length is None else round(length.total_seconds() / 60)

    meaning = f"From `{start}` until it was {what}; null unless both are exact."
    return Column(name, COUNT, meaning, count, unit="minutes")


INCIDENT_COLUMNS: tuple[Column[Entry], ...] = (
    field(IncidentFields, "severity", TEXT, "On the organisation's own scale, which the index of the API has."),
    field(IncidentFields, "type"),
    Column(
        "status",
        choice([status.value for status in Status]),
        "How far it is, by its times and its review.",
        lambda _, entry: entry.times.status.value if entry.times else None,
        True,
    ),
    field(IncidentFields, "detection"),
    *(_sure(milestone) for milestone in MILESTONES),
    *(_vague(milestone) for milestone in MILESTONES),
    Column(
        "timezone", TEXT, "In which times as written count, unless they have an offset; null if unsaid.", _zone
    ),
    *(_minutes(start, end) for _, start, end in DURATIONS),
    field(IncidentFields, "reviewed"),
    field(IncidentFields, "factors", parts_of(Factor)),
    field(IncidentFields, "figures", parts_of(Figure)),
)
