"""ST: what is closed by exception stays an exception."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, library_rule
from aboveboard.content.registers import FOLDER
from aboveboard.errors import Severity
from aboveboard.insight.closed import needs_decision


@library_rule("ST020", Severity.WARNING)
def what_is_closed_is_decided_again(context: Context) -> Iterator[tuple[str, Finding]]:
    """A day of review that passes in silence makes an exception the rule.

    Bad: `review_by: 2026-10-30` in November
    Good: `aboveboard reopen c-h4kzn`, or `aboveboard close c-h4kzn --review-by 2027-02-01`
    """
    registers, today = context.registers, context.clock.day(context.zone)
    for record in needs_decision(registers, today):
        message = (
            f"{record.ref} needs a decision, which was due by {record.review_by}: "
            f"`aboveboard reopen {record.ref}`, or `aboveboard close {record.ref} --review-by` with a day to come"
        )
        yield f"{FOLDER}/closed.yml", Finding(registers.places["closed"][record.ref], message)
