"""`aboveboard assemble`"""

from __future__ import annotations

from pathlib import Path

import click

from aboveboard.cli.check import report_errors
from aboveboard.cli.session import open_session, say_now, shown_path
from aboveboard.errors import UserError

EXAMPLE = """\b
Example:
  aboveboard assemble ../plain
  cd ../plain && zensical build
"""


@click.command(epilog=EXAMPLE)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write the whole site as plain Markdown and files, with an mkdocs.yml that any engine builds.

    DIR is new, empty, or what an earlier run wrote. MkDocs, ProperDocs and Zensical build it without the plugin;
    they need this package installed beside them, to clean what Markdown made.
    """
    # Whoever asks for --help does not wait for MkDocs.
    from aboveboard.engine.assemble import assemble_site
    from aboveboard.engine.prepare import prepare

    session = open_session()
    prepared = prepare(session.project, session.now)
    if prepared.errors:
        report_errors(prepared.errors)
        raise UserError("nothing was assembled: mend these first")
    done = assemble_site(session.project, prepared, folder)
    for line in done.said:
        click.echo(f"warning: {line}", err=True)
    say_now(session)
    written = done.written
    news = f"{written.changed} written, {written.removed} removed"
    click.echo(f"{shown_path(done.folder)}: {done.files} files, {news}")
