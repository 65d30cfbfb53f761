"""Which incident is meant where nobody says: the one there is, or a list of those it could be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.library import Library
from aboveboard.errors import UserError
from aboveboard.insight.incidents import awaiting_review, open_incidents

START = 'start one with aboveboard new incident "In a few words"'


class Several(UserError):
    """More than one entry could be meant; `reasons` are a line each, with what to type."""

    def __init__(self, what: str, entries: Sequence[Entry], typed: str) -> None:
        super().__init__(f"{len(entries)} {what}: say which")
        width = max(len(entry.fields.title or entry.id) for entry in entries)
        self.reasons = tuple(
            f"{entry.fields.title or entry.id:<{width}}  {typed} --id {entry.id}" for entry in entries
        )


def choose_open(library: Library, today: date, typed: str, milestone: str | None = None) -> Entry:
    """Return the one open incident; `typed` is what the person typed, for those that it could be.

    One that was resolved is chosen where `milestone` is marked in it already, so that marking twice finds
    it again. Raises UserError where there is none, Several where there are more.
    """
    found = open_incidents(library.of_kind(INCIDENT), today)
    over = [] if found else awaiting_review(library.of_kind(INCIDENT))
    marked = [entry for entry in over if entry.times and milestone in entry.times.milestones]
    found = found or marked[:1]
    if len(found) > 1:
        raise Several("incidents are open", found, typed)
    if found:
        return found[0]
    if unread := _unread(library):
        raise UserError(f"{unread} cannot be read, and no other incident is open: run aboveboard check")
    other = f", or add --id {over[0].id}, which is over" if over else ""
    raise UserError(f"no incident is open: {START}{other}")


def choose_for_review(library: Library, today: date, typed: str) -> Entry | None:
    """Return the one incident that is over and not reviewed, else the one that is open, else None.

    Raises Several where there are more.
    """
    incidents = library.of_kind(INCIDENT)
    found = awaiting_review(incidents) or open_incidents(incidents, today)
    if len(found) > 1:
        raise Several("incidents are not reviewed", found, typed)
    return found[0] if found else None


def _unread(library: Library) -> str | None:
    """Return the path of an incident that cannot be read, if there is one."""
    unread = (file.path for file in library.files if file.kind is INCIDENT and file.entry is None)
    path = next(unread, None)
    return library.project.relative(library.project.content / PurePosixPath(path)) if path else None
