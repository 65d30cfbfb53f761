"""What the public gets: pages, feeds, files. Pure: a public library in, text and bytes out.

`OUTPUTS` is the table of them. Outputs never filter and never check; they receive nothing that the
public may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.assets import site_assets
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
from aboveboard.outputs.listings.search import search_pages
from aboveboard.outputs.listings.weeknotes import weeknote_pages
from aboveboard.outputs.listings.weeks import week_pages
from aboveboard.outputs.listings.years import year_pages
from aboveboard.outputs.machines.calendar import action_calendar
from aboveboard.outputs.machines.data.page import open_data
from aboveboard.outputs.machines.feeds import feed_page, feeds
from aboveboard.outputs.machines.head import page_head
from aboveboard.outputs.machines.redirects import redirects
from aboveboard.outputs.machines.robots import robots
from aboveboard.outputs.machines.tombstones import tombstones
from aboveboard.outputs.page import Asset, Page

Output = Callable[[PublicLibrary], Iterator[Page | Asset]]

OUTPUTS: dict[str, Output] = {
    "home": home_page,
    "weeknotes by week, and the latest": weeknote_pages,
    "the board of experiments": experiment_pages,
    "incidents": incidents_page,
    "entries": entry_pages,
    "entries that cannot be read": unread_pages,
    "lessons": lesson_pages,
    "actions": action_pages,
    "teams, people, services, tags": group_pages,
    "openness": openness_page,
    "weeks": week_pages,
    "years": year_pages,
    "the closed register": closed_page,
    "feeds": feeds,
    "the calendar of what falls due": action_calendar,
    "the page of feeds": feed_page,
    "withdrawn entries": tombstones,
    "robots.txt": robots,
    "stylesheet, script, icon": site_assets,
    "search": search_pages,
    "open data": open_data,
}


def render_site(library: PublicLibrary) -> dict[str, Page | Asset]:
    """Return everything that is made from a library, by path in the site's source."""
    made: dict[str, Page | Asset] = {}
    for output in OUTPUTS.values():
        for item in output(library):
            assert item.path not in made, f"{item.path} was made twice"
            made[item.path] = _with_head(library, item)
    # Old addresses come last: none takes the place of what is there.
    made |= {item.path: item for item in redirects(library, list(made))}
    return made


def _with_head(library: PublicLibrary, item: Page | Asset) -> Page | Asset:
    """Return a page with what machines read of every page; one made from a file brings a head of its own."""
    if isinstance(item, Asset) or item.source or item.noindex:
        return item
    return replace(item, head=str(page_head(library, item.path, item.title, item.description)) + item.head)


__all__ = ["OUTPUTS", "Asset", "Page", "render_site"]
