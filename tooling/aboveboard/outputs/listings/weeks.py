"""A page for every week with something in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from aboveboard.content.public import PublicLibrary
from aboveboard.insight.weeks import gather_weeks
from aboveboard.outputs.format import say_span
from aboveboard.outputs.links import week_path
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer


def week_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the list of weeks by year, and the page of each week."""
    path = "weeks/index.md"
    about = "Everything of a week on one page: what was written, what happened, what was learned and promised."
    gathered = gather_weeks(library.entries, library.today)
    weeks = list(gathered)
    rows = list(gathered.items())
    years = [(year, list(found)) for year, found in groupby(rows, key=lambda row: row[0].year)]
    yield Page(path, "Weeks", Renderer(library, path)("weeks", about=about, years=years), about)
    for place, week in enumerate(weeks):
        path = week_path(week)
        body = Renderer(library, path)(
            "week",
            week=week,
            found=gathered[week],
            later=weeks[place - 1 : place],
            earlier=weeks[place + 1 : place + 2],
            today=library.today,
        )
        title = f"Week {week.number} of {week.year}"
        yield Page(path, title, body, f"{title}, {say_span(week.monday, week.sunday)}.")
