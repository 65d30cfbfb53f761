"""One inspection of a library: what is remembered of its documents stands, the rest is looked at.

Without a store everything is looked at, and the answer is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from aboveboard.checks.anchored import Anchors
from aboveboard.checks.around import Around
from aboveboard.checks.attachment import Attachment, read_attachments
from aboveboard.checks.clock import FIRST, LAST, Clock
from aboveboard.checks.context import Desk
from aboveboard.checks.look import Looker, forget_text
from aboveboard.checks.looked import Kept, Looked, keep, kept
from aboveboard.checks.rule import PAGE, Document
from aboveboard.content.entry import Entry
from aboveboard.content.library import Library
from aboveboard.content.reread import uncollected
from aboveboard.content.store import Store
from aboveboard.errors import Diagnostic

ROOM = "diagnostics"
# Records of earlier texts that are kept for going back to them.
SPARE = 500


class Inspection:
    """`clock` knows afterwards for how long the answer stands; what is `fleeting` is true this time only."""

    def __init__(self, library: Library, now: datetime, store: Store | None = None) -> None:
        self.library, self.store = library, store
        self.desk, self.clock = Desk(library.project, library.registers), Clock(now)
        self.anchors = Anchors(library)
        self.around = Around(library, self.desk, self.clock, store, self.anchors)
        self.fleeting = False
        self._new: dict[bytes, bytes] = {}
        self._used: list[bytes] = []

    def diagnostics(self, wanted: Callable[[str], bool] = lambda path: True) -> list[Diagnostic]:
        """Return what is found at the project-relative paths that are wanted, in no order."""
        prefix = self.desk.prefix
        everything = self._everything
        documents = [document for document in everything if wanted(f"{prefix}/{document.path}")]
        found = [d for d in (*self.library.problems, *self.around.said) if wanted(d.path)]
        self.around.narrow(self.clock)
        with uncollected():
            found += self._in_documents(documents)
        found += self._in_attachments(wanted)
        if self.store and self._new:
            self.store.put_many(ROOM, self._new)
            if len(documents) == len(everything):
                self.store.trim(ROOM, self._used, SPARE)
        return found

    @property
    def _everything(self) -> tuple[Document, ...]:
        return (*self.library.entries, *self.library.pages)

    @cached_property
    def looker(self) -> Looker:
        return Looker(self.desk, self.clock, self.around.surroundings, self.anchors)

    def _in_documents(self, documents: list[Document]) -> Iterator[Diagnostic]:
        keys = [document_key(document, self.desk) for document in documents]
        records = self.store.get_many(ROOM, keys) if self.store else {}
        self._used += keys
        since, until = FIRST, LAST
        for document, key in zip(documents, keys, strict=True):
            record = kept(records[key]) if key in records else None
            if record and record.is_silent and self._stands(record):
                since, until = max(since, record.since), min(until, record.until)
                continue
            looked = self._remembered(document, key, record) if record else None
            looked = looked or self._looked(document, key)
            since, until = max(since, looked.since), min(until, looked.until)
            yield from looked.diagnostics
        self.clock.narrow(since, until)

    def _stands(self, record: Kept) -> bool:
        return self.clock.holds(record.since, record.until) and (
            not record.asked or record.table == self.around.digest
        )

    def _remembered(self, document: Document, key: bytes, record: Kept) -> Looked | None:
        """Return what a record holds, what was found around looked at again where that may have changed."""
        looked = record.whole() if self.clock.holds(record.since, record.until) else None
        if looked is None:
            return None
        noted = self.anchors.still(looked.anchored) if self._stands(record) else None
        if noted is None:
            return self._kept(key, self.looker.look_around(document, looked))
        return looked if noted == looked.anchored else self._kept(key, replace(looked, anchored=noted))

    def _looked(self, document: Document, key: bytes) -> Looked:
        looked = self._kept(key, self.looker.look_at(document))
        forget_text(document)
        return looked

    def _kept(self, key: bytes, looked: Looked) -> Looked:
        table = self.around.digest if looked.asked else b""
        looked = replace(looked, table=table)
        if looked.fleeting:
            self.fleeting = True
        elif self.store:
            self._new[key] = keep(looked)
        return looked

    def _in_attachments(self, wanted: Callable[[str], bool]) -> Iterator[Diagnostic]:
        content = self.library.project.content
        for attachment in read_attachments(content, self.library.attachments):
            if wanted(f"{self.desk.prefix}/{attachment.path}"):
                yield from self._in_attachment(attachment)

    def _in_attachment(self, attachment: Attachment) -> Iterable[Diagnostic]:
        key = hashlib.blake2b(attachment.digest, digest_size=16, key=self.desk.digest).digest()
        self._used.append(key)
        record = kept(self.store.get(ROOM, key) or b"") if self.store else None
        if record and record.is_silent:
            return ()
        looked = record.whole() if record else None
        if looked is None:
            looked = Looked(self.looker.look_into(attachment), (), None, FIRST, LAST)
            if self.store:
                self._new[key] = keep(looked)
        return looked.own


def document_key(document: Document, desk: Desk) -> bytes:
    """Return the key of what is found in a document: its kind, path and source, and the desk."""
    what = document.kind.name if isinstance(document, Entry) else PAGE
    said = f"{what}\0{document.path}\0".encode("utf-8", "surrogatepass") + document.source
    return hashlib.blake2b(said, digest_size=16, key=desk.digest).digest()
