"""A page for every week with something in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import groupby

from aboveboard.content.frame import Frame
from aboveboard.content.public import PublicLibrary
from aboveboard.content.weeks import Week
from aboveboard.insight.weeks import Gathered, gather_weeks
from aboveboard.outputs.format import say_span
from aboveboard.outputs.links import week_path
from aboveboard.outputs.page import Draft, Page
from aboveboard.outputs.render import Renderer

INDEX = "weeks/index.md"
ABOUT = "Everything of a week on one page: what was written, what happened, what was learned and promised."


def week_pages(library: PublicLibrary) -> Iterator[Draft]:
    """Yield the list of weeks by year, and the page of each week."""
    frame, gathered = library.frame, gather_weeks(library.entries, library.today)
    weeks = list(gathered)
    yield Draft((INDEX,), _index, (frame, [(week, _counts(found)) for week, found in gathered.items()]))
    for place, week in enumerate(weeks):
        later, earlier = weeks[place - 1 : place], weeks[place + 1 : place + 2]
        yield Draft((week_path(week),), _week, (frame, week, gathered[week], later, earlier))


def _counts(found: Gathered) -> dict[str, int]:
    return {one.name: len(getattr(found, one.name)) for one in fields(found)}


def _index(frame: Frame, weeks: Sequence[tuple[Week, dict[str, int]]]) -> Iterator[Page]:
    years = [(year, list(found)) for year, found in groupby(weeks, key=lambda row: row[0].year)]
    yield Page(INDEX, "Weeks", Renderer(frame, INDEX)("weeks", about=ABOUT, years=years), ABOUT)


def _week(
    frame: Frame, week: Week, found: Gathered, later: Sequence[Week], earlier: Sequence[Week]
) -> Iterator[Page]:
    path, title = week_path(week), f"Week {week.number} of {week.year}"
    shown = {"week": week, "found": found, "later": later, "earlier": earlier, "today": frame.today}
    body = Renderer(frame, path)("week", **shown)
    yield Page(path, title, body, f"{title}, {say_span(week.monday, week.sunday)}.")
