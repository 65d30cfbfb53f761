"""What the public gets: pages, feeds, files. Pure: a public library in, text and bytes out.

`OUTPUTS` is the table of them. Outputs never filter and never check; they receive nothing that the
public may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.assets import stylesheet
from aboveboard.outputs.entry.pages import entry_pages
from aboveboard.outputs.entry.unread import unread_pages
from aboveboard.outputs.listings.actions import action_pages
from aboveboard.outputs.listings.groups import group_pages
from aboveboard.outputs.listings.home import home_page
from aboveboard.outputs.listings.indexes import index_pages
from aboveboard.outputs.listings.lessons import lesson_pages
from aboveboard.outputs.machines.data.page import open_data
from aboveboard.outputs.machines.feeds import feeds
from aboveboard.outputs.page import Asset, Page

Output = Callable[[PublicLibrary], Iterator[Page | Asset]]

OUTPUTS: dict[str, Output] = {
    "home": home_page,
    "an index per kind": index_pages,
    "entries": entry_pages,
    "entries that cannot be read": unread_pages,
    "lessons": lesson_pages,
    "actions": action_pages,
    "teams, people, services, tags": group_pages,
    "Atom feeds": feeds,
    "open data": open_data,
    "stylesheet": stylesheet,
}


def render_site(library: PublicLibrary) -> dict[str, Page | Asset]:
    """Return everything that is made from a library, by path in the site's source."""
    made: dict[str, Page | Asset] = {}
    for output in OUTPUTS.values():
        for item in output(library):
            assert item.path not in made, f"{item.path} was made twice"
            made[item.path] = item
    return made


__all__ = ["OUTPUTS", "Asset", "Page", "render_site"]
