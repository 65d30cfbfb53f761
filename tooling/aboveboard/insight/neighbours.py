"""What comes before and after an entry among others of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aboveboard.content.entry import Entry


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The entries before (older) and after (newer) one; None at an end."""

    before: Entry | None = None
    after: Entry | None = None


class InRow:
    """Entries of one kind in a row. Who stands beside an entry is asked by its id."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._row = sorted(entries, key=_place)
        self._places = {entry.id: place for place, entry in enumerate(self._row)}

    def __getitem__(self, name: str) -> Neighbours:
        place, last = self._places[name], len(self._row) - 1
        before = self._row[place - 1] if place > 0 else None
        return Neighbours(before, self._row[place + 1] if place < last else None)


def _place(entry: Entry) -> tuple[str, datetime, str]:
    """Return where an entry stands among its kind: a weeknote by the week it tells of, others by their day."""
    standing = entry.standing
    return standing.groups.week, standing.opens_at, entry.id
