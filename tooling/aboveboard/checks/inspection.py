"""One inspection of a library: what is remembered of its documents stands, the rest is looked at.

Without a store everything is looked at, and the answer is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from aboveboard.checks.quiet import Quiet, read_quiet, write_quiet
from aboveboard.checks.rule import PAGE, Document
from aboveboard.content.entry import Entry
from aboveboard.content.library import Library
from aboveboard.content.reread import uncollected
from aboveboard.content.store import Store
from aboveboard.errors import Diagnostic

ROOM = "diagnostics"
# Records of earlier texts that are kept for going back to them.
SPARE = 500
# One document of so many is few: as long as no more turn out quiet, that need not be noted anew.
FEW = 50


class Inspection:
    """`clock` knows afterwards for how long the answer stands; what is `fleeting` is true this time only.

    With `only_errors` nothing else is looked for, and what is remembered of it lies apart.
    """

    def __init__(
        self, library: Library, now: datetime, store: Store | None = None, only_errors: bool = False
    ) -> None:
        self.library, self.store = library, store
        self.desk, self.clock = Desk(library.project, library.registers, only_errors), Clock(now)
        self.anchors = Anchors(library)
        self.around = Around(library, self.desk, self.clock, store, self.anchors)
        self.fleeting = False
        self._new: dict[bytes, bytes] = {}
        self._used: list[bytes] = []
        # The sources of documents that were noted as quiet and are so still, and of those that turned out to be.
        self._still: dict[str, bytes] = {}
        self._silent: dict[str, bytes] = {}

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
        if self.store and len(documents) == len(everything):
            self._tidy(self.store, everything)
        return found

    def _tidy(self, store: Store, documents: Sequence[Document]) -> None:
        """Note anew who is quiet, where many are that were not, and let go of what is not in use any more."""
        if len(self._silent) * FEW > len(documents):
            since, until = self._quiet.since, self._quiet.until
            write_quiet(store, self.desk, Quiet(self._still | self._silent, since, until, self.around.digest))
        if self._new and store.size(ROOM) > len(documents) + len(self._used) + 2 * SPARE:
            store.trim(ROOM, [*self._used, *(document_key(document, self.desk) for document in documents)], SPARE)

    @property
    def _everything(self) -> tuple[Document, ...]:
        return (*self.library.entries, *self.library.pages)

    @cached_property
    def _quiet(self) -> Quiet:
        noted = read_quiet(self.store, self.desk) if self.store else Quiet()
        stands = self.clock.holds(noted.since, noted.until) and noted.table == self.around.digest
        return noted if stands else Quiet()

    @cached_property
    def looker(self) -> Looker:
        return Looker(self.desk, self.clock, self.around.surroundings, self.anchors)

    def _in_documents(self, documents: list[Document]) -> Iterator[Diagnostic]:
        quiet = self._quiet.sources
        self._still = {d.path: d.source for d in documents if d.source and quiet.get(d.path) == d.source}
        loud = [document for document in documents if document.path not in self._still]
        keys = [document_key(document, self.desk) for document in loud]
        records = self.store.get_many(ROOM, keys) if self.store else {}
        since, until = (self._quiet.since, self._quiet.until) if self._still else (FIRST, LAST)
        for document, key in zip(loud, keys, strict=True):
            record = kept(records[key]) if key in records else None
            if record and record.is_silent and self._stands(record):
                said: Kept | Looked = record
            else:
                looked = self._remembered(document, key, record) if record else None
                said = looked = looked or self._looked(document, key)
                yield from looked.diagnostics
            since, until = max(since, said.since), min(until, said.until)
            if said.is_silent and document.source:
                self._silent[document.path] = document.source
        self._quiet = replace(self._quiet, since=since, until=until)
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
    return file_key(what, document.path, document.source, desk)


def file_key(what: str, path: str, source: bytes, desk: Desk) -> bytes:
    """Return the same of a file that nobody has parsed yet; `source` is the digest of its bytes."""
    said = f"{what}\0{path}\0".encode("utf-8", "surrogatepass") + source
    return hashlib.blake2b(said, digest_size=16, key=desk.digest).digest()
