"""The files of every feed, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import Promise, falling_due
from aboveboard.insight.numbered import NEWEST, Numbered, number_pages
from aboveboard.outputs.machines.atom import NEVER, Place, atom
from aboveboard.outputs.machines.feed import DUE, Feed, site_feeds, told_by
from aboveboard.outputs.machines.item import Told, stands_at
from aboveboard.outputs.machines.json_feed import json_feed
from aboveboard.outputs.machines.written import write_archived, write_item
from aboveboard.outputs.page import Asset, Draft, Page
from aboveboard.outputs.render import Renderer

GROUPS = {
    "site": "The whole site",
    "kinds": "By kind",
    "actions": "What we promised",
    "teams": "By team",
    "services": "By service",
}


def feeds(library: PublicLibrary) -> Iterator[Draft]:
    """Yield every feed as Atom and as JSON Feed, and the archives of those that have any."""
    for feed in site_feeds(library.frame):
        told = _told(library, feed)
        archives = _archives(feed, told)
        yield _draft(library, feed, told, len(archives))
        for archive in archives:
            yield Draft((feed.archive(archive.number),), _archive, (library.frame, feed, archive))


def feed_draft(library: PublicLibrary, feed: Feed) -> Draft:
    """Return the files of one feed, its archives apart, still to be made."""
    told = _told(library, feed)
    return _draft(library, feed, told, len(_archives(feed, told)))


def _draft(library: PublicLibrary, feed: Feed, told: Sequence[Told], archives: int) -> Draft:
    newest = told[:NEWEST]
    texts = tuple(one for one in newest if isinstance(one, Entry))
    return Draft((feed.atom, feed.json), _files, (library.frame, feed, newest, archives), texts)


def _told(library: PublicLibrary, feed: Feed) -> Sequence[Told]:
    return falling_due_once(library) if feed == DUE else _newest_first(library, feed)


def _archives(feed: Feed, told: Sequence[Told]) -> Sequence[Numbered[Told]]:
    return number_pages(told) if feed.has_archives else []


def _files(frame: Frame, feed: Feed, told: Sequence[Told], archives: int) -> Iterator[Asset]:
    items = [write_item(frame, feed, one) for one in told]
    updated = max((item.updated for item in items), default=NEVER)
    place = Place(feed.atom, before=feed.archive(archives) if archives else None)
    yield Asset(feed.atom, atom(frame, feed, place, [item.atom for item in items], updated))
    yield Asset(feed.json, json_feed(frame, feed, [item.json for item in items]))


def _archive(frame: Frame, feed: Feed, archive: Numbered[Told]) -> Iterator[Asset]:
    before, here, after = (feed.archive(archive.number + step) for step in (-1, 0, 1))
    place = Place(here, before if archive.number > 1 else None, after if archive.follows else None, True)
    items = [write_archived(frame, feed, one) for one in archive.found]
    updated = max(item.updated for item in items)
    yield Asset(here, atom(frame, feed, place, [item.atom for item in items], updated))


def feed_page(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of all feeds."""
    path, title, about = "feeds/index.md", "Feeds", "Follow along in a reader of your own choice."
    groups = [(GROUPS[name], list(found)) for name, found in groupby(site_feeds(library.frame), key=_group)]
    body = Renderer(library.frame, path)("feeds", groups=groups, latest=NEWEST, about=about)
    yield Page(path, title, body, about)


def _newest_first(library: PublicLibrary, feed: Feed) -> list[Told]:
    """Return what a feed tells of: entries by when they were first public, promises by when they last changed.

    A promise that was kept is news, however long ago it was made; so is a withdrawal, which has the place of
    its day.
    """
    told: list[Told] = [*told_by(library, feed)]
    if feed.group in ("site", "kinds"):
        told += [stone for stone in library.tombstones if feed.key in ("", stone.kind.folder)]
    told.sort(key=lambda one: (stands_at(library.frame, one), one.id), reverse=True)
    # An id that stands twice in one entry is said by `check`; a feed has room for one of them.
    return list({one.id: one for one in told}.values())


def falling_due_once(library: PublicLibrary) -> Sequence[Promise]:
    """Return what falls due, the latest to come due first."""
    return list({p.id: p for p in falling_due(library.entries, library.today)}.values())[:NEWEST]


def _group(feed: Feed) -> str:
    return feed.group
