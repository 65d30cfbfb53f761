"""From the table of fields to JSON Schema: which written values a field accepts, and what it means.

Draft 7, the newest that editors read (yaml-language-server, and with it Red Hat's extension for VS Code, Zed and
Neovim; JetBrains). Nothing that `check` accepts is refused; what a schema lets through `check` still reads.
Source: https://json-schema.org/draft-07, https://github.com/redhat-developer/yaml-language-server
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from aboveboard.content.fields.accepted import Loose
from aboveboard.content.fields.describe import FieldDoc, describe_fields
from aboveboard.content.yaml_nodes import parse_yaml
from aboveboard.content.yaml_plain import as_plain

Schema: TypeAlias = dict[str, Any]
Names: TypeAlias = Mapping[str, Sequence[str]]

# A field that is left empty counts as left out. It has no `type`, so that no editor proposes to write null.
DEFINITIONS: Schema = {"left_out": {"not": {"type": ["boolean", "number", "array", "object"]}, "maxLength": 0}}
_LEFT_OUT: Schema = {"$ref": "#/definitions/left_out"}


def object_schema(model: type[BaseModel], names: Names) -> Schema:
    """Return the schema of a group of fields; one that is not in the table is refused, as `check` reports it.

    `names`: by list (`teams`, `tags`, `severities` …) what is known here. A field that takes any name gets
    them as examples; one that takes those of a list only, as its choices.
    """
    docs = describe_fields(model)
    properties = {doc.name: _property(doc, model.model_fields[doc.name], names) for doc in docs}
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if required := [doc.name for doc in docs if doc.required]:
        schema["required"] = required
    more = model.model_config.get("json_schema_extra")
    return schema | (more if isinstance(more, dict) else {})


def _property(doc: FieldDoc, info: FieldInfo, names: Names) -> Schema:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    accepted = _form(info.annotation, info.metadata, names)
    known = [] if "names" not in extra else names.get(str(extra["names"]), ())
    if known and "closed" in extra:
        accepted = {"enum": list(dict.fromkeys(value for name in known for value in (name, as_plain(name))))}
    schema: Schema = {"description": _meaning(doc)}
    if "deprecated" in extra:
        schema |= {"deprecated": True, "deprecationMessage": extra["deprecated"]}
    schema |= _examples(doc, accepted, known if "closed" not in extra else ())
    return schema | (accepted if doc.required else {"anyOf": [*accepted.pop("anyOf", [accepted]), _LEFT_OUT]})


def _meaning(doc: FieldDoc) -> str:
    """Return the meaning as a sentence, with its source."""
    said = doc.description
    source = f" Source: {doc.source}." if doc.source else ""
    return f"{said[:1].upper()}{said[1:]}.{source}" if said else source.strip()


def _examples(doc: FieldDoc, accepted: Schema, known: Sequence[str]) -> Schema:
    """Return known names, or the form of what has one; an example of free text would only be in the way."""
    if known:
        return {"examples": [*known]}
    if accepted.get("type") != "string":
        return {}
    root, _ = parse_yaml(doc.example)
    return {"examples": [root.value]} if root else {}


def _form(annotation: Any, metadata: Sequence[Any], names: Names) -> Schema:
    """Return what an annotation accepts: as its type says, else by what it is made of."""
    said = next((item.json_schema for item in metadata if isinstance(item, WithJsonSchema)), None)
    if said is not None:
        return dict(said)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _form(args[0], [*args[1:], *metadata], names)
    if origin is Literal:
        return {"enum": list(args)}
    if origin is list:
        return _list(args[0], metadata, names)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return object_schema(annotation, names)
    inner = [arg for arg in args if arg is not type(None)]
    return _form(inner[0], metadata, names) if inner else {}


def _list(item: Any, metadata: Sequence[Any], names: Names) -> Schema:
    """Return the schema of a list; one that takes one item alone, or bare sentences, says so."""
    accepted = _form(item, [], names)
    loose = next((mark for mark in metadata if isinstance(mark, Loose)), None)
    if loose is None:
        return {"type": "array", "items": accepted}
    if not loose.sentence:
        return {"anyOf": [accepted, {"type": "array", "items": accepted}]}
    sentence = accepted["properties"][loose.sentence] | {"description": "A sentence."}
    return {"anyOf": [{"type": "array", "items": {"anyOf": [sentence, accepted]}}, sentence]}
