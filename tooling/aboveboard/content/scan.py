"""What lies in the content folder: entries by kind, ordinary pages, attachments, and what is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from aboveboard.content.kinds import BY_FOLDER, Kind
from aboveboard.content.problems import Problem
from aboveboard.content.registers import FOLDER as REGISTERS
from aboveboard.errors import Position

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
# Names that a folder of entries may hold beside them: a page of its own, not an entry.
INDEX = frozenset(["index", "readme"])


@dataclass(slots=True)
class Scan:
    """Paths relative to the content folder, forward slashes, in order of name."""

    entries: list[tuple[Kind, str]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    refused: dict[str, Problem] = field(default_factory=dict)


def scan_content(content: Path) -> Scan:
    """Walk a content folder once. Links that lead out of it, dangle or loop are refused, not followed."""
    scan = Scan()
    root = content.resolve()
    if not content.is_dir():
        scan.refused["."] = Problem(
            Position(), "NA007", f"there is no folder {content.name}: make it, or set `docs_dir`"
        )
        return scan
    for path, entry in _walk(content, "", scan):
        if entry.is_symlink() and (why := _refusal(Path(entry.path), root, path)):
            scan.refused[path] = Problem(Position(), "NA003", why)
        elif entry.is_file():
            _sort(scan, path)
    return scan


def _walk(folder: Path, prefix: str, scan: Scan) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        # What cannot be looked into is not published, and is not passed over in silence either.
        message = f"this folder cannot be read: {error.strerror}"
        scan.refused[prefix.rstrip("/") or "."] = Problem(Position(), "NA005", message)
        return
    for entry in names:
        path = prefix + entry.name
        if entry.name.startswith(".") or (path == REGISTERS and entry.is_dir()):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{path}/", scan)
        else:
            yield path, entry


def _refusal(path: Path, root: Path, name: str) -> str | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return f"{name} is a link that leads nowhere: remove it"
    if not target.is_relative_to(root):
        return f"{name} is a link out of the content folder, and was not followed: copy the file instead"
    if target.is_dir():
        return f"{name} is a link to a folder, and was not followed: folders are not linked"
    return None


def _sort(scan: Scan, path: str) -> None:
    folder, _, file = path.partition("/")
    is_plain = len(file) > 3 and file.endswith(".md") and "/" not in file
    if is_plain and folder in BY_FOLDER and file[:-3].lower() not in INDEX:
        # Nearly all are so plain, and there may be thousands.
        scan.entries.append((BY_FOLDER[folder], path))
        return
    pure = PurePosixPath(path)
    kind = BY_FOLDER.get(pure.parts[0]) if len(pure.parts) > 1 else None
    if pure.suffix.lower() not in MARKDOWN:
        scan.attachments.append(path)
    elif kind is None or (len(pure.parts) == 2 and pure.stem.lower() in INDEX):
        scan.pages.append(path)
    elif len(pure.parts) == 2 or (len(pure.parts) == 3 and pure.stem.lower() == "index"):
        scan.entries.append((kind, path))
    else:
        message = f"entries lie flat in {kind.folder}/, or in a folder of their name as index.md: move it there"
        scan.refused[path] = Problem(Position(), "NA004", message)
