"""The files of every feed, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import falling_due
from aboveboard.outputs.machines.atom import atom
from aboveboard.outputs.machines.feed import DUE, Feed, site_feeds, told_by
from aboveboard.outputs.machines.item import Item, Told, due_item, make_item, stands_at
from aboveboard.outputs.machines.json_feed import json_feed
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.render import Renderer

LATEST = 50
GROUPS = {
    "site": "The whole site",
    "kinds": "By kind",
    "actions": "What we promised",
    "teams": "By team",
    "services": "By service",
}


def feeds(library: PublicLibrary) -> Iterator[Asset]:
    """Yield every feed as Atom and as JSON Feed; an item is made once, however many feeds tell of it."""
    made: dict[str, Item] = {}
    for feed in site_feeds(library):
        items = due_items(library) if feed == DUE else [_once(made, library, t) for t in _newest(library, feed)]
        yield Asset(feed.atom, atom(library, feed, items))
        yield Asset(feed.json, json_feed(library, feed, items))


def feed_page(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of all feeds."""
    path, title, about = "feeds/index.md", "Feeds", "Follow along in a reader of your own choice."
    groups = [(GROUPS[name], list(found)) for name, found in groupby(site_feeds(library), key=_group)]
    body = Renderer(library, path)("feeds", groups=groups, latest=LATEST, about=about)
    yield Page(path, title, body, about)


def _newest(library: PublicLibrary, feed: Feed) -> list[Told]:
    """Return what a feed tells of: entries by when they were first public, promises by when they last changed.

    A promise that was kept is news, however long ago it was made; so is a withdrawal, which has the place of
    its day.
    """
    told: list[Told] = [*told_by(library, feed)]
    if feed.group in ("site", "kinds"):
        told += [stone for stone in library.tombstones if feed.key in ("", stone.kind.folder)]
    told.sort(key=lambda one: (stands_at(library, one), one.id), reverse=True)
    # An id that stands twice in one entry is said by `check`; a feed has room for one of them.
    return list({one.id: one for one in told}.values())[:LATEST]


def due_items(library: PublicLibrary) -> list[Item]:
    """Return what falls due, the latest to come due first."""
    found = {p.id: p for p in falling_due(library.entries, library.today)}
    return [due_item(library, promise) for promise in found.values()][:LATEST]


def _once(made: dict[str, Item], library: PublicLibrary, told: Told) -> Item:
    if told.id not in made:
        made[told.id] = make_item(library, told)
    return made[told.id]


def _group(feed: Feed) -> str:
    return feed.group
