"""One week of all teams, for those who want to read of it and not to look for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import WEEKNOTE
from aboveboard.content.passages import passages
from aboveboard.content.plain import plain_text
from aboveboard.content.public import PublicLibrary
from aboveboard.content.weeks import Week
from aboveboard.insight.actions import Promise, open_promises
from aboveboard.insight.board import ended_on
from aboveboard.insight.lessons import Learned, lessons
from aboveboard.insight.weeknotes import week_of
from aboveboard.insight.weeks import Gathered, Happening, gather_weeks

FRIDAY = 4
# Enough of a weeknote to know whether one wants to read it.
FIRST_WORDS = 120


@dataclass(frozen=True, slots=True)
class Next:
    """What a weeknote says is next: its items, or its sentences, as plain text."""

    note: Entry
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What a week came to. `overdue` are promises as of today; `due_next` those due within a week of its end."""

    week: Week
    weeknotes: tuple[Entry, ...]
    incidents: tuple[Happening, ...]
    experiments: tuple[Happening, ...]
    lessons: tuple[Learned, ...]
    closed: tuple[Promise, ...]
    overdue: tuple[Promise, ...]
    due_next: tuple[Promise, ...]
    next: tuple[Next, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened in it that can be told, whatever else is due."""
        return not (self.weeknotes or self.incidents or self.experiments or self.lessons or self.closed)


def week_to_tell(today: date) -> Week:
    """Return the week that people tell of on a day: from Friday on the running one, before that the last."""
    week = Week.of(today)
    return week if today.weekday() >= FRIDAY else week.plus(-1)


def digest_of(library: PublicLibrary, week: Week) -> Digest:
    """Return a week of the public library."""
    today = library.today
    found = gather_weeks(library.entries, today).get(week, Gathered())
    promised = [promise for promise in open_promises(library.entries) if promise.action.due]
    until = max(week.sunday, today) + timedelta(days=7)
    return Digest(
        week=week,
        weeknotes=tuple(found.weeknotes),
        incidents=tuple(found.incidents),
        experiments=tuple(found.experiments),
        lessons=tuple(lessons(entry for entry in library.entries if _told_in(entry, today) == week)),
        closed=tuple(found.closed),
        overdue=tuple(promise for promise in promised if promise.state(today) == "overdue"),
        due_next=tuple(p for p in promised if p.action.due and today <= p.action.due <= until),
        next=tuple(_next(found.weeknotes)),
    )


def first_words(entry: Entry) -> str:
    """Return an entry's summary, else what its text begins with, as plain text; "" where it has none."""
    if entry.fields.summary:
        return entry.fields.summary
    said = ""
    for passage in passages(entry.prose):
        if passage.place == "paragraph" and not passage.quoted and not _is_next(passage.section):
            # The items of a list seldom end in a full stop, and would run into each other.
            between = "; " if said[-1:].isalnum() else " "
            said = f"{said}{between}{plain_text(passage.raw)}".strip()
        if len(said) >= FIRST_WORDS:
            break
    return said


def _told_in(entry: Entry, today: date) -> Week:
    """Return the week in which what an entry teaches was told: a report's when it was reviewed."""
    reviewed = entry.incident.reviewed if entry.incident else None
    told = reviewed if reviewed and reviewed <= today else ended_on(entry, today)
    return Week.of(told) if told else week_of(entry)


def _next(notes: Iterable[Entry]) -> list[Next]:
    found = []
    for note in notes:
        section = note.prose.section(*WEEKNOTE.sections["next"])
        if section is None:
            continue
        items = [item.cells[0] for group in note.prose.lists(section) for item in group.items if item.cells]
        said = tuple(text for item in items or [note.prose.text(section)] if (text := plain_text(item)))
        if said:
            found.append(Next(note, said))
    return found


def _is_next(heading: str) -> bool:
    return heading.strip().casefold() in {name.casefold() for name in WEEKNOTE.sections["next"]}
