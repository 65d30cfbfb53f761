"""How each file looked when it was read last: one that still looks so has the bytes that it had, and is not read.

As git's index does it. A file looks the same while its length, its two times and its number are what they were.
Nobody can put back the time at which the system noted a change, so an edit of the same length under an old time of
writing is seen, and so is a file that took another's place. What changed just now is not trusted at all: it might
change once more within one tick of the clock. Where looks tell less than that, every file is read.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from aboveboard.content.records import dump, load
from aboveboard.content.source import Source, read_file
from aboveboard.content.store import Store

ROOM = "seen"
# Folders of which it is kept: this one, the commit that is published, another work tree.
SPARE = 8
# The coarsest file system knows when a file was written to two seconds.
SETTLED = 3 * 10**9
# One file of so many is few: as long as no more had to be read, that need not be noted anew.
FEW = 50
# Elsewhere the second time is that of the file's making, and tells nothing.
TELLS = os.name == "posix"
_DIGEST = 16


class Seen:
    """What is noted of the files below one folder of this machine, and what is seen of them now."""

    def __init__(self, folder: Path, store: Store | None) -> None:
        self._folder, self._store = str(folder), store
        self._before = settled_before()
        self._noted = self._read()
        self._found: dict[str, bytes] = {}
        self._missed = 0

    def source(self, path: str) -> Source:
        """Return a file of the folder, read only where it looks different; raises OSError where it cannot be."""
        file = f"{self._folder}/{path}"
        found = os.stat(file)  # noqa: PTH116  there may be thousands
        look = look_of(found)
        noted = self._noted.get(path)
        if noted is not None and noted[_DIGEST:] == look:
            self._found[path] = noted
            return Source(noted[:_DIGEST], file)
        source = Source.of(read_file(file), file)
        self._missed += 1
        if max(found.st_mtime_ns, found.st_ctime_ns) < self._before:
            self._found[path] = source.digest + look
        return source

    def note(self) -> None:
        """Note anew what was seen, where that was much."""
        changed = max(self._missed, len(self._noted) - len(self._found))
        if self._store and TELLS and self._found and changed * FEW > len(self._found):
            self._store.put_many(ROOM, {self._key: dump(self._found)})
            self._store.trim(ROOM, [self._key], SPARE)

    def _read(self) -> Mapping[str, bytes]:
        noted: Any = load(self._store.get(ROOM, self._key) or b"") if self._store and TELLS else None
        return noted if isinstance(noted, dict) and _are_notes(noted.values()) else {}

    @property
    def _key(self) -> bytes:
        # What is noted belongs to one folder of one machine. Records of others do no harm: nothing in them fits.
        return hashlib.blake2b(self._folder.encode("utf-8", "surrogatepass"), digest_size=16, key=b"seen").digest()


def settled_before() -> int:
    """Return before when a file must have changed last for its look to tell, in nanoseconds."""
    # The clock of the file system's times; nothing that is shown depends on it.
    return time.time_ns() - SETTLED


def look_of_file(path: str) -> bytes:
    """Return how the file at a path looks; raises OSError where there is none."""
    return look_of(os.stat(path))  # noqa: PTH116  there may be thousands


def look_of(found: os.stat_result) -> bytes:
    """Return how a file or a folder looks."""
    return b"%d %d %d %d" % (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _are_notes(values: Iterable[object]) -> bool:
    return all(type(value) is bytes and len(value) > _DIGEST for value in values)
