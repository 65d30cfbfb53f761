"""What the picture of a timeline says of itself in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aboveboard.content.incident_times import IncidentTimes
from aboveboard.content.times import Moment, describe_duration
from aboveboard.outputs.charts.clock import say_clock
from aboveboard.outputs.charts.marks import STRIPES, TRIANGLE, UPRIGHT, Key
from aboveboard.outputs.format import counted, say_day, zone_name


def legend_of(bar: bool, exact: bool, others: int) -> list[Key]:
    """Return what the marks mean, those that are drawn: the bar, other events, whether all times are exact."""
    keys = []
    if bar:
        keys.append(Key(STRIPES, "ab-span-key", "striped: users were affected"))
    if others:
        keys.append(Key(UPRIGHT, "ab-place-any", f"below: {counted(others, 'other event')}"))
    if not exact:
        keys.append(Key(TRIANGLE, "ab-place-any ab-hollow", "hollow, ~: known only roughly"))
    return keys


def describe(times: IncidentTimes, placed: Mapping[str, Moment], affected: bool, is_open: bool) -> str:
    """Return from when to when it went, in which zone, and for how long users were affected.

    `placed`: the milestones drawn; `affected`: whether there is a bar; `is_open`: whether it has no end yet.
    """
    order = sorted(placed.values(), key=lambda moment: moment.at)
    first, last = order[0].local, order[-1].local
    until = say_clock(last) if last.date() == first.date() else f"{say_clock(last)} on {say_day(last.date())}"
    to = "" if affected and is_open else f" to {until}"
    said = [f"From {say_clock(first)} on {say_day(first.date())}{to}{_zone(times, order)}."]
    length = times.duration("started", "mitigated" if "mitigated" in times.milestones else "resolved")
    if affected and is_open:
        said.append("No end is given so far.")
    elif affected and length is not None:
        said.append(f"Users were affected for {describe_duration(length)}.")
    elif affected:
        said.append("How long users were affected is known only roughly.")
    return " ".join(said)


def _zone(times: IncidentTimes, order: Sequence[Moment]) -> str:
    """Return which zone the clocks are of; where nobody wrote one, none is made up."""
    if all(moment.zoned for moment in order):
        names = dict.fromkeys(zone_name(moment.local) for moment in order)
        return f" ({', then '.join(names)})"
    return f" ({times.timeline.zone})" if times.timeline.zone else ", in a time zone that the report does not name"


def left_out(times: IncidentTimes, days: int, beyond: int) -> str:
    """Return what stands in place of the data: where on the page it is, and what the picture leaves out."""
    marked = all(times.marked(name) for name in times.milestones)
    where = "in the table below" if marked else "in the table below and at the top of this page"
    out = [
        f"{counted(days, 'time')} given as a day alone" if days else "",
        f"{counted(beyond, 'event')} long before or after" if beyond else "",
    ]
    left = " and ".join(part for part in out if part)
    return f"All times are {where}{f'; not drawn: {left}' if left else ''}."
