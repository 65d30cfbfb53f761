"""A parsed file as one record, and an entry that remembers what stands there.

    flags, digests of facts, instants, days, where the body begins, sizes of the parts
    │ problems │ fields │ times │ public times │ headings │ public headings │ groups

What every run asks of every entry stands at the front and is a row of the roll (`content/roll.py`) besides; the
rest of a record is fetched and read when somebody asks for it, and the text itself is parsed again only then.
"""

from __future__ import annotations

import struct
from zoneinfo import ZoneInfo

from aboveboard.content.entry import ParsedFile
from aboveboard.content.kinds import Kind
from aboveboard.content.reading import Reading
from aboveboard.content.recalled import HEAD, HEADINGS, TIMES
from aboveboard.content.records import dump
from aboveboard.content.rows import ENTRY, Row, count, file_of_row, flags_of
from aboveboard.content.source import Source
from aboveboard.content.standing import Groups


def record_of(file: ParsedFile) -> bytes:
    """Return a parsed file as bytes; its own text is not among them."""
    problems = dump(file.problems) if file.problems else b""
    if file.entry is None:
        return HEAD.pack(0, b"", b"", 0, 0, 0, 0, 0, 0, len(problems), 0, 0, 0, 0, 0, 0) + problems
    entry = file.entry
    standing, public = entry.standing, entry.reading.published() if entry.standing.has_prompts else entry.reading
    parts = [
        problems,
        dump(entry.fields),
        dump(entry.times) if entry.times else b"",
        b"",
        _write_headings(entry.reading),
        b"",
        _write_groups(standing.groups),
    ]
    if public is not entry.reading:
        # A comment may hide a line of the timeline from the public; the lines below it move up.
        parts[TIMES[1]] = dump(public.times) if entry.times else b""
        parts[HEADINGS[1]] = _write_headings(public)
    instants = (count(standing.opens_at), count(standing.sort_at))
    span = (day.toordinal() for day in entry.reading.span)
    begins = (entry.matter.body_start, entry.matter.body_line)
    sizes = (len(part) for part in parts)
    return b"".join(
        [
            HEAD.pack(flags_of(standing), entry.reading.facts, public.facts, *instants, *span, *begins, *sizes),
            *parts,
        ]
    )


def file_of(kind: Kind, path: str, source: Source, record: bytes, zone: ZoneInfo) -> ParsedFile | None:
    """Return the parsed file of a record, equal to the one that it was made of; None where it is no record.

    `zone` is the site's.
    """
    try:
        flags, facts, public, opens, sort, first, last, _, _, *sizes = HEAD.unpack_from(record)
        problems = record[HEAD.size : HEAD.size + sizes[0]]
        groups = _read_groups(record[len(record) - sizes[-1] :]) if flags & ENTRY else None
        return file_of_row(
            kind,
            path,
            source,
            Row(source.digest, flags, facts, public, opens, sort, (first, last), groups, problems),
            lambda: record,
            zone,
        )
    except (struct.error, OverflowError, ValueError):
        return None


def _write_headings(reading: Reading) -> bytes:
    return dump(tuple((one.level, one.text, one.line, one.below) for one in reading.prose.headings))


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
