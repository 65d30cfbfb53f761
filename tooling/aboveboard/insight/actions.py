"""What was promised, over all entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aboveboard.content.entry import Entry
from aboveboard.content.fields.common import Action


@dataclass(frozen=True, slots=True)
class Promise:
    """An action with the entry that made it."""

    entry: Entry
    action: Action

    @property
    def id(self) -> str:
        return f"{self.entry.id}#{self.action.id}"

    def state(self, today: date) -> str:
        """Return open, overdue, done or dropped; `reported` where others promised it and no end is known."""
        if self.action.status != "open":
            return self.action.status
        if self.entry.is_retold:
            return "reported"
        return "overdue" if self.action.due is not None and self.action.due < today else "open"


def promises(entries: Iterable[Entry]) -> list[Promise]:
    """Return every action: those due first come first, those without a date after, in order of entries."""
    found = [Promise(entry, action) for entry in entries for action in entry.fields.actions]
    return sorted(found, key=lambda promise: promise.action.due or date.max)


def open_promises(entries: Iterable[Entry]) -> list[Promise]:
    """Return what we promised and have not done; what retold reports promise is not ours to keep."""
    return [promise for promise in promises(entries) if promise.state(date.min) == "open"]
