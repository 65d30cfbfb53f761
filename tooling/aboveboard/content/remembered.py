"""A parsed file as one record, and an entry that remembers what stands there.

    flags, digests of facts, instants, days, where the body begins, sizes of the parts
    │ problems │ fields │ times │ public times │ groups

What every run asks of every entry stands at the front and is read at once; the parts are read when
somebody asks for them, and the text itself is parsed again only then.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aboveboard.content.comments import strip_comments
from aboveboard.content.entry import Entry, ParsedFile
from aboveboard.content.fields.common import CommonFields
from aboveboard.content.front_matter import FrontMatter, read_front_matter
from aboveboard.content.incident_times import IncidentTimes
from aboveboard.content.kinds import Kind
from aboveboard.content.names import entry_id
from aboveboard.content.problems import Problem
from aboveboard.content.reading import Reading, without_prompts
from aboveboard.content.records import dump, load
from aboveboard.content.standing import Groups, Standing
from aboveboard.content.text import decode

_HEAD = struct.Struct(">B16s16sqqIIIIIIIII")
_ENTRY, _DRAFT, _WITHDRAWN, _PROMPTS = 1, 2, 4, 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def record_of(file: ParsedFile) -> bytes:
    """Return a parsed file as bytes; its own text is not among them."""
    problems = dump(file.problems) if file.problems else b""
    if file.entry is None:
        return _HEAD.pack(0, b"", b"", 0, 0, 0, 0, 0, 0, len(problems), 0, 0, 0, 0) + problems
    entry = file.entry
    standing, public = entry.standing, entry.reading.published() if entry.standing.has_prompts else entry.reading
    flags = _ENTRY | _DRAFT * standing.draft | _WITHDRAWN * standing.withdrawn | _PROMPTS * standing.has_prompts
    parts = [
        problems,
        dump(entry.fields),
        dump(entry.times) if entry.times else b"",
        b"",
        _write_groups(standing.groups),
    ]
    if entry.times and public is not entry.reading:
        # A comment in a list may hide a line of the timeline from the public.
        parts[3] = dump(public.times)
    instants = (_count(standing.opens_at), _count(standing.sort_at))
    span = (day.toordinal() for day in entry.reading.span)
    begins = (entry.matter.body_start, entry.matter.body_line)
    sizes = (len(part) for part in parts)
    return b"".join(
        [_HEAD.pack(flags, entry.reading.facts, public.facts, *instants, *span, *begins, *sizes), *parts]
    )


def file_of(kind: Kind, path: str, data: bytes, source: bytes, record: bytes, zone: ZoneInfo) -> ParsedFile | None:
    """Return the parsed file of a record, equal to the one that it was made of; None where it is no record.

    `data` are the bytes of the file, `source` their digest, `zone` the site's.
    """
    try:
        flags, facts, public, opens, sort, _, _, _, _, *sizes = _HEAD.unpack_from(record)
        opens_at, sort_at = _EPOCH + timedelta(0, 0, opens), _EPOCH + timedelta(0, 0, sort)
    except (struct.error, OverflowError):
        return None
    problems = load(record[_HEAD.size : _HEAD.size + sizes[0]]) if sizes[0] else ()
    if not isinstance(problems, tuple) or not all(isinstance(problem, Problem) for problem in problems):
        return None
    entry = None
    if flags & _ENTRY:
        standing = Standing(
            bool(flags & _DRAFT), bool(flags & _WITHDRAWN), opens_at, sort_at, bool(flags & _PROMPTS),
            _read_groups(record[len(record) - sizes[4] :]),
        )  # fmt: skip
        reading = Remembered(data, record, standing, facts, public)
        entry = Entry(kind, entry_id(path), path, zone, source, reading)
    return ParsedFile(kind, path, entry, problems, data)


class Remembered:
    """A reading from a record. `facts`, `public`: the digests of its facts, and as the public sees them."""

    __slots__ = ("_data", "_public", "_published", "_record", "facts", "standing")

    def __init__(
        self, data: bytes, record: bytes, standing: Standing, facts: bytes, public: bytes, published: bool = False
    ) -> None:
        self._data, self._record, self._public, self._published = data, record, public, published
        self.standing, self.facts = standing, facts

    @property
    def span(self) -> tuple[date, date]:
        first, last = _HEAD.unpack_from(self._record)[5:7]
        return date.fromordinal(first), date.fromordinal(last)

    @property
    def fields(self) -> CommonFields:
        fields: Any = load(self._part(1))
        assert isinstance(fields, CommonFields), "a record that passed its checksum holds fields"
        return fields

    @property
    def times(self) -> IncidentTimes | None:
        part = (self._part(3) if self._published else b"") or self._part(2)
        times: IncidentTimes | None = load(part) if part else None
        return times

    @property
    def matter(self) -> FrontMatter:
        matter = read_front_matter(self._data)
        return without_prompts(matter) if self._published else matter

    @property
    def body(self) -> tuple[str, int]:
        start, line = _HEAD.unpack_from(self._record)[7:9]
        # The same text that `matter` has, without parsing the front matter to find it.
        body = decode(self._data)[0][start:]
        return (strip_comments(body) if self._published else body), line

    def published(self) -> Reading:
        """Return the same as the public sees it."""
        standing = replace(self.standing, has_prompts=False)
        return Remembered(self._data, self._record, standing, self._public, self._public, published=True)

    def _part(self, number: int) -> bytes:
        sizes = _HEAD.unpack_from(self._record)[9:]
        start = _HEAD.size + sum(sizes[:number])
        return self._record[start : start + sizes[number]]


def _write_groups(groups: Groups) -> bytes:
    team, authors, services, tags, related, week = groups
    names = ((team or "",), authors, services, tags, related, (week,))
    return "\n".join("\t".join(group) for group in names).encode()


def _read_groups(data: bytes) -> Groups:
    # No name of these can have a tab or a line break in it.
    (team, *_), authors, services, tags, related, (week, *_) = (
        line.split("\t") for line in data.decode().split("\n")
    )
    return Groups(team or None, _names(authors), _names(services), _names(tags), _names(related), week)


def _names(found: list[str]) -> tuple[str, ...]:
    return tuple(found) if found[0] else ()


def _count(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND
