"""Times as people write them: `2026-11-20T02:04Z`, `2026-11-20 02:04`, `~02:10`, or a day alone.

A stamp is what was written, taken apart; which instant it means depends on a zone, and is asked of
`times.resolve`. A vague time stays vague, and an abbreviation such as BST is never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta, timezone

# Blanks are taken once and never given back: a cell of a hundred thousand of them is read in one go.
_STAMP = re.compile(
    r"(?P<about>~\s*+)?(?:(?P<day>\d{4}-\d{2}-\d{2})(?:[T ]\s*+|$|(?=~)))?\s*+(?P<about2>~\s*+)?"
    r"(?:(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*+(?P<zone>Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_ABBREVIATION = re.compile(r"\d\s*\(?(?!UTC\b|GMT\b)([A-Z]{2,5})\b\)?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A written time. `day` or `clock` may be missing, never both; `offset` only where one was written."""

    text: str
    day: date | None
    clock: time | None
    offset: timedelta | None
    approximate: bool

    @property
    def is_day(self) -> bool:
        return self.clock is None


def parse_day(text: str) -> date:
    """Read `2026-11-20`; raise ValueError with what is wrong and the form to write."""
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    if match is None:
        raise ValueError(f"{text!r} is not a day: write it as 2026-11-20 (year, month, day)")
    year, month, day = (int(part) for part in match.groups())
    if not 1 < year < 9999:
        # At the ends of the calendar a day falls off it in another zone.
        raise ValueError(f"{text!r} has a year {year:04}: years run from 0002 to 9998")
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r} has a month {month}: months run from 01 to 12")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r} is not in the calendar: that month has no day {day}") from None


def parse_stamp(text: str) -> Stamp:
    """Read a time in any accepted form; raise ValueError with what is wrong and the form to write."""
    match = _STAMP.fullmatch(text.strip())
    if match is None or not (match["day"] or match["clock"]):
        if abbreviation := _ABBREVIATION.search(text):
            raise ValueError(
                f"{text!r} names the zone {abbreviation[1]!r}, which means different things in "
                "different places: write the offset, as in 2026-11-20T02:04+01:00"
            )
        raise ValueError(
            f"{text!r} is not a time: write 2026-11-20T02:04Z, 2026-11-20 02:04, ~02:10 or 2026-11-20"
        )
    day = parse_day(match["day"]) if match["day"] else None
    return Stamp(
        text=text.strip(),
        day=day,
        clock=_clock(match["clock"]) if match["clock"] else None,
        offset=_offset(match["zone"]) if match["zone"] else None,
        approximate=bool(match["about"] or match["about2"]),
    )


def _clock(text: str) -> time:
    parts = [int(part) for part in text.split(".", maxsplit=1)[0].split(":")]
    hour, minute, second = (*parts, 0)[:3]
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"{text!r} is not on the clock: hours run to 23, minutes and seconds to 59")
    return time(hour, minute, second)


def _offset(text: str) -> timedelta:
    if text.upper() in ("Z", "UTC", "GMT"):
        return timedelta(0)
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    delta = timedelta(hours=hours, minutes=minutes) * (-1 if text.startswith("-") else 1)
    # Quarters of an hour only: `02:04-02:10` is two times, and no zone.
    if minutes % 15 or minutes > 59 or not timedelta(hours=-12) <= delta <= timedelta(hours=14):
        raise ValueError(
            f"the offset {text} does not exist: offsets run from -12:00 to +14:00 in quarters of an hour"
        )
    return delta


def fixed_zone(offset: timedelta) -> timezone:
    return timezone(offset)
