"""Edit one entry: planned first as text, refused where it would break the file, written in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aboveboard.content.edit import Value, set_value
from aboveboard.content.entry import Entry, parse_entry
from aboveboard.content.files import replace_file, write_new
from aboveboard.content.kinds import Kind
from aboveboard.content.library import Library
from aboveboard.content.names import entry_id
from aboveboard.content.problems import PROBLEMS
from aboveboard.content.yaml_nodes import Path as FieldPath
from aboveboard.errors import Severity, UnknownName, UserError


@dataclass(frozen=True, slots=True)
class Edit:
    """What a file says and what it is to say; `said` is what the person is told, a line each.

    `is_new`: there is no such file yet, and one is made.
    """

    path: Path
    before: str
    after: str
    said: tuple[str, ...] = ()
    is_new: bool = False

    @property
    def changes(self) -> bool:
        return self.after != self.before


def find_entry(library: Library, name: str, kind: Kind | None = None) -> Entry:
    """Return an entry by id, or by the path of its file; raise UnknownName with the nearest one."""
    name = name.rstrip("/").removesuffix("/index.md").removesuffix(".md").rsplit("/", 1)[-1]
    known = {e.id: e for e in library.entries if kind is None or e.kind is kind}
    if name not in known:
        for file in library.files:
            if file.entry is None and entry_id(file.path) == name:
                where = library.project.relative(library.project.content / file.path)
                raise UserError(f"{where} cannot be read: `aboveboard check {where}` says why")
        raise UnknownName(kind.name if kind else "entry", name, known)
    return known[name]


def plan_edit(library: Library, entry: Entry, change: Callable[[str], str], *said: str) -> Edit:
    """Return the edit that `change` makes of an entry's text, line endings and all.

    Raises UserError, with nothing written, when the result has an error that the file did not have.
    """
    path = library.project.content / entry.path
    with path.open(encoding="utf-8", newline="") as file:
        before = file.read()
    after = change(before)
    wrong = _errors(library, entry, after) - _errors(library, entry, before)
    if wrong:
        raise UserError(f"{entry.path} was left as it is: {'; '.join(sorted(wrong))}")
    return Edit(path, before, after, said)


def set_values(text: str, *values: tuple[FieldPath, Value]) -> str:
    """Return a text with several front-matter values set, one after the other; see `content.edit`."""
    for path, value in values:
        text = set_value(text, path, value)
    return text


def write_edit(edit: Edit) -> None:
    """Write an edit in one step; raise UserError if somebody changed the file since it was planned."""
    if not edit.changes:
        return
    if edit.is_new:
        write_new(edit.path, edit.after)
        return
    with edit.path.open(encoding="utf-8", newline="") as file:
        if file.read() != edit.before:
            raise UserError(f"{edit.path} was changed by somebody else this instant: run the command again")
    replace_file(edit.path, edit.after)


def _errors(library: Library, entry: Entry, text: str) -> set[str]:
    parsed = parse_entry(entry.kind, entry.path, text.encode(), library.project.settings)
    return {p.message for p in parsed.problems if PROBLEMS[p.code].severity is Severity.ERROR}
