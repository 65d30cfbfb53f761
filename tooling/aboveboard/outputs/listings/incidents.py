"""All incidents: what is wrong now, how often and how long things were, what contributed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.durations import comparable, distribution, length_of
from aboveboard.insight.factors import Category, Contributed, by_category, factors
from aboveboard.insight.incidents import going_on, is_near_miss, went_quiet, within_a_year
from aboveboard.insight.quantiles import ENOUGH
from aboveboard.insight.services import service_records
from aboveboard.outputs.charts.figure import render_chart
from aboveboard.outputs.charts.incidents import incidents_chart
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

# How much of what contributed is listed: at once, behind a disclosure, and of each category.
AT_ONCE, AT_MOST, CATEGORIES = 10, 30, 12
# How many are named and drawn; the others are counted, and named on the pages of their years.
NEWEST, NEAR, DRAWN = 50, 20, 240


@dataclass(frozen=True, slots=True)
class Cut:
    """A long list as it is shown: what is seen at once, what opens, and how many are not listed."""

    shown: tuple[Contributed, ...]
    folded: tuple[Contributed, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Year:
    """The incidents of a year: how many there are, and those of them that are named."""

    year: int
    count: int
    shown: Sequence[Entry]


def incidents_page(library: PublicLibrary) -> Iterator[Page]:
    """Yield the index of incidents."""
    path = "incidents/index.md"
    render = Renderer(library.frame, path)
    found = _newest_first(library.of_kind(INCIDENT))
    near = [entry for entry in found if is_near_miss(entry)]
    incidents = [entry for entry in found if not is_near_miss(entry)]
    categories = by_category(factors(found))
    named = [category for category in categories if category.name is not None]
    plain = [one for category in categories if category.name is None for one in category.factors]
    body = render(
        "incidents",
        kind=INCIDENT,
        going_on=going_on(found, library.today),
        recent=within_a_year(incidents, library.today),
        incidents=incidents,
        near=near,
        quiet={entry.id for entry in found if went_quiet(entry, library.today)},
        retold=sum(entry.is_retold for entry in found),
        spread=distribution(comparable(incidents)),
        whose=comparable(incidents),
        enough=ENOUGH,
        lengths={entry.id: length_of(entry) for entry in found},
        chart=Markup(render_chart(render, incidents_chart(render, found[:DRAWN], len(found)))) if found else "",
        years=_by_year(incidents, NEWEST),
        near_years=_by_year(near, NEAR),
        services=service_records(library),
        categories=[(category, _cut(category.factors, 3)) for category in named[:CATEGORIES]],
        categories_left=_left(named[CATEGORIES:]),
        factors=_cut(plain, AT_ONCE),
    )
    yield Page(path, INCIDENT.plural, body, INCIDENT.about)


def _newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """By their own day, and not by when they were first published: a report may come years later."""
    return sorted(entries, key=lambda entry: (entry.opens_at, entry.id), reverse=True)


def _by_year(entries: Sequence[Entry], most: int) -> list[Year]:
    """Return the years, newest first, the newest entries named; no year without its name and number."""
    years, left = [], most
    for year, found in groupby(entries, key=lambda entry: entry.day.year):
        of_year = list(found)
        years.append(Year(year, len(of_year), of_year[:left]))
        left = max(left - len(of_year), 0)
    return years


def _cut(found: Sequence[Contributed], at_once: int) -> Cut:
    shown, folded = found[:at_once], found[at_once:AT_MOST]
    if len(folded) == 1:
        # One line behind a disclosure takes more room than the line.
        shown, folded = found[: at_once + 1], ()
    return Cut(tuple(shown), tuple(folded), max(len(found) - AT_MOST, 0))


def _left(categories: Sequence[Category]) -> tuple[int, int]:
    """Return how many categories are not listed, and how many factors are in them."""
    return len(categories), sum(len(category.factors) for category in categories)
