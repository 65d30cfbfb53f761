"""The timeline of an incident, read from the Markdown under its heading.

    - 2026-11-20 02:04 detected: the checkout alarm fires
    - ~02:30 red herring: the load balancer is suspected

`[date] time [kind:] what`, a list item or a table row an event. A missing date is the last one
above. What cannot be read is kept and shown as it stands; a time that might be misread is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from aboveboard.content.lists import Item
from aboveboard.content.prose import Prose
from aboveboard.content.stamps import Stamp, parse_stamp
from aboveboard.content.times import Moment, resolve
from aboveboard.errors import Position

MILESTONES = ("started", "detected", "declared", "mitigated", "resolved")
EVENT_KINDS = (*MILESTONES, "change", "decide", "act", "communicate", "red herring")
HEADING = "timeline"

_LEADING_STAMP = re.compile(
    r"\s*(?P<stamp>~?\s*(?:\d{4}-\d{2}-\d{2}(?!\d)(?:T|\s*))?~?\s*"
    r"(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?!:?\d)(?:\s*(?:UTC|GMT|Z)\b(?![+-]\d)|\s*\+\d{2}:?\d{2}\b|(?<=T\d\d:\d\d)-\d{2}:\d{2}\b)?)?)"
    r"(?P<sep>\s*[:\u2013\u2014|-]?\s*)(?P<rest>.*)",
    re.DOTALL,
)
# A time followed by one of these means another instant than the one it would be read as.
_ELSEWHERE = re.compile(
    r"(?:[AaPp]\.?[Mm]\b\.?|UTC\s*[+-]|GMT\s*[+-]|(?:ACDT|ACST|ADT|AEDT|AEST|AKDT|AKST|AST|AWST|BST|CDT|CEST|CET|CST"
    r"|EAT|EDT|EEST|EET|EST|HKT|HST|IST|JST|KST|MDT|MSK|MST|NDT|NST|NZDT|NZST|PDT|PST|SAST|SGT|WAT|WEST|WET)\b)"
)
_RANGE = re.compile(r"\s*(?:-|\u2013|\u2014|to)\s*~?\d{1,2}:\d{2}\b")
_KIND = re.compile(rf"\s*(?P<kind>{'|'.join(EVENT_KINDS)})\s*:\s*(?P<what>.*)", re.IGNORECASE | re.DOTALL)
_EMPHASIS = re.compile(r"\s*(\*\*|__|`|\*)(?=~?\s*\d)([^*_`]{4,120})\1(.*)", re.DOTALL)
_ZONE = re.compile(r"\b(?:UTC|GMT|[A-Z]{1,4}[SD]?T|[A-Z][a-z]+/[A-Z][A-Za-z_]+)\b(?:\s*[+-]\s*\d{1,2})?")
_ABOUT_ZONES = re.compile(
    r"(?:times?|timestamps?|zone)\b[^.\n]{0,60}?\b(?:in|are|is|:)\s*[^.\n]{0,40}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline. Without a `moment` the line could not be read, and `why` says why."""

    position: Position
    what: str
    detail: str = ""
    kind: str | None = None
    stamp: Stamp | None = None
    moment: Moment | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events in the order written; `lines`: the lists and tables of the body they were read from.

    `zone`: what the text around them calls their zone (`UTC`, `CET`), which is never guessed from.
    """

    events: tuple[Event, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    zone: str = ""


def read_timeline(prose: Prose, zone: tzinfo, day: date | None) -> Timeline:
    """Return the timeline of a body; `day` is the one before any is named.

    A list in which no line can be read is no part of it, unless no list there can be read at all.
    """
    section = prose.section(HEADING)
    if section is None:
        return Timeline()
    events: list[Event] = []
    lines: list[tuple[int, int]] = []
    unread: list[Event] = []
    zone_named = _named_zone(
        " ".join([section.heading.text if section.heading else "", prose.around_lists(section)])
    )
    for group in prose.lists(section):
        read = []
        for item in group.items:
            event, day = _event(item, prose.position(item.line, item.column), zone, day)
            read.append(event)
        zone_named = zone_named or _named_zone(" ".join(group.header), anywhere=True)
        if any(event.moment for event in read):
            events += read
            lines.append((group.start, group.end))
        else:
            unread += read
    return Timeline(tuple(events or unread), tuple(lines), zone_named)


def split_kind(text: str) -> tuple[str | None, str]:
    """Return the kind that a text begins with (`act: rolled back`) in lower case, or None, and the rest."""
    match = _KIND.fullmatch(text)
    return (match["kind"].lower(), match["what"]) if match else (None, text)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return events in order of time; one without a moment stays behind the one it was written after."""
    keyed, last = [], datetime.min.replace(tzinfo=UTC)
    for index, event in enumerate(events):
        last = event.moment.at if event.moment else last
        keyed.append((last, index, event))
    return [event for _, _, event in sorted(keyed, key=lambda entry: entry[:2])]


def _named_zone(text: str, anywhere: bool = False) -> str:
    about = [text] if anywhere else re.findall(r"[(\[][^()\[\]]{2,40}[)\]]", text) + _ABOUT_ZONES.findall(text)
    return next((match[0] for part in about if (match := _ZONE.search(part))), "")


def _event(item: Item, position: Position, zone: tzinfo, day: date | None) -> tuple[Event, date | None]:
    when, what, after = _when_and_what(item)
    whole = " ".join(cell for cell in item.cells if cell)
    if not when:
        return Event(position, whole, item.detail, why="it does not begin with a time"), day
    if why := _might_be_misread(after):
        return Event(position, whole, item.detail, why=why), day
    try:
        stamp = parse_stamp(when)
    except ValueError as error:
        return Event(position, whole, item.detail, why=str(error)), day
    if stamp.clock is None and stamp.day and not what:
        return Event(position, whole, item.detail, why="it says nothing after the day"), stamp.day
    day = stamp.day or day
    moment = resolve(stamp, zone, day)
    if moment is None:
        return Event(position, whole, item.detail, why="no day is known for it: begin with 2026-11-20"), day
    kind, said = split_kind(what)
    return Event(position, said, item.detail, kind, stamp, moment), day


def _might_be_misread(after: str) -> str:
    if other := _ELSEWHERE.match(after.strip()):
        if other[0][0] in "AaPp" and other[0][1:2] in "mM.":
            return f"{other[0]!r} is not read: write the hours up to 24, as in 14:04"
        return f"{other[0].strip()!r} is not a zone for sure: write the offset, as in 02:04+01:00"
    if _RANGE.match(after):
        return "it gives two times: begin with one, and say the other in the text"
    return ""


def _when_and_what(item: Item) -> tuple[str, str, str]:
    """Return the time as written, what happened, and everything after the time."""
    if len(item.cells) == 1:
        text = item.cells[0]
        if emphasis := _EMPHASIS.fullmatch(text):
            text = emphasis[2] + emphasis[3]
        match = _LEADING_STAMP.fullmatch(text)
        assert match is not None
        return match["stamp"].strip(), match["rest"].strip(), match["sep"] + match["rest"]
    # A table: the time may have a column of its own beside the date, and the date may be left out.
    cells = [re.sub(r"[*_`]", "", cell).strip() for cell in item.cells]
    used = 1
    when = cells[0]
    if (not when or re.fullmatch(r"\d{4}-\d{2}-\d{2}", when)) and re.match(r"~?\s*\d{1,2}:\d{2}", cells[1]):
        when, used = f"{when} {cells[1]}".strip(), 2
    what = " \u00b7 ".join(cell for cell in item.cells[used:] if cell.strip()).strip()
    match = _LEADING_STAMP.fullmatch(when)
    assert match is not None
    rest = (match["sep"] + match["rest"]).strip()
    if rest and match["stamp"].strip() and not _might_be_misread(rest):
        return when, what, ""
    return (match["stamp"].strip() if _might_be_misread(rest) else when), what, rest
