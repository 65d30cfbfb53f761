"""Counts as bars, each with its name and its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.outputs.charts.figure import Chart

WIDTH = 480
ROW = 26
# Where bars begin, right of their names, and how long the longest is; the rest is room for its number.
START, LONGEST = 176, 260


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; in units of the drawing."""

    label: str
    count: int
    y: float
    length: float


def bar_chart(name: str, title: str, description: str, column: str, counts: Sequence[tuple[str, int]]) -> Chart:
    """Return a chart with a bar for each count; `column` heads the names in its table."""
    longest = max((count for _, count in counts), default=0) or 1
    bars = [
        Bar(label.capitalize(), count, row * ROW, round(LONGEST * count / longest, 1))
        for row, (label, count) in enumerate(counts)
    ]
    return Chart(
        name=name,
        title=title,
        description=description,
        drawing="bars",
        width=WIDTH,
        height=ROW * len(bars),
        columns=(column, "How many"),
        rows=[(bar.label, bar.count) for bar in bars],
        values={"links": False, "bars": bars, "start": START, "row": ROW},
    )
