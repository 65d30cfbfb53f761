"""The archive: a page for each year, with every entry of it; a long one goes by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.numbered import YEAR_IN_ONE
from aboveboard.insight.years import by_month, by_year, of_kinds
from aboveboard.outputs.format import month_name
from aboveboard.outputs.links import month_path, year_path
from aboveboard.outputs.page import Draft, Page
from aboveboard.outputs.render import Renderer

INDEX = "years/index.md"
ABOUT = "Everything published here, year by year."


# A step from one page to the next: where it leads, and what it is called.
Step: TypeAlias = tuple[str, str] | None


def year_pages(library: PublicLibrary) -> Iterator[Draft]:
    """Yield the list of years, and a page for each that names every entry of it by kind and month.

    Where there are many, that page counts them, and pages of the months name them.
    """
    frame, years = library.frame, by_year(library.entries)
    counts = [
        (year, [(kind, len(its)) for kind, its in _kinds(entries)], _taught(entries))
        for year, entries in years.items()
    ]
    yield Draft((INDEX,), _index, (frame, counts))
    numbers = list(years)
    for place, (year, entries) in enumerate(years.items()):
        later, earlier = numbers[place - 1 : place], numbers[place + 1 : place + 2]
        path = year_path("years", year)
        if len(entries) <= YEAR_IN_ONE:
            yield Draft((path,), _year, (frame, year, entries, later, earlier))
        else:
            months = [(kind, len(its), _counts(its)) for kind, its in _kinds(entries)]
            yield Draft((path,), _long_year, (frame, year, months, _taught(entries), later, earlier))
            yield from _months(frame, year, entries, later, earlier)


def _months(
    frame: Frame, year: int, entries: list[Entry], later: Sequence[int], earlier: Sequence[int]
) -> Iterator[Draft]:
    """Yield the page of each month; before the first and after the last lies the year beside."""
    months = dict(sorted(by_month(entries).items()))
    steps: list[Step] = [(month_path(year, month), f"{month_name(month)} {year}") for month in months]
    before, after = (
        [(year_path("years", beside[0]), str(beside[0])) if beside else None] for beside in (earlier, later)
    )
    for (month, its), earlier_step, later_step in zip(
        months.items(), [*before, *steps[:-1]], [*steps[1:], *after], strict=True
    ):
        shows = (frame, year, month, its, earlier_step, later_step)
        yield Draft((month_path(year, month),), _month, shows)


def _counts(entries: list[Entry]) -> list[tuple[int, int]]:
    return [(month, len(its)) for month, its in by_month(entries).items()]


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


def _long_year(
    frame: Frame,
    year: int,
    kinds: Sequence[tuple[Kind, int, Sequence[tuple[int, int]]]],
    taught: int,
    later: Sequence[int],
    earlier: Sequence[int],
) -> Iterator[Page]:
    path = year_path("years", year)
    shown = {"kinds": kinds, "taught": taught, "later": later, "earlier": earlier}
    body = Renderer(frame, path)("long_year", year=year, **shown)
    yield Page(path, str(year), body, f"Everything of {year}: weeknotes, experiments and incidents.")


def _month(
    frame: Frame, year: int, month: int, entries: list[Entry], earlier: Step, later: Step
) -> Iterator[Page]:
    path, title = month_path(year, month), f"{month_name(month)} {year}"
    shown = {"kinds": _kinds(entries), "title": title, "earlier": earlier, "later": later}
    body = Renderer(frame, path)("month", year=year, **shown)
    yield Page(path, title, body, f"Everything of {title}: weeknotes, experiments and incidents.")


def _kinds(entries: list[Entry]) -> list[tuple[Kind, list[Entry]]]:
    found = of_kinds(entries)
    return [(kind, found[kind.name]) for kind in KINDS]


def _taught(entries: list[Entry]) -> int:
    return sum(len(entry.fields.lessons) for entry in entries)
