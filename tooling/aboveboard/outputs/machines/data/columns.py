"""What a column of open data is: a name, a form, what it means, and where its value comes from.

The JSON, its schema, the CSV and the documentation page are all made from the same columns, so that
none of them can say something else than the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary

T = TypeVar("T")
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """What a value looks like: in words, as JSON Schema, and how it is written as JSON.

    `parts`: where it is a list of records, their columns.
    """

    words: str
    schema: Schema
    write: Callable[[Any], Any] = lambda value: value
    parts: tuple[Column[Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column of a table of `T`. `needed`: its value is never null. `unit`: what a number counts."""

    name: str
    form: Form
    meaning: str
    of: Callable[[PublicLibrary, T], Any]
    needed: bool = False
    unit: str = ""

    def value(self, library: PublicLibrary, subject: T) -> Any:
        """Return the value as JSON has it."""
        return _written(self.form, self.of(library, subject))

    @property
    def schema(self) -> Schema:
        """The JSON Schema of its values: type, choices, and what it means."""
        schema = dict(self.form.schema)
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not self.needed and "null" not in types:
            schema["type"] = [*types, "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
        unit = f" In {self.unit}." if self.unit else ""
        return {"description": self.meaning + unit, **schema}


def object_schema(columns: Sequence[Column[Any]]) -> Schema:
    """Return the JSON Schema of an object that has these columns, all of them and no other."""
    return {
        "type": "object",
        "properties": {column.name: column.schema for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


def write_instant(at: datetime) -> str:
    """Return an instant in UTC as RFC 3339 has it: `2026-11-20T02:04:00Z`."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


TEXT = Form("text", {"type": "string"}, str)
FLAG = Form("true or false", {"type": "boolean"})
COUNT = Form("whole number", {"type": "integer", "minimum": 0})
DAY = Form("day", {"type": "string", "format": "date"}, date.isoformat)
_IN_UTC = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
INSTANT = Form("instant", {"type": "string", "format": "date-time", "pattern": _IN_UTC}, write_instant)
WEEK = Form("ISO week", {"type": "string", "pattern": "^[0-9]{4}-W[0-9]{2}$"}, str)
ADDRESS = Form("address", {"type": "string", "format": "uri-reference"}, str)
URL = Form("URL", {"type": "string", "pattern": "^(https?://|mailto:)"})
TEXTS = Form("list of texts", {"type": "array", "items": {"type": "string"}}, list)
ANYTHING = Form("text, list or record", {"type": ["string", "array", "object", "null"]})


def choice(words: Sequence[str]) -> Form:
    """Return the form of a value that is one of a few words."""
    return Form(" \u00b7 ".join(words), {"type": "string", "enum": list(words)}, str)


def records(columns: Sequence[Column[Any]], write: Callable[[Any], Any]) -> Form:
    """Return the form of a list of records; `write` makes one of them JSON."""
    schema = {"type": "array", "items": object_schema(columns)}
    return Form("list of records", schema, lambda found: [write(one) for one in found], tuple(columns))


def field(model: type[BaseModel], name: str, form: Form | None = None, meaning: str = "") -> Column[Entry]:
    """Return the column of a field of entries: form and meaning are those of the table of fields, unless given."""
    part = _part(model, name)
    return Column(
        name,
        form or part.form,
        meaning or part.meaning,
        lambda library, entry: getattr(entry.fields, name),
        part.needed,
    )


def parts_of(model: type[BaseModel]) -> Form:
    """Return the form of a list of parts, such as an incident's factors: a record each, with all their fields."""
    columns = [_part(model, name) for name in model.model_fields]
    return records(columns, lambda part: {c.name: _written(c.form, getattr(part, c.name)) for c in columns})


def _part(model: type[BaseModel], name: str) -> Column[Any]:
    info = model.model_fields[name]
    text = info.description or ""
    meaning = f"{text[:1].upper()}{text[1:]}."
    needed = info.is_required() or info.default is not None
    return Column(name, _form(info.annotation), meaning, lambda library, part: getattr(part, name), needed)


def _written(form: Form, value: Any) -> Any:
    return None if value is None else form.write(value)


def _form(annotation: Any) -> Form:
    inner = [kind for kind in get_args(annotation) if kind is not type(None)]
    if get_origin(annotation) is Literal:
        return choice(inner)
    if get_origin(annotation) is list:
        return TEXTS
    if annotation is date:
        return DAY
    if annotation is object:
        return ANYTHING
    return _form(inner[0]) if inner else TEXT
