"""The schemas there are, by name: of each kind's front matter, of each register, and of the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.project import PLUGIN
from aboveboard.content.registers import FOLDER, RECORDS
from aboveboard.content.schemas.forms import DEFINITIONS, Names, Schema, object_schema
from aboveboard.content.settings import Settings
from aboveboard.errors import UnknownName

DRAFT = "http://json-schema.org/draft-07/schema#"


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that is written and has a schema. `files`: where it is written, a glob below `{content}`.

    `is_yaml`: whether it is a whole file, which editors check; front matter is a part of one.
    """

    name: str
    title: str
    about: str
    files: str
    is_yaml: bool
    make: Callable[[Names], Schema]


def _kind(kind: Kind) -> Subject:
    title = f"Front matter of {'an' if kind.name[0] in 'ei' else 'a'} {kind.name}"
    files = f"{{content}}/{kind.folder}/**/*.md"
    return Subject(kind.name, title, kind.about, files, False, lambda names: object_schema(kind.fields, names))


def _register(name: str) -> Subject:
    record = RECORDS[name]
    about = (record.__doc__ or "").splitlines()[0]

    def make(names: Names) -> Schema:
        return {"type": ["array", "null"], "items": {"description": about, **object_schema(record, names)}}

    return Subject(name, f"The register {name}.yml", about, f"{{content}}/{FOLDER}/{name}.yml", True, make)


def _settings(names: Names) -> Schema:
    schema = object_schema(Settings, names)
    return schema | {"type": ["object", "null"]}


def _whole_config(names: Names) -> Schema:
    """`mkdocs.yml` with the plugin's block in it. What MkDocs and its theme have beside it is theirs to say."""
    block = {"description": "Settings of Aboveboard.", **_settings(names)}
    named = {"type": "object", "properties": {PLUGIN: block}}
    listed = {"type": "array", "items": {"anyOf": [{"type": "string", "examples": [PLUGIN]}, named]}}
    said = {
        "site_name": "What the site is called.",
        "site_url": "Where it will be published; feeds need it for their addresses.",
        "site_description": "One sentence on what this site is; it stands on the home page.",
        "docs_dir": "The folder that holds what you write.",
    }
    properties: dict[str, Schema] = {name: {"description": about} for name, about in said.items()}
    return {"type": "object", "properties": {**properties, "plugins": {"anyOf": [listed, named]}}}


SUBJECTS: tuple[Subject, ...] = (
    *(_kind(kind) for kind in KINDS),
    *(_register(name) for name in RECORDS),
    Subject("settings", "Settings", "The plugin's block in mkdocs.yml.", "mkdocs.yml", False, _settings),
    Subject(
        "mkdocs",
        "mkdocs.yml",
        "The whole of mkdocs.yml, with that block in it.",
        "mkdocs.yml",
        True,
        _whole_config,
    ),
)
# `mkdocs.yml` is a file of a project; from outside only its block is of use.
PUBLISHED = tuple(subject for subject in SUBJECTS if subject.name != "mkdocs")
BY_NAME = {subject.name: subject for subject in SUBJECTS}


def find_subject(name: str) -> Subject:
    """Return what has a schema of that name; raise UnknownName with the nearest one."""
    if name.casefold() not in BY_NAME:
        raise UnknownName("schema", name, BY_NAME)
    return BY_NAME[name.casefold()]


def schema_of(subject: Subject, names: Names, address: str | None = None, comment: str = "") -> Schema:
    """Return the whole schema; `address` is where it is published, `comment` is for who opens the file."""
    head: Schema = {"$schema": DRAFT}
    if address:
        head["$id"] = address
    if comment:
        head["$comment"] = comment
    about = {"title": subject.title, "description": subject.about}
    return {**head, **about, **subject.make(names), "definitions": DEFINITIONS}
