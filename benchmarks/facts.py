"""The front matter of made-up entries: what a machine counts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from random import Random
from typing import Any

from benchmarks.plan import NOW, Plan, Planned
from benchmarks.words import Prose

TODAY = NOW.date()
DETECTED_BY = ("monitoring", "monitoring", "user", "staff", "supplier", "luck")
ACTION_TYPES = ("prevent", "detect", "mitigate", "respond", "learn")
CHANGES = ("Replace", "Limit", "Measure", "Automate", "Split", "Move", "Alarm on", "Document", "Mirror")
OUTCOMES = ("supported", "not-supported", "inconclusive")
DECISIONS = ("adopt", "adapt", "abandon", "repeat")


def common_facts(entry: Planned, prose: Prose, related: list[str]) -> dict[str, Any]:
    """Return the fields that every kind has."""
    chance = prose.chance
    facts: dict[str, Any] = {"title": entry.title, "date": entry.day}
    facts["summary"] = f"{prose.sentence()} {prose.sentence()}"
    facts["tags"] = list(entry.tags)
    if entry.hidden == "draft":
        facts["draft"] = True
    if related:
        facts["related"] = related
    if not entry.hidden and chance.random() < 0.03:
        when = min(entry.day + timedelta(days=chance.randint(1, 20)), TODAY)
        facts["corrections"] = [{"date": when, "text": prose.sentence()}]
    return facts


def weeknote_facts(entry: Planned, prose: Prose) -> dict[str, Any]:
    """Return a weeknote's own fields."""
    year, week, _ = entry.day.isocalendar()
    facts: dict[str, Any] = {"week": f"{year}-W{week:02}"}
    facts |= {"authors": [entry.writer.slug]} if entry.writer.leads else {"team": entry.writer.slug}
    if prose.chance.random() < 0.1:
        facts["lessons"] = _lessons(prose, 1)
    return facts


def experiment_facts(entry: Planned, prose: Prose, plan: Plan) -> dict[str, Any]:
    """Return an experiment's own fields: planned or running where its days say so, concluded else."""
    chance = prose.chance
    starts = entry.day + timedelta(days=chance.randint(1, 10))
    ends = starts + timedelta(days=chance.randint(14, 60))
    stage = "planned" if starts > TODAY else "running" if ends > TODAY else "concluded"
    measure = {
        "name": prose.thing().capitalize(),
        "unit": "minutes",
        "baseline": chance.randint(40, 90),
        "target": 30,
    }
    facts: dict[str, Any] = {
        "team": entry.writer.slug,
        "services": [entry.service.slug],
        "stage": stage,
        "hypothesis": f"We believe that {prose.clause()}, because {prose.clause()}.",
        "success_criteria": f"We are right if {prose.clause()}.",
        "starts": starts,
        "ends": ends,
        "measures": [measure],
        "sample": prose.sentence(),
        "stopping_rule": prose.sentence(),
        "guardrails": [prose.sentence()],
    }
    if stage == "concluded":
        measure["result"] = chance.randint(10, 90)
        facts |= {"result": chance.choice(OUTCOMES), "decision": chance.choice(DECISIONS)}
        facts["lessons"] = _lessons(prose, chance.randint(1, 2))
        if chance.random() < 0.5:
            facts["actions"] = [_action(entry, prose, plan, 1)]
    return facts


def incident_facts(entry: Planned, prose: Prose, plan: Plan, until: str) -> dict[str, Any]:
    """Return an incident's own fields; `until` is the last milestone of its timeline."""
    chance = prose.chance
    services = {entry.service.slug, *(chance.choice(plan.services).slug for _ in range(chance.randint(0, 1)))}
    facts: dict[str, Any] = {
        "severity": chance.choices(["sev1", "sev2", "sev3", "sev4"], [1, 3, 6, 4])[0],
        "type": chance.choices(["incident", "near-miss", "security", "data", "accessibility"], [16, 2, 1, 1, 1])[
            0
        ],
        "services": sorted(services),
        "team": entry.writer.slug,
        "timezone": "UTC",
        "detection": chance.choice(DETECTED_BY),
        "roles": {"lead": f"{entry.writer.slug} on-call", "comms": "service desk"},
    }
    if until == "resolved" and entry.day + timedelta(days=12) < TODAY:
        many = chance.randint(2, 4)
        facts["reviewed"] = entry.day + timedelta(days=chance.randint(3, 11))
        figure = {"what": prose.thing().capitalize(), "value": chance.randint(10, 90_000), "unit": "requests"}
        facts["figures"] = [{**figure, "source": "https://graphs.example.net/"}]
        facts["factors"] = [{"id": f"f{n}", "what": prose.sentence()} for n in range(1, many + 1)]
        facts["actions"] = [_action(entry, prose, plan, n, f"f{n}") for n in range(1, many + 1)]
        facts["lessons"] = _lessons(prose, chance.randint(1, 3))
    return facts


def start_of(entry: Planned, chance: Random) -> datetime:
    """Return when an incident began: at any minute of its day, in UTC."""
    return datetime(entry.day.year, entry.day.month, entry.day.day, chance.randint(0, 23), chance.randint(0, 59))


def format_facts(facts: dict[str, Any]) -> str:
    """Return fields as YAML, a line each; lists of mappings take a line for each item."""
    lines = []
    for key, value in facts.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:")
            lines.extend(f"  - {_flow(item)}" for item in value)
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    plain = str(value).lower() if isinstance(value, bool) else str(value)
    return json.dumps(plain, ensure_ascii=False) if isinstance(value, str) and " " in plain else plain


def _lessons(prose: Prose, number: int) -> list[dict[str, str]]:
    return [{"id": f"l{n}", "what": prose.sentence()} for n in range(1, number + 1)]


def _action(entry: Planned, prose: Prose, plan: Plan, number: int, factor: str = "") -> dict[str, Any]:
    """Old promises are mostly kept, a few were dropped; some of last year's are still open."""
    chance = prose.chance
    due = entry.day + timedelta(days=chance.randint(20, 90))
    action: dict[str, Any] = {"id": f"a{number}", "what": f"{chance.choice(CHANGES)} the {prose.thing()}"}
    action |= {"owner": chance.choice(plan.teams).slug, "due": due, "type": chance.choice(ACTION_TYPES)}
    action["done_when"] = prose.clause()
    if factor:
        action["addresses"] = factor
    luck = chance.random()
    if due < TODAY and luck < 0.85:
        closed = min(due + timedelta(days=chance.randint(-15, 30)), TODAY)
        action |= {
            "status": "done",
            "closed": closed,
            "link": f"https://changes.example.net/{chance.randint(1, 9999)}",
        }
    elif due < TODAY and luck < 0.92:
        action |= {"status": "dropped", "closed": min(due, TODAY), "why": prose.sentence()}
    return action
