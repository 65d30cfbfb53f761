"""Files that come with every site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.page import Asset

STYLESHEET = "assets/aboveboard.css"


def stylesheet(library: PublicLibrary) -> Iterator[Asset]:
    """Yield the stylesheet of our own blocks; the theme brings the rest."""
    yield Asset(STYLESHEET, (Path(__file__).parent / "static" / "aboveboard.css").read_bytes())
