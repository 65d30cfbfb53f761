"""What an incident's times say: milestones, events, durations, status. Derived, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta, tzinfo
from enum import StrEnum

from aboveboard.content.fields.incident import IncidentFields
from aboveboard.content.prose import Prose
from aboveboard.content.stamps import Stamp
from aboveboard.content.timeline import MILESTONES, Event, Timeline, read_timeline
from aboveboard.content.times import Moment, resolve


class Status(StrEnum):
    """How far an incident is; derived from its milestones and its review."""

    OPEN = "open"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Duration:
    """From one milestone to another; None where one of them is unknown or vague."""

    name: str
    start: str
    end: str
    length: timedelta | None


# What is reckoned, and from what to what. Time to detect, to mitigate and to resolve all count from
# the start of the impact, as the reader lived it.
# Names of zones that mean one thing everywhere.
SURE = ("UTC", "GMT")
DURATIONS = (
    ("until noticed", "started", "detected"),
    ("until declared", "started", "declared"),
    ("until users were well again", "started", "mitigated"),
    ("until resolved", "started", "resolved"),
)


@dataclass(frozen=True, slots=True)
class IncidentTimes:
    """Milestones by name, in order of the list; the timeline as written; what follows from them."""

    milestones: Mapping[str, Moment]
    timeline: Timeline
    fields: Mapping[str, Moment]
    status: Status

    @property
    def events(self) -> tuple[Event, ...]:
        return self.timeline.events

    def duration(self, start: str, end: str) -> timedelta | None:
        """Return the time between two milestones, reckoned in UTC; None unless both are exact and in order."""
        first, last = self.milestones.get(start), self.milestones.get(end)
        if first is None or last is None or not (first.exact and last.exact) or last.at < first.at:
            return None
        return last.at - first.at

    @property
    def durations(self) -> tuple[Duration, ...]:
        return tuple(Duration(name, start, end, self.duration(start, end)) for name, start, end in DURATIONS)

    def marked(self, milestone: str) -> list[Event]:
        """Return the timeline's events that mark a milestone and could be read."""
        return [event for event in self.events if event.kind == milestone and event.moment]

    def surely_before(self, later: str, earlier: str) -> bool:
        """Tell whether `later` certainly lies before `earlier`, however vague the two are."""
        first, last = self.milestones.get(earlier), self.milestones.get(later)
        return first is not None and last is not None and last.latest < first.earliest


def read_incident_times(fields: IncidentFields, prose: Prose, zone: tzinfo) -> IncidentTimes:
    """Derive an incident's times from its fields and its timeline; the field wins where both say one."""
    day = fields.date.day
    written = {name: getattr(fields, f"{name}_at") for name in MILESTONES}
    from_fields = {
        name: moment
        for name, stamp in written.items()
        if isinstance(stamp, Stamp) and (moment := resolve(stamp, zone, day))
    }
    started = from_fields.get("started")
    first_day = started.local.date() if started and started.stamp.day else day
    timeline = read_timeline(prose, zone, first_day)
    if fields.timezone is None and timeline.zone not in SURE:
        from_fields = {name: _unzoned(moment) for name, moment in from_fields.items()}
        events = (replace(e, moment=_unzoned(e.moment)) if e.moment else e for e in timeline.events)
        timeline = replace(timeline, events=tuple(events))
    milestones: dict[str, Moment] = {}
    for name in MILESTONES:
        marked = next((event.moment for event in timeline.events if event.kind == name and event.moment), None)
        moment = from_fields.get(name) or marked
        if moment is not None:
            milestones[name] = moment
    return IncidentTimes(milestones, timeline, from_fields, _status(fields, milestones))


def _unzoned(moment: Moment) -> Moment:
    return moment if moment.stamp.offset is not None else replace(moment, zoned=False)


def _status(fields: IncidentFields, milestones: Mapping[str, Moment]) -> Status:
    if fields.reviewed:
        return Status.REVIEWED
    if "resolved" in milestones:
        return Status.RESOLVED
    return Status.MITIGATED if "mitigated" in milestones else Status.OPEN
