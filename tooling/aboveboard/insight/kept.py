"""Whether promises are kept: by their due date, late, not yet, or dropped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aboveboard.content.entry import Entry
from aboveboard.insight.actions import Promise, promises
from aboveboard.insight.quantiles import Share, Spread, spread_of

STATES = (
    "done in time",
    "done late",
    "overdue",
    "open",
    "done, no day given",
    "dropped, said why",
    "dropped, no reason",
)
IN_TIME, LATE, OVERDUE, OPEN, DONE, DROPPED, UNEXPLAINED = STATES


@dataclass(frozen=True, slots=True)
class OwnerRecord:
    """The promises of one owner, by state; `owner` is a team's or role's slug, None where nobody is named."""

    owner: str | None
    by_state: tuple[tuple[str, int], ...]
    kept: Share

    def count(self, state: str) -> int:
        """Return how many are in a state."""
        return dict(self.by_state)[state]


@dataclass(frozen=True, slots=True)
class Kept:
    """All promises by state, every state named; the share kept; days late of those done late."""

    by_state: tuple[tuple[str, int], ...]
    kept: Share
    late: Spread
    by_owner: tuple[OwnerRecord, ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.by_state)

    def count(self, state: str) -> int:
        """Return how many are in a state."""
        return dict(self.by_state)[state]


def kept_of(entries: Iterable[Entry], today: date) -> Kept:
    """Return how the promises in the given entries were kept, as of `today`; none of them is retold."""
    found = promises(entries)
    owners: dict[str | None, list[Promise]] = defaultdict(list)
    for promise in found:
        owners[promise.action.owner or promise.entry.fields.team].append(promise)
    states = _by_state(found, today)
    late = [days for promise in found if (days := _days_late(promise)) > 0]
    return Kept(
        by_state=states,
        kept=_kept(states),
        late=spread_of(late),
        by_owner=tuple(_owner(owner, owners[owner], today) for owner in sorted(owners, key=_nobody_last)),
    )


def kept_state(promise: Promise, today: date) -> str:
    """Return which of `STATES` a promise is in on `today`."""
    action = promise.action
    if action.status == "open":
        return OVERDUE if promise.state(today) == "overdue" else OPEN
    if action.status == "dropped":
        return DROPPED if action.why else UNEXPLAINED
    if action.due is None or action.closed is None:
        return DONE
    return IN_TIME if action.closed <= action.due else LATE


def _days_late(promise: Promise) -> int:
    action = promise.action
    if action.status != "done" or action.due is None or action.closed is None:
        return 0
    return (action.closed - action.due).days


def _by_state(found: Iterable[Promise], today: date) -> tuple[tuple[str, int], ...]:
    counted = Counter(kept_state(promise, today) for promise in found)
    return tuple((state, counted[state]) for state in STATES)


def _kept(states: tuple[tuple[str, int], ...]) -> Share:
    counted = dict(states)
    return Share(counted[IN_TIME], counted[IN_TIME] + counted[LATE] + counted[OVERDUE])


def _owner(owner: str | None, found: list[Promise], today: date) -> OwnerRecord:
    states = _by_state(found, today)
    return OwnerRecord(owner, states, _kept(states))


def _nobody_last(owner: str | None) -> tuple[bool, str]:
    return owner is None, owner or ""
