"""The form that every chart takes: a drawing with a name and a description, and its data as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.outputs.charts.marks import Key
from aboveboard.outputs.render import Renderer

# From so many links on, a reader with a keyboard is offered a way past them.
MANY_LINKS = 12


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `name` is unique on its page and begins its ids.

    `drawing`: the template of what goes into the SVG, `outputs/pages/<drawing>.html.j2`, rendered with
    `values`; `width` and `height` are the units of its view box, a unit being a CSS pixel at full size.
    `description` says in words what the drawing shows. `columns` and `rows`: the same data as a table,
    cells as text or Markup; or `elsewhere`, a sentence that says where on the page they stand already.

    A `fluid` drawing has no view box: it is as wide as there is room, its units are always CSS pixels,
    and its template gives sideways positions in per cent. `legend`: what its marks mean. `links`: how
    many links are in it; or `values["links"]`, true for any number.
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
    fluid: bool = False
    legend: Sequence[Key] = ()
    links: int = 0
    elsewhere: str = ""

    @property
    def is_interactive(self) -> bool:
        """Whether there are links in it, so that it is a group of things and not one picture."""
        return self.links > 0 or bool(self.values.get("links"))

    @property
    def is_long_way(self) -> bool:
        """Whether it takes many steps to get past it by keyboard."""
        return self.links >= MANY_LINKS


def render_chart(render: Renderer, chart: Chart) -> str:
    """Return the HTML of a chart, for a page or to be placed in one."""
    return render("chart", chart=chart, **chart.values)
