"""`aboveboard list`"""

from __future__ import annotations

import json

import click

from aboveboard.cli import completing
from aboveboard.cli.session import open_session
from aboveboard.cli.table import format_table
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import find_kind
from aboveboard.content.library import Library
from aboveboard.content.public import why_held
from aboveboard.content.slugs import slugify
from aboveboard.content.stamps import parse_day
from aboveboard.errors import UserError, nearest
from aboveboard.insight.weeknotes import title_of

EXAMPLE = """\b
Example:
  aboveboard list incidents --since 2026-11-01
  aboveboard list --team platform --format json
"""


@click.command(epilog=EXAMPLE)
@click.argument("kind", required=False, shell_complete=completing.kinds)
@click.option("--team", shell_complete=completing.teams, help="Only of this team.")
@click.option("--tag", shell_complete=completing.tags, help="Only about this.")
@click.option("--service", shell_complete=completing.services, help="Only concerning this service.")
@click.option("--since", metavar="DAY", help="Only from this day on, as in 2026-11-20.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to say it.")
def command(
    kind: str | None, team: str | None, tag: str | None, service: str | None, since: str | None, form: str
) -> None:
    """List what there is, newest first."""
    session = open_session()
    library = session.library()
    entries = list(library.entries)
    if kind:
        wanted = find_kind(kind)
        entries = [entry for entry in entries if entry.kind is wanted]
    for name, index in ((team, library.by_team), (tag, library.by_tag), (service, library.by_service)):
        if name:
            kept = index.get(slugify(name), ())
            entries = [entry for entry in entries if entry in kept]
    if since:
        try:
            first = parse_day(since)
        except ValueError as error:
            raise UserError(f"--since: {error}") from None
        entries = [entry for entry in entries if entry.day >= first]
    rows = [_row(library, entry, why_held(entry, session.now)) for entry in entries]
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif rows:
        columns = ("date", "kind", "state", "title", "path")
        click.echo(format_table(columns, [[str(row[name] or "") for name in columns] for row in rows]))
    else:
        click.echo(f"nothing found{_guess(library, team, tag, service)}", err=True)


def _guess(library: Library, team: str | None, tag: str | None, service: str | None) -> str:
    for name, index in ((team, library.by_team), (tag, library.by_tag), (service, library.by_service)):
        if name and slugify(name) not in index and (guess := nearest(slugify(name), index)):
            return f": did you mean {guess}?"
    return ""


def _row(library: Library, entry: Entry, held: str | None) -> dict[str, object]:
    team = entry.fields.team
    owner = library.registers.name_of("teams", team) if team else ", ".join(entry.fields.authors)
    state = entry.times.status.value if entry.times else entry.experiment.stage if entry.experiment else ""
    return {
        "id": entry.id,
        "kind": entry.kind.name,
        "date": entry.day.isoformat(),
        "title": title_of(entry, owner),
        "team": team,
        "state": ", ".join(part for part in (state, held) if part) or None,
        "path": library.project.relative(library.project.content / entry.path),
        "address": f"/{entry.address}",
    }
