"""The reference of what a program can read of a site, as `reference.py` writes it: addresses, columns, feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from aboveboard.content.frame import Frame
from aboveboard.content.project import Project
from aboveboard.content.registers import Registers
from aboveboard.outputs.machines.calendar import PATH
from aboveboard.outputs.machines.data.columns import Column
from aboveboard.outputs.machines.data.datasets import DATASETS
from aboveboard.outputs.machines.data.files import INDEX, INDEX_SCHEMA
from aboveboard.outputs.machines.feed import site_feeds
from aboveboard.outputs.machines.schemas import PATHS as SCHEMAS

# Stands for a team or a service where a site would have its own.
SLUG = frozenset(["NAME"])
ABOUT_DATA = """
Everything that a program can read of a site. Addresses count from the site's root. They are files: there is no
server to ask, no key and no limit of ours. A site's own page on its data, `/data/`, says the same with the
number of rows, the licence and how to cite.
"""
ABOUT_FILES = """
Each JSON file has `version`, `as_of`, `licence`, `schema` and `items`. Within a version no column is renamed,
taken out or given another meaning; new ones may come. `as_of` is the instant for which it holds. What is not
known is `null`, and an empty cell in CSV. Instants are in UTC, as RFC 3339 has them. In CSV, a list of texts is
joined with `; `, a list of records is JSON, and what a spreadsheet would take for a formula has an apostrophe
before it.

A site that was put up by `aboveboard publish` also has `/release.json` (its commit, and when) and `/SHA256SUMS`
(the sum of every file).

The schemas of front matter, registers and settings, as `aboveboard schema` prints them: SCHEMAS.
"""
ABOUT_FEEDS = """
Where a feed of the site or of a kind no longer tells of something, its Atom leads on to archives (`feed-1.xml`
and so on), as RFC 5005 has it.
"""


def api() -> Iterator[str]:
    """Yield the page of everything that a program can read of a site: addresses, columns, feeds."""
    yield from ("# Open data and feeds", "", ABOUT_DATA.strip(), "", "## Files", "")
    yield from ("Begin with the index and follow the addresses in it.", "")
    yield from ("| what | JSON | CSV |", "| --- | --- | --- |", f"| Index | `/{INDEX}` | |")
    for data in DATASETS:
        yield f"| [{data.title}](#{data.name}) | `/{data.json_path}` | `/{data.csv_path}` |"
    schema = INDEX_SCHEMA.replace("index", "NAME")
    yield from ("", f"The JSON Schema of each is at `/{schema}`: `index`, `entries` and so on.")
    schemas = ", ".join(f"`/{path}`" for path in SCHEMAS)
    yield from ("", ABOUT_FILES.strip().replace("SCHEMAS", schemas), *feeds())
    for data in DATASETS:
        yield from ("", f"## {data.title}", "", data.about)
        if data.own is not data.columns:
            yield f"It has all the columns of [entries](#{DATASETS[0].name}), and these."
        yield from ("", *columns(data.own))
        for column in data.own:
            if column.form.parts:
                yield from ("", f"A record of `{column.name}`:", "", *columns(column.form.parts))


def feeds() -> Iterator[str]:
    """Yield the feeds of every site, and those that each team and service has."""
    nowhere = Path()
    project = Project(nowhere, nowhere, nowhere, nowhere, "Example")
    frame = Frame(project, Registers(), date.min, teams=SLUG, services=SLUG)
    yield from ("", "## Feeds", "", "In full text, the same in Atom and as JSON Feed.", "")
    yield from ("| what | Atom | JSON Feed |", "| --- | --- | --- |")
    for feed in site_feeds(frame):
        name = f"Each of the {feed.group}" if feed.key in SLUG else feed.name
        yield f"| {name} | `/{feed.atom}` | `/{feed.json}` |"
    yield from ("", f"`/{PATH}` is what falls due, as a calendar.", ABOUT_FEEDS.strip())


def columns(found: Sequence[Column[Any]]) -> Iterator[str]:
    """Yield a table of columns."""
    yield from ("| column | form | meaning |", "| --- | --- | --- |")
    for column in found:
        unit = f" In {column.unit}." if column.unit else ""
        form = column.form.words if column.needed else f"{column.form.words}, or null"
        yield f"| `{column.name}` | {form} | {column.meaning}{unit} |"
