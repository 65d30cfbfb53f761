"""The frozen plan of an experiment: what it covers, its digest, and how deviations lead back to it.

Source: preregistration as the Open Science Framework has it (https://help.osf.io/article/330-welcome-to-registrations).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from aboveboard.content.fields.experiment import Deviation, ExperimentFields, Registration
from aboveboard.content.front_matter import parse_front_matter

PLAN = (
    "hypothesis",
    "success_criteria",
    "starts",
    "ends",
    "measures",
    "sample",
    "stopping_rule",
    "guardrails",
)
# What a measure comes to is not part of the plan to measure it.
_RESULTS = frozenset(["result", "source"])


def plan_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return the plan in an experiment's front matter, as it was typed; what is empty is left out."""
    plan = {name: values[name] for name in PLAN if values.get(name)}
    if isinstance(plan.get("measures"), list):
        plan["measures"] = [_planned(measure) for measure in plan["measures"]]
    return plan


def digest_of(plan: dict[str, Any]) -> str:
    """Return `sha256:` and the hash of a plan as canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(plan, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def put_back(plan: dict[str, Any], deviations: Iterable[Deviation]) -> dict[str, Any]:
    """Return the plan as it was before its deviations: every `was` in its place, the last one first."""
    before = dict(plan)
    for deviation in reversed(list(deviations)):
        before[deviation.field] = deviation.was
    return plan_of(before)


def unsaid_changes(
    values: dict[str, Any], fields: ExperimentFields, versions: Iterable[str]
) -> dict[str, Any] | None:
    """Return what changed in a registered plan and stands in no deviation: by field, what it was.

    Empty where the plan arrives at its digest. A digest does not tell which field changed; `versions`,
    the texts that the file once had, may, and are looked at only then. None where they do not.
    """
    if fields.registered is None:
        return {}
    plan = put_back(plan_of(values), fields.deviations)
    if digest_of(plan) == fields.registered.digest:
        return {}
    before = _find_registered(fields.registered, versions)
    if before is None:
        return None
    return {name: before.get(name) for name in PLAN if plan.get(name) != before.get(name)}


def _find_registered(registration: Registration, versions: Iterable[str]) -> dict[str, Any] | None:
    # Whatever arrives at the digest is the plan, wherever it was found. Where the registration itself was
    # never committed, the plan may lie there from before, without the first day that was filled in.
    for text in versions:
        values = parse_front_matter(text).values
        for more in ({}, {"starts": registration.date.isoformat()}):
            plan = plan_of({**values, **more})
            if digest_of(plan) == registration.digest:
                return plan
    return None


def _planned(measure: Any) -> Any:
    if not isinstance(measure, dict):
        return measure
    return {name: value for name, value in measure.items() if name not in _RESULTS and value is not None}
