"""A store of bytes in the project's cache folder: what was worked out once and need not be again.

Content-addressed: the one who puts something chooses a key that holds everything it was made of. Keys
have 64 bytes at most. The store believes nothing it reads (each record has a checksum), never raises,
and can be deleted at any time. Where it cannot be opened, read or written, a build goes on without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from aboveboard.content.cache import cache_of, make_cache_folder

try:
    import sqlite3
except ImportError:  # pragma: no cover  some builds of Python leave it out
    sqlite3 = None  # type: ignore[assignment]

NAME = "cache.sqlite"
# A table each; the name of a room never comes from outside.
ROOMS = ("seen", "roll", "entry", "diagnostics", "whole", "markdown", "page", "site", "looked")
# Goes up when the shape of the tables changes: what lies there in another shape is dropped.
FORMAT = 3
# How long one process waits while another writes, in seconds.
PATIENCE = 2.0
_SUM = 8
# SQLite's limit of parameters was 999 for long.
_AT_ONCE = 900
T = TypeVar("T")


class Store:
    """Bytes by room and key. One object may be used from several threads, and not after a fork."""

    def __init__(self, folder: Path | None) -> None:
        self._folder, self._process, self._lock = folder, os.getpid(), threading.RLock()
        self._connection: Any = None

    @classmethod
    def open(cls, root: Path) -> Store:
        """Return the store of the project at `root`; nothing is made there before something is put."""
        return cls(cache_of(root))

    def get(self, room: str, key: bytes) -> bytes | None:
        """Return what lies under a key, or None."""
        return self.get_many(room, [key]).get(key)

    def get_many(self, room: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what lies under some keys, as far as it is there and whole."""
        wanted = list(keys)
        found: dict[bytes, bytes] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            found.update(self._select(room, f"WHERE key IN ({marks})", part))
        return found

    def get_all(self, room: str) -> dict[bytes, bytes]:
        """Return everything in a room that is whole."""
        return dict(self._select(room, "", []))

    def keys(self, room: str) -> set[bytes]:
        """Return the keys of a room; what lies under them is not looked at."""
        return {bytes(key) for (key,) in self._all(f"SELECT key FROM {_table(room)}")}

    def size(self, room: str) -> int:
        """Return how many records a room has."""
        return int((self._all(f"SELECT COUNT(*) FROM {_table(room)}") or [(0,)])[0][0])

    def put_many(self, room: str, records: Mapping[bytes, bytes]) -> None:
        """Keep some records, all in one step or none; what lay under their keys is replaced."""
        rows = [(key, _sum(room, key, data) + data) for key, data in records.items()]
        query = f"INSERT OR REPLACE INTO {_table(room)} (key, data) VALUES (?, ?)"
        if rows:
            self._writing(lambda connection: connection.executemany(query, rows))

    def forget(self, room: str, keys: Collection[bytes]) -> None:
        """Drop what lies under some keys."""
        query = f"DELETE FROM {_table(room)} WHERE key = ?"
        if keys:
            self._writing(lambda connection: connection.executemany(query, [(key,) for key in keys]))

    def trim(self, room: str, used: Collection[bytes], spare: int = 0) -> None:
        """Drop what is not in use any more, the longest kept first, but for the `spare` last ones.

        Spare records make going back to an earlier state cheap: another branch, an edit undone. Does
        nothing until there are twice as many of them.
        """
        in_use = set(used)
        rows = self._all(f"SELECT key FROM {_table(room)} ORDER BY rowid")
        unused = [key for (key,) in rows if bytes(key) not in in_use]
        if len(unused) > 2 * spare:
            self.forget(room, unused[: len(unused) - spare])
            self._writing(lambda connection: connection.execute("PRAGMA incremental_vacuum"))

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        with self._lock, contextlib.suppress(Exception):
            connection, self._connection = self._connection, None
            connection.close()

    def _select(self, room: str, where: str, parameters: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
        query = f"SELECT key, data FROM {_table(room)} {where}"
        wrong = []
        for key, record in self._all(query, parameters):
            data = record[_SUM:] if isinstance(record, bytes) else b""
            if isinstance(key, bytes) and isinstance(record, bytes) and record[:_SUM] == _sum(room, key, data):
                yield key, data
            else:
                wrong.append(key)
        self.forget(room, wrong)

    def _all(self, query: str, parameters: Sequence[bytes] = ()) -> list[tuple[Any, ...]]:
        return self._reading(lambda connection: connection.execute(query, parameters).fetchall()) or []

    def _reading(self, ask: Callable[[Any], T]) -> T | None:
        if self._connection is None and not (self._folder and (self._folder / NAME).is_file()):
            return None
        return self._carefully(ask)

    def _writing(self, write: Callable[[Any], object]) -> None:
        def _write(connection: Any) -> None:
            with connection:
                write(connection)

        self._carefully(_write)

    def _carefully(self, do: Callable[[Any], T]) -> T | None:
        """Do something with the database; where it is broken, make it anew, and where that fails do without."""
        if self._folder is None or sqlite3 is None or os.getpid() != self._process:
            return None
        with self._lock:
            try:
                return do(self._opened(self._folder))
            except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
                self.close()
                if _is_broken(error):
                    _remove(self._folder)
                else:
                    # Whoever waits once need not wait a hundred times.
                    self._folder = None
                return None

    def _opened(self, folder: Path) -> Any:
        if self._connection is not None and not (folder / NAME).is_file():
            self.close()  # somebody deleted it in the meantime
        if self._connection is None:
            make_cache_folder(folder)
            connection = sqlite3.connect(folder / NAME, PATIENCE, check_same_thread=False)
            try:
                _prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection


def _prepare(connection: Any) -> None:
    # Nothing here is worth waiting for the disk: what a power cut tears the checksums find.
    connection.execute("PRAGMA synchronous = OFF")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == FORMAT:
        return
    if version:
        raise sqlite3.DatabaseError("another format")
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for room in ROOMS:
            connection.execute(
                f"CREATE TABLE IF NOT EXISTS {_table(room)} (key BLOB NOT NULL UNIQUE, data BLOB NOT NULL)"
            )
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def _table(room: str) -> str:
    assert room in ROOMS, f"there is no room {room}"
    return f"room_{room}"


def _sum(room: str, key: bytes, data: bytes) -> bytes:
    # With room and key in it, a record under another's key is found too.
    return hashlib.blake2b(data, digest_size=_SUM, key=key, person=room.encode()).digest()


def _is_broken(error: Exception) -> bool:
    """Tell a file that is no good from one that is locked, read-only or on a full disk, which may pass."""
    passing = ("locked", "readonly", "read-only", "full", "unable to open", "disk i/o")
    # Where what it says is no text, it quotes what it found.
    broken = (sqlite3.DatabaseError, UnicodeDecodeError)
    return isinstance(error, broken) and not any(p in str(error).lower() for p in passing)


def _remove(folder: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            (folder / f"{NAME}{ending}").unlink()
