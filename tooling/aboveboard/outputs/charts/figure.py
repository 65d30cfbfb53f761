"""The form that every chart takes: a drawing with a name and a description, and its data as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.outputs.render import Renderer


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `name` is unique on its page and begins its ids.

    `drawing`: the template of what goes into the SVG, `outputs/pages/<drawing>.html.j2`, rendered with
    `values`; `width` and `height` are the units of its view box, a unit being a CSS pixel at full size.
    `description` says in words what the drawing shows. `columns` and `rows`: the same data as a table,
    cells as text or Markup.
    """

    name: str
    title: str
    description: str
    drawing: str
    width: int
    height: int
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    values: dict[str, Any] = field(default_factory=dict)


def render_chart(render: Renderer, chart: Chart) -> str:
    """Return the HTML of a chart, for a page or to be placed in one."""
    return render("chart", chart=chart, **chart.values)
