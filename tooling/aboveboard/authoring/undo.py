"""Take back what `log` and `mark` wrote last, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from aboveboard.authoring.edits import Edit, write_edit
from aboveboard.authoring.journal import Step, digest, forget, read_journal, take_back
from aboveboard.content.library import Library
from aboveboard.content.names import entry_id
from aboveboard.errors import UserError


@dataclass(frozen=True, slots=True)
class Undo:
    """A step that is to be taken back, and the edit that does so."""

    step: Step
    edit: Edit


def plan_undo(library: Library, name: str | None = None) -> Undo:
    """Return what takes back the last line that was logged or marked here, of one incident if it is named.

    Raises UserError where there is none, or where the file was changed in that place since.
    """
    steps = [
        step for step in read_journal(library.project) if name is None or entry_id(step.path) == entry_id(name)
    ]
    if not steps:
        of = f" in {name}" if name else ""
        raise UserError(f"nothing was logged{of} from here that could be taken back: change the file by hand")
    step = steps[-1]
    path = library.project.root / step.path
    if not path.is_file():
        forget(library.project, step)
        raise UserError(f"{step.path} is not there any more: undo again for what was logged before")
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    if digest(text) == step.before:
        forget(library.project, step)
        raise UserError(f"\u201c{step.said}\u201d is gone from {step.path} already: undo again for the one before")
    return Undo(step, Edit(path, text, take_back(step, text)))


def write_undo(library: Library, undo: Undo) -> None:
    """Take a step back, and out of the journal."""
    write_edit(undo.edit)
    forget(library.project, undo.step)
