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

    @property
    def year(self) -> int:
        """The year on whose page it stands for good."""
        return self.entry.day.year

    @property
    def anchor(self) -> str:
        """Its name on that page; made of two names that never change, so that it never does."""
        return f"{self.entry.id}-{self.lesson.id}"


def lessons(entries: Iterable[Entry]) -> list[Learned]:
    """Return every lesson, those of the newest entries first."""
    return [Learned(entry, lesson) for entry in entries for lesson in entry.fields.lessons]
