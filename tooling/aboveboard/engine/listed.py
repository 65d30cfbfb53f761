"""Which files a release holds: folders that look as they did when they were listed last are not listed again.

A name that comes, goes or leads to another file changes how its folder looks, as `content/seen.py` tells of files.
What is in a file is not told by that; whoever needs it looks at the file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from aboveboard.content.records import dump, load
from aboveboard.content.seen import FEW, ROOM, SPARE, TELLS, look_of, settled_before
from aboveboard.content.store import Store

# Folders by path, with a slash at the end, and how each looked; files by path, and the number of each.
Looks = dict[str, bytes]
Numbers = dict[str, int]
_UNSETTLED = b"?"


def files_in(folder: str, apart: str, store: Store | None = None) -> Numbers:
    """Return every file of a folder, by path, with what tells whether another name is the same file.

    `apart`: a folder in it that is passed over. `store`: where it may be remembered.
    """
    store = store if TELLS else None
    key = _key(folder, apart)
    looks, files = _noted(store, key)
    changed = [path for path, look in looks.items() if look != _look(folder, path)[0]]
    if changed:
        gone = frozenset(changed)
        files = {path: number for path, number in files.items() if path[: path.rfind("/") + 1] not in gone}
    left, listed = changed if looks else [""], 0
    settled = settled_before()
    while left:
        prefix = left.pop()
        look, last = _look(folder, prefix)
        looks.pop(prefix, None)
        if not look:
            continue
        looks[prefix] = look if last < settled else _UNSETTLED
        for path, number in _list(folder, prefix):
            listed += 1
            if number is not None:
                files[path] = number
            elif path not in looks and path != f"{apart}/":
                left.append(path)
    if store and listed * FEW > len(files):
        store.put_many(ROOM, {key: dump((looks, files))})
        store.trim(ROOM, [key], SPARE)
    return files


def _look(folder: str, prefix: str) -> tuple[bytes, int]:
    """Return how a folder looks and when it changed last, in nanoseconds; nothing where it has gone."""
    try:
        found = os.lstat(f"{folder}/{prefix[:-1]}")
    except OSError:
        return b"", 0
    return look_of(found), max(found.st_mtime_ns, found.st_ctime_ns)


def _list(folder: str, prefix: str) -> Iterator[tuple[str, int | None]]:
    """Yield what lies in a folder, by path: files with their numbers, folders with a slash and none."""
    with os.scandir(f"{folder}/{prefix}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield f"{prefix}{entry.name}/", None
            else:
                yield prefix + entry.name, entry.inode()


def _noted(store: Store | None, key: bytes) -> tuple[Looks, Numbers]:
    noted = load(store.get(ROOM, key) or b"") if store else None
    if isinstance(noted, tuple) and len(noted) == 2 and all(isinstance(part, dict) for part in noted):
        return noted
    return {}, {}


def _key(folder: str, apart: str) -> bytes:
    """Return what is noted of a folder is kept under: its number, for a release gets another name."""
    where = f"{Path(folder).parent}\0{os.lstat(folder).st_ino}\0{apart}"
    return hashlib.blake2b(where.encode("utf-8", "surrogatepass"), digest_size=16, key=b"listed").digest()
