"""`aboveboard action`"""

from __future__ import annotations

import json
from datetime import date

import click

from aboveboard.authoring.actions import find_promise, plan_done, plan_drop
from aboveboard.cli import completing
from aboveboard.cli.asking import ask, ask_if_any
from aboveboard.cli.saving import save
from aboveboard.cli.session import open_session
from aboveboard.cli.table import format_table
from aboveboard.content.library import Library
from aboveboard.content.slugs import slugify
from aboveboard.errors import nearest
from aboveboard.insight.actions import Promise, promises

STATES = ("overdue", "open", "done", "dropped")
GROUP = """\b
Example:
  aboveboard action list --overdue
  aboveboard action done checkout-timeouts#a1 --link https://example.org/changes/412
"""
LIST = """\b
Example:
  aboveboard action list --overdue
  aboveboard action list --team platform --format json
"""
DONE = """\b
Example:
  aboveboard action done checkout-timeouts#a1 --link https://example.org/changes/412
"""
DROP = """\b
Example:
  aboveboard action drop checkout-timeouts#a2 --why "The old checkout is gone"
"""


@click.group("action", epilog=GROUP)
def command() -> None:
    """See what was promised, and say what was kept.

    An action is named by its entry and its id, ENTRY#ACTION. The end of that will do where only one promise
    ends so: checkout-timeouts#a1, or a1.
    """


@command.command("list", epilog=LIST)
@click.option("--overdue", is_flag=True, help="Only those past their day.")
@click.option(
    "--team", shell_complete=completing.teams, help="Only those that this team owns, or that stand in its entries."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to say it.")
def list_actions(overdue: bool, team: str | None, form: str) -> None:
    """List all promises: overdue ones first, then what is due next."""
    session = open_session()
    library = session.library()
    ours = [p for p in promises(library.entries) if not p.entry.is_retold and not p.entry.fields.withdrawn]
    ours.sort(key=lambda p: STATES.index(p.state(session.today)))
    found = [p for p in ours if not team or slugify(team) in _teams(p)]
    rows = [_row(library, promise, session.today) for promise in found]
    rows = [row for row in rows if not overdue or row["state"] == "overdue"]
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif rows:
        columns = ("id", "state", "due", "owner", "what")
        click.echo(format_table(columns, [[str(row[name] or "") for name in columns] for row in rows]))
    else:
        known = {name for promise in ours for name in _teams(promise)}
        guess = nearest(slugify(team), known) if team and slugify(team) not in known else None
        hint = f": did you mean {guess}?" if guess else ""
        click.echo(f"nothing is {'overdue' if overdue else 'promised'}{hint}", err=True)


@command.command("done", epilog=DONE)
@click.argument("name", metavar="ID", shell_complete=completing.promises)
@click.option("--link", metavar="URL", help="Where anybody can see that it is done.")
def done(name: str, link: str | None) -> None:
    """Say that a promise was kept, today."""
    session = open_session()
    library = session.library()
    promise = find_promise(library, name)
    if promise.action.done_when and promise.action.status == "open":
        click.echo(f"done when: {promise.action.done_when}", err=True)
    if link is None and not promise.action.link and promise.action.status == "open":
        link = ask_if_any("Where can anybody see it? An address, or Enter for none")
    save(session, library, plan_done(library, promise, link, session.today))
    click.echo(_line(promise, "done", link or promise.action.link))


@command.command("drop", epilog=DROP)
@click.argument("name", metavar="ID", shell_complete=completing.promises)
@click.option("--why", metavar="TEXT", help="Why it will not be done, for the public.")
def drop(name: str, why: str | None) -> None:
    """Say that a promise is given up, today, and why."""
    session = open_session()
    library = session.library()
    promise = find_promise(library, name)
    if why is None:
        why = ask("Why is it given up? One sentence, for the public", "--why TEXT")
    save(session, library, plan_drop(library, promise, why, session.today), why)
    click.echo(_line(promise, "dropped", why))


def _teams(promise: Promise) -> list[str]:
    """Return whose a promise is: its owner's, and its entry's team's."""
    return [name for name in (promise.action.owner, promise.entry.fields.team) if name]


def _line(promise: Promise, state: str, more: str | None) -> str:
    return f"{promise.id}: {promise.action.what} ({', '.join(part for part in (state, more) if part)})"


def _row(library: Library, promise: Promise, today: date) -> dict[str, object]:
    action, entry = promise.action, promise.entry
    return {
        "id": promise.id,
        "state": promise.state(today),
        "due": action.due.isoformat() if action.due else None,
        "owner": action.owner,
        "team": entry.fields.team,
        "what": action.what,
        "done_when": action.done_when,
        "link": action.link,
        "closed": action.closed.isoformat() if action.closed else None,
        "why": action.why,
        "path": library.project.relative(library.project.content / entry.path),
    }
