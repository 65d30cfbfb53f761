"""Who writes weeknotes and how regularly: a year's calendar, what was due, what came in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from aboveboard.content.entry import Entry
from aboveboard.content.registers import Registers
from aboveboard.content.weeks import Week
from aboveboard.insight.quantiles import Share

PERIODS = {"weekly": 1, "fortnightly": 2}


class Cell(StrEnum):
    """What a week of the calendar shows."""

    WRITTEN = "written"
    MISSED = "not written"
    SPARE = "not due"
    BEFORE = "before the first note"
    RUNNING = "not over yet"


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """One week of a writer. `notes`: ids of its weeknotes."""

    week: Week
    cell: Cell
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Writer:
    """A team, or a leader, with a year of weeknotes.

    `register`: teams or people. `cadence`: weekly, fortnightly or none; `registered`: whether a
    register says so. `first` and `last`: the first and last week with a note, in the calendar or
    not. `due`: written of those due in the calendar; `in_a_row`, `missed_now` and `longest_missed`
    count weeks, or fortnights for a team that writes by the fortnight, and are 0 without a cadence.
    """

    register: str
    slug: str
    name: str
    cadence: str
    registered: bool
    weeks: tuple[CalendarWeek, ...]
    first: Week | None
    last: Week | None
    due: Share
    in_a_row: int
    missed_now: int
    longest_missed: int

    @property
    def written(self) -> int:
        """How many weeks of the calendar have a note."""
        return sum(week.cell is Cell.WRITTEN for week in self.weeks)


def year_to(week: Week) -> tuple[Week, ...]:
    """Return a year of weeks, `week` the last: from the one after the same week a year ago, 52 or 53."""
    # The year before one with a week 53 has none.
    start = Week(week.year - 1, min(week.number, 52)).plus(1)
    return tuple(start.plus(step) for step in range(weeks_between(start, week) + 1))


def weeks_between(first: Week, last: Week) -> int:
    """Return how many weeks `last` comes after `first`."""
    return (last.monday - first.monday).days // 7


def writers_of(registers: Registers, notes: Iterable[Entry], now: Week) -> tuple[Writer, ...]:
    """Return every registered team and every team that wrote, by name; then leaders, by name.

    `notes` are the weeknotes to count; `now` is the running week.
    """
    by_team: dict[str, list[Entry]] = defaultdict(list)
    by_person: dict[str, list[Entry]] = defaultdict(list)
    for note in notes:
        if note.fields.team:
            by_team[note.fields.team].append(note)
        for author in note.fields.authors:
            by_person[author].append(note)
    teams = sorted({*by_team, *registers.teams})
    leaders = sorted(slug for slug, person in registers.people.items() if person.leader)
    found = [_writer(registers, "teams", slug, by_team.get(slug, []), now) for slug in teams]
    leading = [_writer(registers, "people", slug, by_person.get(slug, []), now) for slug in leaders]
    return (*sorted(found, key=_by_name), *sorted(leading, key=_by_name))


def _by_name(writer: Writer) -> tuple[str, str]:
    return writer.name.casefold(), writer.slug


def _writer(registers: Registers, register: str, slug: str, notes: list[Entry], now: Week) -> Writer:
    record = registers.teams.get(slug) if register == "teams" else None
    cadence = record.cadence if record else "none"
    rhythm = _Rhythm(_by_week(notes), PERIODS.get(cadence), now)
    calendar = tuple(rhythm.calendar_week(week) for week in year_to(now))
    due = rhythm.due(year_to(now))
    return Writer(
        register=register,
        slug=slug,
        name=registers.name_of(register, slug),
        cadence=cadence,
        registered=record is not None,
        weeks=calendar,
        first=rhythm.first,
        last=rhythm.last,
        due=Share(sum(due), len(due)),
        in_a_row=rhythm.in_a_row(),
        missed_now=rhythm.missed_now(),
        longest_missed=max((len(list(run)) for written, run in groupby(due) if not written), default=0),
    )


def _by_week(notes: Iterable[Entry]) -> dict[Week, tuple[str, ...]]:
    found: dict[Week, tuple[str, ...]] = {}
    for note in notes:
        if note.weeknote:
            week = note.weeknote.week
            found[week] = tuple(sorted((*found.get(week, ()), note.id)))
    return found


@dataclass(frozen=True)
class _Rhythm:
    """A writer's notes by week, taken in periods of `length` weeks from the first note; None for no promise."""

    notes: Mapping[Week, tuple[str, ...]]
    length: int | None
    now: Week

    @cached_property
    def first(self) -> Week | None:
        return min(self.notes, default=None)

    @property
    def last(self) -> Week | None:
        return max(self.notes, default=None)

    def period(self, week: Week) -> int | None:
        """Return which period a week lies in, the first note's being 0; None where none is counted."""
        if self.first is None or self.length is None or week < self.first:
            return None
        return weeks_between(self.first, week) // self.length

    def _end(self, period: int) -> Week:
        assert self.first and self.length
        return self.first.plus((period + 1) * self.length - 1)

    def _is_written(self, period: int) -> bool:
        assert self.length
        end = self._end(period)
        return any(end.plus(-step) in self.notes for step in range(self.length))

    def calendar_week(self, week: Week) -> CalendarWeek:
        """Return what a week of the calendar shows."""
        if week in self.notes:
            return CalendarWeek(week, Cell.WRITTEN, self.notes[week])
        if self.first is None or week < self.first:
            return CalendarWeek(week, Cell.BEFORE)
        if week == self.now:
            return CalendarWeek(week, Cell.RUNNING)
        period = self.period(week)
        missed = period is not None and week == self._end(period) and not self._is_written(period)
        return CalendarWeek(week, Cell.MISSED if missed else Cell.SPARE)

    def due(self, calendar: Iterable[Week]) -> list[bool]:
        """Return, for each period that ends in the calendar and is over, whether it has a note."""
        ends = [week for week in calendar if week < self.now and self.period(week) is not None]
        periods = dict.fromkeys(p for week in ends if (p := self.period(week)) is not None)
        return [self._is_written(period) for period in periods if self._end(period) in ends]

    def in_a_row(self) -> int:
        """Return how many periods up to now have a note, one after another."""
        period = self.period(self.now)
        if period is None:
            return 0
        newest = period if self._is_written(period) else period - 1
        return next((newest - p for p in range(newest, -1, -1) if not self._is_written(p)), newest + 1)

    def missed_now(self) -> int:
        """Return how many periods up to now have none, one after another; the running one is not missed yet."""
        period = self.period(self.now)
        if period is None or self._is_written(period):
            return 0
        return next((period - 1 - p for p in range(period - 1, -1, -1) if self._is_written(p)), 0)
