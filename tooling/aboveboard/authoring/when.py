"""When it happened, as somebody says it while it happens: nothing for now, `02:20`, `-15m`, or in full."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from aboveboard.content.stamps import Stamp, fixed_zone, parse_stamp
from aboveboard.content.times import Moment, Oddity, resolve
from aboveboard.errors import UserError

_AGO = re.compile(r"-\s*(?=\d)(?:(\d{1,3})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m(?:in)?)?")
FORMS = "02:20, -15m, -1h30m or 2026-11-20T02:20Z"


@dataclass(frozen=True, slots=True)
class When:
    """An instant in UTC, to the minute. `about`: said with a `~`. `note`: what a person should hear of it."""

    at: datetime
    about: bool = False
    note: str = ""


def read_when(text: str | None, now: datetime, zone: tzinfo) -> When:
    """Return the instant that `text` means at `now` in `zone`; a clock time is the last one that has been.

    Raises UserError for what is no time, lies in the future, or never was or was twice in `zone`.
    """
    now = _minute(now)
    if text is None or not text.strip():
        return When(now)
    if text.strip().startswith("-"):
        return When(_ago(text.strip(), now))
    try:
        stamp = parse_stamp(text)
    except ValueError:
        raise UserError(f"--at: {text!r} is not a time: write {FORMS}") from None
    if stamp.is_day:
        raise UserError(f"--at: {text!r} is a day: say the time too, as in {stamp.day} 02:20")
    return _of_clock(stamp, now, zone) if stamp.day is None else _in_full(stamp, now, zone)


def say_when(when: When, zone: tzinfo) -> str:
    """Return an instant as people read it in an update: `2026-11-20 02:20 GMT`."""
    local = when.at.astimezone(zone)
    return f"{local:%Y-%m-%d} {'~' if when.about else ''}{local:%H:%M %Z}"


def _ago(text: str, now: datetime) -> datetime:
    match = _AGO.fullmatch(text)
    if match is None:
        raise UserError(f"--at: {text!r} is not a time: write {FORMS}")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return now - timedelta(days=days, hours=hours, minutes=minutes)


def _in_full(stamp: Stamp, now: datetime, zone: tzinfo) -> When:
    moment = _resolve(stamp, zone)
    if moment.at > now:
        local = now.astimezone(zone)
        raise UserError(f"--at: {stamp.text} is in the future: now it is {local:%Y-%m-%d %H:%M %Z}")
    return When(moment.at, stamp.approximate)


def _of_clock(stamp: Stamp, now: datetime, zone: tzinfo) -> When:
    here = now.astimezone(fixed_zone(stamp.offset) if stamp.offset is not None else zone)
    moment = _resolve(replace(stamp, day=here.date()), zone)
    if moment.at > now:
        moment = _resolve(replace(stamp, day=here.date() - timedelta(days=1)), zone)
    day = moment.local.date()
    yesterday = day < now.astimezone(zone).date()
    return When(moment.at, stamp.approximate, f"{stamp.text} was yesterday, {day}" if yesterday else "")


def _resolve(stamp: Stamp, zone: tzinfo) -> Moment:
    moment = resolve(stamp, zone)
    if moment is None:
        raise UserError(f"--at: {stamp.text!r} lies at the end of the calendar")
    clock = f"{stamp.clock:%H:%M}"
    if moment.oddity is Oddity.FOLD:
        local = datetime.combine(moment.local.date(), stamp.clock or moment.local.time(), zone)
        one, two = (local.replace(fold=fold).isoformat(timespec="minutes") for fold in (0, 1))
        raise UserError(f"--at: {clock} was twice in {zone} on {stamp.day}: say --at {one} or --at {two}")
    if moment.oddity is Oddity.GAP:
        raise UserError(
            f"--at: {clock} never was in {zone} on {stamp.day}, as the clocks went forward over it: "
            f"say it with its offset, as in --at {moment.at:%Y-%m-%dT%H:%MZ}"
        )
    return replace(moment, at=_minute(moment.at))


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)
