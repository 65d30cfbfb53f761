"""`aboveboard experiment`"""

from __future__ import annotations

import click

from aboveboard.authoring.edits import find_entry
from aboveboard.authoring.experiments import PlanChanged, choices_of, find_choice, plan_conclusion, plan_start
from aboveboard.cli import completing
from aboveboard.cli.asking import ask
from aboveboard.cli.saving import save
from aboveboard.cli.session import open_session
from aboveboard.content.front_matter import parse_front_matter
from aboveboard.content.kinds import EXPERIMENT

GROUP = """\b
Example:
  aboveboard experiment start 2026-11-20-shorter-forms
  aboveboard experiment conclude 2026-11-20-shorter-forms --result supported --decision adopt
"""
START = """\b
Example:
  aboveboard experiment start 2026-11-20-shorter-forms
"""
CONCLUDE = """\b
Example:
  aboveboard experiment conclude 2026-11-20-shorter-forms --result not-supported
      --decision abandon --lesson "People read the whole form before they begin"
"""


@click.group("experiment", epilog=GROUP)
def command() -> None:
    """Freeze the plan of an experiment as it begins, and say what came of it."""


@command.command("start", epilog=START)
@click.argument("name", metavar="ID", shell_complete=completing.ids(EXPERIMENT))
def start(name: str) -> None:
    """Let an experiment run, and register its plan.

    From then on a change to the plan is a deviation that says what it was. Run it again to see whether
    the plan was kept; where it was not, the deviation to add is printed.
    """
    session = open_session()
    library = session.library()
    entry = find_entry(library, name, EXPERIMENT)
    try:
        edit = plan_start(library, entry, session.today)
    except PlanChanged as changed:
        click.echo(changed.to_add)
        raise
    save(session, library, edit)
    registered = parse_front_matter(edit.after).values["registered"]
    click.echo(f"{entry.id}: registered {registered['date']}, {registered['digest']}")


@command.command("conclude", epilog=CONCLUDE)
@click.argument("name", metavar="ID", shell_complete=completing.ids(EXPERIMENT))
@click.option("--result", help="supported, not-supported or inconclusive.")
@click.option("--decision", help="adopt, adapt, abandon or repeat.")
@click.option("--lesson", "lessons", multiple=True, metavar="TEXT", help="What was learned, a sentence. Repeats.")
def conclude(name: str, result: str | None, decision: str | None, lessons: tuple[str, ...]) -> None:
    """Say what came of an experiment; an unclear result is a result."""
    session = open_session()
    library = session.library()
    entry = find_entry(library, name, EXPERIMENT)
    flags = "--result RESULT --decision DECISION"
    result = result or _ask("result", "What came of it?", flags)
    decision = decision or _ask("decision", "What is done about it?", flags)
    edit = plan_conclusion(library, entry, result, decision, lessons)
    save(session, library, edit, *lessons)
    values = parse_front_matter(edit.after).values
    click.echo(f"{entry.id}: {values['result']}, {values['decision']}")


def _ask(field: str, question: str, flags: str) -> str:
    return ask(f"{question} ({', '.join(choices_of(field))})", flags, lambda answer: find_choice(field, answer))
