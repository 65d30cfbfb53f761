"""The anchors of documents by path, found once in a run, and whether they are still what they were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property

from aboveboard.checks.reach.anchors import anchors_of
from aboveboard.checks.rule import Document
from aboveboard.content.library import Library

# Of a page whose anchors were asked for: its path, the digest of its source, that of its anchors.
Anchored = tuple[str, bytes, bytes]


class Anchors:
    """Answers what the anchors of a library's documents are."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._found: dict[str, frozenset[str]] = {}

    @cached_property
    def _documents(self) -> dict[str, Document]:
        documents: list[Document] = [*self._library.entries, *self._library.pages]
        return {document.path: document for document in documents}

    def on(self, path: str) -> frozenset[str]:
        """Return the anchors of the document at a path in the content folder."""
        if path not in self._found:
            self._found[path] = anchors_of(self._documents[path])
        return self._found[path]

    def note(self, paths: Iterable[str]) -> tuple[Anchored, ...]:
        """Return what is to be remembered of documents whose anchors were asked for."""
        return tuple((path, self._documents[path].source, _digest(self.on(path))) for path in paths)

    def still(self, noted: tuple[Anchored, ...]) -> tuple[Anchored, ...] | None:
        """Return the notes brought up to date where all anchors are what they were; None where one is not."""
        for path, source, digest in noted:
            document = self._documents.get(path)
            if document is None or (document.source != source and _digest(self.on(path)) != digest):
                return None
        return tuple((path, self._documents[path].source, digest) for path, _, digest in noted)


def _digest(anchors: Iterable[str]) -> bytes:
    return hashlib.blake2b("\0".join(sorted(anchors)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
