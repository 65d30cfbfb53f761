"""`aboveboard due`"""

from __future__ import annotations

import json
import shlex
from collections import Counter

import click

from aboveboard.cli import completing
from aboveboard.cli.session import Session, open_session, say_now, shown_path
from aboveboard.cli.table import format_table
from aboveboard.content.slugs import slugify
from aboveboard.errors import UnknownName
from aboveboard.insight.waiting import State, Waiting, What, names_of, waiting

EXAMPLE = """\b
Example:
  aboveboard due
  aboveboard due --team platform --format json
"""
# What to type next; what only an editor can do is the file to open.
COMMANDS = {
    What.DECISION: "close {ref} --review-by DAY  (or: reopen {ref})",
    What.REVIEW: "incident review --id {ref}",
    What.ACTION: "action done {ref} --link URL  (or: action drop {ref} --why TEXT)",
    What.QUIET: "incident mark resolved --id {ref} --at TIME",
    What.ENDED: "experiment conclude {ref} --result RESULT --decision DECISION",
    What.UNSTARTED: "experiment start {ref}",
    What.WEEKNOTES: "new weeknote --team {ref}",
}
FILES = {
    What.DRAFT: "$EDITOR {path}  (take `draft:` out, or delete the file)",
    What.OPENING: "$EDITOR {path}  (nothing to do, unless it should wait longer)",
}


@click.command(epilog=EXAMPLE)
@click.option("--team", shell_complete=completing.teams, help="Only what waits for this team, or for this role.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to say it.")
def command(team: str | None, form: str) -> None:
    """List what waits for somebody, the most pressing first, each with what to type next.

    Late: weeknotes missed twice in a row, actions, reports not reviewed within the policy's days, incidents
    that never ended, experiments past their end or their start, drafts grown old, closed items past their
    review. Soon: the same within a week. To come: what opens by itself.

    Always exits 0, whatever waits, so that a scheduled job can read the JSON.
    """
    session = open_session()
    library = session.library()
    items = waiting(library, session.now)
    if team is not None:
        name, known = slugify(team), names_of(library)
        if name not in known:
            raise UnknownName("team", team, known)
        items = [item for item in items if name in item.whose]
    say_now(session)
    if form == "json":
        click.echo(json.dumps([_row(session, item) for item in items], indent=2, ensure_ascii=False))
        return
    counts = Counter(item.state for item in items)
    if items:
        click.echo(_table(session, items))
    said = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
    click.echo(said or "nothing waits", err=True)


def _row(session: Session, item: Waiting) -> dict[str, object]:
    return {
        "state": item.state,
        "kind": item.what,
        "what": item.said,
        "ref": item.ref,
        "whose": list(item.whose),
        "due": item.due.isoformat(),
        "days_late": item.days_late,
        "path": session.project.relative(session.project.content / item.path) if item.path else None,
        "next": _next(session, item),
    }


def _table(session: Session, items: list[Waiting]) -> str:
    """Return two lines for each: what waits, and below it what to type."""
    rows = [[_when(item), item.what, item.whose[0] if item.whose else "all", item.said] for item in items]
    header, *lines = format_table(("when", "kind", "whose", "what"), rows).split("\n")
    pairs = [f"{line}\n    {_next(session, item)}" for line, item in zip(lines, items, strict=True)]
    return "\n".join([header, *pairs])


def _when(item: Waiting) -> str:
    days = abs(item.days_late)
    if days == 0:
        return "today"
    said = f"{days} day{'' if days == 1 else 's'}"
    return f"{said} late" if item.state is State.LATE else f"in {said}"


def _next(session: Session, item: Waiting) -> str:
    if item.what in FILES:
        path = shown_path(session.project.content / (item.path or ""))
        return FILES[item.what].format(path=shlex.quote(path))
    folder = click.get_current_context().obj
    where = "" if folder == "." else f" -C {shlex.quote(folder)}"
    return f"aboveboard{where} {COMMANDS[item.what].format(ref=shlex.quote(item.ref))}"
