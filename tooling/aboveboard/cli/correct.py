"""`aboveboard correct`"""

from __future__ import annotations

import click

from aboveboard.authoring.corrections import plan_correction
from aboveboard.authoring.edits import find_entry
from aboveboard.cli import completing
from aboveboard.cli.saving import save
from aboveboard.cli.session import open_session
from aboveboard.content.public import why_held

EXAMPLE = """\b
Example:
  aboveboard correct 2026-11-20-checkout-timeouts "Payments failed for 41 minutes, not for 14"
"""


@click.command("correct", epilog=EXAMPLE)
@click.argument("name", metavar="ID", shell_complete=completing.ids())
@click.argument("text")
def command(name: str, text: str) -> None:
    """Add a dated note that says what was wrong and what is right.

    Nothing else is touched: mend the text itself by hand. The note shows on top of the page, and feeds
    carry the entry once more.
    """
    session = open_session()
    library = session.library()
    entry = find_entry(library, name)
    save(session, library, plan_correction(library, entry, text, session.today), text)
    if held := why_held(entry, session.now):
        click.echo(f"nobody can read it ({held}), so its text can be mended without a note", err=True)
    click.echo(f"{entry.id}: {session.today} {text}")
