"""The surroundings of a library's documents, surveyed or remembered, and what rules over the whole find there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property

from aboveboard.checks.anchored import Anchors
from aboveboard.checks.clock import Clock
from aboveboard.checks.context import Desk
from aboveboard.checks.look import Looker
from aboveboard.checks.looked import Looked, keep, kept
from aboveboard.checks.surroundings import Surroundings, Table, survey
from aboveboard.content.library import Library
from aboveboard.content.records import dump, load
from aboveboard.content.store import Store
from aboveboard.errors import Diagnostic

ROOM = "whole"
# States of the surroundings that are kept, for going back to them.
SPARE = 20


class Around:
    """What else there is, as one digest at first; the table itself is read when somebody asks."""

    def __init__(self, library: Library, desk: Desk, clock: Clock, store: Store | None, anchors: Anchors) -> None:
        self._library, self._desk, self._clock, self._store = library, desk, clock, store
        self._anchors = anchors
        self._table: Table | None = None

    @cached_property
    def surroundings(self) -> Surroundings:
        found = self._looked
        if self._table is None and self._store:
            table = load(self._store.get(ROOM, _table_key(found.table)) or b"")
            self._table = table if isinstance(table, Table) else None
        return Surroundings(self._table or self._survey(self._clock.anew()), self._desk, self._anchors.on)

    @property
    def digest(self) -> bytes:
        """The digest of the table."""
        return self._looked.table

    @property
    def said(self) -> tuple[Diagnostic, ...]:
        """What the rules over the whole library find."""
        return self._looked.own

    def narrow(self, clock: Clock) -> None:
        """Have a clock note for how long all of it stands."""
        clock.narrow(self._looked.since, self._looked.until)

    @cached_property
    def _looked(self) -> Looked:
        key = self._key if self._store else b""
        record = kept(self._store.get(ROOM, key) or b"") if self._store else None
        if record and self._clock.holds(record.since, record.until) and (looked := record.whole()):
            return looked
        clock = self._clock.anew()
        table = self._survey(clock)
        surroundings = Surroundings(table, self._desk, self._anchors.on)
        said = Looker(self._desk, self._clock, surroundings, self._anchors).look_over(clock)
        looked = Looked(said, (), None, clock.since, clock.until, table=table.digest)
        if self._store:
            records = {key: keep(looked), _table_key(table.digest): dump(table)}
            self._store.put_many(ROOM, records)
            self._store.trim(ROOM, records, SPARE)
        return looked

    def _survey(self, clock: Clock) -> Table:
        self._table = survey(self._library, self._desk, clock, self._sizes)
        return self._table

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        content = self._library.project.content
        sizes = {}
        for path in self._library.attachments:
            try:
                sizes[path] = (content / path).stat().st_size
            except OSError:
                continue
        return sizes

    @cached_property
    def _key(self) -> bytes:
        """Everything that a survey reads: facts of entries, pages, broken files, attachments."""
        library = self._library
        parts = hashlib.blake2b(self._desk.digest, digest_size=16)
        # Of what kind an entry is its path says, and all of them are in the site's zone.
        parts.update("\0".join(entry.path for entry in library.entries).encode("utf-8", "surrogatepass"))
        parts.update(b"".join(entry.reading.facts for entry in library.entries))
        pages = [(page.path, page.source, page.broken) for page in library.pages]
        broken = [file.path for file in library.files if file.broken]
        said = (pages, broken, sorted(library.broken_paths), self._sizes, library.attachments)
        parts.update(repr(said).encode("utf-8", "surrogatepass"))
        return parts.digest()


def _table_key(digest: bytes) -> bytes:
    return b"table" + digest
