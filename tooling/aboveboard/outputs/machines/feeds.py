"""The files of every feed, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from aboveboard.content.entry import Entry
from aboveboard.content.public import Frame, PublicLibrary
from aboveboard.insight.actions import Promise, falling_due
from aboveboard.outputs.machines.atom import atom
from aboveboard.outputs.machines.feed import DUE, Feed, site_feeds, told_by
from aboveboard.outputs.machines.item import Item, Told, due_item, make_item, stands_at
from aboveboard.outputs.machines.json_feed import json_feed
from aboveboard.outputs.page import Asset, Draft, Page
from aboveboard.outputs.render import Renderer

LATEST = 50
GROUPS = {
    "site": "The whole site",
    "kinds": "By kind",
    "actions": "What we promised",
    "teams": "By team",
    "services": "By service",
}


def feeds(library: PublicLibrary) -> Iterator[Draft]:
    """Yield every feed as Atom and as JSON Feed."""
    return (feed_draft(library, feed) for feed in site_feeds(library.frame))


def feed_draft(library: PublicLibrary, feed: Feed) -> Draft:
    """Return the files of one feed, still to be made."""
    told: Sequence[Told] = falling_due_once(library) if feed == DUE else _newest(library, feed)
    texts = tuple(one for one in told if isinstance(one, Entry))
    return Draft((feed.atom, feed.json), _files, (library.frame, feed, told), texts)


def _files(frame: Frame, feed: Feed, told: Sequence[Told]) -> Iterator[Asset]:
    items = [_item(frame, feed, one) for one in told]
    yield Asset(feed.atom, atom(frame, feed, items))
    yield Asset(feed.json, json_feed(frame, feed, items))


def _item(frame: Frame, feed: Feed, told: Told) -> Item:
    return due_item(frame, told) if feed == DUE and isinstance(told, Promise) else make_item(frame, told)


def feed_page(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of all feeds."""
    path, title, about = "feeds/index.md", "Feeds", "Follow along in a reader of your own choice."
    groups = [(GROUPS[name], list(found)) for name, found in groupby(site_feeds(library.frame), key=_group)]
    body = Renderer(library.frame, path)("feeds", groups=groups, latest=LATEST, about=about)
    yield Page(path, title, body, about)


def _newest(library: PublicLibrary, feed: Feed) -> list[Told]:
    """Return what a feed tells of: entries by when they were first public, promises by when they last changed.

    A promise that was kept is news, however long ago it was made; so is a withdrawal, which has the place of
    its day.
    """
    told: list[Told] = [*told_by(library, feed)]
    if feed.group in ("site", "kinds"):
        told += [stone for stone in library.tombstones if feed.key in ("", stone.kind.folder)]
    told.sort(key=lambda one: (stands_at(library.frame, one), one.id), reverse=True)
    # An id that stands twice in one entry is said by `check`; a feed has room for one of them.
    return list({one.id: one for one in told}.values())[:LATEST]


def falling_due_once(library: PublicLibrary) -> Sequence[Promise]:
    """Return what falls due, the latest to come due first."""
    return list({p.id: p for p in falling_due(library.entries, library.today)}.values())[:LATEST]


def _group(feed: Feed) -> str:
    return feed.group
