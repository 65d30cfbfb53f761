"""The roll: what every run asks of every entry, of all of them in one record, as they were read last.

An entry whose bytes are what they were then costs one row of it; the rest of what is remembered of it
(`remembered.py`) is fetched when somebody asks: of a few entries one by one, then of all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from aboveboard.content.entry import ParsedFile, parse_entry
from aboveboard.content.kinds import Kind
from aboveboard.content.recalled import is_record
from aboveboard.content.records import dump
from aboveboard.content.remembered import record_of
from aboveboard.content.rows import file_of_row, row_of
from aboveboard.content.sources import ROLL, Sources
from aboveboard.content.store import Store

# Where the records of entries are.
ROOM = "entry"
# One entry of so many is few: as long as no more are missing, the roll need not be written anew.
FEW = 50
# Rolls of other settings that are kept.
SPARE = 4


class Book:
    """What the store remembers of a project's entries; a copy of it is never asked twice for the same."""

    def __init__(self, sources: Sources, store: Store) -> None:
        self._sources, self._store = sources, store
        self._found: dict[str, bytes] = {}

    def look_up(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Return the records of some files, as far as there are any."""
        keys = {path: self._sources.key(path) for path in paths}
        records = self._store.get_many(ROOM, keys.values())
        found = {path: record for path, key in keys.items() if (record := records.get(key)) and is_record(record)}
        self._found |= found
        return found

    def record_of(self, kind: Kind, path: str) -> bytes:
        """Return the record of a file; where it has gone from the store, the file is parsed once more."""
        if path not in self._found:
            left = self._sources.read.keys() - self._found.keys() if self._is_asked_often else [path]
            self.look_up(list(left))
        if path not in self._found:
            settings = self._sources.project.settings
            self._found[path] = record_of(parse_entry(kind, path, self._sources.read[path].data, settings))
        return self._found[path]

    @property
    def _is_asked_often(self) -> bool:
        return len(self._found) * FEW > len(self._sources.read)


def call_roll(sources: Sources, book: Book) -> dict[str, ParsedFile]:
    """Return what came of the files that are as the roll says, by path."""
    rows, zone = sources.on_roll, sources.project.zone
    found = {}
    for kind, path in sources.scan.entries:
        if row := rows.get(path):
            record = partial(book.record_of, kind, path)
            try:
                found[path] = file_of_row(kind, path, sources.read[path], row, record, zone)
            except (TypeError, ValueError, OverflowError):
                continue  # whatever that is, it is no row of ours
    return found


def write_roll(sources: Sources, store: Store, files: Sequence[ParsedFile], missed: int) -> None:
    """Write the roll anew, where it missed more than a few files or has more than a few that are gone."""
    more = max(missed, len(sources.roll) - len(files))
    if more * FEW <= len(files):
        return
    rows = {file.path: tuple(row_of(file, sources.read[file.path].digest)) for file in files}
    store.put_many(ROLL, {sources.setting: dump(rows)})
    store.trim(ROLL, [sources.setting], SPARE)
