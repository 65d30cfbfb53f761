"""What the chart of incidents says in words: its description, its legend, and each incident's name and row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from aboveboard.content.entry import Entry
from aboveboard.content.times import describe_duration
from aboveboard.insight.durations import Distribution
from aboveboard.insight.incidents import is_near_miss, severity_place
from aboveboard.insight.quantiles import ENOUGH
from aboveboard.outputs.charts.marks import CIRCLE, LINE, Key, look_at, shape_at
from aboveboard.outputs.charts.scale import STEPS
from aboveboard.outputs.format import counted, day_tag, say_day
from aboveboard.outputs.render import Renderer

SHORTEST = STEPS[0][0]


def name_of(render: Renderer, entry: Entry, length: timedelta | None) -> str:
    """Return what a dot is called. The title is isolated: it may be written from right to left."""
    parts = [f"\u2068{render.title(entry)}\u2069", say_day(entry.day), _lasted(entry, length)]
    return ", ".join([*parts, _severity(entry), *(["retold"] if entry.is_retold else [])])


def _lasted(entry: Entry, length: timedelta | None) -> str:
    if is_near_miss(entry):
        return "near miss"
    return describe_duration(length) if length is not None else "how long is not known"


def _severity(entry: Entry) -> str:
    return (entry.incident.severity if entry.incident else None) or "severity not known"


def row_of(render: Renderer, entry: Entry, length: timedelta | None) -> tuple[Any, ...]:
    """Return an incident's row of the table: link, day, severity, how long it lasted, kind."""
    link = Markup('<a href="{}">{}</a>').format(render.entry_link(entry), render.title(entry))
    kind = entry.incident.type.replace("-", " ") if entry.incident else ""
    lasted = "not known" if length is None else describe_duration(length)
    return link, day_tag(entry.day), _severity(entry), lasted, f"{kind}, retold" if entry.is_retold else kind


def legend_of(incidents: Iterable[Entry], severities: Sequence[str], spread: Distribution) -> list[Key]:
    """Return what the marks mean: every severity of the scale with how many there are, hollow ones, lines."""
    found = Counter(severity_place(entry, severities) for entry in incidents)
    keys = [
        Key(shape_at(place), look_at(place), f"{label}: {found[place]}")
        for place, label in [*enumerate(severities), (None, "severity not known")]
        if found[place] or place is not None
    ]
    retold = sum(entry.is_retold for entry in incidents)
    if retold:
        keys.append(Key(CIRCLE, "ab-place-any ab-hollow", f"hollow: retold from others, {retold}"))
    if spread.median is not None and spread.ninetieth is not None:
        lines = (("50 %: half", spread.median), ("90 %: nine in ten", spread.ninetieth))
        keys += [Key(LINE, "ab-quantile", f"{who} within {describe_duration(length)}") for who, length in lines]
    return keys


def describe(incidents: Sequence[Entry], lengths: dict[str, timedelta | None], spread: Distribution) -> str:
    """Return in words what the drawing shows: how many there are, how to read it, and the quantiles."""
    near = sum(map(is_near_miss, incidents))
    unknown = sum(lengths[e.id] is None for e in incidents if not is_near_miss(e))
    misses = f" and {counted(near, 'near miss', 'near misses')}" if near else ""
    said = [
        f"{counted(len(incidents) - near, 'incident')}{misses}, each a mark that leads to its report. "
        "The higher it stands, the longer it lasted: from one line to the next it is several times as long."
    ]
    if any(length is not None and length < SHORTEST for length in lengths.values()):
        said.append("What was shorter than a minute stands at one minute.")
    if unknown:
        said.append(f"Of {unknown}, how long is not known: they stand below the axis.")
    return " ".join([*said, _quantile_words(incidents, spread)])


def _quantile_words(incidents: Sequence[Entry], spread: Distribution) -> str:
    own = sum(not entry.is_retold for entry in incidents)
    whose = " of our own" if 0 < own < len(incidents) else ""
    known = len(spread.lengths)
    if spread.median is None or spread.ninetieth is None:
        return f"How long is known of {known}{whose}, too few for a median: that takes {ENOUGH}."
    return (
        f"Of the {known}{whose} whose length is known, half were over within "
        f"{describe_duration(spread.median)}, and nine in ten within {describe_duration(spread.ninetieth)}."
    )
