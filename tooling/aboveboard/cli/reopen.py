"""`aboveboard reopen`"""

from __future__ import annotations

import click

from aboveboard.authoring.closing import plan_reopen, public_line
from aboveboard.cli import completing
from aboveboard.cli.saving import save
from aboveboard.cli.session import open_session

EXAMPLE = """\b
Example:
  aboveboard reopen c-h4kzn
"""


@click.command("reopen", epilog=EXAMPLE)
@click.argument("ref", shell_complete=completing.closed)
def command(ref: str) -> None:
    """Say that something closed is open again; the register keeps that it was closed."""
    session = open_session()
    library = session.library()
    edit = plan_reopen(library, ref, session.today)
    save(session, library, edit)
    if edit.changes:
        kind = library.registers.closed[ref].kind
        click.echo(f"now it can be published: move its text in, or `aboveboard new {kind}`", err=True)
    click.echo(public_line(edit, ref))
