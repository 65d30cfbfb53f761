"""`aboveboard new`"""

from __future__ import annotations

import sys
from collections.abc import Collection

import click

from aboveboard.authoring.known import Known
from aboveboard.authoring.plan import Request, plan_entry, write_plan
from aboveboard.authoring.prefill import Teams, find_teams, last_team
from aboveboard.cli import completing
from aboveboard.cli.session import open_session, shown_path
from aboveboard.content.kinds import WEEKNOTE, find_kind
from aboveboard.content.slugs import has_name
from aboveboard.errors import UserError, nearest


def _assignment(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    pairs = []
    for value in values:
        name, equals, text = value.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{value!r} is not FIELD=VALUE")
        pairs.append((name.strip(), text))
    return tuple(pairs)


EXAMPLE = """\b
Example:
  $EDITOR "$(aboveboard new weeknote)"
  aboveboard new incident "Checkout timeouts" --set started_at=2026-11-20T02:00Z
  aboveboard new experiment "Shorter forms" --template test-card
"""


@click.command(epilog=EXAMPLE)
@click.argument("kind", shell_complete=completing.kinds)
@click.argument("title", required=False)
@click.option(
    "--team", shell_complete=completing.teams, help="Whose it is; else yours last time, or the only one there is."
)
@click.option(
    "--template", shell_complete=completing.templates, help="What to start from; see `aboveboard templates`."
)
@click.option("--date", help="Its day, as in 2026-11-20; else today.")
@click.option(
    "--set", "given", multiple=True, metavar="FIELD=VALUE", callback=_assignment,
    help="Fill in a field: --set severity=sev2 --set 'tags=[dns, backups]'. Repeats; dotted names work.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say where it would go and what would stand in it.")
def command(
    kind: str, title: str | None, team: str | None, template: str | None, date: str | None,
    given: tuple[tuple[str, str], ...], dry_run: bool,
) -> None:  # fmt: skip
    """Start a weeknote, an experiment or an incident report, and print its path."""
    session = open_session()
    known = Known(session.project)
    wanted = find_kind(kind)
    if date is not None:
        given = (("date", date), *given)
    fields = dict(given)
    if team is None and "team" not in fields:
        team = last_team(known)
        if team is None and wanted is WEEKNOTE and "authors" not in fields:
            teams = find_teams(known)
            team = teams.only or _ask(teams)
    elif team is not None and team not in known.registers.teams:
        _hint(team, known.registers.teams, known.by_team)
    plan = plan_entry(known, Request(wanted, title, team, template, given), session.now)
    if dry_run:
        click.echo(plan.text, err=True)
    elif plan.exists:
        click.echo("this week's note is there already:", err=True)
    click.echo(shown_path(plan.path if dry_run else write_plan(plan)))


def _ask(teams: Teams) -> str:
    known = ", ".join(teams.known)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UserError(f"say whose weeknote it is: --team NAME{f' (there are {known})' if known else ''}")
    question = f"Whose weeknote is it? ({known})" if known else "Whose weeknote is it? Name your team"
    answer: str = click.prompt(question, err=True)
    if not has_name(answer):
        raise UserError(f"{answer!r} has no letter or digit to make a name of")
    return answer


def _hint(team: str, *known: Collection[str]) -> None:
    names = {name for group in known for name in group}
    guess = nearest(team, names)
    if names and team not in names and guess:
        click.echo(f"{team} is a new team; did you mean {guess}?", err=True)
