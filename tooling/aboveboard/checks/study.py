"""Reading and checking one file by itself, as a worker process can: bytes in, records out.

What a file's rules find around it is left to whoever knows the rest: its record says that it has yet to be
looked for, and needs no parsing for that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aboveboard.checks.clock import Clock
from aboveboard.checks.context import Desk
from aboveboard.checks.inspection import ROOM, document_key
from aboveboard.checks.look import look_inward
from aboveboard.checks.looked import keep
from aboveboard.content.entry import parse_entry
from aboveboard.content.kinds import BY_NAME
from aboveboard.content.remembered import record_of
from aboveboard.content.roll import ROOM as ENTRIES
from aboveboard.content.sources import Sources
from aboveboard.content.store import Store


@dataclass(frozen=True, slots=True)
class Studied:
    """The record of a parsed file, and of what was found in it; of what is not to be kept, none."""

    path: str
    entry: bytes
    found_key: bytes = b""
    found: bytes | None = None


def study(desk: Desk, now: datetime, kind: str, path: str, data: bytes) -> Studied:
    """Read and check one file of a kind; never raises on content. All that goes in and out can be pickled."""
    file = parse_entry(BY_NAME[kind], path, data, desk.settings)
    if file.entry is None:
        return Studied(path, record_of(file))
    looked = look_inward(file.entry, desk, Clock(now))
    found = None if looked.fleeting else keep(looked)
    return Studied(path, record_of(file), document_key(file.entry, desk), found)


def keep_studied(store: Store, sources: Sources, studied: Iterable[Studied]) -> None:
    """Put what was studied where `load_library` and `check_library` look for it."""
    done = list(studied)
    store.put_many(ENTRIES, {sources.key(one.path): one.entry for one in done})
    store.put_many(ROOM, {one.found_key: one.found for one in done if one.found is not None})
