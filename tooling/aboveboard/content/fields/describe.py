"""What each field is, for people: read off the models, so that it cannot be said differently elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from aboveboard.content.fields.types import Shape


@dataclass(frozen=True, slots=True)
class FieldDoc:
    """One field: `form` in words, an `example` as it is typed, `parts` where it has fields of its own."""

    name: str
    form: str
    example: str
    required: bool
    description: str
    source: str
    parts: type[BaseModel] | None


def describe_fields(model: type[BaseModel]) -> list[FieldDoc]:
    """Return the documentation of every field of a model, in the order of the table."""
    return [_describe(name, model) for name in model.model_fields]


def _describe(name: str, model: type[BaseModel]) -> FieldDoc:
    info = model.model_fields[name]
    shape = next((item for item in info.metadata if isinstance(item, Shape)), None)
    shape = shape or _shape(info.annotation)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    return FieldDoc(
        name=name,
        form=shape.name,
        example=shape.example,
        required=info.is_required(),
        description=info.description or "",
        source=str(extra.get("source", "")),
        parts=next(_models(info.annotation), None),
    )


def _shape(annotation: Any) -> Shape:
    """Return the shape of an annotation: its own, its choices', or that of what it is a list of."""
    if get_origin(annotation) is Annotated:
        found = next((item for item in get_args(annotation)[1:] if isinstance(item, Shape)), None)
        return found or _shape(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        choices = [str(choice) for choice in get_args(annotation)]
        return Shape(" \u00b7 ".join(choices), choices[0])
    if get_origin(annotation) is list:
        inner = _shape(get_args(annotation)[0])
        return Shape(f"list: {inner.name}", f"[{inner.example}]")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        pairs = (f"{doc.name}: {doc.example}" for doc in describe_fields(annotation) if doc.required)
        return Shape("group", "{" + ", ".join(pairs) + "}")
    inner_types = [arg for arg in get_args(annotation) if arg is not type(None)]
    return _shape(inner_types[0]) if inner_types else Shape("anything", "")


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for arg in get_args(annotation):
        yield from _models(arg)
