"""An incident while it goes on: log what happens, mark how far it is, take back a slip, close the review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aboveboard.authoring.edits import Edit, plan_edit, set_values
from aboveboard.authoring.flavours import add_second_half, is_open
from aboveboard.authoring.journal import read_journal, write_noted
from aboveboard.authoring.timeline import Line, add_line, clean, read_text
from aboveboard.authoring.when import When, read_when, say_when
from aboveboard.content.entry import Entry
from aboveboard.content.library import Library
from aboveboard.content.timeline import EVENT_KINDS, MILESTONES, split_kind
from aboveboard.content.times import Moment
from aboveboard.errors import UnknownName, UserError


@dataclass(frozen=True, slots=True)
class Recorded:
    """A line that is to be written, or stands there already (`edit.changes` is False): what and where.

    `entry` is the entry as it then is, `number` the line of its file, `said` the line as an update has it;
    `opened` names what the second half of the template added; `notes` are for the person, a line each.
    """

    entry: Entry
    edit: Edit
    said: str
    number: int
    milestone: str | None = None
    opened: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def plan_log(
    library: Library, entry: Entry, now: datetime, text: str, at: str | None, kind: str | None
) -> Recorded:
    """Return what logging a text does; a text that begins with a kind and a colon is of that kind.

    One of a milestone's kind marks it. Raises UserError, with everything as it was.
    """
    what = clean(text)
    begins_with, rest = split_kind(what)
    kind = find_event_kind(kind) if kind else begins_with
    if kind == begins_with:
        what = rest
    if kind in MILESTONES:
        return plan_mark(library, entry, now, kind, what, at)
    if not what:
        raise UserError('say what happened: aboveboard incident log "Rolled back release #412"')
    line = Line(read_when(at, now, entry.zone), what, kind)
    notes: list[str] = [line.when.note]

    def _change(before: str) -> str:
        written = add_line(library, entry, before, line)
        notes.append(written.note)
        return written.text

    edit = plan_edit(library, entry, _change)
    return _recorded(library, entry, edit, line, notes)


def plan_mark(
    library: Library, entry: Entry, now: datetime, milestone: str, text: str, at: str | None
) -> Recorded:
    """Return what marking a milestone does: nothing where it stands at that time already.

    Marking `resolved` opens the second half of the template. Raises UserError where the milestone
    stands at another time.
    """
    milestone = _find_name("milestone", milestone, MILESTONES)
    line = Line(read_when(at, now, entry.zone), clean(text), milestone)
    standing = _standing(entry, milestone)
    if standing is not None:
        _refuse_another_time(library, entry, milestone, standing, line.when)
    notes: list[str] = [line.when.note]
    opened: list[str] = []

    def _change(before: str) -> str:
        after = before
        if standing is None:
            written = add_line(library, entry, before, line)
            after = written.text
            notes.append(written.note)
        read = read_text(library, entry, after)
        if milestone == "resolved" and (standing is None or not is_open(library, read, now)):
            after, names = add_second_half(library, read, after, now)
            opened.extend(names)
            if not is_open(library, read_text(library, entry, after), now):
                notes.append(
                    "the second half was not opened: the text ends in a comment or code that is never closed"
                )
        return after

    edit = plan_edit(library, entry, _change)
    return _recorded(library, entry, edit, line, notes, tuple(opened))


def find_event_kind(name: str) -> str:
    """Return the kind of event of a name, `red-herring` too; raise UnknownName with the nearest one."""
    return _find_name("kind of event", name.replace("-", " ").replace("_", " "), EVENT_KINDS)


def write_recorded(library: Library, recorded: Recorded) -> tuple[str, ...]:
    """Write what was planned, so that it can be undone; return what is to be said of it, a line each."""
    if recorded.edit.changes and not write_noted(library.project, recorded.edit, recorded.said):
        return (*recorded.notes, "this cannot be undone by `undo`: nothing can be written to .aboveboard/")
    return recorded.notes


def plan_reviewed(library: Library, entry: Entry, now: datetime) -> Edit:
    """Return the edit that says of an incident that it was reviewed today, in its zone."""
    today = now.astimezone(entry.zone).date().isoformat()
    return plan_edit(library, entry, lambda text: set_values(text, (("reviewed",), today)), f"reviewed: {today}")


def _find_name(what: str, name: str, known: tuple[str, ...]) -> str:
    if name.casefold() not in known:
        raise UnknownName(what, name, known)
    return name.casefold()


def _standing(entry: Entry, milestone: str) -> tuple[Moment, int] | None:
    """Return when a milestone is said to have been, and the line of the file that says so."""
    times = entry.times
    for event in times.marked(milestone) if times else ():
        if event.moment:
            return event.moment, event.position.line
    moment = times.fields.get(milestone) if times else None
    return (moment, entry.matter.position((f"{milestone}_at",)).line) if moment else None


def _refuse_another_time(
    library: Library, entry: Entry, milestone: str, standing: tuple[Moment, int], when: When
) -> None:
    moment, number = standing
    if _minute(moment) == when.at:
        return
    path = library.project.relative(library.project.content / entry.path)
    last = next((step.said for step in reversed(read_journal(library.project)) if step.path == path), "")
    ours = split_kind(f"{last.partition('  ')[2]}:")[0] == milestone
    correct = "to take that back, aboveboard incident undo" if ours else "change it there"
    stands = say_when(When(moment.at, moment.stamp.approximate), entry.zone)
    raise UserError(f"{milestone} stands at {stands} already ({path}:{number}): {correct}")


def _recorded(
    library: Library, entry: Entry, edit: Edit, line: Line, notes: list[str], opened: tuple[str, ...] = ()
) -> Recorded:
    after = read_text(library, entry, edit.after)
    what, number = line.what, 0
    for event in after.times.events if after.times else ():
        there = event.moment and (_minute(event.moment), event.kind) == (line.when.at, line.kind)
        if there and line.what in (event.what, ""):
            what, number = event.what, event.position.line
    if number == 0 and line.kind in MILESTONES:
        # It stood already, in other words or in a field.
        standing = _standing(after, line.kind)
        number = standing[1] if standing else 0
    said = f"{line.kind}: {what}".removesuffix(": ") if line.kind in MILESTONES else what
    if opened:
        notes.append("the second half of the report is open, below the timeline")
    spoken = f"{say_when(line.when, entry.zone)}  {said}"
    return Recorded(after, edit, spoken, number, line.kind, opened, tuple(note for note in notes if note))


def _minute(moment: Moment) -> datetime:
    return moment.at.replace(second=0, microsecond=0)
