"""ISO 8601 weeks, as weeknotes name them: `2026-W47`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_FORM = re.compile(r"(\d{4})-[Ww](\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week; weeks order in time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Week:
        """Return the week that `day` lies in; the first days of January may belong to the year before."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read `2026-W47`; raise ValueError, saying what is wrong, for anything else."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a week: write it as 2026-W47")
        year, number = int(match[1]), int(match[2])
        if not 1 < year < 9999:
            raise ValueError(f"{text!r} is not a week: its year should be between 0002 and 9998")
        if not 1 <= number <= weeks_in(year):
            raise ValueError(f"{year} has no week {number}: its weeks run from W01 to W{weeks_in(year)}")
        return cls(year, number)

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 7)

    def plus(self, weeks: int) -> Week:
        """Return the week that many weeks later, or earlier for a negative number."""
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __contains__(self, day: date) -> bool:
        return self.monday <= day <= self.sunday

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def slug(self) -> str:
        return str(self).lower()

    @property
    def label(self) -> str:
        return f"week {self.number} of {self.year}"


def weeks_in(year: int) -> int:
    """Return 52 or 53: 28 December is always in the last ISO week of its year."""
    return date(year, 12, 28).isocalendar().week
