"""Plan what it takes to put pictures into an entry's folder, then do it: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aboveboard.authoring.folders import Move, plan_folder, write_move
from aboveboard.authoring.pictures import Picture, make_picture
from aboveboard.content.entry import Entry
from aboveboard.content.files import write_new
from aboveboard.content.library import Library
from aboveboard.content.plain import as_markdown
from aboveboard.content.slugs import slugify
from aboveboard.errors import UserError


@dataclass(frozen=True, slots=True)
class Attached:
    """One picture: the file it came from, the one it goes to, and its words."""

    source: Path
    target: Path
    alt: str
    picture: Picture

    @property
    def markdown(self) -> str:
        return f"![{as_markdown(self.alt)}]({self.target.name})"


@dataclass(frozen=True, slots=True)
class Attachment:
    """Everything that will be written."""

    move: Move | None
    pictures: tuple[Attached, ...]


def plan_attachment(library: Library, entry: Entry, files: Sequence[Path], alts: Sequence[str]) -> Attachment:
    """Return what to write, the pictures made already; raise UserError where one of them cannot be published."""
    for alt in alts:
        if not alt.strip():
            raise UserError("--alt: say what the picture shows; these words are all that some readers get")
    move = plan_folder(library, entry)
    folder = move.new.parent if move else (library.project.content / entry.path).parent
    taken = {path.name.casefold() for path in folder.glob("*")} if folder.is_dir() else set()
    found = []
    for file, alt in zip(files, alts, strict=True):
        picture = make_picture(file)
        name = _free_name(slugify(file.stem), picture.ending, taken)
        taken.add(name.casefold())
        found.append(Attached(file, folder / name, " ".join(alt.split()), picture))
    return Attachment(move, tuple(found))


def write_attachment(attachment: Attachment) -> None:
    """Write it; raise AlreadyExists where somebody was faster."""
    if attachment.move:
        write_move(attachment.move)
    for attached in attachment.pictures:
        write_new(attached.target, attached.picture.data)


def _free_name(stem: str, ending: str, taken: set[str]) -> str:
    names = (f"{stem}{f'-{number}' if number > 1 else ''}{ending}" for number in range(1, 10_000))
    return next(name for name in names if name.casefold() not in taken)
