"""What was promised, over all entries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from aboveboard.content.entry import Entry
from aboveboard.content.fields.common import Action
from aboveboard.content.fields.incident import Factor

# How long before its day a promise begins to be told of as due.
NOTICE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Promise:
    """An action with the entry that made it."""

    entry: Entry
    action: Action

    @property
    def id(self) -> str:
        return f"{self.entry.id}#{self.action.id}"

    @property
    def factor(self) -> Factor | None:
        """The contributing factor that it addresses; None where it names none, or one that is not there."""
        factors = self.entry.incident.factors if self.entry.incident else []
        return next((factor for factor in factors if factor.id == self.action.addresses), None)

    @property
    def closed_on(self) -> date:
        """The day it was done or dropped; where nobody wrote it, the entry's own day."""
        return self.action.closed or self.entry.day

    def state(self, today: date) -> str:
        """Return open, overdue, done or dropped; `reported` where others promised it and no end is known."""
        if self.action.status != "open":
            return self.action.status
        if self.entry.is_retold:
            return "reported"
        return "overdue" if self.action.due is not None and self.action.due < today else "open"


@dataclass(frozen=True, slots=True)
class Register:
    """All promises: ours by state, and apart from them what retold reports promise.

    `overdue` and `open` stand with the earliest due day first, the others with the newest first.
    """

    overdue: tuple[Promise, ...]
    open: tuple[Promise, ...]
    done: tuple[Promise, ...]
    dropped: tuple[Promise, ...]
    elsewhere: tuple[Promise, ...]

    @property
    def ours(self) -> tuple[Promise, ...]:
        return (*self.overdue, *self.open, *self.done, *self.dropped)


def promises(entries: Iterable[Entry]) -> list[Promise]:
    """Return every action: those due first come first, those without a date after, in order of entries."""
    found = [Promise(entry, action) for entry in entries for action in entry.fields.actions]
    return sorted(found, key=lambda promise: promise.action.due or date.max)


def open_promises(entries: Iterable[Entry]) -> list[Promise]:
    """Return what we promised and have not done; what retold reports promise is not ours to keep."""
    return [promise for promise in promises(entries) if promise.state(date.min) == "open"]


def falling_due(entries: Iterable[Entry], today: date) -> list[Promise]:
    """Return what we promised for the next two weeks and what is overdue; what came due last comes first."""
    found = [p for p in open_promises(entries) if p.action.due and p.action.due - NOTICE <= today]
    return sorted(found, key=lambda promise: (promise.action.due or today, promise.id), reverse=True)


def register_of(entries: Iterable[Entry], today: date) -> Register:
    """Return every promise, sorted into the register."""
    found: dict[str, list[Promise]] = defaultdict(list)
    for promise in promises(entries):
        found["elsewhere" if promise.entry.is_retold else promise.state(today)].append(promise)
    for state in ("done", "dropped"):
        found[state].sort(key=lambda promise: promise.closed_on, reverse=True)
    found["elsewhere"].sort(key=lambda promise: promise.entry.sort_at, reverse=True)
    return Register(*(tuple(found[name]) for name in ("overdue", "open", "done", "dropped", "elsewhere")))


def by_owner(found: Iterable[Promise]) -> dict[str, tuple[Promise, ...]]:
    """Return promises by the team or role that owns them, in their order; `""` for those without an owner."""
    owned: dict[str, list[Promise]] = defaultdict(list)
    for promise in found:
        owned[promise.action.owner or ""].append(promise)
    return {owner: tuple(theirs) for owner, theirs in owned.items()}


def count_states(found: Iterable[Promise], today: date) -> Counter[str]:
    """Return how many promises are in each state."""
    return Counter(promise.state(today) for promise in found)
