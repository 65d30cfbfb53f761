"""Everything that waits for somebody: what is late, what is due soon, what opens by itself.

Asked of the whole library, drafts and scheduled entries included: this is for those who write. What
was withdrawn waits for nobody, and neither does what is retold: others promised it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from aboveboard.content.entry import Entry
from aboveboard.content.library import Library
from aboveboard.content.public import why_held
from aboveboard.content.registers import ClosedRecord
from aboveboard.content.settings import Policy
from aboveboard.content.weeks import Week
from aboveboard.insight.actions import open_promises
from aboveboard.insight.cadence import PERIODS, Writer, writers_of
from aboveboard.insight.closed import still_closed
from aboveboard.insight.incidents import QUIET, went_quiet
from aboveboard.insight.openness import SAID
from aboveboard.insight.reviews import ended_of
from aboveboard.insight.weeknotes import title_of

SOON = timedelta(days=7)


class What(StrEnum):
    """The kinds of waiting, the most pressing first."""

    DECISION = "needs a decision"
    REVIEW = "report to review"
    ACTION = "action"
    QUIET = "incident without an end"
    ENDED = "experiment to conclude"
    UNSTARTED = "experiment to start"
    WEEKNOTES = "weeknotes missed"
    DRAFT = "old draft"
    OPENING = "opens by itself"


class State(StrEnum):
    """How pressing something is."""

    LATE = "late"
    SOON = "soon"
    COMING = "to come"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits.

    `ref`: what a command calls it (an entry's id, `entry#action`, a team, a closed reference).
    `whose`: the slugs of the owner and of the team, the one who is to act first; none for what the
    organisation as a whole decides. `due`: the last day on which it is in time. `path`: of its file
    in the content folder.
    """

    what: What
    state: State
    ref: str
    said: str
    whose: tuple[str, ...]
    due: date
    days_late: int
    path: str | None = None


def waiting(library: Library, now: datetime) -> list[Waiting]:
    """Return everything that waits at `now`: late, soon, to come; the most pressing first, the longest wait."""
    found = _Found(library, now)
    items = [*found.closed(), *found.actions(), *found.weeknotes()]
    for entry in library.entries:
        if not entry.is_retold and not entry.fields.withdrawn:
            items += [*found.incident(entry), *found.experiment(entry), *found.held(entry)]
    return sorted(items, key=_pressing)


def names_of(library: Library) -> set[str]:
    """Return everybody something may wait for: teams, registered or not, and owners of actions."""
    owners = {action.owner for entry in library.entries for action in entry.fields.actions if action.owner}
    return {*library.registers.teams, *library.by_team, *owners}


def decide_by(record: ClosedRecord, policy: Policy) -> date:
    """Return when something closed is decided on again: its own day, or the policy's where that is sooner."""
    if policy.closed_days is None:
        return record.review_by
    return min(record.review_by, record.decided + timedelta(days=policy.closed_days))


def _pressing(item: Waiting) -> tuple[int, int, int, str]:
    return list(State).index(item.state), list(What).index(item.what), -item.days_late, item.ref


@dataclass(frozen=True, slots=True)
class _Found:
    library: Library
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(self.library.project.zone).date()

    def _if_due(
        self, what: What, ref: str, said: str, whose: tuple[str | None, ...], due: date, path: str | None = None
    ) -> Iterator[Waiting]:
        """Yield it when its day has passed or comes within a week."""
        late = (self.today - due).days
        if due <= self.today + SOON:
            state = State.LATE if late > 0 else State.SOON
            yield Waiting(what, state, ref, said, _named(whose), due, late, path)

    def closed(self) -> Iterator[Waiting]:
        policy = self.library.project.settings.policy
        for record in still_closed(self.library.registers):
            said = f"{record.public} ({record.reason}, decided by {record.decided_by})"
            yield from self._if_due(What.DECISION, record.ref, said, (), decide_by(record, policy))

    def actions(self) -> Iterator[Waiting]:
        for promise in open_promises(e for e in self.library.entries if not e.fields.withdrawn):
            entry, action = promise.entry, promise.action
            if action.due is not None:
                whose = (action.owner, entry.fields.team)
                yield from self._if_due(What.ACTION, promise.id, action.what, whose, action.due, entry.path)

    def weeknotes(self) -> Iterator[Waiting]:
        library, week = self.library, Week.of(self.today)
        notes = [e for e in library.entries if e.weeknote and not e.is_retold and not why_held(e, self.now)]
        for writer in writers_of(library.registers, notes, week):
            if writer.missed_now >= SAID and writer.first and writer.last:
                due = _missed_since(writer).sunday
                said = f"{writer.missed_now} missed in a row; the last note was for {writer.last.label}"
                late = (self.today - due).days
                yield Waiting(What.WEEKNOTES, State.LATE, writer.slug, said, (writer.slug,), due, late)

    def incident(self, entry: Entry) -> Iterator[Waiting]:
        """Yield a report that waits for its review, and one that never said how it ended."""
        settings, title, whose = self.library.project.settings, self._title(entry), (entry.fields.team,)
        ended = ended_of(entry, settings, self.today)
        if ended and ended.covered and not ended.is_reviewed and ended.resolved:
            due = ended.resolved + timedelta(days=settings.policy.review_days)
            yield from self._if_due(What.REVIEW, entry.id, title, whose, due, entry.path)
        if went_quiet(entry, self.today):
            yield from self._if_due(What.QUIET, entry.id, title, whose, entry.day + QUIET, entry.path)

    def experiment(self, entry: Entry) -> Iterator[Waiting]:
        fields, title, whose = entry.experiment, self._title(entry), (entry.fields.team,)
        if fields is None or fields.stage not in ("planned", "running"):
            return
        if fields.ends and (fields.stage == "running" or fields.ends < self.today):
            yield from self._if_due(What.ENDED, entry.id, title, whose, fields.ends, entry.path)
        elif fields.stage == "planned" and fields.starts:
            yield from self._if_due(What.UNSTARTED, entry.id, title, whose, fields.starts, entry.path)

    def held(self, entry: Entry) -> Iterator[Waiting]:
        title, opens = self._title(entry), entry.opens_at.astimezone(self.library.project.zone).date()
        whose, days = (entry.fields.team, *entry.fields.authors), self.library.project.settings.draft_days
        if entry.fields.draft:
            due = opens + timedelta(days=days)
            if due < self.today:
                yield from self._if_due(What.DRAFT, entry.id, title, whose, due, entry.path)
        elif entry.opens_at > self.now:
            late = (self.today - opens).days
            said = _named(whose)
            yield Waiting(What.OPENING, State.COMING, entry.id, title, said, opens, late, entry.path)

    def _title(self, entry: Entry) -> str:
        team = entry.fields.team
        owner = self.library.registers.name_of("teams", team) if team else ", ".join(entry.fields.authors)
        return title_of(entry, owner)


def _missed_since(writer: Writer) -> Week:
    """Return the last week of the first period, a week or a fortnight, that a writer missed."""
    assert writer.first and writer.last
    length = PERIODS[writer.cadence]
    period = ((writer.last.monday - writer.first.monday).days // 7) // length + 1
    return writer.first.plus((period + 1) * length - 1)


def _named(whose: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in whose if name))
