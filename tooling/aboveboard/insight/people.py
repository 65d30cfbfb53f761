"""Who writes under their own name; those who lead in the open come first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary
from aboveboard.content.registers import PersonRecord
from aboveboard.content.weeks import Week
from aboveboard.insight.cadence import year_to


@dataclass(frozen=True, slots=True)
class Leader:
    """A registered leader and what they wrote in the last year, newest first."""

    person: PersonRecord
    entries: tuple[Entry, ...]

    @property
    def last(self) -> date:
        """The day of their newest entry."""
        return self.entries[0].day


def visible_leaders(library: PublicLibrary) -> list[Leader]:
    """Return the registered leaders who wrote an entry of any kind in the last year, newest first.

    The year is the calendar's of the openness page. What a preview shows before its time does not
    count, and neither does what is retold.
    """
    since = year_to(Week.of(library.today))[0].monday
    found = [
        Leader(person, entries)
        for slug, person in library.registers.people.items()
        if person.leader and (entries := _written_since(library, slug, since))
    ]
    return sorted(found, key=lambda leader: (-leader.last.toordinal(), leader.person.name.casefold()))


def _written_since(library: PublicLibrary, slug: str, since: date) -> tuple[Entry, ...]:
    written = library.by_person.get(slug, ())
    counted = (e for e in written if since <= e.day and not e.is_retold and e.id not in library.marks)
    return tuple(sorted(counted, key=lambda entry: (entry.opens_at, entry.id), reverse=True))
