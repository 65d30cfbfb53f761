"""The timeline of an incident, read from the Markdown under its heading.

    - 2026-11-20 02:04 detected: the checkout alarm fires
    - ~02:30 red herring: the load balancer is suspected

`[date] time [kind:] what`, a list item or a table row an event. A missing date is the last one
above. What cannot be read is kept and shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from aboveboard.content.prose import Item, Prose
from aboveboard.content.stamps import Stamp, parse_stamp
from aboveboard.content.times import Moment, resolve
from aboveboard.errors import Position

MILESTONES = ("started", "detected", "declared", "mitigated", "resolved")
EVENT_KINDS = (*MILESTONES, "change", "decide", "act", "communicate", "red herring")
HEADING = "timeline"

_LEADING_STAMP = re.compile(
    r"\s*(?:\*\*|__|`)?(?P<stamp>~?\s*(?:\d{4}-\d{2}-\d{2}(?:T|\s*))?~?\s*"
    r"(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*(?:UTC|GMT|Z)\b|\s*[+-]\d{2}:?\d{2}\b)?)?)(?:\*\*|__|`)?"
    r"\s*(?P<sep>[:\u2013\u2014|-]?)\s*(?P<rest>.*)",
    re.DOTALL,
)
_KIND = re.compile(rf"\s*(?P<kind>{'|'.join(EVENT_KINDS)})\s*:\s*(?P<what>.*)", re.IGNORECASE | re.DOTALL)


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


def read_timeline(prose: Prose, zone: tzinfo, day: date | None) -> tuple[Event, ...]:
    """Return the events of a body in the order written; `day` is the one before any is named."""
    section = prose.section(HEADING)
    if section is None:
        return ()
    events = []
    for item in prose.items(section):
        event, day = _event(item, prose.position(item.line, item.column), zone, day)
        events.append(event)
    return tuple(events)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return events in order of time; one without a moment stays behind the one it was written after."""
    keyed, last = [], datetime.min.replace(tzinfo=UTC)
    for index, event in enumerate(events):
        last = event.moment.at if event.moment else last
        keyed.append((last, index, event))
    return [event for _, _, event in sorted(keyed, key=lambda entry: entry[:2])]


def _event(item: Item, position: Position, zone: tzinfo, day: date | None) -> tuple[Event, date | None]:
    when, what = _when_and_what(item)
    whole = " ".join(cell for cell in item.cells if cell)
    if not when:
        return Event(position, whole, item.detail, why="it does not begin with a time"), day
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
    kind = _KIND.fullmatch(what)
    if kind is None:
        return Event(position, what, item.detail, None, stamp, moment), day
    named = kind["kind"].lower()
    return Event(position, kind["what"], item.detail, named, stamp, moment), day


def _when_and_what(item: Item) -> tuple[str, str]:
    if len(item.cells) == 1:
        match = _LEADING_STAMP.fullmatch(item.cells[0])
        assert match is not None
        return match["stamp"].strip(), match["rest"].strip()
    # A table: the time may have a column of its own beside the date.
    cells = [re.sub(r"[*_`]", "", cell).strip() for cell in item.cells]
    first, second = cells[0], cells[1]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", first) and re.match(r"~?\s*\d{1,2}:\d{2}", second):
        return f"{first} {second}", " \u00b7 ".join(c for c in item.cells[2:] if c.strip()).strip()
    return first, " \u00b7 ".join(cell for cell in item.cells[1:] if cell.strip()).strip()
