"""How values look on a page: days, times with their zone, durations."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from markupsafe import Markup

from aboveboard.content.times import Moment

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def say_day(day: date) -> str:
    """Return `20 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_tag(day: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), say_day(day))


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
        return Markup('<span class="ab-time">{}{}{}</span>').format(day, about, clock)
    return Markup('<time datetime="{}">{}{}{} {}</time>').format(
        moment.at.strftime("%Y-%m-%dT%H:%M:%SZ"), day, about, clock, zone_name(local)
    )


def instant_tag(at: datetime, zone: tzinfo) -> Markup:
    """Return the day of an instant in a zone."""
    return day_tag(at.astimezone(zone).date())


def count_of(number: int, what: str) -> str:
    """Return `1 incident`, `2 near misses`."""
    if number == 1:
        return f"1 {what}"
    return f"{number} {what}{'es' if what.endswith('s') else 's'}"
