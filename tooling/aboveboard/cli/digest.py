"""`aboveboard digest`"""

from __future__ import annotations

import click

from aboveboard.cli.session import open_session, say_now
from aboveboard.content.weeks import Week
from aboveboard.engine.prepare import prepare
from aboveboard.errors import UserError
from aboveboard.insight.digest import week_to_tell
from aboveboard.outputs.digest import digest_html, digest_markdown

EXAMPLE = """\b
Example:
  aboveboard digest
  aboveboard digest --week 2026-W47 --format html > week.html
"""
FORMATS = {"md": digest_markdown, "html": digest_html}


@click.command(epilog=EXAMPLE)
@click.option("--week", "name", metavar="WEEK", help="Which one, as in 2026-W47.")
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="md", help="A page, or a mail's HTML.")
def command(name: str | None, form: str) -> None:
    """Put a week of all teams on one page, or into a mail.

    Without --week it is the week that people tell of: from Friday on the one that is running, from Monday
    to Thursday the one before. Only what the public can read is in it.
    """
    session = open_session()
    week = _week(name) if name else week_to_tell(session.now.astimezone(session.project.zone).date())
    library = prepare(session.project, session.now).public
    say_now(session)
    if session.project.site_url is None:
        warning = "warning: links in it lead nowhere by themselves: set `site_url` in mkdocs.yml"
        click.echo(warning, err=True)
    click.echo(FORMATS[form](library, week), nl=False)


def _week(text: str) -> Week:
    try:
        return Week.parse(text)
    except ValueError as error:
        raise UserError(f"--week: {error}") from None
