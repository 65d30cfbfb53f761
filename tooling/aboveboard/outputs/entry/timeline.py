"""The timeline of an incident: as a picture, and as a table in order of time."""

from __future__ import annotations

import re
from functools import lru_cache

from aboveboard.content.entry import Entry
from aboveboard.content.timeline import MILESTONES, Event, in_order
from aboveboard.outputs.charts.figure import render_chart
from aboveboard.outputs.entry.span import span_chart
from aboveboard.outputs.format import moment_tag, say_day
from aboveboard.outputs.render import Renderer


def render_timeline(render: Renderer, entry: Entry) -> str:
    """Return the picture of a timeline, where there is enough to draw, and its table, as HTML and Markdown.

    Empty where no event could be read: the list stays as its author wrote it.
    """
    table = timeline_table(entry)
    chart = span_chart(entry) if table else None
    return f"{render_chart(render, chart)}\n\n{table}" if chart else table


# The page shows it, and right after it what feeds tell of the entry.
@lru_cache(maxsize=1)
def timeline_table(entry: Entry) -> str:
    """Return a Markdown table of an incident's events; empty when none of them could be read.

    Markdown rather than HTML, so that links and code in the events stay what their author wrote and
    the engine checks them like any other.
    """
    events = entry.times.events if entry.times else ()
    if not any(event.moment for event in events):
        return ""
    named = entry.times.timeline.zone if entry.times else ""
    rows = [f"| {f'When ({named})' if named else 'When'} | What happened |", "| --- | --- |"]
    day = None
    for event in in_order(events):
        local = event.moment.local.date() if event.moment else None
        new_day = local is not None and local != day
        rows.append(f"| {_when(event, new_day)} | {_what(event)} |")
        day = local or day
    return "\n".join(rows)


def _when(event: Event, new_day: bool) -> str:
    if event.moment is None:
        return "no time"
    if event.moment.stamp.is_day:
        return str(moment_tag(event.moment))
    clock = str(moment_tag(event.moment, with_day=False))
    day = say_day(event.moment.local.date()).replace(" ", "&nbsp;")
    return f"{day}<br>{clock}" if new_day else clock


def _what(event: Event) -> str:
    text = " ".join(part for part in (event.what, *_detail_lines(event.detail)) if part)
    cell = _escape_pipes(text)
    if event.kind is None:
        return cell
    # A milestone may be marked with nothing to add to it.
    label = f"{event.kind.capitalize()}:" if cell else event.kind.capitalize()
    return (f"**{label}** {cell}" if event.kind in MILESTONES else f"*{label}* {cell}").rstrip()


def _detail_lines(detail: str) -> list[str]:
    """Return what stands below an event as lines of its cell: list items and code become lines of their own."""
    found: list[str] = []
    in_code = False
    for line in detail.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            in_code = not in_code
        elif in_code and line.strip():
            found.append(f"<br>`{line.strip()}`")
        else:
            found.append(re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+", "<br>", line).strip())
    return found


def _escape_pipes(text: str) -> str:
    """Escape what would end a cell; in code spans a pipe stands for itself, and so would the escape."""
    parts = re.split(r"(`+[^`]*`+)", text)
    return "".join(part if part.startswith("`") else re.sub(r"(?<!\\)\|", r"\\|", part) for part in parts)
