"""`aboveboard close`"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import click

from aboveboard.authoring.closing import (
    REASONS,
    Closing,
    find_drafts,
    find_reason,
    plan_close,
    public_line,
    read_closing,
)
from aboveboard.cli import asking, completing
from aboveboard.cli.saving import save
from aboveboard.cli.session import open_session
from aboveboard.content.kinds import KINDS, find_kind
from aboveboard.errors import UserError

EXAMPLE = """\b
Example:
  aboveboard close --kind incident --reason "security fix in progress" --by "security lead"
      --review-by 2027-01-15 --public "A report is held back until the fix is out"
  aboveboard close c-h4kzn --review-by 2027-03-01
"""
FLAGS = {
    "kind": "--kind",
    "reason": "--reason",
    "decided_by": "--by",
    "review_by": "--review-by",
    "public": "--public",
}


@click.command("close", epilog=EXAMPLE)
@click.argument("ref", required=False, shell_complete=completing.closed)
@click.option("--kind", shell_complete=completing.kinds, help="What it is: weeknote, experiment or incident.")
@click.option("--reason", help=f"Why: {', '.join(REASONS)}.")
@click.option("--by", "decided_by", metavar="ROLE", help="The role that decided, not a name.")
@click.option("--review-by", metavar="DAY", help="The day by which it is decided again.")
@click.option("--public", metavar="TEXT", help="One line for everyone, which does not tell the subject.")
def command(
    ref: str | None, kind: str | None, reason: str | None, decided_by: str | None, review_by: str | None,
    public: str | None,
) -> None:  # fmt: skip
    """Close something by exception: in public, with a reason and a day of review.

    Leave REF out to get one that tells nothing. With the REF of what is closed already, decide anew until
    when. The text itself must not lie in a public repository.
    """
    session = open_session()
    library = session.library()
    closing = read_closing(session.today, Closing(kind, reason, decided_by, review_by, public))
    if ref is None or ref not in library.registers.closed:
        closing = read_closing(session.today, _asked(closing, session.today))
    ref, edit = plan_close(library, ref, closing, session.today)
    save(session, library, edit, *closing.said.values())
    for path in find_drafts(library, edit, ref):
        warning = f"WARNING: {path} is a draft in this repository; if that is what was closed, it is not closed"
        click.secho(warning, fg="red", bold=True, err=True)
    if ref not in library.registers.closed:
        leads = f"`redirects: {{/its/address/: /closed/#{ref}}}` in mkdocs.yml leads readers to this record"
        click.echo(f"if it was public, {leads}", err=True)
    click.echo(
        "what lies in a public repository is public already, in its history too: keep this text out", err=True
    )
    click.echo(public_line(edit, ref))


def _asked(closing: Closing, today: date) -> Closing:
    """Return a closing with everything said that was not, by whoever is at the terminal."""
    missing = [name for name in FLAGS if name not in closing.said]
    if missing and not asking.on_terminal():
        raise UserError(f"say also {', '.join(FLAGS[name] for name in missing)}")
    questions: dict[str, tuple[str, Callable[[str], object]]] = {
        "kind": (f"What is it? ({', '.join(kind.name for kind in KINDS)})", find_kind),
        "reason": (f"Why is it closed? ({', '.join(REASONS)})", find_reason),
        "decided_by": ("Which role decided?", str),
        "review_by": (
            "By which day is it decided again? (as in 2026-11-20)",
            lambda day: read_closing(today, Closing(review_by=day)),
        ),
        "public": ("One line for everyone, which does not tell the subject", str),
    }
    answers = {name: asking.ask(questions[name][0], FLAGS[name], questions[name][1]) for name in missing}
    return replace(closing, **answers)
