"""The files of open data: JSON with its schema, CSV, and the index of what there is.

Sources: JSON Schema 2020-12, RFC 3339, RFC 4180; OWASP on formulas in CSV
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.machines.data.columns import (
    ADDRESS,
    COUNT,
    INSTANT,
    TEXT,
    TEXTS,
    URL,
    Column,
    Form,
    Schema,
    T,
    object_schema,
    records,
)
from aboveboard.outputs.machines.data.datasets import DATASETS, VERSION, Dataset
from aboveboard.outputs.machines.data.entries import place_of
from aboveboard.outputs.page import Asset

DRAFT = "https://json-schema.org/draft/2020-12/schema"
INDEX = f"api/v{VERSION}/index.json"
INDEX_SCHEMA = f"api/v{VERSION}/schemas/index.schema.json"
PAGE = "data/index.md"
SEPARATOR = "; "
# What a spreadsheet would take for a formula, in narrow and in wide letters. The apostrophes before it are
# counted in, so that whoever takes the first one away again has the text back, whatever it was.
FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


_NUMBER = Form("text", {"type": "string", "const": VERSION})
_ABOUT: tuple[Column[str], ...] = (
    Column("version", _NUMBER, "The version of the columns and their meanings.", lambda _, path: VERSION, True),
    Column("as_of", INSTANT, "The instant for which all of this holds.", lambda library, _: library.as_of, True),
    Column(
        "licence",
        TEXT,
        "The site's licence, an SPDX id or a URL; what has another one says so itself.",
        lambda library, _: library.project.settings.licence,
        True,
    ),
    Column("schema", ADDRESS, "The JSON Schema of this file.", place_of, True),
)
_FILES: tuple[Column[tuple[Dataset[Any], int]], ...] = (
    Column("name", TEXT, "What it is called in addresses.", lambda _, one: one[0].name, True),
    Column("title", TEXT, "What it is called.", lambda _, one: one[0].title, True),
    Column("description", TEXT, "What is in it.", lambda _, one: one[0].about, True),
    Column("items", COUNT, "How many rows it has.", lambda _, one: one[1], True),
    Column("json", ADDRESS, "The data as JSON.", lambda library, one: place_of(library, one[0].json_path), True),
    Column("csv", ADDRESS, "The same as CSV.", lambda library, one: place_of(library, one[0].csv_path), True),
    Column(
        "schema",
        ADDRESS,
        "The JSON Schema of the JSON.",
        lambda library, one: place_of(library, one[0].schema_path),
        True,
    ),
)


def data_files(library: PublicLibrary) -> Iterator[Asset]:
    """Yield the JSON, the schema and the CSV of every dataset, then the index and its schema."""
    # The first dataset is of all entries; those of a kind say the same of theirs, and more.
    entries = DATASETS[0].rows(library, {})
    known = {row["id"]: row for row in entries}
    found = [(DATASETS[0], entries), *((dataset, dataset.rows(library, known)) for dataset in DATASETS[1:])]
    common = _record(_ABOUT, library, INDEX_SCHEMA)
    for dataset, rows in found:
        head = common | {"schema": place_of(library, dataset.schema_path)}
        yield Asset(dataset.json_path, _json({**head, "items": rows}))
        yield Asset(dataset.schema_path, _json(_file_schema(library, dataset)))
        yield Asset(dataset.csv_path, write_csv(dataset.columns, rows))
    columns = _index_columns(library, [(dataset, len(rows)) for dataset, rows in found])
    title, about = "Index", "What open data this site has, and what holds for all of it."
    schema = {**_schema_head(library, INDEX_SCHEMA, title, about), **object_schema(columns)}
    yield Asset(INDEX, _json(_record(columns, library, INDEX_SCHEMA)))
    yield Asset(INDEX_SCHEMA, _json(schema))


def _record(columns: Sequence[Column[T]], library: PublicLibrary, subject: T) -> dict[str, Any]:
    return {column.name: column.value(library, subject) for column in columns}


def _index_columns(library: PublicLibrary, found: list[tuple[Dataset[Any], int]]) -> tuple[Column[str], ...]:
    settings = library.project.settings
    files = records(_FILES, lambda one: _record(_FILES, library, one))
    return (
        *_ABOUT,
        Column("organisation", TEXT, "Who publishes this.", lambda lib, _: lib.project.organisation, True),
        Column(
            "site", URL, "The site's address; null where it is not known.", lambda lib, _: lib.project.site_url
        ),
        Column("documentation", ADDRESS, "The page that explains it.", lambda lib, _: place_of(lib, PAGE), True),
        Column(
            "severities", TEXTS, "The scale of incidents, worst first.", lambda _, __: settings.severities, True
        ),
        Column("datasets", files, "What there is.", lambda _, __: found, True),
    )


def _file_schema(library: PublicLibrary, dataset: Dataset[Any]) -> Schema:
    schema = object_schema(_ABOUT)
    items = {"description": "One for each row.", "type": "array", "items": {"$ref": "#/$defs/item"}}
    item = {"description": f"One of the {dataset.name}.", **object_schema(dataset.columns)}
    return {
        **_schema_head(library, dataset.schema_path, dataset.title, dataset.about),
        **schema,
        "properties": {**schema["properties"], "items": items},
        "required": [*schema["required"], "items"],
        "$defs": {"item": item},
    }


def _schema_head(library: PublicLibrary, path: str, title: str, about: str) -> Schema:
    head: Schema = {"$schema": DRAFT}
    if library.project.site_url:
        head["$id"] = place_of(library, path)
    return {**head, "title": title, "description": about}


def _json(value: dict[str, Any]) -> bytes:
    # Whoever takes the file for a page finds no tag in it.
    text = json.dumps(value, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return f"{text}\n".encode("utf-8", "replace")


def write_csv(columns: Sequence[Column[Any]], rows: Sequence[dict[str, Any]]) -> bytes:
    """Return rows as CSV: a row of names, then the values as `write_cell` has them; lines end in CR LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([[write_cell(row[column.name]) for column in columns] for row in rows])
    return text.getvalue().encode("utf-8", "replace")


def write_cell(value: Any) -> str:
    """Return a value of JSON as a cell: null is empty, texts are joined, records are JSON.

    None begins as a formula does.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        texts = all(isinstance(one, str) for one in value)
        value = SEPARATOR.join(value) if texts else json.dumps(value, ensure_ascii=False)
    return f"'{value}" if FORMULA.match(value) else value
