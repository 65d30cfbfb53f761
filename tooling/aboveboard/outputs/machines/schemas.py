"""The schemas of what is written here, for whoever writes or reads the same elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator

from aboveboard.content.public import PublicLibrary
from aboveboard.content.registers import Registers
from aboveboard.content.schemas.forms import Names
from aboveboard.content.schemas.known import known_names
from aboveboard.content.schemas.table import PUBLISHED, Subject, schema_of
from aboveboard.outputs.page import Asset, Draft


def path_of(subject: Subject) -> str:
    """Return where a schema is published."""
    return f"schemas/{subject.name}.json"


PATHS = tuple(path_of(subject) for subject in PUBLISHED)


def schema_files(library: PublicLibrary) -> Iterator[Draft]:
    """Yield every schema, with the names that published entries use and no other."""
    # They are the same until somebody uses a new name, whatever else is written.
    yield Draft(PATHS, _files, (library.project.site_url, known_names(library, Registers())))


def _files(site_url: str | None, names: Names) -> Iterator[Asset]:
    for subject in PUBLISHED:
        path = path_of(subject)
        schema = schema_of(subject, names, f"{site_url}{path}" if site_url else None)
        # Whoever takes the file for a page finds no tag in it.
        text = json.dumps(schema, ensure_ascii=False, indent=1).replace("<", "\\u003c")
        yield Asset(path, f"{text}\n".encode("utf-8", "replace"))
