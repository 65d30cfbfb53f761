"""The archive: a page for each year, with every entry of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.public import Frame, PublicLibrary
from aboveboard.insight.years import by_month, by_year, of_kinds
from aboveboard.outputs.links import year_path
from aboveboard.outputs.page import Draft, Page
from aboveboard.outputs.render import Renderer

INDEX = "years/index.md"
ABOUT = "Everything published here, year by year."


def year_pages(library: PublicLibrary) -> Iterator[Draft]:
    """Yield the list of years, and a page for each that names every entry of it by kind and month."""
    frame, years = library.frame, by_year(library.entries)
    counts = [
        (year, [(kind, len(its)) for kind, its in _kinds(entries)], _taught(entries))
        for year, entries in years.items()
    ]
    yield Draft((INDEX,), _index, (frame, counts))
    numbers = list(years)
    for place, (year, entries) in enumerate(years.items()):
        later, earlier = numbers[place - 1 : place], numbers[place + 1 : place + 2]
        yield Draft((year_path("years", year),), _year, (frame, year, entries, later, earlier))


def _index(frame: Frame, years: Sequence[tuple[int, list[tuple[Kind, int]], int]]) -> Iterator[Page]:
    yield Page(INDEX, "Years", Renderer(frame, INDEX)("years", about=ABOUT, years=years), ABOUT)


def _year(
    frame: Frame, year: int, entries: list[Entry], later: Sequence[int], earlier: Sequence[int]
) -> Iterator[Page]:
    path = year_path("years", year)
    kinds = [(kind, len(its), by_month(its)) for kind, its in _kinds(entries)]
    shown = {"kinds": kinds, "taught": _taught(entries), "later": later, "earlier": earlier}
    body = Renderer(frame, path)("year", year=year, **shown)
    yield Page(path, str(year), body, f"Everything of {year}: weeknotes, experiments and incidents.")


def _kinds(entries: list[Entry]) -> list[tuple[Kind, list[Entry]]]:
    found = of_kinds(entries)
    return [(kind, found[kind.name]) for kind in KINDS]


def _taught(entries: list[Entry]) -> int:
    return sum(len(entry.fields.lessons) for entry in entries)
