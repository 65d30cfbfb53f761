"""Write the references that are generated from the code into `content/reference/`.

python tooling/reference.py          writes them
python tooling/reference.py --check  exits 1 where one is out of date
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from aboveboard.checks.run import all_rules
from aboveboard.cli import COMMANDS, main
from aboveboard.content.fields.common import CommonFields
from aboveboard.content.fields.describe import describe_fields
from aboveboard.content.kinds import KINDS
from aboveboard.content.registers import RECORDS
from aboveboard.content.settings import Settings
from reference_data import api

FOLDER = Path(__file__).resolve().parents[1] / "content" / "reference"
VERDICTS = FOLDER.parents[1] / "tests" / "verdicts"
WIDTH: dict[str, Any] = {"terminal_width": 88, "max_content_width": 88}
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
