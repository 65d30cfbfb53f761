"""Give an entry a folder of its own, `x.md` to `x/index.md`, for its pictures: its id and address stay."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from aboveboard.authoring.edits import Edit, write_edit
from aboveboard.content.entry import Entry
from aboveboard.content.files import replace_file
from aboveboard.content.library import Library
from aboveboard.content.relink import CannotRelink, relink, split_target
from aboveboard.errors import AlreadyExists, UserError


@dataclass(frozen=True, slots=True)
class Move:
    """An entry's file, where it goes, what it then says, and the edits of what links to it."""

    old: Path
    new: Path
    text: str
    others: tuple[Edit, ...]


def plan_folder(library: Library, entry: Entry) -> Move | None:
    """Return how an entry gets a folder, or None where it has one.

    A link from or to it, as the path of a file, is written anew. Raises UserError where its address
    would change, or where something is in the way.
    """
    if entry.is_folder:
        return None
    content = library.project.content
    old = content / entry.path
    new = old.with_suffix("") / "index.md"
    if new.exists():
        raise AlreadyExists(new)
    if not library.project.directory_urls:
        message = "move it into a folder of that name yourself, and add its old address to `aliases:`"
        raise UserError(
            f"the addresses of this site end in .html, so that of {entry.path} would change: {message}"
        )
    try:
        own = _relinked(_read(old), entry.body, partial(_from_below, content, entry))
    except CannotRelink:
        raise _refused(entry, entry.path) from None
    return Move(old, new, own, tuple(_edits(library, entry)))


def write_move(move: Move) -> None:
    """Move the file in one step, then write its links and those of others: cut short, only links are amiss."""
    before = _read(move.old)
    move.new.parent.mkdir(exist_ok=True)
    move.old.rename(move.new)
    if move.text != before:
        replace_file(move.new, move.text)
    for edit in move.others:
        write_edit(edit)


def _edits(library: Library, entry: Entry) -> Iterator[Edit]:
    texts = [(other.path, other.matter.body) for other in library.entries if other is not entry]
    texts += [(page.path, page.body) for page in library.pages if not page.broken]
    for path, body in texts:
        file = library.project.content / path
        # Most texts do not name it, and are not read again.
        if entry.id in unquote(body):
            before = _read(file)
            try:
                after = _relinked(before, body, partial(_to_folder, path, entry))
            except CannotRelink:
                raise _refused(entry, path) from None
            if after != before:
                yield Edit(file, before, after)


def _relinked(text: str, body: str, change: Callable[[str], str]) -> str:
    if not body or not text.endswith(body):
        return text
    return text[: len(text) - len(body)] + relink(body, change)


def _refused(entry: Entry, path: str) -> UserError:
    new = f"{entry.path.removesuffix('.md')}/index.md"
    return UserError(
        f"a link in {path} is written so that it cannot be changed safely: move {entry.path} to {new}"
    )


def _from_below(content: Path, entry: Entry, target: str) -> str:
    """Return a link of the entry itself as it is written one folder further down."""
    path, rest = split_target(target)
    there = posixpath.normpath(posixpath.join(posixpath.dirname(entry.path), unquote(path)))
    if not path or not (content / there).is_file():
        return target
    return f"index.md{rest}" if there == entry.path else f"../{path.removeprefix('./')}{rest}"


def _to_folder(path: str, entry: Entry, target: str) -> str:
    """Return a link of the text at `path` to the entry as it is written once the entry is a folder."""
    link, rest = split_target(target)
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link)))
    return f"{link.removesuffix('.md')}/index.md{rest}" if link and there == entry.path else target


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()
