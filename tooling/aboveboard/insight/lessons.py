"""What was learned, over all entries."""

from __future__ import annotations

from collections import defaultdict
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
        """Its name on that page; made of two names that never change; no id has two hyphens in a row."""
        return f"{self.entry.id}--{self.lesson.id}"


def lessons(entries: Iterable[Entry]) -> list[Learned]:
    """Return every lesson, those of the newest entries first."""
    return [Learned(entry, lesson) for entry in entries for lesson in entry.fields.lessons]


def by_year(found: Iterable[Learned]) -> dict[int, list[Learned]]:
    """Return lessons by year, the newest year first."""
    years: dict[int, list[Learned]] = defaultdict(list)
    for learned in found:
        years[learned.year].append(learned)
    return dict(sorted(years.items(), reverse=True))


def by_topic(found: Iterable[Learned]) -> dict[str, list[Learned]]:
    """Return lessons by the tags of their entries, in order of tags; what has no tag is in none."""
    topics: dict[str, list[Learned]] = defaultdict(list)
    for learned in found:
        for tag in learned.entry.fields.tags:
            topics[tag].append(learned)
    return dict(sorted(topics.items()))
