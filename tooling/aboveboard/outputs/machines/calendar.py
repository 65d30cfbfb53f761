"""What falls due as a calendar: iCalendar, RFC 5545, with the properties of calendars from RFC 7986.

A promise is an event of a whole day: people's calendars show events, and most never show a to-do. It does
not take their time (it is transparent), and it goes when the promise is kept or dropped. Everything in it
comes from the content, so that a build that changes nothing changes no byte of it: without a METHOD,
DTSTAMP is when the information was last revised (RFC 5545, 3.8.7.2), and not when the file was written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aboveboard.content.entry import Entry
from aboveboard.content.project import Project
from aboveboard.content.public import PublicLibrary
from aboveboard.content.slugs import slugify
from aboveboard.insight.actions import Promise, open_promises
from aboveboard.outputs.links import absolute, source_path
from aboveboard.outputs.page import Asset
from aboveboard.outputs.render import title_of

if TYPE_CHECKING:
    # It takes long to import, and most builds make no calendar.
    from icalendar import Event

PATH = "actions/actions.ics"
EVERY = timedelta(days=1)


def action_calendar(library: PublicLibrary) -> Iterator[Asset]:
    """Yield the calendar of every open promise of ours that has a day; empty where there is none."""
    from icalendar import Calendar, vText

    project = library.project
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Aboveboard//Actions//EN")
    # A name that was older than its standard is written as it stands: on one line, and as text.
    name = vText(_line(f"{project.site_name}: what falls due"))
    # The second name, and the second interval, are what programs read that came before RFC 7986.
    for key, value in (("name", name), ("x-wr-calname", name), ("description", "What we promised, by its day.")):
        calendar.add(key, value)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    if url := absolute(project, "actions/index.md"):
        calendar.add("url", url)
    due = {promise.id: promise for promise in open_promises(library.entries) if promise.action.due}
    for promise in due.values():
        calendar.add_component(_event(library, promise))
    yield Asset(PATH, calendar.to_ical())


def _event(library: PublicLibrary, promise: Promise) -> Event:
    from icalendar import Event

    entry, action = promise.entry, promise.action
    assert action.due is not None
    event = Event()
    event.add("uid", _uid(library.project, promise))
    event.add("dtstamp", _whole_second(entry.updated_at))
    event.add("last-modified", _whole_second(entry.updated_at))
    event.add("sequence", _sequence(entry))
    event.add("dtstart", action.due)
    event.add("dtend", action.due + timedelta(days=1))
    event.add("summary", f"Due: {_line(action.what)}")
    event.add("description", _description(library, promise))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    if action.owner:
        event.add("categories", [_line(library.registers.name_of("teams", action.owner))])
    if url := absolute(library.project, source_path(entry)):
        event.add("url", f"{url}#action-{action.id}")
    return event


def _description(library: PublicLibrary, promise: Promise) -> str:
    action = promise.action
    owner = library.registers.name_of("teams", action.owner) if action.owner else "nobody named"
    lines = [f"Owner: {owner}", f"Promised in: {title_of(library.frame, promise.entry)}"]
    lines += [f"Done when: {action.done_when}"] if action.done_when else []
    lines += [f"Worked on at: {action.link}"] if action.link else []
    return "\n".join(map(_line, lines))


def _line(text: str) -> str:
    """Return a text in one line and without control characters, for which iCalendar has no way to be written."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) != "Cc")


def _uid(project: Project, promise: Promise) -> str:
    """Return a name that stays, of the entry, the action and where the site is."""
    host = urlsplit(project.site_url).hostname if project.site_url else None
    return f"{promise.entry.kind.name}-{promise.entry.id}-{promise.action.id}@{host or slugify(project.site_name)}"


def _sequence(entry: Entry) -> int:
    """Return a number that grows with every noticeable change: days from the first publication to the last."""
    return max((entry.updated_at - entry.sort_at).days, 0)


def _whole_second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
