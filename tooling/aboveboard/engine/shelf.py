"""What was rendered before, on its shelf in the cache: pages, files, items of feeds, by what they were made of.

A release keeps finished pages for the next build on the same machine; the shelf serves all other builds: MkDocs's
own, one after another branch was looked at, and one on a machine that has nothing but the cache.
"""

from __future__ import annotations

import os
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any

from aboveboard.content.entry import Entry
from aboveboard.content.records import dump, load
from aboveboard.content.store import Store
from aboveboard.engine.encode import digest
from aboveboard.engine.keys import Keys
from aboveboard.outputs.machines.item import Item

PAGES, FILES, ITEMS = "markdown", "site", "page"
# Records are put together: each time costs about as much as ten of them.
AT_ONCE = 400
# Records of what is not in use any more that are kept for going back to it.
SPARE = 300


class Shelf:
    """Records of one setting, by room and key."""

    def __init__(self, root: Path, setting: bytes) -> None:
        self._root, self._setting = root, setting
        self._opened, self._process = Store.open(root), os.getpid()
        self._new: dict[str, dict[bytes, bytes]] = {}
        self._bare: dict[str, bool] = {}
        self.used: dict[str, set[bytes]] = {}

    @property
    def _store(self) -> Store:
        if self._process != os.getpid():
            # A store belongs to the process that opened it.
            self._opened, self._process = Store.open(self._root), os.getpid()
        return self._opened

    def key(self, *parts: object) -> bytes:
        """Return what is kept under these parts."""
        return digest((self._setting, parts))

    def get(self, room: str, key: bytes) -> Any:
        """Return the plain value that lies under a key, or None."""
        self.used.setdefault(room, set()).add(key)
        data = self._new.get(room, {}).get(key) or (None if self._is_bare(room) else self._store.get(room, key))
        try:
            return load(zlib.decompress(data)) if data else None
        except zlib.error:
            return None

    def _is_bare(self, room: str) -> bool:
        """Whether nothing lay there when this build began: nobody makes the same page or file twice in one."""
        if room == ITEMS:
            return False
        if room not in self._bare:
            self._bare[room] = not self._store.size(room)
        return self._bare[room]

    def put(self, room: str, key: bytes, value: object) -> None:
        """Keep a plain value."""
        new = self._new.setdefault(room, {})
        # The fastest level: it makes HTML a fifth as long, and the next ones take longer than they save.
        new[key] = zlib.compress(dump(value), 1)
        if len(new) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what is new."""
        for room, records in self._new.items():
            self._store.put_many(room, records)
        self._new.clear()

    def bound(self, files: int) -> None:
        """Let go of what was kept longest, where there is more than twice what a site of so many files needs."""
        for room in (PAGES, FILES, ITEMS):
            self._store.trim(room, (), files + SPARE)

    def trim(self) -> None:
        """Let go of what no page of this site was asked for."""
        for room, keys in self.used.items():
            self._store.trim(room, keys, SPARE)


class KeptItems:
    """Items of feeds by entry, made in this build or an earlier one. None is held: they are full texts."""

    def __init__(self, shelf: Shelf, keys: Keys) -> None:
        self._shelf, self._keys = shelf, keys

    def get(self, entry: Entry) -> object:
        """Return the item of an entry, or None."""
        values = self._shelf.get(ITEMS, self._key(entry))
        return Item(*values) if isinstance(values, tuple) and len(values) == len(fields(Item)) else None

    def __setitem__(self, entry: Entry, item: object) -> None:
        assert isinstance(item, Item), "what is kept of an entry is what feeds tell of it"
        self._shelf.put(ITEMS, self._key(entry), tuple(getattr(item, one.name) for one in fields(item)))

    def _key(self, entry: Entry) -> bytes:
        return self._shelf.key("item", self._keys.of_text(entry))
