"""What a release holds and what it was made of, so that the next build need not make it again.

A ledger lies in the project's cache folder, under the name of its release. It is only believed as far as the
release's files are what it says they are; without it everything is made.
"""

from __future__ import annotations

import os
import pickle
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from aboveboard.content.project import Project
from aboveboard.engine.rows import Row, Rows, Stamp, unpack

__all__ = ["Ledger", "Row", "Rows", "Stamp", "read_ledger", "stamp_of", "untouched", "write_ledger"]
FOLDER = "releases"
KEPT = 8
# A checksum at the end.
_SUM = 4


@dataclass(slots=True)
class Ledger:
    """What a release was made of.

    `inputs`: a digest of all content but the texts of entries. `setting`: of what every page depends on beside
    content. `site`: of that and of the menu, which stands on every page.
    `texts`: the digest of each public entry's file, by its path. `rows`: by the first source path of each draft.
    `others`: files that are copied or that list the pages, with what they were copied from. `sources`: every
    path that a link can lead to. `menu`: what header and footer list. `missing`: what should be there and is not.
    `said`: what MkDocs said of the site as a whole, as of its menu.
    """

    inputs: bytes = b""
    setting: bytes = b""
    site: bytes = b""
    texts: dict[str, bytes] = field(default_factory=dict)
    rows: Rows = field(default_factory=Rows)
    others: dict[str, tuple[Stamp, bytes | None]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    menu: dict[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def wrong(self) -> list[str]:
        """What is wrong with the release: what it misses, and its links that lead nowhere."""
        return [*self.missing, *(line for row in self.rows.loud for line in row.dead)]

    @property
    def warnings(self) -> list[str]:
        """What MkDocs said of the site and its pages."""
        return [*self.said, *(line for row in self.rows.loud for line in row.warnings)]

    @property
    def files(self) -> dict[str, Stamp]:
        """Every file of the release, by path."""
        return self.rows.files | {path: stamp for path, (stamp, _) in self.others.items()}

    @property
    def told(self) -> dict[str, str]:
        """What search reads of each page, as a digest by address."""
        return self.rows.told


def stamp_of(path: str) -> Stamp:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


def untouched(release: Path, files: Mapping[str, Stamp]) -> dict[str, int]:
    """Return which of a release's files are still as they were written, with their numbers in the file system."""
    root, found = str(release), {}
    for path, stamp in files.items():
        try:
            seen = os.stat(f"{root}/{path}")
        except OSError:
            continue
        if (seen.st_size, seen.st_mtime_ns) == stamp:
            found[path] = seen.st_ino
    return found


def write_ledger(project: Project, release: str, ledger: Ledger) -> None:
    """Keep a ledger; a full disk or a folder that cannot be written costs the next build its time, and no more."""
    folder = project.cache / FOLDER
    values = [getattr(ledger, one.name) for one in fields(ledger)]
    values[4] = ledger.rows.plain
    data = pickle.dumps(values, protocol=5)
    beside = folder / f".{release}-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.write(zlib.crc32(data).to_bytes(_SUM, "big"))
        beside.replace(folder / release)
        _forget_oldest(folder.iterdir())
    except OSError:
        beside.unlink(missing_ok=True)


def read_ledger(project: Project, release: str) -> Ledger:
    """Return the ledger of a release; an empty one where there is none that can be read."""
    try:
        data = (project.cache / FOLDER / release).read_bytes()
        if zlib.crc32(memoryview(data)[:-_SUM]).to_bytes(_SUM, "big") != data[-_SUM:]:
            return Ledger()
        values = unpack(data)
        values[4] = Rows.of(*values[4])
        return Ledger(*values)
    except Exception:  # whatever is in that file, it is not believed, and everything is made
        return Ledger()


def _forget_oldest(found: Iterable[Path]) -> None:
    for old in sorted(found, key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)
