"""`aboveboard build`"""

from __future__ import annotations

from pathlib import Path

import click

from aboveboard.cli.bar import Bar
from aboveboard.cli.check import report_errors
from aboveboard.cli.session import open_session, say_now, shown_path
from aboveboard.engine.build import build_site
from aboveboard.engine.prepare import prepare
from aboveboard.errors import Severity, UserError

EXAMPLE = """\b
Example:
  aboveboard build
  aboveboard build --search
  aboveboard build --strict --to /srv/www/blog
"""


@click.command(epilog=EXAMPLE)
@click.option("--to", metavar="DIR", type=click.Path(path_type=Path), help="Publish there instead of `site_dir`.")
@click.option("--search", is_flag=True, help="Make the search index too.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
def command(to: Path | None, search: bool, strict: bool) -> None:
    """Check, build the site beside the live one, and swap.

    When anything is wrong the last good site stays as it is. Without --search the live site keeps the search
    index that it has; what has left the site leaves that as well.
    """
    session = open_session()
    prepared = prepare(session.project, session.now, with_advice=strict)
    blocking = [d for d in prepared.diagnostics if strict and d.severity is Severity.WARNING]
    if prepared.errors or blocking:
        report_errors([*prepared.errors, *blocking])
        raise UserError("nothing was built: mend these first; the last good site is as it was")
    with Bar("Building") as progress:
        built = build_site(session.project, prepared, to, strict, progress, search)
    for warning in built.warnings:
        click.echo(f"warning: {warning}", err=True)
    for line in built.said:
        click.echo(line, err=True)
    if built.moved_aside:
        click.echo(
            f"a folder stood at {shown_path(built.site)}: moved to {shown_path(built.moved_aside)}", err=True
        )
    say_now(session)
    if opening := prepared.public.next_opening:
        click.echo(f"next to open: {opening.astimezone(session.project.zone):%Y-%m-%d %H:%M}", err=True)
    news = f"{built.made} files made" if built.made else "as it was"
    click.echo(f"{shown_path(built.site)}: {built.pages} pages, {news}")
