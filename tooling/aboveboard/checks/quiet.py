"""Which documents had nothing to say, in one record: while nothing around changes, none of them is asked again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aboveboard.checks.clock import FIRST, LAST
from aboveboard.checks.context import Desk
from aboveboard.checks.looked import count, moment
from aboveboard.content.records import dump, load
from aboveboard.content.store import Store

ROOM = "roll"
# Records of other states that are kept.
SPARE = 4


@dataclass(frozen=True, slots=True)
class Quiet:
    """The digests of quiet documents' sources, by path. It stands from `since` to `until`, beside one `table`."""

    sources: Mapping[str, bytes] = field(default_factory=dict)
    since: datetime = FIRST
    until: datetime = LAST
    table: bytes = b""


def is_noted(store: Store, desk: Desk) -> bool:
    """Tell whether all documents were asked at a desk before: then nearly all of it is remembered."""
    return _key(desk) in store.keys(ROOM)


def read_quiet(store: Store, desk: Desk) -> Quiet:
    """Return which documents had nothing to say; none where nobody noted it."""
    try:
        sources, since, until, table = load(store.get(ROOM, _key(desk)) or b"")
        return Quiet(dict(sources), moment(since), moment(until), bytes(table))
    except (TypeError, ValueError, OverflowError):
        return Quiet()


def write_quiet(store: Store, desk: Desk, quiet: Quiet) -> None:
    """Note which documents have nothing to say."""
    said = (dict(quiet.sources), count(quiet.since), count(quiet.until), quiet.table)
    store.put_many(ROOM, {_key(desk): dump(said)})
    store.trim(ROOM, [_key(desk)], SPARE)


def _key(desk: Desk) -> bytes:
    return hashlib.blake2b(b"quiet", digest_size=16, key=desk.digest).digest()
