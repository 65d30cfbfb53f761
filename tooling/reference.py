"""Write the references that are generated from the code into `content/reference/`.

python tooling/reference.py          writes them
python tooling/reference.py --check  exits 1 where one is out of date
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from aboveboard.checks.run import all_rules
from aboveboard.cli import COMMANDS, main
from aboveboard.content.fields.common import CommonFields
from aboveboard.content.fields.describe import describe_fields
from aboveboard.content.frame import Frame
from aboveboard.content.kinds import KINDS
from aboveboard.content.project import Project
from aboveboard.content.registers import RECORDS, Registers
from aboveboard.content.settings import Settings
from aboveboard.outputs.machines.calendar import PATH
from aboveboard.outputs.machines.data.columns import Column
from aboveboard.outputs.machines.data.datasets import DATASETS
from aboveboard.outputs.machines.data.files import INDEX, INDEX_SCHEMA
from aboveboard.outputs.machines.feed import site_feeds
from aboveboard.outputs.machines.schemas import PATHS as SCHEMAS

FOLDER = Path(__file__).resolve().parents[1] / "content" / "reference"
VERDICTS = FOLDER.parents[1] / "tests" / "verdicts"
WIDTH: dict[str, Any] = {"terminal_width": 88, "max_content_width": 88}
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
NOTE = "<!-- Written by tooling/reference.py from the code: change it there. -->"


def commands() -> Iterator[str]:
    """Yield the page of all commands: what `--help` says."""
    yield from ("# Commands", "", "What each command says of itself with `--help`.")
    parent = main.make_context("aboveboard", [], resilient_parsing=True, **WIDTH)
    for name in COMMANDS:
        command = main.get_command(parent, name)
        assert command is not None
        yield from helps(name, command, parent, "##")


def helps(name: str, command: click.Command, parent: click.Context, heading: str) -> Iterator[str]:
    """Yield a command's help as a terminal of 88 columns shows it, and below it that of its own commands."""
    with command.make_context(name, [], parent, resilient_parsing=True, **WIDTH) as context:
        yield from ("", f"{heading} {name}", "", "```text", command.get_help(context).rstrip(), "```")
        for below in command.list_commands(context) if isinstance(command, click.Group) else ():
            inner = command.get_command(context, below) if isinstance(command, click.Group) else None
            assert inner is not None
            yield from helps(below, inner, context, f"{heading}#")


def fields() -> Iterator[str]:
    """Yield the page of all fields, kind by kind, then registers and settings."""
    yield from ("# Fields", "", "What can stand in front matter, in registers and in `mkdocs.yml`.")
    yield "**R** marks what the first save needs."
    yield from ("", "## Common to every kind", "", *table(CommonFields, "an entry"))
    for kind in KINDS:
        yield from ("", f"## {kind.title}", "", kind.about, "")
        yield from table(
            kind.fields, f"an {kind.name}" if kind.name[0] in "ei" else f"a {kind.name}", beside=CommonFields
        )
    yield from ("", "## Registers", "", "Lists in `content/registers/`, read and never copied into the site.")
    for name, record in RECORDS.items():
        yield from ("", f"### {name}.yml", "", *table(record, name))
    yield from ("", "## Settings", "", "The plugin's block in `mkdocs.yml`.", "", *table(Settings, "settings"))


def table(model: type[BaseModel], name: str, beside: type[BaseModel] | None = None) -> Iterator[str]:
    """Yield a table of a model's fields, and below it one for each group of fields in it.

    `beside`: leave out what this model says in the same words.
    """
    said = describe_fields(beside) if beside else []
    documented = [field for field in describe_fields(model) if field not in said]
    yield from ("| field | needed | type | meaning | source |", "| --- | --- | --- | --- | --- |")
    for field in documented:
        required = "**R**" if field.required else ""
        yield f"| `{field.name}` | {required} | {field.form} | {field.description} | {field.source} |"
    for field in documented:
        if field.parts:
            about = (field.parts.__doc__ or "").splitlines()[0]
            yield from ("", f"`{field.name}` of {name}: {about[0].lower()}{about[1:]}")
            yield from ("", *table(field.parts, f"{name}'s {field.name}"))


def rules() -> Iterator[str]:
    """Yield the page of everything that `check` can say."""
    yield from ("# Rules", "", "Everything that `aboveboard check` can say. A code is never used again.")
    yield "Errors keep an entry from being published; warnings and information never do."
    for kind in all_rules():
        yield from ("", f"## {kind.code}: {kind.name}", "", f"*{kind.severity.capitalize()}.* {kind.why}", "")
        # The page that shows what is bad is checked as well.
        waiver = f" <!-- allow {kind.code}: an example of what it is about -->"
        yield from (f"Bad: {quoted(kind.bad)}{waiver}", "", f"Good: {quoted(kind.good)}")


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
    project = Project(FOLDER, FOLDER, FOLDER, FOLDER, "Example")
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


FAMILIES = {
    "BL": "blameless language",
    "LK": "leaks",
    "AX": "reach",
    "LN": "links",
    "TM": "times",
    "ST": "structure",
}
CORPORA = {
    "incidents-mybinder": "[mybinder.org](https://github.com/jupyterhub/mybinder.org-deploy), incident reports",
    "incidents-dfds": "[DFDS](https://github.com/dfds/postmortems), post-mortems",
    "weeknotes-open-innovations": "[Open Innovations](https://github.com/open-innovations/weeknotes), weeknotes",
}


def precision() -> Iterator[str]:
    """Yield the page that says how often the rules are right, from the verdicts that are committed."""
    yield from ("# How often the rules are right", "")
    yield "We ran the rules over texts that other people published, and read every finding they made about blame"
    yield "and about leaks. A finding is true when an honest reader would want it said. None of the texts is kept"
    yield "here, only where each finding was and what we thought of it: `python tooling/verdicts.py FOLDER` counts"
    yield "them again over copies of those texts. Blame is looked for in incident reports only; over the weeknotes"
    yield "it was switched on to see how much it would find where people joke."
    yield from ("", "| family | texts | findings | true | false |", "| --- | --- | --- | --- | --- |")
    counted: Counter[tuple[str, str, str]] = Counter()
    for path in sorted(VERDICTS.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            place, _, code, verdict = line.split("\t")
            counted[code[:2], place.split("/")[0], verdict] += 1
    for family, corpus in sorted({(family, corpus) for family, corpus, _ in counted}):
        true, false = (counted[family, corpus, verdict] for verdict in ("true", "false"))
        name = CORPORA.get(corpus, corpus)
        yield f"| {family}: {FAMILIES[family]} | {name} | {true + false} | {true} | {false} |"


def quoted(example: str) -> str:
    """Return an example as Markdown; one that is not marked up already is set as code."""
    lines = example.replace("\\n", "\n").split("\n")
    if len(lines) > 1:
        return "\n".join(["", "", "```yaml", *lines, "```"])
    return example if "`" in example or ":" not in example else f"`{example}`"


PAGES = {"commands": commands, "fields": fields, "rules": rules, "api": api, "precision": precision}


def run(check: bool) -> int:
    """Write or check every page; return how many were out of date."""
    stale = 0
    for name, lines in PAGES.items():
        path = FOLDER / f"{name}.md"
        written = list(lines())
        # The menu shows a page's title, and looks for it at the very top.
        head = ["---", f"title: {written[0].removeprefix('# ')}", "---", "", NOTE, ""]
        text = "\n".join([*head, *written, ""])
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale += 1
            if check:
                print(f"{path.name} is out of date: run make docs", file=sys.stderr)
            else:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return stale


if __name__ == "__main__":
    checking = "--check" in sys.argv
    sys.exit(1 if run(checking) and checking else 0)
