"""Write an edit once `check` was asked about it."""

from __future__ import annotations

import click

from aboveboard.authoring.edits import Edit, write_edit
from aboveboard.cli.session import Session
from aboveboard.content.library import Library
from aboveboard.engine.rehearse import new_findings
from aboveboard.errors import Diagnostic, Severity, UserError


class NotPublishable(UserError):
    """An edit that would keep its file from being published; `reasons` are what `check` would say."""

    def __init__(self, path: str, found: list[Diagnostic]) -> None:
        super().__init__(f"{path} was left as it is, because this must not be published:")
        self.reasons = tuple(_said(diagnostic) for diagnostic in found)


def save(session: Session, library: Library, edit: Edit, *words: str) -> None:
    """Write an edit, and say on stderr what there is to say about it; `words` are those that a person chose.

    Raises NotPublishable, with nothing written, where the edit puts an error into its file.
    """
    found = new_findings(library, edit, words, session.now)
    errors = [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]
    if errors:
        raise NotPublishable(session.project.relative(edit.path), errors)
    write_edit(edit)
    for line in (*edit.said, *map(_said, found)):
        click.echo(line, err=True)


def _said(found: Diagnostic) -> str:
    # Without its place: it may be read in words that nobody has written into the file yet.
    return f"{found.code} {found.severity} {found.message}"
