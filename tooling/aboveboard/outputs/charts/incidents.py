"""Every incident as a dot: its day across, how long it lasted upwards on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aboveboard.content.entry import Entry
from aboveboard.insight.durations import Distribution, comparable, distribution, length_of
from aboveboard.insight.incidents import is_near_miss, severity_place
from aboveboard.outputs.charts.crowd import reach_of
from aboveboard.outputs.charts.figure import Chart
from aboveboard.outputs.charts.incident_words import describe, legend_of, name_of, row_of
from aboveboard.outputs.charts.marks import Shape, look_at, shape_at
from aboveboard.outputs.charts.scale import Scale, Tick, date_ticks, duration_ticks
from aboveboard.outputs.render import Renderer

WIDTH, TOP, TALL, STRIP = 640, 18, 250, 46
# Radius of a dot by how many there are: a crowd of large ones would be one blot.
_SIZES = ((60, 6.0), (200, 5.0))
_SMALLEST = 3.5


@dataclass(frozen=True, slots=True)
class Dot:
    """One incident in the drawing: `x` in per cent, `y` in pixels, `scale` of its shape, `reach` of its target."""

    entry: Entry
    x: float
    y: float
    shape: Shape
    look: str
    scale: float
    reach: float
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A quantile: what stands beside it, how high it lies, and how high its words do."""

    label: str
    y: float
    word_y: float


@dataclass(frozen=True, slots=True)
class Axes:
    """What the dots are placed by: days across, lengths upwards, and bands for what has no place there.

    `up` is None where no length is known. `bands`: where the one for near misses (True) begins, and the
    one for what lasted nobody knows how long (False), as far as there are any.
    """

    days: Scale
    day_ticks: list[Tick]
    year: str
    up: Scale | None
    up_ticks: list[Tick]
    bands: dict[bool, int]

    @property
    def floor(self) -> int:
        """Where the axis of days lies."""
        return max((y + STRIP for y in self.bands.values()), default=TOP + TALL)

    def place(self, entry: Entry, length: timedelta | None) -> tuple[float, float]:
        """Return where an incident's dot stands."""
        x = self.days(entry.day.toordinal())
        if self.up is None or length is None or is_near_miss(entry):
            return x, self.bands[is_near_miss(entry)] + STRIP - 14
        return x, self.up(length.total_seconds())


def incidents_chart(render: Renderer, incidents: Sequence[Entry], count: int | None = None) -> Chart:
    """Return the chart of the given incidents, near misses among them; there must be one at least.

    `count`: how many there are in all, where the newest alone are given.
    """
    lengths = {entry.id: length_of(entry) for entry in incidents}
    spread = distribution(comparable(incidents))
    axes = _axes(incidents, lengths, render.frame.today)
    return Chart(
        name="incidents-chart",
        title=f"{_which(len(incidents), count or len(incidents))}, by day and by how long it lasted",
        description=describe(incidents, lengths, spread),
        drawing="chart_incidents",
        width=WIDTH,
        height=axes.floor + 26,
        columns=("Incident", "Day", "Severity", "Lasted", "Kind"),
        rows=[row_of(render, entry, lengths[entry.id]) for entry in incidents],
        values={
            "axes": axes,
            "dots": _dots(render, incidents, lengths, axes),
            "strips": [(y, "Near misses" if near else "How long is not known") for near, y in axes.bands.items()],
            "lines": _lines(spread, axes.up),
        },
        fluid=True,
        legend=legend_of(incidents, render.frame.project.settings.severities, spread),
        links=len(incidents),
    )


def _which(shown: int, count: int) -> str:
    return "Every incident" if shown == count else f"Each of the newest {shown} of {count:,} incidents"


def _axes(incidents: Sequence[Entry], lengths: dict[str, timedelta | None], today: date) -> Axes:
    """Days go from the first incident to today, with room for a dot at either end."""
    found = [entry.day for entry in incidents]
    first, last = min(found), max(*found, today)
    room = max((last - first).days * 0.03, 2)
    days = Scale(first.toordinal() - room, last.toordinal() + room, 0, 100)
    day_ticks = date_ticks(first, last)
    begins_with_year = bool(day_ticks) and day_ticks[0].label.isdigit()
    known = [length for e in incidents if not is_near_miss(e) and (length := lengths[e.id]) is not None]
    ticks = duration_ticks(min(known), max(known)) if known else []
    up = Scale(ticks[0].value, ticks[-1].value, TOP + TALL, TOP, logarithmic=True) if ticks else None
    near = sorted({is_near_miss(e) for e in incidents if is_near_miss(e) or lengths[e.id] is None})
    bands = {miss: (TOP + TALL if up else 0) + n * STRIP for n, miss in enumerate(near)}
    return Axes(days, day_ticks, "" if begins_with_year else str(first.year), up, ticks, bands)


def _dots(
    render: Renderer, incidents: Sequence[Entry], lengths: dict[str, timedelta | None], axes: Axes
) -> list[Dot]:
    size = next((radius for count, radius in _SIZES if len(incidents) <= count), _SMALLEST)
    places = [axes.place(entry, lengths[entry.id]) for entry in incidents]
    scale = render.frame.project.settings.severities
    # In a crowd, a target that reached over its neighbours would lead to the wrong incident.
    reaches = reach_of([(x * WIDTH / 100, y) for x, y in places], at_least=size, at_most=12.0)
    dots = []
    for entry, (x, y), reach in zip(incidents, places, reaches, strict=True):
        place = severity_place(entry, scale)
        look = f"{look_at(place)}{' ab-hollow' if entry.is_retold else ''}"
        name = name_of(render, entry, lengths[entry.id])
        dots.append(Dot(entry, x, y, shape_at(place), look, size / 6, reach, name))
    return dots


def _lines(spread: Distribution, up: Scale | None) -> list[Line]:
    """Return the quantiles as lines, the lower one first; the words of two that are near are kept apart."""
    if up is None or spread.median is None or spread.ninetieth is None:
        return []
    half, nine = up(spread.median.total_seconds()), up(spread.ninetieth.total_seconds())
    return [Line("50 %", half, half), Line("90 %", nine, min(nine, half - 13))]
