"""Begin an experiment, which freezes its plan, and conclude it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, get_args

from aboveboard.authoring.edits import Edit, plan_edit, set_values
from aboveboard.content.edit import Value, set_value
from aboveboard.content.entry import Entry
from aboveboard.content.fields.experiment import ExperimentFields
from aboveboard.content.front_matter import parse_front_matter
from aboveboard.content.history import versions_of
from aboveboard.content.library import Library
from aboveboard.content.registration import PLAN, digest_of, plan_of, unsaid_changes
from aboveboard.content.yaml_nodes import Path as FieldPath
from aboveboard.content.yaml_write import write_value
from aboveboard.errors import UnknownName, UserError

_NEEDED = ("hypothesis", "success_criteria")
_OPEN = ("running", "analysing")


class PlanChanged(UserError):
    """A registered plan was not kept. `reasons` say what changed, `to_add` is the YAML that says so."""

    def __init__(self, message: str, reasons: Sequence[str], to_add: str) -> None:
        super().__init__(message)
        self.reasons, self.to_add = tuple(reasons), to_add


def plan_start(library: Library, entry: Entry, today: date) -> Edit:
    """Return the edit that lets an experiment run: its stage, its first day, its plan registered.

    Registered already and kept: nothing to do. Raises PlanChanged where it was not kept, and UserError
    with everything that is missing, or where it is too late to begin.
    """
    fields = _fields(entry)
    if fields.registered:
        _refuse_changes(library, entry, fields, today)
        said = f"the plan was registered on {fields.registered.date}, and is kept"
        stage: list[tuple[FieldPath, Value]] = [(("stage",), "running")] if fields.stage == "planned" else []
        return plan_edit(library, entry, lambda text: set_values(text, *stage), said)
    if fields.stage not in ("planned", "running"):
        raise UserError(f"{entry.id} is {fields.stage} already: a plan is registered before anybody looks")
    missing = [f"`{name}:`" for name in _NEEDED if not getattr(fields, name)]
    if missing:
        where = library.project.relative(library.project.content / entry.path)
        raise UserError(f"{where} says no {' and no '.join(missing)}: write what would prove you wrong first")
    open_still = [name for name in PLAN if name != "starts" and not getattr(fields, name)]
    said = f"not in the plan: {', '.join(open_still)}; to add one of them from now on is a deviation"
    return plan_edit(library, entry, lambda text: _started(text, today), *([said] if open_still else []))


def plan_conclusion(library: Library, entry: Entry, result: str, decision: str, lessons: Sequence[str]) -> Edit:
    """Return the edit that concludes an experiment with what came of it; lessons are appended with ids.

    Concluded already with the same values: nothing but lessons that are new. Raises UnknownName for a value
    that is none, UserError where it is not running, or another conclusion stands.
    """
    fields = _fields(entry)
    given = {"result": find_choice("result", result), "decision": find_choice("decision", decision)}
    if fields.stage == "concluded":
        for name, value in given.items():
            if getattr(fields, name) not in (None, value):
                stands = getattr(fields, name)
                raise UserError(
                    f"{entry.id} is concluded with `{name}: {stands}`: change it by hand if that is wrong"
                )
    elif fields.stage == "planned":
        raise UserError(f"{entry.id} has not begun: `aboveboard experiment start {entry.id}`")
    elif fields.stage not in _OPEN:
        raise UserError(
            f"{entry.id} was {fields.stage}: set `stage: analysing` by hand to conclude it all the same"
        )
    said = [f"no result for the measure {m.name!r}: add `result:` to it" for m in fields.measures if not m.result]
    if fields.registered is None:
        said.append("its plan was never registered, so nobody can see that it was kept")
    elif _changed(library, entry, fields) != {}:
        said.append(f"its plan was not kept, and that is not said: `aboveboard experiment start {entry.id}`")
    values: list[tuple[FieldPath, Value]] = [(("stage",), "concluded")]
    values += [((name,), value) for name, value in given.items()]

    def change(text: str) -> str:
        return _with_lessons(set_values(text, *values), fields, lessons)

    return plan_edit(library, entry, change, *said)


def find_choice(field: str, written: str) -> str:
    """Return a value of a closed list of experiments; raise UnknownName with the nearest one."""
    choices = choices_of(field)
    value = "-".join(written.casefold().split())
    if value not in choices:
        raise UnknownName(field, written, choices)
    return value


def choices_of(field: str) -> tuple[str, ...]:
    """Return the values that a field of experiments can have, in the order of the table."""
    annotation = ExperimentFields.model_fields[field].annotation
    return next(get_args(arg) for arg in get_args(annotation) if get_args(arg))


def _fields(entry: Entry) -> ExperimentFields:
    assert entry.experiment is not None, f"{entry.id} was found among experiments"
    return entry.experiment


def _started(text: str, today: date) -> str:
    values: list[tuple[FieldPath, Value]] = [(("stage",), "running")]
    if not parse_front_matter(text).values.get("starts"):
        values.append((("starts",), today.isoformat()))
    text = set_values(text, *values)
    digest = digest_of(plan_of(parse_front_matter(text).values))
    return set_value(text, ("registered",), {"date": today.isoformat(), "digest": digest})


def _changed(library: Library, entry: Entry, fields: ExperimentFields) -> dict[str, Any] | None:
    project = library.project
    versions = versions_of(project.content / entry.path, project.root)
    return unsaid_changes(entry.matter.values, fields, versions)


def _refuse_changes(library: Library, entry: Entry, fields: ExperimentFields, today: date) -> None:
    changed = _changed(library, entry, fields)
    if changed == {}:
        return
    since = f"the plan is not the one registered on {fields.registered.date}" if fields.registered else ""
    if changed is None:
        form = {"date": today.isoformat(), "field": None, "was": None, "why": None}
        reasons = ["git does not know the registered plan, so nobody can tell here which field it was"]
        raise PlanChanged(f"{since}: say what changed", reasons, _deviations([form]))
    said = {deviation.field for deviation in fields.deviations}
    reasons = [
        f"`{name}`: the `was` of its deviation is not what was registered"
        if name in said
        else f"`{name}` changed, and no deviation says so"
        for name in changed
    ]
    to_add = [{"date": today.isoformat(), "field": name, "was": was, "why": None} for name, was in changed.items()]
    raise PlanChanged(f"{since}: say what changed, and why", reasons, _deviations(to_add))


def _deviations(items: list[dict[str, Any]]) -> str:
    return f"deviations:{write_value(items, 2, chr(10))}"


def _with_lessons(text: str, fields: ExperimentFields, lessons: Sequence[str]) -> str:
    known, ids = {lesson.what for lesson in fields.lessons}, {lesson.id for lesson in fields.lessons}
    for what in lessons:
        if what in known:
            continue
        values = parse_front_matter(text).values.get("lessons")
        there = values if isinstance(values, list) else [values] if values else []
        numbered = (f"l{number}" for number in range(len(there) + 1, len(there) + len(ids) + 2))
        new = {"id": next(one for one in numbered if one not in ids), "what": what}
        known.add(what)
        ids.add(new["id"])
        if isinstance(values, str):
            text = set_value(text, ("lessons",), [values, new])
        else:
            text = set_value(text, ("lessons", len(there)), new)
    return text
