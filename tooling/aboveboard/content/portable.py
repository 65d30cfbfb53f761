"""Whether files can lie on every platform: a repository is cloned on Windows and macOS too.

What Windows refuses, whatever the file system below it allows, is said in "Naming Files, Paths, and Namespaces"
(https://learn.microsoft.com/windows/win32/fileio/naming-a-file). Names of entries are slugs, which is stricter.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from aboveboard.content.problems import Problem
from aboveboard.content.slugs import DEVICES
from aboveboard.errors import Position

_NOT_IN_NAMES = '<>:"\\|?*'


def portability_problems(paths: Iterable[str]) -> Iterator[tuple[str, Problem]]:
    """Yield each path, relative to the content folder, that some platform cannot hold, with what is wrong."""
    known = sorted(paths)
    spelled = _spellings(known)
    for path in known:
        if why := next((why for name in path.split("/") if (why := why_unportable(name))), None):
            yield path, Problem(Position(), "NA010", f"{why}: rename it")
        elif others := spelled[_folded(path)] - {path}:
            same = ", ".join(sorted(others))
            yield (
                path,
                Problem(Position(), "NA010", f"on Windows and macOS this is the same file as {same}: rename one"),
            )


def why_unportable(name: str) -> str | None:
    """Return why the name of a file or folder cannot be one on Windows, or None where it can."""
    if bad := next((c for c in name if c in _NOT_IN_NAMES or ord(c) < 32), None):
        return f"Windows allows no {bad!r} in the name of a file"
    if name.endswith((".", " ")):
        return "Windows drops a full stop or a space at the end of a name"
    if name.split(".", maxsplit=1)[0].rstrip(" ").casefold() in DEVICES:
        return f"Windows keeps the name {name.split('.', maxsplit=1)[0]!r} for a device"
    return None


def _spellings(paths: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        found[_folded(path)].add(path)
    return found


def _folded(path: str) -> str:
    # macOS does not tell composed letters from decomposed ones either.
    return unicodedata.normalize("NFC", path).casefold()
