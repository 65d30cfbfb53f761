"""ST and TM: what an experiment says before, while and after it runs."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import EXPERIMENT
from aboveboard.content.registration import PLAN, unsaid_changes
from aboveboard.errors import Severity, nearest


@rule("ST009", Severity.WARNING, EXPERIMENT)
def a_running_experiment_can_be_wrong(entry: Entry, context: Context) -> Iterator[Finding]:
    """Criteria written afterwards prove anything.

    Bad: `stage: running` without `success_criteria:`
    Good: `success_criteria: "We are right if half of the drafts are published within a week"`
    """
    fields = entry.experiment
    if fields and fields.stage in ("running", "analysing", "concluded") and not fields.success_criteria:
        message = f"an experiment that is {fields.stage} needs `success_criteria:`, what would prove it right"
        yield Finding(entry.matter.position(("stage",)), message)


@rule("ST010", Severity.WARNING, EXPERIMENT)
def a_concluded_experiment_has_a_result(entry: Entry, context: Context) -> Iterator[Finding]:
    """An unclear result is a result; none is an unfinished experiment.

    Bad: `stage: concluded` without `result:`
    Good: `result: inconclusive`
    """
    fields = entry.experiment
    if fields and fields.stage == "concluded" and not fields.result:
        message = "a concluded experiment has a `result:` (supported, not-supported or inconclusive)"
        yield Finding(entry.matter.position(("stage",)), message)


@rule("ST011", Severity.WARNING, EXPERIMENT)
def a_time_box_is_kept(entry: Entry, context: Context) -> Iterator[Finding]:
    """An experiment past its last day is a habit, not an experiment.

    Bad: `stage: running` with `ends:` in the past
    Good: `stage: analysing`, or a new `ends:`
    """
    fields = entry.experiment
    is_under_way = fields and fields.stage in ("planned", "running")
    if fields and fields.ends and is_under_way and context.clock.is_past(fields.ends, entry.zone):
        message = f"it is past its end ({fields.ends}) and still {fields.stage}: analyse it, or say why it goes on"
        yield Finding(entry.matter.position(("ends",)), message)


@rule("TM012", Severity.WARNING, EXPERIMENT)
def the_time_box_ends_after_it_starts(entry: Entry, context: Context) -> Iterator[Finding]:
    """An experiment has a first and a last day, in that order.

    Bad: `starts: 2026-11-20` and `ends: 2026-11-10`
    Good: `ends: 2026-12-10`
    """
    fields = entry.experiment
    if fields and fields.starts and fields.ends and fields.ends < fields.starts:
        message = f"ends ({fields.ends}) lies before starts ({fields.starts}): correct one of the two"
        yield Finding(entry.matter.position(("ends",)), message)


@rule("ST018", Severity.WARNING, EXPERIMENT)
def a_registered_plan_is_kept_or_its_changes_said(entry: Entry, context: Context) -> Iterator[Finding]:
    """A plan that changes unseen proves whatever came out.

    Bad: another `success_criteria:` after `registered:`
    Good: a deviation with the field, what it was, and why it changed
    """
    fields = entry.experiment
    if fields is None or fields.registered is None:
        return
    for index, deviation in enumerate(fields.deviations):
        if deviation.field not in PLAN:
            guess = nearest(deviation.field, PLAN)
            hint = f"did you mean {guess}?" if guess else f"the plan is {', '.join(PLAN)}"
            position = entry.matter.position(("deviations", index, "field"))
            yield Finding(position, f"{deviation.field!r} is no field of the plan: {hint}")
    changed = unsaid_changes(entry.matter.values, fields, context.versions_of(entry))
    if changed == {}:
        return
    add = "add the deviation that is missing, `- {date: …, field: …, was: …, why: …}`"
    if changed:
        names = ", ".join(f"`{name}`" for name in changed)
        add = f"{names} changed, and `aboveboard experiment start {entry.id}` writes out the deviation to add"
    message = (
        f"the plan is not the one registered on {fields.registered.date}, even with every `was` of "
        f"`deviations:` put back: {add}"
    )
    yield Finding(entry.matter.position(("registered",)), message)
