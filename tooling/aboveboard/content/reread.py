"""Parsing the files of a project: those that changed; of the others, what the store remembers."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from aboveboard.content.entry import ParsedFile, parse_entry
from aboveboard.content.kinds import Kind
from aboveboard.content.remembered import file_of, record_of
from aboveboard.content.roll import ROOM, Book, call_roll, write_roll
from aboveboard.content.settings import Settings
from aboveboard.content.sources import Sources
from aboveboard.content.store import Store

# Records of earlier texts that are kept for going back to them.
SPARE = 500


def parse_files(sources: Sources, store: Store | None = None) -> list[ParsedFile]:
    """Return what came of every file of an entry, in order of path as they were found."""
    wanted = [(kind, path) for kind, path in sources.scan.entries if path in sources.read]
    settings = sources.project.settings
    if store is None:
        return [parse_entry(kind, path, sources.read[path].data, settings) for kind, path in wanted]
    book = Book(sources, store)
    found = call_roll(sources, book)
    missed = [(kind, path) for kind, path in wanted if path not in found]
    records = book.look_up([path for _, path in missed])
    new = {}
    for kind, path in missed:
        source, file = sources.read[path], None
        if record := records.get(path):
            file = file_of(kind, path, source, record, sources.project.zone)
        if file is None:
            file = parse_entry(kind, path, source.data, settings)
            new[sources.key(path)] = record_of(file)
        found[path] = file
    if new:
        store.put_many(ROOM, new)
        if store.size(ROOM) > len(wanted) + 2 * SPARE:
            store.trim(ROOM, [sources.key(path) for _, path in wanted], SPARE)
    files = [found[path] for _, path in wanted]
    write_roll(sources, store, files, len(missed))
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
        if not gc.get_freeze_count():
            # Both together put all that is new among what is old, where it is looked for seldom.
            gc.freeze()
            gc.unfreeze()
        if was:
            gc.enable()
