"""In a preview, a page for each entry that could not be read: what is wrong with it, at its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from aboveboard.content.frame import Frame
from aboveboard.content.kinds import BY_FOLDER
from aboveboard.content.public import PublicLibrary
from aboveboard.content.slugs import slugify
from aboveboard.errors import Diagnostic
from aboveboard.outputs.links import source_path
from aboveboard.outputs.page import Draft, Page
from aboveboard.outputs.render import Renderer


def unread_pages(library: PublicLibrary) -> Iterator[Draft]:
    """Yield a page for every path with notes that belongs to no entry; for the public there are none."""
    read = {entry.path for entry in library.entries}
    taken = {source_path(entry) for entry in library.entries}
    for path, notes in library.notes.items():
        pure = PurePosixPath(path)
        if path in read or len(pure.parts) < 2 or pure.parts[0] not in BY_FOLDER:
            continue
        name = pure.parent.name if pure.stem == "index" else pure.stem
        target = f"{pure.parts[0]}/{slugify(name)}.md"
        if target in taken:
            continue
        taken.add(target)
        yield Draft((target,), _page, (library.frame, target, name, path, notes), source=path)


def _page(frame: Frame, target: str, name: str, path: str, notes: Sequence[Diagnostic]) -> Iterator[Page]:
    yield Page(target, name, Renderer(frame, target)("unread", path=path, notes=notes), source=path)
