"""From plain values to typed fields, with every problem at the line it stands on."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from aboveboard.content.front_matter import FrontMatter
from aboveboard.content.problems import Problem
from aboveboard.content.yaml_nodes import Path
from aboveboard.errors import nearest

M = TypeVar("M", bound=BaseModel)

# What is derived. Whoever types it types it differently one day.
_DERIVED = frozenset(
    [
        *("status", "duration", "downtime", "length", "year"),
        *("time_to_detect", "time_to_resolve", "time_to_repair", "ttd", "ttr", "mttd", "mttr"),
    ]
)
# What other tools call what we have.
_USUAL = {
    "week_ending": "week",
    "author": "authors",
    "category": "tags",
    "categories": "tags",
    "license": "licence",
}
_IDENTITY = {"id": "the file name is the id", "slug": "the file name is the address"}


def validate(
    model: type[M], matter: FrontMatter, values: Any, context: dict[str, Any], at: Path = ()
) -> tuple[M | None, list[Problem]]:
    """Return the typed fields, or None where an error stands in the way, and all problems.

    `values` is what lies at the path `at` of the front matter. A field left empty counts as left
    out. Unknown fields are set aside with a warning; they never keep an entry from being read.
    """
    given = _without_empty(values)
    problems: list[Problem] = []
    for _ in range(2):
        try:
            return model.model_validate(given, context=context), problems
        except ValidationError as error:
            details = error.errors(include_url=False)
        unknown = [detail for detail in details if detail["type"] == "extra_forbidden"]
        problems += [_unknown(model, matter, at, detail["loc"]) for detail in unknown]
        if len(unknown) < len(details):
            wrong = [detail for detail in details if detail["type"] != "extra_forbidden"]
            return None, sorted({*problems, *(_problem(matter, at, detail) for detail in wrong)})
        for detail in unknown:
            given = _without(given, detail["loc"])
    raise AssertionError("unknown fields were set aside, and nothing else was wrong")  # pragma: no cover


def _problem(matter: FrontMatter, at: Path, detail: ErrorDetails) -> Problem:
    path: Path = (*at, *detail["loc"])
    name = _spell(detail["loc"])
    kind, context = detail["type"], detail.get("ctx") or {}
    if kind == "missing":
        node = matter.root.find(path) if matter.root else None
        said = "is empty" if node is not None else "is missing"
        return Problem(matter.position(path), "FD001", f"`{name}` {said}: it is required")
    if kind == "literal_error":
        listed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        guess = nearest(str(detail["input"]), listed.split(", "))
        hint = f" (did you mean {guess}?)" if guess else ""
        message = f"{detail['input']!r} is not one of {listed}{hint}"
        return Problem(matter.position(path), "FD003", f"`{name}`: {message}")
    if kind in ("list_type", "model_type", "dict_type", "model_attributes_type"):
        wanted = "a list" if kind == "list_type" else "a group of fields"
        message = f"{f'`{name}`' if name else 'this'} should be {wanted}{_how(detail)}"
        return Problem(matter.position(path), "FD002", message)
    text = str(context.get("error") or detail["msg"])
    if kind == "owner_missing":
        return Problem(matter.position(at), "FD001", text)
    code = "FD003" if "is not on the scale" in text else "FD002"
    return Problem(matter.position(path), code, f"`{name}`: {text}")


def _how(detail: ErrorDetails) -> str:
    given = detail["input"]
    if detail["type"] != "list_type" and isinstance(given, str) and detail["loc"][:1] == ("actions",):
        return f": write `- what: {given}`"
    return f", not {'text' if isinstance(given, str) else 'a list' if isinstance(given, list) else 'fields'}"


def _unknown(model: type[BaseModel], matter: FrontMatter, at: Path, loc: Path) -> Problem:
    position = matter.key_position((*at, *loc))
    name = str(loc[-1])
    if len(loc) == 1 and not at and name in _IDENTITY:
        message = f"`{name}` does not go into front matter: {_IDENTITY[name]}, so rename the file instead"
        return Problem(position, "FD005", message)
    if name in _DERIVED and not at:
        message = f"`{name}` is worked out from the times, and never typed: remove it"
        return Problem(position, "FD004", message)
    if name == "timeline":
        return Problem(position, "FD004", "`timeline` goes into the body, as a list under `## Timeline`")
    known = _fields_at(model, loc[:-1])
    guess = _USUAL.get(name) if _USUAL.get(name) in known else nearest(name, known)
    few = f"known here: {', '.join(known)}" if len(known) < 12 else "remove it, or say it in the text"
    hint = f"did you mean `{guess}`?" if guess else few
    return Problem(position, "FD004", f"`{_spell(loc)}` is not a field, and does nothing: {hint}")


def _fields_at(model: type[BaseModel], loc: Path) -> list[str]:
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            inner = _model_in(model.model_fields[step].annotation)
            model = inner or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)


def _spell(loc: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None and item != ""}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _without(value: Any, loc: Path) -> Any:
    step, rest = loc[0], loc[1:]
    if isinstance(value, list) and isinstance(step, int):
        return [_without(item, rest) if index == step else item for index, item in enumerate(value)]
    if not rest:
        return {key: item for key, item in value.items() if key != step}
    return {key: _without(item, rest) if key == step else item for key, item in value.items()}
