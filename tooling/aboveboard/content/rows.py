"""A row of the roll: of a file that was parsed before, what every run asks of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from aboveboard.content.entry import Entry, ParsedFile
from aboveboard.content.kinds import Kind
from aboveboard.content.names import entry_id
from aboveboard.content.problems import Problem
from aboveboard.content.recalled import Remembered
from aboveboard.content.records import dump, load
from aboveboard.content.source import Source
from aboveboard.content.standing import Groups, Standing

ENTRY, _DRAFT, _WITHDRAWN, _PROMPTS = 1, 2, 4, 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Row(NamedTuple):
    """What every run asks of a file: the digest of its bytes, and what stands at the front of its record.

    Plain values all of them: thousands are read in one go.
    """

    source: bytes
    flags: int
    facts: bytes
    public: bytes
    opens: int
    sort: int
    span: tuple[int, int]
    groups: tuple[Any, ...] | None
    problems: bytes


def row_of(file: ParsedFile, source: bytes) -> Row:
    """Return the row of a parsed file; `source` is the digest of its bytes."""
    problems = dump(file.problems) if file.problems else b""
    if file.entry is None:
        return Row(source, 0, b"", b"", 0, 0, (0, 0), None, problems)
    reading, standing = file.entry.reading, file.entry.standing
    public = reading.published().facts if standing.has_prompts else reading.facts
    instants = (count(standing.opens_at), count(standing.sort_at))
    first, last = reading.span
    span = (first.toordinal(), last.toordinal())
    return Row(
        source, flags_of(standing), reading.facts, public, *instants, span, tuple(standing.groups), problems
    )


def file_of_row(
    kind: Kind, path: str, source: Source, row: tuple[Any, ...], record: Callable[[], bytes], zone: ZoneInfo
) -> ParsedFile:
    """Return the parsed file of a row; raise ValueError or TypeError where it is no row.

    `record` gives the rest of what is remembered when it is asked for.
    """
    digest, flags, facts, public, opens, sort, (first, last), groups, problems = row
    said = load(problems) if problems else ()
    if said and not (isinstance(said, tuple) and all(isinstance(problem, Problem) for problem in said)):
        raise ValueError("no problems")
    entry = None
    if flags & ENTRY and groups:
        opens_at = _EPOCH + timedelta(0, 0, opens)
        sort_at = opens_at if sort == opens else _EPOCH + timedelta(0, 0, sort)
        standing = Standing(
            flags & _DRAFT > 0,
            flags & _WITHDRAWN > 0,
            opens_at,
            sort_at,
            flags & _PROMPTS > 0,
            Groups._make(groups),
        )
        reading = Remembered(source, record, standing, (first, last), facts, public)
        entry = Entry(kind, entry_id(path), path, zone, digest, reading)
    return ParsedFile(kind, path, entry, said, source)


def flags_of(standing: Standing) -> int:
    """Return what a row says of an entry's standing with single bits."""
    return ENTRY | _DRAFT * standing.draft | _WITHDRAWN * standing.withdrawn | _PROMPTS * standing.has_prompts


def count(at: datetime) -> int:
    """Return an instant as microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND
