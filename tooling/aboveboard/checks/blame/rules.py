"""BL: language that blames people, in incidents. By construct, not by word; it explains and never rewrites.

Machines fail and specifications say "should"; neither is blame. Headings, code, quotations and the
texts of links are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.checks.blame.deeds import OMISSIONS, QUESTIONS
from aboveboard.checks.blame.hindsight import COUNTERFACTUALS
from aboveboard.checks.blame.judgements import JUDGEMENTS, SINGLE_CAUSE, TONE
from aboveboard.checks.blame.labels import CAUSES
from aboveboard.checks.blame.text import blame_by_name, find_blame
from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import INCIDENT
from aboveboard.errors import Severity


@rule("BL001", Severity.ERROR, INCIDENT)
def nobody_is_blamed_by_name(entry: Entry, context: Context) -> Iterator[Finding]:
    """A person who is named as the cause will not speak openly next time, and neither will those who read it.

    Bad: The outage was caused by @bob.
    Good: An engineer ran the command that the runbook gave, and it had no limit.
    """
    say = "blames a person by name: write the role, as in “an engineer”, and what made the step likely"
    yield from blame_by_name(entry, context, say)


@rule("BL002", Severity.WARNING, INCIDENT)
def the_story_is_what_happened(entry: Entry, context: Context) -> Iterator[Finding]:
    """What people should have done was not an option they saw; a report explains the one they took.

    Bad: The engineer should have checked the replica.
    Good: The engineer went by the dashboard, which showed the replica in green.
    """
    say = "judges by what came after: tell what people saw and did, as in “the dashboard was green, so …”"
    yield from find_blame(entry, context, COUNTERFACTUALS, say)


@rule("BL003", Severity.WARNING, INCIDENT)
def what_was_not_done_is_no_explanation(entry: Entry, context: Context) -> Iterator[Finding]:
    """People leave out a thousand things a day; what they were doing, and why, is what explains.

    Bad: We failed to verify the backups.
    Good: Backups were made every night, and nothing restored one to see whether it works.
    """
    say = "tells what someone did not do: tell what was missing, as in “no step of the runbook asked for it”"
    yield from find_blame(entry, context, OMISSIONS, say)


@rule("BL004", Severity.WARNING, INCIDENT)
def people_are_not_causes(entry: Entry, context: Context) -> Iterator[Finding]:
    """A person as the cause ends the search before the condition that will catch the next person.

    Bad: The outage was due to human error.
    Good: The tool took any number of servers and did not ask.
    """
    say = "makes a person the cause: name the condition, as in “the tool took any number and did not ask”"
    yield from find_blame(entry, context, CAUSES, say)


@rule("BL005", Severity.WARNING, INCIDENT)
def people_are_not_judged(entry: Entry, context: Context) -> Iterator[Finding]:
    """A verdict on people hides what made their choice reasonable to them.

    Bad: The operator ignored the warning.
    Good: The warning was one of forty that morning, and the operator went on.
    """
    say = "judges people: say what made it reasonable then, as in “it was one of forty warnings”"
    yield from find_blame(entry, context, JUDGEMENTS, say)


@rule("BL006", Severity.WARNING, INCIDENT)
def questions_ask_what_and_how(entry: Entry, context: Context) -> Iterator[Finding]:
    """“Who” looks for a culprit and “why did you” for an excuse; “what” and “how” find conditions.

    Bad: Who approved this change?
    Good: How are changes approved, and what did the approver see?
    """
    say = "asks for a culprit or an excuse: ask what or how, as in “what made this look right?”"
    yield from find_blame(entry, context, QUESTIONS, say)


@rule("BL007", Severity.WARNING, INCIDENT)
def the_tone_is_measured(entry: Entry, context: Context) -> Iterator[Finding]:
    """Drama makes readers look for someone guilty; a number tells them more.

    Bad: The release was a disaster.
    Good: The release was withdrawn after 40 minutes; 312 payments failed.
    """
    say = "is dramatic: give the effect in numbers, as in “312 payments failed”"
    yield from find_blame(entry, context, TONE, say)


@rule("BL008", Severity.INFO, INCIDENT)
def causes_are_plural(entry: Entry, context: Context) -> Iterator[Finding]:
    """One root cause ends the search at the first answer. Said once for each entry.

    Bad: The root cause was a typo.
    Good: Three conditions came together: no limit, no second look, no copy.
    """
    say = "stops at one answer: write “contributing factors”, the conditions that it took"
    for finding in find_blame(entry, context, SINGLE_CAUSE, say):
        yield finding
        return
