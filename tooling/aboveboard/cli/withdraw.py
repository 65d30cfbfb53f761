"""`aboveboard withdraw`"""

from __future__ import annotations

import click

from aboveboard.authoring.corrections import plan_withdrawal
from aboveboard.authoring.edits import find_entry
from aboveboard.cli import completing
from aboveboard.cli.asking import ask
from aboveboard.cli.saving import save
from aboveboard.cli.session import open_session
from aboveboard.content.public import why_held

EXAMPLE = """\b
Example:
  aboveboard withdraw 2026-w47-platform --why "It told of work that was not announced yet"
"""


@click.command("withdraw", epilog=EXAMPLE)
@click.argument("name", metavar="ID", shell_complete=completing.ids())
@click.option("--why", metavar="TEXT", help="The reason, for the public.")
def command(name: str, why: str | None) -> None:
    """Take an entry down; its address keeps the day and the reason."""
    session = open_session()
    library = session.library()
    entry = find_entry(library, name)
    if why is None:
        why = ask("Why is it withdrawn? One sentence, for the public", "--why TEXT")
    edit = plan_withdrawal(library, entry, why, session.today)
    save(session, library, edit, why)
    held = why_held(entry, session.now)
    if held and held != "withdrawn":
        click.echo(f"it was not public yet ({held}), so no page will say that it was withdrawn", err=True)
    elif edit.changes:
        click.echo("its page will show the day and the reason, and nothing else", err=True)
        click.echo("it leaves lists, feeds and the search, and its pictures go too", err=True)
    click.echo("its text stays in the history of this repository: withdrawn is not deleted", err=True)
    click.echo(f"{entry.id}: withdrawn, {why}")
