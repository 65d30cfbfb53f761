"""At the address of what was withdrawn: that it was, when and why, and nothing of what it said."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.frame import Frame
from aboveboard.content.public import PublicLibrary, Tombstone
from aboveboard.outputs.links import source_path
from aboveboard.outputs.machines.item import text_of
from aboveboard.outputs.page import Draft, Page
from aboveboard.outputs.render import Renderer


def tombstones(library: PublicLibrary) -> Iterator[Draft]:
    """Yield a page for every withdrawn entry; in no list, sitemap or search."""
    return (Draft((source_path(stone),), _page, (library.frame, stone)) for stone in library.tombstones)


def _page(frame: Frame, stone: Tombstone) -> Iterator[Page]:
    path, text = source_path(stone), text_of(stone.kind)
    title = f"Withdrawn {text}"
    body = Renderer(frame, path)("tombstone", stone=stone, title=title, text=text)
    about = f"What stood here was withdrawn on {stone.when.isoformat()}."
    yield Page(path, title, body, about, noindex=True)
