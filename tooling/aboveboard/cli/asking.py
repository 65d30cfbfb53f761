"""Questions on a terminal. Whatever can be asked can be said by a flag, and nobody else is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from aboveboard.errors import UserError


def on_terminal() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, flag: str, read: Callable[[str], object] = str) -> str:
    """Return the answer to a question, asked again while `read` refuses it; UserError where nobody is there.

    `flag` is how the same is said on the command line.
    """
    if not on_terminal():
        raise UserError(f"say it on the command line: {flag}")
    while True:
        answer: str = click.prompt(question, err=True)
        try:
            read(answer)
        except UserError as error:
            click.echo(str(error), err=True)
        else:
            return answer


def ask_if_any(question: str) -> str | None:
    """Return the answer to a question that may be left unanswered; None then, and where nobody is there."""
    if not on_terminal():
        return None
    answer: str = click.prompt(question, default="", show_default=False, err=True)
    return answer.strip() or None
