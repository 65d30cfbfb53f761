"""What the path of an entry's file says: its id, and whether that can stand in an address."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from aboveboard.content.problems import Problem
from aboveboard.content.slugs import is_slug, slugify
from aboveboard.errors import Position


def entry_id(path: str) -> str:
    """Return the id that a path gives: the file's name without ending, or its folder's name."""
    folder, _, file = path.partition("/")
    if file.endswith(".md") and "/" not in file and file.isascii() and folder and len(file) > 3:
        return file[:-3]
    pure = PurePosixPath(path)
    name = pure.parent.name if pure.stem.lower() == "index" and len(pure.parts) > 2 else pure.stem
    return unicodedata.normalize("NFC", name)


def name_problems(path: str) -> list[Problem]:
    """Return what is wrong with the path of an entry, relative to the content folder."""
    name = entry_id(path)
    is_folder = len(PurePosixPath(path).parts) > 2
    if is_slug(name) and (is_folder or path.endswith(".md")):
        return []
    ending = "/" if is_folder else ".md"
    better = f"{slugify(name.removesuffix('.md'))}{ending}"
    message = f"the name is the address: use lower-case letters, digits and single hyphens, as in {better}"
    return [Problem(Position(), "NA001", message)]
