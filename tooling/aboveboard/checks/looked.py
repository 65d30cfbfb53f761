"""What came of looking at one document, as it is kept: what was found, and for how long that stands.

It was found in a document, at a desk (both are in the key) and at some instant. It stands while the
clock gives the same answers; and what was found around, while the surroundings are the same.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from aboveboard.content.records import dump, load
from aboveboard.errors import Diagnostic

if TYPE_CHECKING:
    from aboveboard.checks.reach.leads import Ways

_HEAD = struct.Struct(">Bqq16s")
_ASKED, _SAID = 1, 2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a document itself, and around it; waived findings are gone from both.

    `since`, `until`: between which instants it stands. `asked`: whether the surroundings were asked,
    and `table` their digest. `anchored`: of each page whose anchors were asked for, its path, the digest
    of its source, and that of its anchors. What is `fleeting` is not kept.
    """

    own: tuple[Diagnostic, ...]
    around: tuple[Diagnostic, ...]
    ways: Ways | None
    since: datetime
    until: datetime
    asked: bool = False
    table: bytes = b""
    anchored: tuple[tuple[str, bytes, bytes], ...] = ()
    fleeting: bool = False

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.own + self.around

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing, and looked at no page whose anchors may change."""
        return not (self.own or self.around or self.anchored or self.fleeting)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of `Looked`, of which the rest is read only if need be: most documents have nothing to say."""

    since: datetime
    until: datetime
    table: bytes
    asked: bool
    is_silent: bool
    record: bytes

    def whole(self) -> Looked | None:
        """Return all of it; None where it is no such record."""
        looked = load(self.record[_HEAD.size :])
        return looked if isinstance(looked, Looked) else None


def keep(looked: Looked) -> bytes:
    """Return it as bytes."""
    flags = _ASKED * looked.asked | _SAID * (not looked.is_silent)
    head = _HEAD.pack(flags, count(looked.since), count(looked.until), looked.table)
    return head + dump(looked)


def kept(record: bytes) -> Kept | None:
    """Return what a record says at its front; None where it is none."""
    try:
        flags, since, until, table = _HEAD.unpack_from(record)
        return Kept(moment(since), moment(until), table, bool(flags & _ASKED), not flags & _SAID, record)
    except (struct.error, OverflowError):
        return None


def count(at: datetime) -> int:
    """Return an instant as microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> datetime:
    """Return the instant of so many microseconds since 1970."""
    return _EPOCH + timedelta(0, 0, microseconds)
