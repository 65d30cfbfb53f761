"""`aboveboard templates`"""

from __future__ import annotations

import json

import click

from aboveboard.authoring.templates import find_templates
from aboveboard.cli import completing
from aboveboard.cli.session import open_session, shown_path
from aboveboard.cli.table import format_table
from aboveboard.content.files import write_new
from aboveboard.content.kinds import find_kind
from aboveboard.errors import UnknownName, UserError

EXAMPLE = """\b
Example:
  aboveboard templates incident
  aboveboard templates incident --copy standard
"""


@click.command(epilog=EXAMPLE)
@click.argument("kind", required=False, shell_complete=completing.kinds)
@click.option(
    "--copy",
    "name",
    metavar="NAME",
    shell_complete=completing.templates,
    help="Copy this one into your project, to edit it there.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to say it.")
def command(kind: str | None, name: str | None, form: str) -> None:
    """List the templates there are, yours before ours, or copy one to make it yours."""
    project = open_session().project
    templates = find_templates(project, *([find_kind(kind)] if kind else []))
    if name is not None:
        matches = [template for template in templates if template.name == name]
        if not matches:
            raise UnknownName("template", name, {template.name for template in templates})
        if len(matches) > 1:
            kinds = " or ".join(template.kind.name for template in matches)
            raise UserError(f"several kinds have a template {name!r}: say which, {kinds}")
        source = matches[0]
        target = project.root / source.kind.template_folder / source.path.name
        write_new(target, source.path.read_text(encoding="utf-8"))
        click.echo(shown_path(target))
        return
    rows = [
        {"kind": t.kind.name, "name": t.name, "whose": "yours" if t.own else "built in", "about": t.about}
        for t in templates
    ]
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        click.echo(format_table(("kind", "name", "whose", "about"), [list(row.values()) for row in rows]))
