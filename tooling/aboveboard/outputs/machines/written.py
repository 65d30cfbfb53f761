"""Items as they stand in the files of feeds: an entry is told of by several feeds, and written once for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.insight.actions import Promise
from aboveboard.outputs.machines.atom import atom_item
from aboveboard.outputs.machines.feed import DUE, SITE, Feed
from aboveboard.outputs.machines.item import Item, Told, archived_item, due_item, make_item
from aboveboard.outputs.machines.json_feed import json_item


@dataclass(frozen=True, slots=True)
class Written:
    """An item in both formats, and its last noticeable change."""

    atom: str
    json: str
    updated: datetime


def write_item(frame: Frame, feed: Feed, told: Told) -> Written:
    """Return what a feed tells of one thing, as it stands in its files."""
    if isinstance(told, Entry):
        # Complete addresses are the same in every feed; others count from where its files lie.
        return _entry(frame, feed if frame.project.site_url is None else SITE, told)
    if feed == DUE and isinstance(told, Promise):
        return _written(frame, feed, due_item(frame, told))
    return _written(frame, feed, make_item(frame, told))


def write_archived(frame: Frame, feed: Feed, told: Told) -> Written:
    """Return the same as an archive in Atom has it: of an entry, its facts."""
    if isinstance(told, Entry):
        return _archived(frame, feed if frame.project.site_url is None else SITE, told)
    return _written(frame, feed, make_item(frame, told))


# An entry is in two archives: the site's, and that of its kind, which comes after all of the site's.
@lru_cache(maxsize=1 << 15)
def _archived(frame: Frame, feed: Feed, entry: Entry) -> Written:
    item = archived_item(frame, entry)
    return Written(atom_item(frame, feed.atom, item), "", item.updated)


# An entry's team tells of it, then its services: thousands of full texts are not held from one to the other.
@lru_cache(maxsize=1024)
def _entry(frame: Frame, feed: Feed, entry: Entry) -> Written:
    return _written(frame, feed, make_item(frame, entry))


def _written(frame: Frame, feed: Feed, item: Item) -> Written:
    return Written(atom_item(frame, feed.atom, item), json_item(frame, feed.json, item), item.updated)
