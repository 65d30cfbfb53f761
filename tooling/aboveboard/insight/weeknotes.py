"""What a team's weeknotes say about each other."""

from __future__ import annotations

from collections.abc import Iterable

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import WEEKNOTE
from aboveboard.content.weeks import Week


def week_of(entry: Entry) -> Week:
    """Return the week of a weeknote; of any other entry, the week of its day."""
    return entry.weeknote.week if entry.weeknote else Week.of(entry.day)


def title_of(entry: Entry, owner: str) -> str:
    """Return an entry's title; a weeknote without one is called after its owner and week."""
    if entry.fields.title:
        return entry.fields.title
    return f"{owner}, {week_of(entry).label}"


def said_next(entries: Iterable[Entry], team: str, before: Week) -> tuple[Entry, str] | None:
    """Return a team's last weeknote before a week with what it said was next, as Markdown; None for neither."""
    groups = [(e, e.standing.groups) for e in entries if e.standing.groups.team == team and e.kind is WEEKNOTE]
    # Told by what stands at the front of each: of all the team's notes, only the last is looked into.
    notes = [(Week.parse(of.week), e) for e, of in groups]
    earlier = [(week, e) for week, e in notes if week < before]
    for _, note in sorted(earlier, key=lambda found: found[0], reverse=True)[:1]:
        section = note.prose.section(*WEEKNOTE.sections["next"])
        text = note.prose.text(section) if section else ""
        if text:
            return note, text
    return None
