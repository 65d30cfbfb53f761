"""TM: times that cannot be, or cannot be understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, timedelta

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.entry import Entry
from aboveboard.content.incident_times import IncidentTimes
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.timeline import MILESTONES
from aboveboard.content.times import Moment, Oddity, resolve
from aboveboard.errors import Position, Severity
from aboveboard.insight.incidents import is_over

LONGEST = timedelta(days=30)
OPEN_DAYS = 7
_OFFSETS = "add its offset, as in 01:30+01:00"


def _where(entry: Entry, times: IncidentTimes, milestone: str) -> Position:
    if milestone in times.fields:
        return entry.matter.position((f"{milestone}_at",))
    return times.marked(milestone)[0].position


def _moments(entry: Entry) -> Iterator[tuple[Position, Moment]]:
    """Every time of an incident that could be read: its fields', then its timeline's."""
    times = entry.times
    if times is None:
        return
    for name, moment in times.fields.items():
        yield entry.matter.position((f"{name}_at",)), moment
    for event in times.events:
        if event.moment:
            yield event.position, event.moment


@rule("TM001", Severity.ERROR, INCIDENT)
def the_end_is_not_before_the_start(entry: Entry, context: Context) -> Iterator[Finding]:
    """An incident cannot end before it starts; one of the two times is a slip, often of the day.

    Bad: `resolved_at: 2026-11-20T01:00Z` under `started_at: 2026-11-20T02:00Z`
    Good: `resolved_at: 2026-11-20T03:00Z`
    """
    times = entry.times
    for end in ("mitigated", "resolved"):
        if times and times.surely_before(end, "started"):
            started, ended = times.milestones["started"].stamp.text, times.milestones[end].stamp.text
            message = f"{end} ({ended}) lies before started ({started}): correct one of the two"
            yield Finding(_where(entry, times, end), message)


@rule("TM002", Severity.ERROR, INCIDENT)
def the_time_exists(entry: Entry, context: Context) -> Iterator[Finding]:
    """When clocks go forward, an hour of local time never happens.

    Bad: `started_at: 2026-03-29 01:30` with `timezone: Europe/London`
    Good: `started_at: 2026-03-29T00:30Z`
    """
    for position, moment in _moments(entry):
        if moment.oddity is Oddity.GAP:
            message = (
                f"{moment.stamp.text} never was in {moment.zone}: "
                f"the clocks went forward over it, so check it against another source"
            )
            yield Finding(position, message)


@rule("TM003", Severity.WARNING, INCIDENT)
def the_time_is_unambiguous(entry: Entry, context: Context) -> Iterator[Finding]:
    """When clocks go back, an hour of local time happens twice, and durations over it are anyone's guess.

    Bad: `started_at: 2026-10-25 01:30` with `timezone: Europe/London`
    Good: `started_at: 2026-10-25T01:30+01:00`
    """
    for position, moment in _moments(entry):
        if moment.oddity is Oddity.FOLD:
            message = f"{moment.stamp.text} was twice in {moment.zone}, as the clocks went back: {_OFFSETS}"
            yield Finding(position, message)


@rule("TM004", Severity.WARNING, INCIDENT)
def the_zone_is_written_down(entry: Entry, context: Context) -> Iterator[Finding]:
    """A time without a zone is a different time to every reader; the zone has to live in the report.

    Bad: `started_at: 2026-11-20 02:04` and no `timezone:`
    Good: `timezone: Europe/London`, or `started_at: 2026-11-20T02:04Z`
    """
    named = entry.times.timeline.zone if entry.times else ""
    for position, moment in _moments(entry):
        if moment.stamp.clock and not moment.zoned:
            add = f"`timezone: {entry.zone}`, if it counts in that"
            if named:
                add = f"`timezone:` with the name of the place; the timeline says {named}, and that is not sure"
            yield Finding(position, f"{moment.stamp.text} has no zone that everybody reads alike: add {add}")
            return


@rule("TM005", Severity.ERROR, INCIDENT)
def a_milestone_is_said_once(entry: Entry, context: Context) -> Iterator[Finding]:
    """Two different times for one milestone leave every duration open to doubt.

    Bad: `resolved_at: 2026-11-20T03:00Z` above a timeline line `03:20 resolved: …`
    Good: one of the two
    """
    times = entry.times
    for name in MILESTONES if times else ():
        assert times is not None
        known = times.fields.get(name)
        for event in times.marked(name):
            if known is None:
                known = event.moment
            elif event.moment and event.moment.at != known.at:
                message = f"{name} is {known.stamp.text} elsewhere, and {event.moment.stamp.text} here: keep one"
                yield Finding(event.position, message)


@rule("TM006", Severity.WARNING, INCIDENT)
def the_time_is_not_in_the_future(entry: Entry, context: Context) -> Iterator[Finding]:
    """What has not happened yet cannot be reported; most often the year or the day is a slip.

    Bad: `started_at: 2062-11-20T02:04Z`
    Good: `started_at: 2026-11-20T02:04Z`
    """
    for position, moment in _moments(entry):
        if not context.clock.has_come(moment.at, timedelta(minutes=-5)):
            yield Finding(position, f"{moment.stamp.text} is in the future: check the day and the zone")


@rule("TM007", Severity.WARNING, INCIDENT)
def it_took_no_longer_than_a_month(entry: Entry, context: Context) -> Iterator[Finding]:
    """An incident of more than 30 days is rare; a slip of the month is not.

    Bad: `started_at: 2026-01-20T02:04Z` and `resolved_at: 2026-11-20T03:00Z`
    Good: `started_at: 2026-11-20T02:04Z`
    """
    times = entry.times
    length = times.duration("started", "resolved") if times else None
    if times and length and length > LONGEST:
        message = f"{length.days} days from started to resolved: right, or a slip of the month?"
        yield Finding(_where(entry, times, "resolved"), message)


@rule("TM010", Severity.WARNING)
def the_name_has_the_day_of_the_entry(entry: Entry, context: Context) -> Iterator[Finding]:
    """A file is named after its day, so that folders sort; the field wins where the two differ.

    Bad: `2026-11-19-checkout.md` with `date: 2026-11-20`
    Good: `2026-11-20-checkout.md`
    """
    match = re.match(r"\d{4}-\d{2}-\d{2}(?=-|$)", entry.id)
    days = {entry.day, entry.opens_at.astimezone(UTC).date()}
    started = entry.times.milestones.get("started") if entry.times else None
    if started:
        days |= {started.at.date(), started.local.date()}
    if match and match[0] not in {day.isoformat() for day in days}:
        message = f"the file is named after {match[0]}, its date is {entry.day}: check which is right"
        yield Finding(entry.matter.position(("date",)), message)


@rule("TM011", Severity.WARNING, INCIDENT)
def milestones_follow_each_other(entry: Entry, context: Context) -> Iterator[Finding]:
    """Noticed after the end, or resolved before users were well again: possible, but mostly a slip.

    Bad: `mitigated_at` later than `resolved_at`
    Good: `mitigated_at` at or before `resolved_at`
    """
    times = entry.times
    for later, earlier in (("resolved", "mitigated"), ("resolved", "detected")):
        if times and times.surely_before(later, earlier):
            message = f"{later} lies before {earlier}: check the two"
            yield Finding(_where(entry, times, later), message)


@rule("TM015", Severity.WARNING)
def it_is_not_published_before_its_time(entry: Entry, context: Context) -> Iterator[Finding]:
    """A feed sorts by these days; one in the future stays on top of everything.

    Bad: `updated: 2099-01-01`
    Good: `updated: 2026-11-22`
    """
    for name in ("published", "updated"):
        stamp = getattr(entry.fields, name)
        moment = resolve(stamp, entry.zone) if stamp else None
        if moment and not context.clock.has_come(moment.at, timedelta(days=-1)):
            message = f"`{name}` is in the future ({stamp.text}): `date` is what holds an entry back"
            yield Finding(entry.matter.position((name,)), message)


@rule("TM016", Severity.WARNING, INCIDENT)
def an_incident_ends(entry: Entry, context: Context) -> Iterator[Finding]:
    """Until the report says that it ended, its page says that it goes on.

    Bad: an incident of last month without `resolved_at:`
    Good: `resolved_at: 2026-11-20T03:10Z`, or a line `03:10 resolved: …` in the timeline
    """
    days = 0 if is_over(entry) else context.clock.days_since(entry.opens_at)
    if days >= OPEN_DAYS:
        message = f"it began {days} days ago, and nothing says that it ended: mark it resolved"
        yield Finding(entry.matter.position(("date",)), message)
