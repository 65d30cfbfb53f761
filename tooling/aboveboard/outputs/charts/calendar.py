"""A year of weeks for every writer, a cell a week: what was written, and what was not.

The rows are HTML with a strip of SVG each, so that forty names stay text of their own size at any
width. The strips are for the eye and the mouse; the table beside them has every week and every link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from aboveboard.content.entry import Entry
from aboveboard.content.weeks import Week
from aboveboard.insight.cadence import CalendarWeek, Cell, Writer
from aboveboard.insight.openness import SAID
from aboveboard.outputs.format import MONTHS, counted
from aboveboard.outputs.render import Renderer

COLUMNS = (
    "Who",
    "Rhythm",
    "Written",
    "Not written",
    "Not due",
    "Not over yet",
    "Written of those due",
    "In a row",
    "Missed in a row, at most",
)
RHYTHMS = {"weekly": "every week", "fortnightly": "every fortnight", "none": "no promise"}
UNITS = {"weekly": "week", "fortnightly": "fortnight", "none": "week"}
_GAP = 0.22  # of a cell, between two
_CLASSES = {
    Cell.WRITTEN: "ab-written",
    Cell.MISSED: "ab-missed",
    Cell.SPARE: "ab-spare",
    Cell.RUNNING: "ab-running",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as it is drawn: in percent of the strip's width."""

    x: str
    width: str
    look: str
    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One writer's strip and what is said beside it."""

    writer: Writer
    href: str | None
    boxes: Sequence[Box]
    said: str


def render_calendar(
    render: Renderer,
    name: str,
    title: str,
    weeks: Sequence[Week],
    writers: Sequence[Writer],
    entries: Mapping[str, Entry],
) -> str:
    """Return the HTML of a calendar: its months, a row a writer, the key, and its data as a table.

    `entries`: by id, those that its weeks name.
    """
    rows = [_row(render, writer, entries) for writer in writers]
    return render(
        "calendar",
        name=name,
        title=title,
        months=_months(weeks),
        rows=rows,
        some_due=any(writer.due.whole for writer in writers),
        columns=COLUMNS,
        table=[list(_table_row(render, row, entries)) for row in rows],
        key=[(_CLASSES[cell], cell.value) for cell in _CLASSES if _is_shown(cell, writers)],
    )


def say_record(writer: Writer) -> str:
    """Return in a few words how regularly somebody writes, or for how long they have not."""
    if writer.first is None:
        return "nothing yet"
    last = _say_last(writer)
    if writer.cadence == "none":
        return f"{counted(writer.written, 'week')}, last in {last}" if writer.written else f"none since {last}"
    if writer.missed_now >= SAID:
        return f"{writer.due.part} of {writer.due.whole}, none since {last}"
    parts = [f"{writer.due.part} of {writer.due.whole}"] if writer.due.whole else ["none due yet"]
    return ", ".join([*parts, *([f"{writer.in_a_row} in a row"] if writer.in_a_row else [])])


def _say_last(writer: Writer) -> str:
    """Return the last week with a note; within the calendar its number alone says which one."""
    if writer.last is None or any(week.week == writer.last for week in writer.weeks):
        return f"week {writer.last.number}" if writer.last else ""
    return writer.last.label


def _is_shown(cell: Cell, writers: Sequence[Writer]) -> bool:
    return any(week.cell is cell for writer in writers for week in writer.weeks)


def _row(render: Renderer, writer: Writer, entries: Mapping[str, Entry]) -> Row:
    step = 100 / len(writer.weeks)
    boxes = [
        Box(
            x=f"{step * (place + _GAP / 2):.2f}%",
            width=f"{step * (1 - _GAP):.2f}%",
            look=_CLASSES[week.cell],
            label=f"{week.week.label.capitalize()}: {week.cell.value}",
            href=_note_link(render, week, entries),
        )
        for place, week in enumerate(writer.weeks)
        if week.cell is not Cell.BEFORE
    ]
    return Row(writer, _page_link(render, writer), boxes, say_record(writer))


def _page_link(render: Renderer, writer: Writer) -> str | None:
    # A team has a page from the day it is registered, a person from the first entry.
    if writer.register == "people" and writer.slug not in render.frame.people:
        return None
    return render.link(f"{writer.register}/{writer.slug}.md")


def _note_link(render: Renderer, week: CalendarWeek, entries: Mapping[str, Entry]) -> str | None:
    return render.entry_link(entries[week.notes[0]]) if week.notes else None


def _months(weeks: Sequence[Week]) -> list[tuple[str, str]]:
    """Return each month with where it begins; the first only where its name has room."""
    step = 100 / len(weeks)
    found = [(MONTHS[month - 1][:3], place) for month, place in _month_starts(weeks)]
    if len(found) > 1 and found[1][1] < 3:
        found = found[1:]
    return [(name, f"{step * place:.2f}%") for name, place in found]


def _month_starts(weeks: Sequence[Week]) -> Iterator[tuple[int, int]]:
    placed = [(week.monday.month, place) for place, week in enumerate(weeks)]
    for month, group in groupby(placed, key=lambda pair: pair[0]):
        yield month, next(group)[1]


def _table_row(render: Renderer, row: Row, entries: Mapping[str, Entry]) -> Iterator[object]:
    writer = row.writer
    yield Markup('<a href="{}" dir="auto">{}</a>').format(row.href, writer.name) if row.href else writer.name
    yield RHYTHMS[writer.cadence]
    for cell in (Cell.WRITTEN, Cell.MISSED, Cell.SPARE, Cell.RUNNING):
        found = [(week.week, _note_link(render, week, entries)) for week in writer.weeks if week.cell is cell]
        by_year = [(year, list(group)) for year, group in groupby(found, key=lambda pair: pair[0].year)]
        yield Markup(render("calendar_weeks", by_year=by_year))
    has_promise = writer.cadence != "none"
    yield f"{writer.due.part} of {writer.due.whole}" if has_promise else "no promise"
    yield counted(writer.in_a_row, UNITS[writer.cadence]) if has_promise else ""
    yield counted(writer.longest_missed, UNITS[writer.cadence]) if has_promise else ""
