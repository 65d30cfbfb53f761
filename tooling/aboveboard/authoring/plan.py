"""Plan a new entry: where it goes and what stands in it. Nothing is written until the plan is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aboveboard.authoring.known import Known
from aboveboard.authoring.prefill import prefill, started_at
from aboveboard.authoring.templates import find_template, render_template
from aboveboard.content.edit import set_value
from aboveboard.content.entry import parse_entry
from aboveboard.content.files import write_new
from aboveboard.content.kinds import INCIDENT, WEEKNOTE, Kind
from aboveboard.content.problems import PROBLEMS
from aboveboard.content.project import Project
from aboveboard.content.slugs import slugify
from aboveboard.content.weeks import Week
from aboveboard.content.yaml_nodes import Path as FieldPath
from aboveboard.content.yaml_nodes import parse_yaml
from aboveboard.errors import Severity, UnknownName, UserError


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked for. `given`: fields by dotted name, values as typed (YAML)."""

    kind: Kind
    title: str | None = None
    team: str | None = None
    template: str | None = None
    given: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A file to write; `exists` when it is there already and nothing is to be done."""

    path: Path
    text: str
    exists: bool = False


def plan_entry(known: Known, request: Request, now: datetime) -> Plan:
    """Return where the new entry goes and its text; raise UserError with everything wrong about the request."""
    project, kind = known.project, request.kind
    given = [(field_path(kind, name), read_value(value)) for name, value in request.given]
    tops = {str(path[0]): value for path, value in given if len(path) == 1}
    title = request.title or tops.get("title")
    if title is None and kind is not WEEKNOTE:
        raise UserError(f'name it: aboveboard new {kind.name} "In a few words"')
    team = slugify(str(tops.get("team") or request.team)) if tops.get("team") or request.team else None
    if tops.get("week"):
        _parse_week(str(tops["week"]))
    values = prefill(known, kind, now, tops, team, title)
    path = project.content / kind.folder / f"{_name(known, request, values, tops, now)}.md"
    for there in (path, path.with_suffix("") / "index.md"):
        if there.exists() and kind is WEEKNOTE:
            return Plan(there, there.read_text(encoding="utf-8", errors="replace"), exists=True)
    template = find_template(project, kind, request.template or kind.default_template)
    text = render_template(project, template, values, whole=kind is not INCIDENT or values["over"])
    for field, value in given:
        text = set_value(text, field, value)
    _refuse_errors(project, kind, path, text)
    return Plan(path, text)


def write_plan(plan: Plan) -> Path:
    """Write a plan; raise AlreadyExists if somebody was faster."""
    if not plan.exists:
        write_new(plan.path, plan.text)
    return plan.path


def field_path(kind: Kind, name: str) -> FieldPath:
    """Return the path of a dotted name, `actions.0.owner`; raise UnknownName for a field that is none."""
    steps: FieldPath = tuple(int(step) if step.isdigit() else step for step in name.split("."))
    if steps[0] in ("id", "slug"):
        raise UserError(f"`{steps[0]}` is no field: the file name is the id and the address")
    if steps[0] not in kind.fields.model_fields:
        raise UnknownName(f"field of {kind.name}s", str(steps[0]), kind.fields.model_fields)
    return steps


def read_value(text: str) -> Any:
    """Return a value typed on the command line: YAML where it is YAML, else the text itself."""
    root, problems = parse_yaml(text)
    if problems or root is None:
        return text or None
    if root.kind == "scalar" and root.text in ("true", "false") and not root.style:
        return root.text == "true"
    ends_early = root.kind == "scalar" and root.end < len(text.rstrip())
    return text if ends_early or (root.kind == "mapping" and not root.flow) else root.value


def _parse_week(text: str) -> Week:
    try:
        return Week.parse(text)
    except ValueError as error:
        raise UserError(f"week: {error}") from None


def _name(known: Known, request: Request, values: dict[str, Any], tops: dict[str, Any], now: datetime) -> str:
    if request.kind is WEEKNOTE:
        authors = tops.get("authors")
        author = authors[0] if isinstance(authors, list) and authors else authors
        owner = author if author and not tops.get("team") else values["team"]
        if owner is None:
            raise UserError("say whose weeknote it is: --team NAME (or --set authors=NAME)")
        return f"{values['week'].slug}-{slugify(str(owner))}"
    day = values["date"][:10]
    if request.kind is INCIDENT:
        day = (started_at(known.project, tops) or now).astimezone(UTC).date().isoformat()
        day = day if "started_at" in tops or "date" not in tops else values["date"][:10]
    return _free_name(known, request.kind, f"{day}-{slugify(str(values['title']))}")


def _free_name(known: Known, kind: Kind, name: str) -> str:
    taken = known.ids | known.names_in(kind)
    numbered = (f"{name}-{number}" for number in range(2, 1000))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def _refuse_errors(project: Project, kind: Kind, path: Path, text: str) -> None:
    relative = path.relative_to(project.content).as_posix()
    parsed = parse_entry(kind, relative, text.encode(), project.settings)
    # An unknown field in a fresh entry is one that was asked for by a wrong name.
    errors = [p for p in parsed.problems if PROBLEMS[p.code].severity is Severity.ERROR or p.code == "FD004"]
    if errors:
        raise UserError("; ".join(problem.message for problem in errors))
