"""`aboveboard schema`"""

from __future__ import annotations

import json

import click

from aboveboard.authoring.editors import renew_editor_files, write_json
from aboveboard.cli.session import open_session, shown_path
from aboveboard.cli.table import format_table
from aboveboard.content.schemas.known import known_names
from aboveboard.content.schemas.table import SUBJECTS, find_subject, schema_of

EXAMPLE = """\b
Example:
  aboveboard schema
  aboveboard schema incident
  aboveboard schema --write
"""


@click.command(epilog=EXAMPLE)
@click.argument("kind", required=False)
@click.option("--write", is_flag=True, help="Write all of them to .vscode/aboveboard/, where editors look.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to list them.")
def command(kind: str | None, write: bool, form: str) -> None:
    """Give the JSON Schema of front matter, a register or the settings; without KIND list what there is.

    Editors complete and check with them. They know your severities, and propose your teams, services and tags;
    --write renews them after those have changed. A schema tells only what can be seen in one field: `check` tells
    the rest.
    """
    session = open_session()
    library = session.library()
    names = known_names(library, library.registers)
    if write:
        for path in renew_editor_files(session.project.root, names):
            click.echo(f"wrote {shown_path(path)}")
    elif kind is not None:
        click.echo(write_json(schema_of(find_subject(kind), names)), nl=False)
    else:
        content = session.project.relative(session.project.content)
        rows = [{"name": s.name, "file": s.files.format(content=content), "about": s.about} for s in SUBJECTS]
        if form == "json":
            click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        else:
            click.echo(format_table(("name", "file", "about"), [list(row.values()) for row in rows]))
