"""How long incidents wait for their review, and how many get one, measured against the policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aboveboard.content.entry import Entry
from aboveboard.content.settings import Settings
from aboveboard.insight.quantiles import Share, Spread, spread_of


@dataclass(frozen=True, slots=True)
class Ended:
    """One incident that is resolved or reviewed.

    `resolved`: the day, in the zone of its report; None where its report gives none. `reviewed`: the
    day, None while it waits. `days`: from the one to the other, or to today while it waits; None
    where that cannot be reckoned. `covered`: whether the policy says that it is written up.
    """

    id: str
    severity: str | None
    near_miss: bool
    covered: bool
    resolved: date | None
    reviewed: date | None
    days: int | None

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed is not None


@dataclass(frozen=True, slots=True)
class WrittenUp:
    """How many of a severity are written up; `severity` is None for incidents that do not say one."""

    severity: str | None
    covered: bool
    share: Share


@dataclass(frozen=True, slots=True)
class Reviews:
    """Everything that the policy on reviews is measured by.

    `reviewed` and `waiting` are covered incidents with known days, the longest first; `unknown`
    counts covered ones that are reviewed without days that can be reckoned, and `not_ended`
    incidents that go on or do not say when they ended.
    """

    policy_days: int
    reviewed: tuple[Ended, ...]
    waiting: tuple[Ended, ...]
    unknown: int
    not_ended: int
    spread: Spread
    in_time: Share
    written_up: Share
    by_severity: tuple[WrittenUp, ...]
    near_misses: Share


def reviews_of(incidents: Iterable[Entry], settings: Settings, today: date) -> Reviews:
    """Return how the given incidents fare against the policy on `today`."""
    found = [(entry, ended_of(entry, settings, today)) for entry in incidents]
    ended = [one for _, one in found if one]
    covered = [one for one in ended if one.covered]
    reviewed = sorted((one for one in covered if one.is_reviewed and one.days is not None), key=_by_days)
    waiting = sorted((one for one in covered if not one.is_reviewed), key=_by_days)
    days = [one.days for one in reviewed if one.days is not None]
    in_time = sum(length <= settings.policy.review_days for length in days)
    too_late = sum((one.days or 0) > settings.policy.review_days for one in waiting)
    return Reviews(
        policy_days=settings.policy.review_days,
        reviewed=tuple(reviewed),
        waiting=tuple(waiting),
        unknown=sum(one.is_reviewed and one.days is None for one in covered),
        not_ended=sum(one is None and not _is_near_miss(entry) for entry, one in found),
        spread=spread_of(days),
        in_time=Share(in_time, len(days) + too_late),
        written_up=_share(covered),
        by_severity=_by_severity(ended, settings),
        near_misses=_near_misses([entry for entry, _ in found], today),
    )


def ended_of(entry: Entry, settings: Settings, today: date) -> Ended | None:
    """Return an incident as it stands on `today`; None while it is not resolved, and for other kinds."""
    fields, times = entry.incident, entry.times
    if fields is None or times is None:
        return None
    reviewed = _until(fields.reviewed, today)
    moment = times.milestones.get("resolved")
    resolved = _until(moment.local.date() if moment else None, today)
    if reviewed is None and resolved is None:
        return None
    days = ((reviewed or today) - resolved).days if resolved else None
    publish = settings.policy.publish
    is_asked = not publish or fields.severity is None or fields.severity in publish
    return Ended(
        id=entry.id,
        severity=fields.severity,
        near_miss=_is_near_miss(entry),
        covered=is_asked and not _is_near_miss(entry),
        resolved=resolved,
        reviewed=reviewed,
        days=days if days is None or days >= 0 else None,
    )


def _until(day: date | None, today: date) -> date | None:
    return day if day is None or day <= today else None


def _is_near_miss(entry: Entry) -> bool:
    return entry.incident is not None and entry.incident.type == "near-miss"


def _by_days(one: Ended) -> tuple[int, str]:
    return -(one.days or 0), one.id


def _share(ended: Iterable[Ended]) -> Share:
    found = list(ended)
    return Share(sum(one.is_reviewed for one in found), len(found))


def _by_severity(ended: list[Ended], settings: Settings) -> tuple[WrittenUp, ...]:
    """Every severity of the scale, worst first, then those that say none, where there are some."""
    rows = []
    for severity in (*settings.severities, None):
        found = [one for one in ended if one.severity == severity and not one.near_miss]
        publish = settings.policy.publish
        if found or severity is not None:
            covered = severity is None or not publish or severity in publish
            rows.append(WrittenUp(severity, covered, _share(found)))
    return tuple(rows)


def _near_misses(entries: list[Entry], today: date) -> Share:
    # A near miss never went on, so that all of them count, and not only the resolved ones.
    found = [e.incident for e in entries if e.incident and e.incident.type == "near-miss"]
    return Share(sum(_until(near.reviewed, today) is not None for near in found), len(found))
