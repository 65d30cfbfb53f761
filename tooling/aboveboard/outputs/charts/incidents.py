"""Every incident as a dot: its day across, how long it lasted upwards on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aboveboard.content.entry import Entry
from aboveboard.content.times import describe_duration
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
class Strip:
    """A band below the axis, for what has no place on it."""

    label: str
    y: float


def incidents_chart(render: Renderer, incidents: Sequence[Entry]) -> Chart:
    """Return the chart of the given incidents, near misses among them; there must be one at least."""
    library = render.library
    lengths = {entry.id: length_of(entry) for entry in incidents}
    spread = distribution(comparable(incidents))
    ticks = _ticks(incidents, lengths)
    up = Scale(ticks[0].value, ticks[-1].value, TOP + TALL, TOP, logarithmic=True) if ticks else None
    bands = _strips(incidents, lengths, TOP + TALL if up else 0)
    dots, days = _dots(render, incidents, lengths, up, bands)
    floor = max([band.y + STRIP for band in bands.values()], default=TOP + TALL)
    return Chart(
        name="incidents-chart",
        title="Every incident, by day and by how long it lasted",
        description=describe(incidents, lengths, spread),
        drawing="chart_incidents",
        width=WIDTH,
        height=int(floor) + 26,
        columns=("Incident", "Day", "Severity", "Lasted", "Kind"),
        rows=[row_of(render, entry, lengths[entry.id]) for entry in incidents],
        values={
            "dots": dots,
            "floor": floor,
            "strips": list(bands.values()),
            "heights": [(up(tick.value), tick.label) for tick in ticks] if up else [],
            "year": _year(days),
            "days": [(days(tick.value), tick.label) for tick in _day_ticks(days)],
            "lines": _lines(spread, up),
        },
        fluid=True,
        legend=legend_of(incidents, library.project.settings.severities),
        links=len(dots),
    )


def _ticks(incidents: Iterable[Entry], lengths: dict[str, timedelta | None]) -> list[Tick]:
    known = [length for e in incidents if not is_near_miss(e) and (length := lengths[e.id]) is not None]
    return duration_ticks(min(known), max(known)) if known else []


def _strips(incidents: Iterable[Entry], lengths: dict[str, timedelta | None], top: float) -> dict[bool, Strip]:
    """Return a band for near misses (True) and one for what lasted nobody knows how long, where there are any."""
    near = {is_near_miss(e) for e in incidents if is_near_miss(e) or lengths[e.id] is None}
    labels = {False: "How long is not known", True: "Near misses"}
    return {miss: Strip(labels[miss], top + n * STRIP) for n, miss in enumerate(sorted(near))}


def _dots(
    render: Renderer,
    incidents: Sequence[Entry],
    lengths: dict[str, timedelta | None],
    up: Scale | None,
    bands: dict[bool, Strip],
) -> tuple[list[Dot], Scale]:
    days = _day_scale([entry.day for entry in incidents], render.library.today)
    size = next((radius for count, radius in _SIZES if len(incidents) <= count), _SMALLEST)
    places = [_place(entry, lengths[entry.id], days, up, bands) for entry in incidents]
    scale = render.library.project.settings.severities
    # In a crowd, a target that reached over its neighbours would lead to the wrong incident.
    reaches = reach_of([(x * WIDTH / 100, y) for x, y in places], at_least=size, at_most=12.0)
    dots = []
    for entry, (x, y), reach in zip(incidents, places, reaches, strict=True):
        place = severity_place(entry, scale)
        look = f"{look_at(place)}{' ab-hollow' if entry.is_retold else ''}"
        name = name_of(render, entry, lengths[entry.id])
        dots.append(Dot(entry, x, y, shape_at(place), look, size / 6, reach, name))
    return dots, days


def _day_scale(found: list[date], today: date) -> Scale:
    """Return the axis of days: from the first incident to today, with room for a dot at either end."""
    first, last = min(found).toordinal(), max(*found, today).toordinal()
    room = max((last - first) * 0.03, 2)
    return Scale(max(first - room, 1), min(last + room, date.max.toordinal()), 0, 100)


def _day_ticks(days: Scale) -> list[Tick]:
    return date_ticks(date.fromordinal(int(days.low)), date.fromordinal(int(days.high)))


def _year(days: Scale) -> str:
    """Return the year in which the axis begins, for its margin; empty where no tick names another one."""
    labels = [tick.label for tick in _day_ticks(days)]
    return "" if labels[:1] and labels[0].isdigit() else str(date.fromordinal(int(days.low)).year)


def _place(
    entry: Entry, length: timedelta | None, days: Scale, up: Scale | None, bands: dict[bool, Strip]
) -> tuple[float, float]:
    x = days(entry.day.toordinal())
    if up is None or length is None or is_near_miss(entry):
        return x, bands[is_near_miss(entry)].y + STRIP - 14
    return x, up(length.total_seconds())


def _lines(spread: Distribution, up: Scale | None) -> list[tuple[float, str, bool]]:
    """Return the quantiles as lines: how high, what they say, and whether that stands above the line."""
    if up is None or spread.median is None or spread.ninetieth is None:
        return []
    lines = ((spread.ninetieth, "nine in ten within", True), (spread.median, "half within", False))
    return [
        (up(length.total_seconds()), f"{words} {describe_duration(length)}", above)
        for length, words, above in lines
    ]
