"""The timeline of an incident as a picture: milestones on a time axis, and how long users were affected.

Every milestone has a row of its own, in order of time, so that their labels never meet, be they
seconds apart or months, on a telephone or a wide screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from aboveboard.content.entry import Entry
from aboveboard.content.timeline import MILESTONES
from aboveboard.content.times import Moment
from aboveboard.insight.incidents import is_near_miss, is_over
from aboveboard.outputs.charts.clock import clock_ticks, say_clock, say_short_day
from aboveboard.outputs.charts.figure import Chart
from aboveboard.outputs.charts.marks import (
    CIRCLE,
    DIAMOND,
    PLUS,
    POINTER,
    SQUARE,
    Shape,
)
from aboveboard.outputs.charts.scale import Scale
from aboveboard.outputs.entry.span_words import describe, left_out, legend_of

WIDTH, ROW, TOP = 640, 24, 14
# The narrowest room a drawing gets, on a screen of 320 pixels, and how wide a letter is at most.
NARROW, LETTER = 272, 7.4
SHAPES: dict[str, Shape] = dict(zip(MILESTONES, (POINTER, CIRCLE, DIAMOND, SQUARE, PLUS), strict=True))
# How far from the milestones other events are drawn, as a share of their span: those beyond would squeeze them.
REACH = 0.5
# Two ticks of events closer than this, in per cent, are one.
FINE = 0.25


@dataclass(frozen=True, slots=True)
class Milestone:
    """One milestone in the drawing. `x` in per cent, `y` in pixels; `words` stand beside it."""

    name: str
    x: float
    y: float
    shape: Shape
    words: str
    is_exact: bool

    @property
    def leads(self) -> bool:
        """Whether its label stands to the left of it: where there is more room."""
        return self.x > 50

    def box(self, width: float) -> tuple[float, float, float, float]:
        """Return the left, top, right and bottom of its label, in pixels, in a drawing of some width."""
        at, long = self.x * width / 100, LETTER * (len(self.name) + 1 + len(self.words))
        left = at - 12 - long if self.leads else at + 12
        return left, self.y - 9, left + long, self.y + 5


@dataclass(frozen=True, slots=True)
class Bar:
    """When users were affected, in per cent; `is_exact` at both ends; `is_open` where no end is known yet."""

    start: float
    end: float
    is_exact: bool
    is_open: bool


def span_chart(entry: Entry) -> Chart | None:
    """Return the picture of an incident's timeline.

    None for other kinds, and where there is too little to draw: it takes two milestones with a
    clock time, and two exact times that differ.
    """
    times = entry.times
    if times is None:
        return None
    placed = {name: moment for name, moment in times.milestones.items() if not moment.stamp.is_day}
    others = [e.moment for e in times.events if e.kind not in MILESTONES and e.moment]
    clocked = [moment for moment in others if not moment.stamp.is_day]
    exact = {moment.at for moment in (*placed.values(), *clocked) if moment.exact}
    if len(placed) < 2 or len(exact) < 2:
        return None
    low, high, beyond = _reach([m.at for m in placed.values()], [m.at for m in clocked], _is_open(entry))
    across = Scale(low.timestamp(), high.timestamp(), 0, 100)
    within = [moment for moment in clocked if low <= moment.at <= high]
    marks = _milestones(placed, across, high - low)
    bar = _bar(entry, placed, across)
    floor = TOP + ROW * len(marks) + 24
    days = sum(m.stamp.is_day for m in (*times.milestones.values(), *others))
    return Chart(
        name="ab-timeline",
        title="What happened when",
        description=describe(times, placed, bar is not None, bar is not None and bar.is_open),
        drawing="chart_span",
        width=WIDTH,
        height=floor + 26,
        columns=(),
        rows=(),
        values={
            "milestones": marks,
            "bar": bar,
            "events": _events(within, across),
            "ticks": [
                (across(tick.value), tick.label)
                for tick in clock_ticks(low, high, next(iter(placed.values())).zone)
            ],
            "floor": floor,
        },
        fluid=True,
        legend=legend_of(bar is not None, all(m.exact for m in (*placed.values(), *within)), len(within)),
        elsewhere=left_out(times, days, beyond),
    )


def _reach(
    milestones: Sequence[datetime], others: Sequence[datetime], is_open: bool
) -> tuple[datetime, datetime, int]:
    """Return the ends of the axis, and how many events lie beyond them; while it goes on, none comes too late."""
    first, last = min(milestones), max(milestones)
    if first == last:
        return min([first, *others]), max([last, *others]), 0
    room = (last - first) * REACH
    near = [at for at in others if first - room <= at and (is_open or at <= last + room)]
    return min([first, *near]), max([last, *near]), len(others) - len(near)


def _milestones(placed: dict[str, Moment], across: Scale, span: timedelta) -> list[Milestone]:
    order = sorted(placed, key=lambda name: (placed[name].at, MILESTONES.index(name)))
    days = [None, *(placed[name].local.date() for name in order)]
    new_day = [a != b for a, b in pairwise(days)]
    return [
        Milestone(
            name=name.capitalize(),
            x=across(placed[name].at.timestamp()),
            y=TOP + ROW * row,
            shape=SHAPES[name],
            words=_when(placed[name], new_day[row], span < timedelta(hours=1)),
            is_exact=placed[name].exact,
        )
        for row, name in enumerate(order)
    ]


def _when(moment: Moment, with_day: bool, with_seconds: bool) -> str:
    local = moment.local
    clock = say_clock(local, seconds=with_seconds and bool(local.second))
    day = f"{say_short_day(local)} " if with_day else ""
    return f"{'' if moment.exact else '~'}{day}{clock}"


def _is_open(entry: Entry) -> bool:
    """Tell whether no end is given, of the incident or of its impact."""
    known = entry.times.milestones if entry.times else {}
    return not is_over(entry) and not known.keys() & {"mitigated", "resolved"}


def _bar(entry: Entry, placed: dict[str, Moment], across: Scale) -> Bar | None:
    """Return when users were affected; None where nobody was, or where its beginning or end has no clock time."""
    known = entry.times.milestones if entry.times else {}
    start, end = placed.get("started"), placed.get("mitigated" if "mitigated" in known else "resolved")
    if (
        is_near_miss(entry)
        or start is None
        or (end is None and not _is_open(entry))
        or (end and end.at < start.at)
    ):
        return None
    to = across(end.at.timestamp()) if end else 100
    return Bar(across(start.at.timestamp()), to, start.exact and (end is None or end.exact), end is None)


def _events(moments: Iterable[Moment], across: Scale) -> list[tuple[float, bool]]:
    """Return the ticks of other events: where they stand, and whether that is exact; at most 400 or so."""
    ticks = {(round(across(m.at.timestamp()) / FINE) * FINE, m.exact) for m in moments}
    return sorted(ticks)
