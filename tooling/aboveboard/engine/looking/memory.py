"""The facts of every file of a site, read where they are not remembered: by all cores where there are many."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from aboveboard.content.ours import ours
from aboveboard.content.records import dump, load
from aboveboard.content.store import Store
from aboveboard.engine.looking.facts import Facts
from aboveboard.engine.looking.reading import read_said, shape_of
from aboveboard.engine.workers import Job, helpers_for, share

ROOM = "looked"
# Records of files that are not there any more, for going back to them.
SPARE = 300
_AT_ONCE = 20
Key = bytes


def facts_of_site(site: Path, store: Store) -> dict[str, Facts]:
    """Return the facts of every file below a folder, by path; what did not change is remembered."""
    keys = {path: _key(path, (site / path).read_bytes()) for path in files_of(site)}
    known = {key: facts for key, data in store.get_many(ROOM, keys.values()).items() if (facts := _facts(data))}
    new = {key: path for path, key in keys.items() if key not in known}
    records = dict(_read_all(site, new))
    store.put_many(ROOM, records)
    store.trim(ROOM, known.keys() | records.keys(), SPARE)
    known |= {key: facts for key, data in records.items() if (facts := _facts(data))}
    return {path: known[key] for path, key in keys.items()}


def files_of(site: Path) -> list[str]:
    """Return the path of every file below a folder, in order."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def _read_all(site: Path, new: dict[Key, str]) -> Iterator[tuple[Key, bytes]]:
    left = list(new.items())
    pieces = [left[start : start + _AT_ONCE] for start in range(0, len(left), _AT_ONCE)]
    job = Job(_tools, site, _read, _end)
    for some in share(job, site, [pieces], lambda done: None, helpers_for(len(left))):
        yield from some


def _tools(site: Path) -> Path:
    return site


def _read(site: Path, piece: Sequence[tuple[Key, str]]) -> list[tuple[Key, bytes]]:
    return [(key, _record(read_said(path, (site / path).read_bytes()).facts())) for key, path in piece]


def _end(tools: object) -> None:
    """Nothing is left to do."""


def _key(path: str, data: bytes) -> Key:
    """Return the key of a file: its bytes, how they are read, and who reads them."""
    said = hashlib.sha256(data).digest() + shape_of(path).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=20, key=ours()).digest()


def _record(facts: Facts) -> bytes:
    return zlib.compress(dump(tuple(facts)), 1)


def _facts(data: bytes) -> Facts | None:
    try:
        values: Any = load(zlib.decompress(data))
    except zlib.error:
        return None
    return Facts(*values) if isinstance(values, tuple) and len(values) == len(Facts._fields) else None
