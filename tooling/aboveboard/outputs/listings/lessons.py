"""Every lesson of every entry: by topic, the newest, and each with an address of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from aboveboard.content.frame import Frame
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.lessons import Learned, by_topic, by_year, lessons
from aboveboard.outputs.links import year_path
from aboveboard.outputs.page import Draft, Page
from aboveboard.outputs.render import Renderer

INDEX = "lessons/index.md"
ABOUT = "What we learned, from everything we published."
NEWEST = 30
# A year with more says less beside each: its page holds all of them, for that is where their addresses are.
MANY = 200
Counts: TypeAlias = Sequence[tuple[int, int]]


def lesson_pages(library: PublicLibrary) -> Iterator[Draft]:
    """Yield the page of topics and newest lessons, and one for each year with all of its lessons."""
    frame, found = library.frame, lessons(library.entries)
    years = by_year(found)
    topics = [(topic, len(its)) for topic, its in by_topic(found).items()]
    counts = [(year, len(its)) for year, its in years.items()]
    yield Draft((INDEX,), _index, (frame, found[:NEWEST], topics, counts, len(found)))
    for place, (year, its) in enumerate(years.items()):
        later, earlier = counts[place - 1 : place], counts[place + 1 : place + 2]
        yield Draft((year_path("lessons", year),), _year, (frame, year, its, later, earlier))


def _index(
    frame: Frame, newest: Sequence[Learned], topics: Sequence[tuple[str, int]], years: Counts, count: int
) -> Iterator[Page]:
    shown = {"newest": newest, "topics": topics, "years": years, "count": count}
    yield Page(INDEX, "Lessons", Renderer(frame, INDEX)("lessons", about=ABOUT, **shown), ABOUT)


def _year(frame: Frame, year: int, found: Sequence[Learned], later: Counts, earlier: Counts) -> Iterator[Page]:
    path = year_path("lessons", year)
    by_entry = [(entry, list(its)) for entry, its in groupby(found, key=attrgetter("entry"))]
    shown = {"found": found, "by_entry": by_entry, "lean": len(found) > MANY, "later": later, "earlier": earlier}
    body = Renderer(frame, path)("lessons_of_year", year=year, **shown)
    yield Page(path, f"Lessons of {year}", body, f"What we learned in {year}.")
