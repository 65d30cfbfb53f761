"""Every lesson of every entry: by topic, the newest, and each with an address of its own."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.public import PublicLibrary
from aboveboard.insight.lessons import by_topic, by_year, lessons
from aboveboard.outputs.links import year_path
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

NEWEST = 30


def lesson_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of topics and newest lessons, and one for each year with all of its lessons."""
    path = "lessons/index.md"
    found = lessons(library.entries)
    years = by_year(found)
    about = "What we learned, from everything we published."
    topics = [(topic, len(its)) for topic, its in by_topic(found).items()]
    counts = [(year, len(its)) for year, its in years.items()]
    values = {"newest": found[:NEWEST], "topics": topics, "years": counts, "count": len(found)}
    yield Page(path, "Lessons", Renderer(library, path)("lessons", about=about, **values), about)
    for place, (year, its) in enumerate(years.items()):
        path = year_path("lessons", year)
        later, earlier = counts[place - 1 : place], counts[place + 1 : place + 2]
        body = Renderer(library, path)("lessons_of_year", year=year, found=its, later=later, earlier=earlier)
        yield Page(path, f"Lessons of {year}", body, f"What we learned in {year}.")
