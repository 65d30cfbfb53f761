"""ST: promises that somebody can keep, and everybody can see kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import INCIDENT
from aboveboard.errors import Severity

# Verbs that promise an attitude rather than a change. Source: PagerDuty and Google SRE on action
# items: actionable, specific, bounded.
_WEAK = re.compile(
    r"(?:be|being|become) (?:more |extra )?(?:careful|vigilant|mindful|aware)"
    r"|(?:take|pay) (?:more|greater) (?:care|attention)"
    r"|remind\b|re-?train\b|raise awareness|ensure\b|make sure\b|try to\b|look at\b|think about\b"
    r"|(?:improve|increase|better) (?:communication|awareness|monitoring|testing|documentation|training)$"
    r"|review (?:the )?process(?:es)?$|monitor (?:the situation|closely)",
    re.IGNORECASE,
)


@rule("ST015", Severity.WARNING)
def a_promise_can_be_kept(entry: Entry, context: Context) -> Iterator[Finding]:
    """Without an owner, a day and a way to tell that it is done, an action is a wish.

    Bad: `- what: Slow the tool down`
    Good: `- {what: Slow the tool down, owner: storage, due: 2026-12-04, done_when: one server a minute}`
    """
    if entry.is_retold or entry.fields.draft:
        return
    factors = entry.incident.factors if entry.incident else []
    for index, action in enumerate(entry.fields.actions):
        missing = [name for name in ("owner", "due", "done_when") if getattr(action, name) is None]
        if factors and action.addresses is None:
            missing.append("addresses")
        if action.status == "open" and missing:
            said = ", ".join(f"`{name}:`" for name in missing)
            yield Finding(entry.matter.position(("actions", index)), f"this action lacks {said}")
        if action.status == "dropped" and not action.why:
            yield Finding(entry.matter.position(("actions", index)), "a dropped action says `why:`")


@rule("ST016", Severity.WARNING, INCIDENT)
def an_action_changes_something(entry: Entry, context: Context) -> Iterator[Finding]:
    """Care, reminders and training ask people to make up for what the system lets happen.

    Bad: `what: Be more careful with deletions`
    Good: `what: Ask for the host's name before a deletion`
    """
    for index, action in enumerate(entry.fields.actions):
        match = None if entry.is_retold else _WEAK.match(action.what.strip())
        if match:
            message = f"{match[0]!r} asks people to make up for the system: say what will be different, by when"
            yield Finding(entry.matter.position(("actions", index, "what")), message)
