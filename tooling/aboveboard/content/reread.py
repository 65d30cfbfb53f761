"""Parsing the files of a project: those that changed; of the others, what the store remembers."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from aboveboard.content.entry import ParsedFile, parse_entry
from aboveboard.content.kinds import Kind
from aboveboard.content.remembered import file_of, record_of
from aboveboard.content.settings import Settings
from aboveboard.content.sources import Sources
from aboveboard.content.store import Store

ROOM = "entry"
# Records of earlier texts that are kept for going back to them.
SPARE = 500


def parse_files(sources: Sources, store: Store | None = None) -> list[ParsedFile]:
    """Return what came of every file of an entry, in order of path as they were found."""
    wanted = [(kind, path) for kind, path in sources.scan.entries if path in sources.read]
    keys = {path: sources.key(path) for _, path in wanted} if store else {}
    records = store.get_many(ROOM, keys.values()) if store else {}
    zone, settings = sources.project.zone, sources.project.settings
    files, new = [], {}
    for kind, path in wanted:
        source, file = sources.read[path], None
        if record := records.get(keys.get(path, b"")):
            file = file_of(kind, path, source.data, source.digest, record, zone)
        if file is None:
            file = parse_entry(kind, path, source.data, settings)
            if store:
                new[keys[path]] = record_of(file)
        files.append(file)
    if store and new:
        store.put_many(ROOM, new)
        store.trim(ROOM, keys.values(), SPARE)
    return files


def parse_to_record(kind: Kind, path: str, data: bytes, settings: Settings) -> bytes:
    """Return the record of one file: all that a worker process need hand back."""
    return record_of(parse_entry(kind, path, data, settings))


@contextmanager
def uncollected() -> Iterator[None]:
    """Spare the garbage collector the work while many objects are made that all stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
