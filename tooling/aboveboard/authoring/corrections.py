"""Say what was wrong with something published, or take it down: a dated note, a tombstone."""

from __future__ import annotations

from datetime import date

from aboveboard.authoring.edits import Edit, plan_edit
from aboveboard.content.edit import set_value
from aboveboard.content.entry import Entry
from aboveboard.content.library import Library
from aboveboard.errors import UserError


def plan_correction(library: Library, entry: Entry, text: str, today: date) -> Edit:
    """Return the edit that appends a dated note to an entry's corrections; it may say the same twice."""
    index = len(entry.fields.corrections)
    note = {"date": today.isoformat(), "text": text}
    return plan_edit(library, entry, lambda before: set_value(before, ("corrections", index), note))


def plan_withdrawal(library: Library, entry: Entry, why: str, today: date) -> Edit:
    """Return the edit that takes an entry down; withdrawn already for the same reason, nothing.

    Raises UserError where another reason stands.
    """
    stands = entry.fields.withdrawn
    if stands and stands.why != why:
        raise UserError(
            f"{entry.id} was withdrawn on {stands.date} already, and {stands.why!r} stands: change it by hand"
        )
    if stands:
        return plan_edit(library, entry, lambda text: text, f"{entry.id} was withdrawn on {stands.date} already")
    value = {"date": today.isoformat(), "why": why}
    return plan_edit(library, entry, lambda text: set_value(text, ("withdrawn",), value))
