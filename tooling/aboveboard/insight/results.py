"""What came of experiments: the refuted and the unclear counted like the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aboveboard.content.entry import Entry
from aboveboard.content.fields.experiment import ExperimentFields
from aboveboard.insight.quantiles import Share

OUTCOMES = (
    "supported",
    "not supported",
    "inconclusive",
    "stopped",
    "no result given",
    "being analysed",
    "running",
    "planned",
)
_GOING = {"planned": "planned", "running": "running", "analysing": "being analysed"}


@dataclass(frozen=True, slots=True)
class Results:
    """Experiments by outcome, each once; every outcome is named, with 0 where there is none.

    `registered`: those whose plan was registered before they ran, of all past planning. `past_end`:
    ids of those that should be over by their own time box, the longest over first.
    """

    by_outcome: tuple[tuple[str, int], ...]
    registered: Share
    past_end: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.by_outcome)


def results_of(experiments: Iterable[Entry], today: date) -> Results:
    """Return what came of the given experiments."""
    found = [(entry.id, entry.experiment) for entry in experiments if entry.experiment]
    counted = Counter(outcome_of(fields) for _, fields in found)
    begun = [fields for _, fields in found if fields.stage != "planned"]
    late = [(fields.ends, name) for name, fields in found if fields.ends and _is_past_end(fields, today)]
    return Results(
        by_outcome=tuple((outcome, counted[outcome]) for outcome in OUTCOMES),
        registered=Share(sum(_was_registered(fields, today) for fields in begun), len(begun)),
        past_end=tuple(name for _, name in sorted(late)),
    )


def outcome_of(fields: ExperimentFields) -> str:
    """Return one of `OUTCOMES`: the result once it is over, else how far it is."""
    if fields.stage in _GOING:
        return _GOING[fields.stage]
    if fields.result:
        return fields.result.replace("-", " ")
    return "stopped" if fields.stage == "stopped" else "no result given"


def _was_registered(fields: ExperimentFields, today: date) -> bool:
    plan = fields.registered
    return plan is not None and plan.date <= today and (fields.starts is None or plan.date <= fields.starts)


def _is_past_end(fields: ExperimentFields, today: date) -> bool:
    return fields.stage in ("planned", "running") and fields.ends is not None and fields.ends < today
