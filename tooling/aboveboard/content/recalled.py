"""A reading from a record: what was read once of an entry's file, each part of it when somebody asks."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import date
from typing import Any

from aboveboard.content.comments import strip_comments
from aboveboard.content.fields.common import CommonFields
from aboveboard.content.front_matter import FrontMatter, read_front_matter
from aboveboard.content.incident_times import IncidentTimes
from aboveboard.content.prose import Heading, Prose
from aboveboard.content.reading import Reading, without_prompts
from aboveboard.content.records import load
from aboveboard.content.source import Source
from aboveboard.content.standing import Standing
from aboveboard.content.text import decode

# Flags, digests of facts and of public facts, two instants, two days, where the body begins, seven sizes.
HEAD = struct.Struct(">B16s16sqqIIIIIIIIIII")
# Where the parts of a record are that the public has otherwise, where its text has comments.
TIMES, HEADINGS = (2, 3), (4, 5)


def is_record(data: bytes) -> bool:
    """Tell whether bytes have the form of a record."""
    if len(data) < HEAD.size:
        return False
    sizes: tuple[int, ...] = HEAD.unpack_from(data)[9:]
    return len(data) == HEAD.size + sum(sizes)


class Remembered:
    """A reading from a record. `facts`, `public`: the digests of its facts, and as the public sees them.

    `span`: the first and the last day that it names, counted as `date.toordinal` does. `record` gives the bytes
    of the record, as often as it is called.
    """

    __slots__ = ("_public", "_published", "_record", "_source", "_span", "facts", "standing")

    def __init__(
        self,
        source: Source,
        record: Callable[[], bytes],
        standing: Standing,
        span: tuple[int, int],
        facts: bytes,
        public: bytes,
        published: bool = False,
    ) -> None:
        self._source, self._record, self._public, self._published = source, record, public, published
        self.standing, self._span, self.facts = standing, span, facts

    @property
    def span(self) -> tuple[date, date]:
        first, last = self._span
        return date.fromordinal(first), date.fromordinal(last)

    @property
    def fields(self) -> CommonFields:
        fields: Any = load(self._part(1))
        assert isinstance(fields, CommonFields), "a record that passed its checksum holds fields"
        return fields

    @property
    def times(self) -> IncidentTimes | None:
        part = self._part_of(TIMES)
        times: IncidentTimes | None = load(part) if part else None
        return times

    @property
    def matter(self) -> FrontMatter:
        matter = read_front_matter(self._source.data)
        return without_prompts(matter) if self._published else matter

    @property
    def body(self) -> tuple[str, int]:
        start, line = HEAD.unpack_from(self._record())[7:9]
        # The same text that `matter` has, without parsing the front matter to find it.
        body = decode(self._source.data)[0][start:]
        return (strip_comments(body) if self._published else body), line

    @property
    def prose(self) -> Prose:
        # Where its headings are was found out with everything else: no other part of it is asked for often.
        return Prose(*self.body, tuple(Heading(*heading) for heading in load(self._part_of(HEADINGS))))

    def published(self) -> Reading:
        """Return the same as the public sees it."""
        standing = self.standing._replace(has_prompts=False)
        return Remembered(
            self._source, self._record, standing, self._span, self._public, self._public, published=True
        )

    def _part_of(self, numbers: tuple[int, int]) -> bytes:
        own, public = numbers
        return (self._part(public) if self._published else b"") or self._part(own)

    def _part(self, number: int) -> bytes:
        record = self._record()
        sizes = HEAD.unpack_from(record)[9:]
        start = HEAD.size + sum(sizes[:number])
        return record[start : start + sizes[number]]
