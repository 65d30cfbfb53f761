"""The archive: a page for each year, with every entry of it."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.years import by_month, by_year, of_kinds
from aboveboard.outputs.links import year_path
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer


def year_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the list of years, and a page for each that names every entry of it by kind and month."""
    path = "years/index.md"
    about = "Everything published here, year by year."
    years = by_year(library.entries)
    counts = [
        (year, [(kind, len(its)) for kind, its in _kinds(entries)], _taught(entries))
        for year, entries in years.items()
    ]
    yield Page(path, "Years", Renderer(library, path)("years", about=about, years=counts), about)
    numbers = list(years)
    for place, (year, entries) in enumerate(years.items()):
        path = year_path("years", year)
        body = Renderer(library, path)(
            "year",
            year=year,
            kinds=[(kind, len(its), by_month(its)) for kind, its in _kinds(entries)],
            taught=_taught(entries),
            later=numbers[place - 1 : place],
            earlier=numbers[place + 1 : place + 2],
        )
        yield Page(path, str(year), body, f"Everything of {year}: weeknotes, experiments and incidents.")


def _kinds(entries: list[Entry]) -> list[tuple[Kind, list[Entry]]]:
    found = of_kinds(entries)
    return [(kind, found[kind.name]) for kind in KINDS]


def _taught(entries: list[Entry]) -> int:
    return sum(len(entry.fields.lessons) for entry in entries)
