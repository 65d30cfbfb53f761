"""`aboveboard incident`"""

from __future__ import annotations

import re
import shlex
from datetime import date

import click

from aboveboard.authoring.chosen import choose_for_review, choose_open
from aboveboard.authoring.edits import find_entry, write_edit
from aboveboard.authoring.incident import Recorded, plan_log, plan_mark, plan_reviewed, write_recorded
from aboveboard.authoring.undo import plan_undo, write_undo
from aboveboard.checks.run import check_library
from aboveboard.cli import completing
from aboveboard.cli.session import Session, open_session, shown_path
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.library import Library
from aboveboard.content.timeline import EVENT_KINDS, MILESTONES
from aboveboard.errors import nearest
from aboveboard.insight.incidents import what_follows
from aboveboard.insight.review import review_points

EXAMPLE = """\b
Example:
  aboveboard new incident "Checkout timeouts"
  aboveboard incident log "Rolled back release #412"
  aboveboard incident mark mitigated
  aboveboard incident mark resolved --at 03:10
  aboveboard incident review
"""
LOG = """\b
Example:
  aboveboard incident log "Rolled back release #412"
  aboveboard incident log --kind act --at 02:20 "Rolled back release #412"
  aboveboard incident log --at -15m "red herring: the load balancer is suspected"
"""
MARK = """\b
Example:
  aboveboard incident mark mitigated
  aboveboard incident mark started --at 02:00 "half of all payments time out"
"""
UNDO = """\b
Example:
  aboveboard incident undo
"""
REVIEW = """\b
Example:
  aboveboard incident review
  aboveboard incident review --id 2026-11-20-checkout-timeouts
"""
# A text may begin with a dash, so what looks like no option of ours is text. `-h` would be found in it.
TEXTS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
the_id = click.option(
    "--id",
    "name",
    metavar="ID",
    shell_complete=completing.ids(INCIDENT),
    help="Which incident; else the only one that fits.",
)
the_time = click.option(
    "--at", metavar="TIME", help="When: 02:20 (the last that has been), -15m, or in full; else now."
)


@click.group("incident", epilog=EXAMPLE)
def command() -> None:
    """Write an incident's timeline while it happens, without an editor."""


@command.command(epilog=LOG, context_settings=TEXTS, short_help="Write down what happened.")
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", help=f"What it is: {', '.join(EVENT_KINDS[len(MILESTONES) :])}, or a milestone.")
@the_time
@the_id
def log(text: tuple[str, ...], kind: str | None, at: str | None, name: str | None) -> None:
    """Write down what happened, in the timeline of the open incident."""
    session, library = _open(text)
    entry = _named(library, name) or choose_open(library, _today(session), _typed())
    _record(library, plan_log(library, entry, session.now, " ".join(text), at, kind))


@command.command(epilog=MARK, context_settings=TEXTS, short_help="Mark how far it is.")
@click.argument("milestone", shell_complete=completing.milestones)
@click.argument("text", nargs=-1)
@the_time
@the_id
def mark(milestone: str, text: tuple[str, ...], at: str | None, name: str | None) -> None:
    """Mark a milestone: started, detected, declared, mitigated or resolved.

    Marking it resolved also opens the second half of the report.
    """
    session, library = _open(text)
    entry = _named(library, name) or choose_open(library, _today(session), _typed(), milestone.casefold())
    _record(library, plan_mark(library, entry, session.now, milestone, " ".join(text), at))


@command.command(epilog=UNDO, short_help="Take back the last line.")
@the_id
def undo(name: str | None) -> None:
    """Take back the last line that was logged or marked here; again for the one before."""
    _, library = _open()
    undone = plan_undo(library, name)
    write_undo(library, undone)
    click.echo(undone.step.said)
    click.echo(f"taken out of {shown_path(undone.edit.path)}", err=True)


@command.command(epilog=REVIEW, short_help="Say what the report still needs.")
@the_id
def review(name: str | None) -> None:
    """Say what a report still needs; when nothing is missing, say in it that it is reviewed."""
    session, library = _open()
    entry = _named(library, name) or choose_for_review(library, _today(session), _typed())
    if entry is None or entry.incident is None:
        click.echo("no incident waits for its review", err=True)
        return
    path = library.project.content / entry.path
    if entry.incident.reviewed:
        click.echo(f"{shown_path(path)} was reviewed on {entry.incident.reviewed} already", err=True)
        return
    relative = library.project.relative(path)
    found = check_library(library, session.now, lambda path: path == relative, store=session.store)
    points = review_points(entry, found)
    for point in points:
        click.echo(f"[{'x' if point.done else ' '}] {point.text}")
    missing = sum(not point.done for point in points)
    if missing:
        thing = "thing is" if missing == 1 else "things are"
        click.echo(f"{missing} {thing} missing in {shown_path(path)}", err=True)
        click.get_current_context().exit(1)
    edit = plan_reviewed(library, entry, session.now)
    write_edit(edit)
    click.echo(f"{edit.said[0]} in {shown_path(path)}", err=True)


def _open(text: tuple[str, ...] = ()) -> tuple[Session, Library]:
    context = click.get_current_context()
    for word in text:
        if re.fullmatch(r"--?[a-z][a-z-]*(=.*)?", word):
            known = [option for parameter in context.command.params for option in parameter.opts if "-" in option]
            guess = nearest(word.partition("=")[0], known)
            hint = f"did you mean {guess}?" if guess else "put the whole text in quotes"
            raise click.UsageError(f"no such option: {word}: {hint}", context)
    session = open_session()
    return session, session.library()


def _named(library: Library, name: str | None) -> Entry | None:
    return find_entry(library, name, INCIDENT) if name else None


def _today(session: Session) -> date:
    return session.now.astimezone(session.project.zone).date()


def _typed() -> str:
    """Return the command as it was typed, for lines that say what to type instead."""
    context = click.get_current_context()
    words = [
        "aboveboard",
        *(["-C", context.obj] if context.obj != "." else []),
        "incident",
        str(context.info_name),
    ]
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        if isinstance(parameter, click.Argument):
            words += value if isinstance(value, tuple) else [value]
        elif value is not None:
            words += [parameter.opts[0], value]
    return shlex.join(words)


def _record(library: Library, recorded: Recorded) -> None:
    notes = write_recorded(library, recorded)
    click.echo(recorded.said)
    where = f"{shown_path(recorded.edit.path)}:{recorded.number}"
    click.echo(where if recorded.edit.changes else f"{where} says so already: nothing was changed", err=True)
    for note in (*notes, *what_follows(recorded.entry, recorded.milestone)):
        click.echo(note, err=True)
