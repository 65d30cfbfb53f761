"""The table of everything that the public gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.assets import ICON, SCRIPT, STYLESHEET, site_assets
from aboveboard.outputs.entry.pages import entry_pages
from aboveboard.outputs.entry.unread import unread_pages
from aboveboard.outputs.listings.actions import action_pages
from aboveboard.outputs.listings.closed import closed_page
from aboveboard.outputs.listings.experiments import experiment_pages
from aboveboard.outputs.listings.groups import group_pages
from aboveboard.outputs.listings.home import home_page
from aboveboard.outputs.listings.incidents import incidents_page
from aboveboard.outputs.listings.lessons import lesson_pages
from aboveboard.outputs.listings.openness import openness_page
from aboveboard.outputs.listings.search import PATH as SEARCH
from aboveboard.outputs.listings.search import SCRIPT as SEARCH_SCRIPT
from aboveboard.outputs.listings.search import search_pages
from aboveboard.outputs.listings.weeknotes import weeknote_pages
from aboveboard.outputs.listings.weeks import week_pages
from aboveboard.outputs.listings.years import year_pages
from aboveboard.outputs.machines.calendar import PATH as CALENDAR
from aboveboard.outputs.machines.calendar import action_calendar
from aboveboard.outputs.machines.data.page import PATHS as DATA_PATHS
from aboveboard.outputs.machines.data.page import open_data
from aboveboard.outputs.machines.feeds import feed_page, feeds
from aboveboard.outputs.machines.redirects import redirects
from aboveboard.outputs.machines.robots import robots
from aboveboard.outputs.machines.schemas import schema_files
from aboveboard.outputs.machines.tombstones import tombstones
from aboveboard.outputs.making import make
from aboveboard.outputs.page import Draft, Item

Output: TypeAlias = Callable[[PublicLibrary], Iterator[Draft]]


def _of_all(make: Callable[[PublicLibrary], Iterator[Item]], *paths: str) -> Output:
    """Return an output that is one draft, which may show anything of the library but texts."""
    return lambda library: iter([Draft(paths, make, (library,))])


OUTPUTS: dict[str, Output] = {
    "home": _of_all(home_page, "index.md"),
    "weeknotes by week, and the latest": _of_all(weeknote_pages, "weeknotes/index.md"),
    "the board of experiments": _of_all(experiment_pages, "experiments/index.md"),
    "incidents": _of_all(incidents_page, "incidents/index.md"),
    "entries": entry_pages,
    "entries that cannot be read": unread_pages,
    "lessons": lesson_pages,
    "actions": action_pages,
    "teams, people, services, tags": group_pages,
    "openness": _of_all(openness_page, "openness/index.md"),
    "weeks": week_pages,
    "years": year_pages,
    "the closed register": _of_all(closed_page, "closed/index.md"),
    "feeds": feeds,
    "the calendar of what falls due": _of_all(action_calendar, CALENDAR),
    "the page of feeds": _of_all(feed_page, "feeds/index.md"),
    "withdrawn entries": tombstones,
    "robots.txt": _of_all(robots, "robots.txt"),
    "stylesheet, script, icon": _of_all(site_assets, STYLESHEET, SCRIPT, ICON),
    "search": _of_all(search_pages, SEARCH, SEARCH_SCRIPT),
    "open data": _of_all(open_data, *DATA_PATHS),
    "schemas of what is written": schema_files,
}


def draft_site(library: PublicLibrary) -> dict[str, Draft]:
    """Return everything that is to be made from a library, by the first of its paths in the site's source."""
    drafts: dict[str, Draft] = {}
    taken: set[str] = set()
    for output in OUTPUTS.values():
        for draft in output(library):
            assert taken.isdisjoint(draft.paths), f"{draft.paths} are made twice"
            taken.update(draft.paths)
            drafts[draft.paths[0]] = draft
    # Old addresses come last: none takes the place of what is there.
    return drafts | {draft.paths[0]: draft for draft in redirects(library, taken)}


def render_site(library: PublicLibrary) -> dict[str, Item]:
    """Return everything that is made from a library, by path in the site's source."""
    drafts = draft_site(library).values()
    return {item.path: item for draft in drafts for item in make(library.frame, draft)}
