"""What the public gets: pages, feeds, files. Pure: a public library in, text and bytes out.

`OUTPUTS` is the table of them. Outputs never filter and never check; they receive nothing that the
public may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import TypeAlias

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.assets import ICON, SCRIPT, STYLESHEET, site_assets
from aboveboard.outputs.entry.around import WaysOn
from aboveboard.outputs.entry.pages import entry_draft, entry_pages
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
from aboveboard.outputs.machines.feed import SITE, feeds_of
from aboveboard.outputs.machines.feeds import feed_draft, feed_page, feeds
from aboveboard.outputs.machines.head import page_head
from aboveboard.outputs.machines.redirects import redirects
from aboveboard.outputs.machines.robots import robots
from aboveboard.outputs.machines.tombstones import tombstones
from aboveboard.outputs.page import Asset, Draft, Item, Page

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


def drafts_showing(library: PublicLibrary, entries: Collection[Entry]) -> Iterator[Draft]:
    """Yield, of everything that is to be made, what shows the text of any of these entries."""
    ways_on = WaysOn(library)
    feeds = {feed for entry in entries for feed in (SITE, *feeds_of(library.frame, entry))}
    yield from (entry_draft(library, entry, ways_on) for entry in entries)
    for draft in (feed_draft(library, feed) for feed in feeds):
        if not set(entries).isdisjoint(draft.texts):
            yield draft


def make(frame: Frame, draft: Draft) -> Iterator[Item]:
    """Make what a draft is of, each page with what machines read of it in its head."""
    return (_with_head(frame, item) for item in draft.items())


def render_site(library: PublicLibrary) -> dict[str, Item]:
    """Return everything that is made from a library, by path in the site's source."""
    drafts = draft_site(library).values()
    return {item.path: item for draft in drafts for item in make(library.frame, draft)}


def _with_head(frame: Frame, item: Item) -> Item:
    """Return a page with what machines read of every page; one made from a file brings a head of its own."""
    if isinstance(item, Asset) or item.source or item.noindex:
        return item
    return replace(item, head=str(page_head(frame, item.path, item.title, item.description)) + item.head)


__all__ = ["OUTPUTS", "Asset", "Draft", "Item", "Page", "draft_site", "drafts_showing", "make", "render_site"]
