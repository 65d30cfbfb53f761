"""Everything of a week: what was written, what happened, what was learned, promised and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from aboveboard.content.entry import Entry
from aboveboard.content.weeks import Week
from aboveboard.insight.actions import Promise, promises
from aboveboard.insight.board import began_on, ended_on
from aboveboard.insight.lessons import Learned, lessons
from aboveboard.insight.weeknotes import week_of


@dataclass(frozen=True, slots=True)
class Happening:
    """What became of an entry in a week, in words: `started`, `resolved`."""

    entry: Entry
    words: tuple[str, ...]


@dataclass(slots=True)
class Gathered:
    """What a week holds. `promised` and `closed` are our own promises; a retold one is not ours."""

    weeknotes: list[Entry] = field(default_factory=list)
    incidents: list[Happening] = field(default_factory=list)
    experiments: list[Happening] = field(default_factory=list)
    lessons: list[Learned] = field(default_factory=list)
    promised: list[Promise] = field(default_factory=list)
    closed: list[Promise] = field(default_factory=list)


def gather_weeks(entries: Iterable[Entry], today: date) -> dict[Week, Gathered]:
    """Return the weeks with something in them, the newest first; entries in the order they come."""
    found: dict[Week, Gathered] = defaultdict(Gathered)
    for entry in entries:
        own = found[week_of(entry)]
        if entry.weeknote:
            own.weeknotes.append(entry)
        for week, words in _happenings(entry, today).items():
            happening = Happening(entry, tuple(words))
            (found[week].incidents if entry.incident else found[week].experiments).append(happening)
        own.lessons += lessons([entry])
        for promise in promises([entry]) if not entry.is_retold else ():
            own.promised.append(promise)
            if promise.action.closed and promise.action.status != "open":
                found[Week.of(promise.action.closed)].closed.append(promise)
    return dict(sorted(found.items(), reverse=True))


def milestone_day(entry: Entry, name: str) -> date | None:
    """Return the day of an incident's milestone in its own zone; None where it is not known."""
    moment = entry.times.milestones.get(name) if entry.times else None
    return moment.local.date() if moment else None


def _happenings(entry: Entry, today: date) -> dict[Week, list[str]]:
    """Return what became of an incident or experiment, by week, in order of its life."""
    weeks: dict[Week, list[str]] = defaultdict(list)
    for word, day in _days(entry, today):
        if day is not None and word not in weeks[Week.of(day)]:
            weeks[Week.of(day)].append(word)
    return {week: words for week, words in weeks.items() if words}


def _days(entry: Entry, today: date) -> Iterator[tuple[str, date | None]]:
    if entry.incident:
        yield ("happened" if entry.incident.type == "near-miss" else "started"), entry.day
        yield "resolved", milestone_day(entry, "resolved")
        yield "reviewed", entry.incident.reviewed
    if entry.experiment:
        began = began_on(entry, today)
        if began is None or Week.of(began) != Week.of(entry.day):
            yield "opened", entry.day
        yield "began", began
        yield entry.experiment.stage, ended_on(entry, today)
