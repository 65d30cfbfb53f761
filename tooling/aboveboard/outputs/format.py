"""How values look on a page: days, times with their zone, durations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache

from markupsafe import Markup

from aboveboard.content.times import Moment

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def say_day(day: date) -> str:
    """Return `20 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_span(first: date, last: date) -> str:
    """Return the days from one to another, without saying twice what they share: `16 to 22 November 2026`."""
    start = say_day(first)
    if first.year == last.year:
        start = f"{first.day} {MONTHS[first.month - 1]}" if first.month != last.month else str(first.day)
    return f"{start} to {say_day(last)}"


def month_name(month: int) -> str:
    """Return the name of a month, 1 to 12."""
    return MONTHS[month - 1]


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 entry`, `1,204 entries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def words_of(name: str) -> str:
    """Return a value of a closed list as a person would write it: `Not supported`."""
    return name.replace("-", " ").capitalize()


def in_short(text: str, most: int = 160) -> str:
    """Return a text of at most about `most` characters, cut between words where it is longer."""
    if len(text) <= most:
        return text
    return f"{text[: most + 1].rpartition(' ')[0] or text[:most]}\u2026"


def and_list(parts: Sequence[str]) -> str:
    """Return words as a sentence lists them: `resolved, reviewed and corrected`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


@lru_cache(maxsize=1 << 14)
def day_tag(day: date, with_year: bool = True) -> Markup:
    """Return a day as people say it, and as machines read it; digits and names of months need no escape."""
    said = say_day(day) if with_year else say_day(day).rsplit(" ", 1)[0]
    return Markup(f'<time datetime="{day.isoformat()}">{said}</time>')


def zone_name(at: datetime) -> str:
    """Return a zone's own abbreviation where it has one (`BST`), else its offset (`UTC+05:30`)."""
    name, offset = at.tzname() or "", at.strftime("%z")
    return name if name.isalpha() else f"UTC{offset[:3]}:{offset[3:5]}"


def moment_tag(moment: Moment, with_day: bool = True) -> Markup:
    """Return a time as it was written, in its zone; `about` where it was vague, the day alone where it was."""
    local = moment.local
    if moment.stamp.is_day:
        return day_tag(local.date())
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    about = "about " if moment.stamp.approximate else ""
    day = f"{say_day(local.date())}, " if with_day else ""
    if not moment.zoned:
        return Markup(f'<span class="ab-time">{day}{about}{clock}</span>')
    at = moment.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup(f'<time datetime="{at}">{day}{about}{clock} {zone_name(local)}</time>')


def instant_tag(at: datetime, zone: tzinfo) -> Markup:
    """Return the day of an instant in a zone."""
    return day_tag(at.astimezone(zone).date())
