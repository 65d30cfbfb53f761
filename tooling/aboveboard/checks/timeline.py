"""TM: the timeline of an incident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.timeline import HEADING as TIMELINE
from aboveboard.content.times import Moment
from aboveboard.errors import Severity

FAR = timedelta(days=31)


@rule("TM008", Severity.WARNING, INCIDENT)
def a_timeline_line_can_be_read(entry: Entry, context: Context) -> Iterator[Finding]:
    """A line without a time is shown as it stands, but cannot be put in order.

    Bad: `- 9.45pm we rolled back`
    Good: `- 21:45 act: we rolled back`
    """
    times = entry.times
    for event in times.events if times else ():
        if event.moment is None:
            shown = event.what if len(event.what) <= 40 else f"{event.what[:40]}\u2026"
            message = f"this timeline line cannot be read ({shown!r}): {event.why or 'begin with a time'}"
            yield Finding(event.position, message)
            if times and not times.timeline.lines:
                # Nothing there could be read: one line says enough.
                return
    if times and not times.events:
        yield from _times_in_headings(entry)


def _times_in_headings(entry: Entry) -> Iterator[Finding]:
    section = entry.prose.section(TIMELINE)
    for heading in entry.prose.headings if section else ():
        assert section is not None
        if section.start < heading.line < section.end and re.match(r"\D{0,12}\d{1,2}:\d{2}", heading.text):
            message = "a time in a heading is not read: write the timeline as a list, `- 11:22 act: …`"
            yield Finding(entry.prose.position(heading.line), message)
            return


@rule("TM009", Severity.WARNING, INCIDENT)
def the_timeline_is_in_order(entry: Entry, context: Context) -> Iterator[Finding]:
    """Lines out of order are shown in order of time; one that passed midnight without its date is a day off.

    Bad: `- 23:50 …` followed by `- 00:10 …`
    Good: `- 23:50 …` followed by `- 2026-11-21 00:10 …`
    """
    last: Moment | None = None
    for event in entry.times.events if entry.times else ():
        if event.moment is None:
            continue
        if last and event.moment.exact and last.exact and event.moment.at < last.at:
            message = f"{event.moment.stamp.text} comes after {last.stamp.text}: past midnight, write the date"
            yield Finding(event.position, message)
        last = event.moment


@rule("TM013", Severity.WARNING, INCIDENT)
def the_timeline_belongs_to_the_incident(entry: Entry, context: Context) -> Iterator[Finding]:
    """A line more than a month before or after the rest has most often the wrong month or year.

    Bad: `- 2022-01-11 14:51 …` in an incident of January 2023
    Good: `- 2023-01-11 14:51 …`
    """
    times = entry.times
    known = list(times.milestones.values()) if times else []
    for event in times.events if times and known else ():
        if event.moment is None:
            continue
        before = min(moment.earliest for moment in known) - event.moment.at
        after = event.moment.at - max(moment.latest for moment in known)
        if max(before, after) > FAR:
            message = f"{event.moment.stamp.text} is over a month from the incident: check the month and the year"
            yield Finding(event.position, message)
