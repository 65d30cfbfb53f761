"""What was learned, over all entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aboveboard.content.entry import Entry
from aboveboard.content.fields.common import Lesson


@dataclass(frozen=True, slots=True)
class Learned:
    """A lesson with the entry that taught it."""

    entry: Entry
    lesson: Lesson


def lessons(entries: Iterable[Entry]) -> list[Learned]:
    """Return every lesson, those of the newest entries first."""
    return [Learned(entry, lesson) for entry in entries for lesson in entry.fields.lessons]
