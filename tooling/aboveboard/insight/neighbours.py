"""What comes before and after an entry among others of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aboveboard.content.entry import Entry


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The entries before (older) and after (newer) one; None at an end."""

    before: Entry | None = None
    after: Entry | None = None


def neighbours(entries: Iterable[Entry]) -> Mapping[str, Neighbours]:
    """Return the neighbours of entries of one kind among each other, by id."""
    ordered = sorted(entries, key=_place)
    around = zip(ordered, [None, *ordered], [*ordered[1:], None], strict=False)
    return {entry.id: Neighbours(before, after) for entry, before, after in around}


def _place(entry: Entry) -> tuple[str, datetime, str]:
    """Return where an entry stands among its kind: a weeknote by the week it tells of, others by their day."""
    return entry.standing.groups.week, entry.opens_at, entry.id
