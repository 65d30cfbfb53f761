"""Experiments as a board: how far each is, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from aboveboard.content.entry import Entry

STAGES = ("planned", "running", "analysing", "concluded", "stopped")
RESULTS = ("supported", "not-supported", "inconclusive")


def by_stage(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return experiments by stage, every stage named, in the order that an experiment goes through them."""
    stages: dict[str, list[Entry]] = {stage: [] for stage in STAGES}
    for entry in entries:
        if entry.experiment:
            stages[entry.experiment.stage].append(entry)
    return stages


def by_result(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return experiments by result, every result named; those without one are in none."""
    results: dict[str, list[Entry]] = {result: [] for result in RESULTS}
    for entry in entries:
        if entry.experiment and entry.experiment.result:
            results[entry.experiment.result].append(entry)
    return results


def began_on(entry: Entry, today: date) -> date | None:
    """Return the first day of an experiment that has begun to run; None where no day says so."""
    fields = entry.experiment
    if fields is None or fields.stage == "planned":
        return None
    first = fields.starts or (fields.registered.date if fields.registered else None)
    return first if first and first <= today else None


def ended_on(entry: Entry, today: date) -> date | None:
    """Return the day a concluded or stopped experiment ended: the last of its time box, else of its update.

    None where neither is written: nobody is told a day that nobody said.
    """
    fields = entry.experiment
    if fields is None or fields.stage not in ("concluded", "stopped"):
        return None
    if fields.ends and fields.ends <= today:
        return fields.ends
    return entry.updated_at.astimezone(entry.zone).date() if fields.updated else None
