"""Files that come with every site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.page import Asset

STYLESHEET = "assets/aboveboard.css"
STATIC = Path(__file__).parent / "static"


def stylesheet(library: PublicLibrary) -> Iterator[Asset]:
    """Yield the stylesheet of our own blocks, a sheet for each room, in order of name."""
    sheets = sorted(STATIC.glob("*.css"), key=lambda path: path.name)
    yield Asset(STYLESHEET, b"".join(path.read_bytes() for path in sheets))
