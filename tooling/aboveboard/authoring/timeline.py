"""Write one more line into an incident's timeline: tried, read again, and taken only if it is read as meant.

The places it may stand in come from `places`. In each of them the plainest way of writing it is tried
first: a bare clock, then with its day, then with its offset. What is taken has left every other line
as it was, to the byte, and every other event with the time it had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

from aboveboard.authoring.flavours import later_headings
from aboveboard.authoring.places import Place, find_places, put_line
from aboveboard.authoring.when import When
from aboveboard.content.comments import strip_comments
from aboveboard.content.entry import Entry, parse_entry
from aboveboard.content.library import Library
from aboveboard.content.lists import ItemList
from aboveboard.content.timeline import HEADING, Event
from aboveboard.errors import UserError

OUT_OF_ORDER = "it stands at the end, as lines below its place have no date; pages show it in order of time"
_MARKER = re.compile(r"(?P<before>\s*)(?P<mark>[-*+]|(?P<number>\d{1,9})(?P<dot>[.)]))(?P<after>[ \t]+|$)")
_DAY = re.compile(r"[*_`]*\d{4}-\d{2}-\d{2}[*_`]*")
_CLOCK = re.compile(r"[*_`]*~?\s*\d{1,2}:\d{2}")
_WHAT = re.compile(r"what|event|happen|descri|detail|action|update|message|note", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """What a line is to say: when, what (Markdown, on one line), and of which kind if of any."""

    when: When
    what: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A text with one more line, the line's number in the file from 1, and what is to be said of it."""

    text: str
    number: int
    note: str = ""


def clean(text: str) -> str:
    """Return what was typed as it can stand on one line: blanks made one, comments made visible.

    Raises UserError for what is no text.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UserError("this is not UTF-8: type it again") from None
    said = " ".join(text.split())
    return said.replace("<!--", "&lt;!--") if strip_comments(said) != said else said


def read_text(library: Library, entry: Entry, text: str) -> Entry:
    """Return an entry as it is with another text; raise UserError where that cannot be read."""
    read = parse_entry(entry.kind, entry.path, text.encode(), library.project.settings).entry
    if read is None or read.times is None:
        raise UserError(f"{entry.path} cannot be read: run `aboveboard check`")
    return read


def add_line(library: Library, entry: Entry, text: str, line: Line) -> Written:
    """Return an incident's text with one more line in its timeline, in order of time.

    Raises UserError where no way of writing it is read as what was meant.
    """
    before = read_text(library, entry, text)
    later = () if before.prose.section(HEADING) else later_headings(library, before)
    for place in find_places(before, line.when.at, later):
        for written in _ways(place, line, before):
            after = put_line(text, before.matter, place, written)
            if number := _read_as_meant(before, read_text(library, entry, after), line):
                return Written(after, number, OUT_OF_ORDER if place.out_of_order else "")
    raise UserError(f"this cannot be written into the timeline of {entry.path}: write it there by hand")


def _read_as_meant(before: Entry, after: Entry, line: Line) -> int:
    """Return the number of the new line, or 0 where anything is not read as it was or was meant."""
    headings = [heading.text for heading in after.prose.headings]
    if before.prose.section(HEADING) is None:
        headings = [text for text in headings if text != HEADING.capitalize()]
    if headings != [heading.text for heading in before.prose.headings]:
        return 0
    was, now = _timed(before), _timed(after)
    if any(event.moment for event in was):
        was, now = (
            list(before.times.events if before.times else ()),
            list(after.times.events if after.times else ()),
        )
    for index, event in enumerate(now):
        others = now[:index] + now[index + 1 :]
        if _is(event, line) and [_same(e) for e in others] == [_same(e) for e in was]:
            return event.position.line
    return 0


def _timed(entry: Entry) -> list[Event]:
    return [event for event in (entry.times.events if entry.times else ()) if event.moment]


def _same(event: Event) -> tuple[object, ...]:
    moment = event.moment
    return (
        event.what,
        event.detail,
        event.kind,
        event.why,
        moment and (moment.at, moment.oddity, moment.stamp.text),
    )


def _is(event: Event, line: Line) -> bool:
    moment = event.moment
    return (
        moment is not None
        and (moment.at, moment.oddity) == (line.when.at, None)
        and (moment.stamp.is_day, moment.stamp.approximate) == (False, line.when.about)
        and (event.kind, event.what, event.detail) == (line.kind, line.what, "")
    )


def _ways(place: Place, line: Line, entry: Entry) -> Iterator[str]:
    """Yield the ways of writing a line there, the plainest first."""
    if place.group is not None and place.group.header:
        yield from _rows(place.group, entry, line)
        return
    marker = _marker(place, entry)
    for day, clock in _stamps(line.when, entry.zone):
        for item in _items(f"{day} {clock}".strip(), line):
            yield marker + item


def _stamps(when: When, zone: tzinfo) -> list[tuple[str, str]]:
    local, about = when.at.astimezone(zone), "~" if when.about else ""
    day, clock = f"{local:%Y-%m-%d}", f"{about}{local:%H:%M}"
    return [("", clock), (day, clock), ("", f"{about}{local.isoformat(timespec='minutes')}")]


def _items(stamp: str, line: Line) -> list[str]:
    if line.kind:
        return [f"{stamp} {line.kind}: {line.what}".rstrip()]
    return [f"{stamp}{between}{line.what}" for between in (" ", ": ", " \u2014 ")]


def _marker(place: Place, entry: Entry) -> str:
    """Return the marker for a new item beside another, numbered where the list is."""
    source = entry.prose.lines[place.like.lines[0]] if place.like else ""
    match = _MARKER.match(source)
    if match is None or place.like is None:
        return "- "
    mark = match["mark"]
    if match["number"] and place.at > place.like.lines[0]:
        mark = f"{int(match['number']) + 1}{match['dot']}"
    after = match["after"] if 1 <= len(match["after"]) <= 4 and match["after"].isspace() else " "
    return f"{match['before']}{mark}{after}"


def _rows(table: ItemList, entry: Entry, line: Line) -> Iterator[str]:
    """Yield the ways of writing a row: its text in each column after the time, the likeliest first."""
    width = len(table.header)
    used = 2 if width > 2 and _has_day_column(table) else 1
    columns = sorted(range(min(used, width - 1), width), key=lambda index: not _WHAT.search(table.header[index]))
    said = f"{line.kind}: {line.what}".rstrip() if line.kind else line.what
    for day, clock in _stamps(line.when, entry.zone):
        for column in columns:
            cells = [""] * width
            cells[0] = f"{day} {clock}".strip()
            if used == 2:
                cells[0], cells[1] = day, clock
            for text in [said] if width > 1 else _items(cells[0], line):
                cells[column] = text.replace("|", "\\|")
                yield _row(cells, entry.prose.lines[table.items[-1].line if table.items else table.end - 1])


def _has_day_column(table: ItemList) -> bool:
    for item in reversed(table.items):
        if len(item.cells) > 2 and _CLOCK.match(item.cells[1].strip()):
            return not item.cells[0].strip() or bool(_DAY.fullmatch(item.cells[0].strip()))
    return bool(re.search(r"\b(?:day|date)\b", table.header[0], re.IGNORECASE)) and bool(
        re.search(r"\btime\b", table.header[1], re.IGNORECASE)
    )


def _row(cells: list[str], like: str) -> str:
    """Return a row with the bars that the row or the rule `like` has."""
    indent = like[: len(like) - len(like.lstrip())]
    opens, closes = like.lstrip().startswith("|"), like.rstrip().endswith("|")
    return f"{indent}{'| ' if opens else ''}{' | '.join(cells)}{' |' if closes else ''}".rstrip()
