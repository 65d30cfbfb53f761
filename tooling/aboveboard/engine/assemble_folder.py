"""A folder that is written by us alone: what changed is written, what is gone is removed, the rest is left.

`.assembled` lists what is ours. It is written before anything else, with what was and what will be there, and once
more at the end: however a run ends, the next one knows every file that it may replace or remove.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from aboveboard.content.files import give_usual_mode
from aboveboard.errors import UserError

LIST = ".assembled"
# Files on their way; a run that was killed may leave some.
_BENCH = ".assembling"


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written because they are new or another, and how many were removed."""

    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of ours, and the paths in it that an earlier run may have written."""

    path: Path
    ours: frozenset[str]

    @classmethod
    def claim(cls, path: Path) -> Folder:
        """Return the folder, not made yet; raise UserError where something stands that no run of ours made."""
        if path.exists() and not path.is_dir():
            raise UserError(f"{path} is a file: name a folder")
        there = {item.name for item in path.iterdir()} if path.is_dir() else set()
        if LIST in there:
            return cls(path, _read_list(path / LIST))
        if there - {_BENCH}:
            raise UserError(f"{path} is not empty, and no assemble made it: name another folder")
        return cls(path, frozenset())

    def write(self, tree: Mapping[str, bytes]) -> Written:
        """Make the folder hold this tree, by path; files of others in it stay as they are.

        Raises UserError, with nothing changed, where one of them stands in the way.
        """
        self._refuse_foreign(tree)
        bench = self.path / _BENCH
        shutil.rmtree(bench, ignore_errors=True)
        bench.mkdir(parents=True)
        try:
            self._keep_list(bench, self.ours | tree.keys())
            removed = [path for path in sorted(self.ours - tree.keys()) if self._remove(path)]
            changed = [path for path, data in tree.items() if self._put(bench, path, data)]
            if self.ours != tree.keys():
                self._keep_list(bench, tree)
        finally:
            shutil.rmtree(bench, ignore_errors=True)
        return Written(len(changed), len(removed))

    def _refuse_foreign(self, tree: Iterable[str]) -> None:
        folders = set[PurePosixPath]()
        for path in tree:
            folders.update(PurePosixPath(path).parents)
            if path not in self.ours and os.path.lexists(self.path / path):
                raise UserError(f"{self.path / path} was written by somebody else: move it away")
            if (self.path / path).is_dir() and not self._is_only_ours(path):
                raise UserError(f"{self.path / path} is a folder, and a file has to be there: move it away")
        for folder in folders:
            at = self.path / folder
            # What leads elsewhere is not ours to write through.
            is_in_the_way = at.is_symlink() or (at.exists() and not at.is_dir())
            if folder.name and is_in_the_way and folder.as_posix() not in self.ours:
                raise UserError(f"{at} is no folder of ours: move it away")

    def _is_only_ours(self, path: str) -> bool:
        found = (item for item in (self.path / path).rglob("*") if not item.is_dir())
        return all(item.relative_to(self.path).as_posix() in self.ours for item in found)

    def _keep_list(self, bench: Path, paths: Iterable[str]) -> None:
        self._put(bench, LIST, (json.dumps(sorted(paths), indent=0, ensure_ascii=False) + "\n").encode())

    def _remove(self, path: str) -> bool:
        file = self.path / path
        if not os.path.lexists(file) or (file.is_dir() and not file.is_symlink()):
            return False
        file.unlink()
        for folder in file.parents:
            if folder == self.path or any(folder.iterdir()):
                break
            folder.rmdir()
        return True

    def _put(self, bench: Path, path: str, data: bytes) -> bool:
        """Write a file in one step, unless it is there already, byte by byte."""
        file = self.path / path
        if file.is_file() and not file.is_symlink() and file.read_bytes() == data:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=bench)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        give_usual_mode(Path(name))
        Path(name).replace(file)
        return True


def _read_list(file: Path) -> frozenset[str]:
    try:
        paths = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"{file} cannot be read, so nobody knows what was written here: {error}") from None
    # Whoever edited the list cannot have us remove anything beyond the folder.
    return frozenset(path for path in paths if isinstance(path, str) and _stays_within(path))


def _stays_within(path: str) -> bool:
    parts = PurePosixPath(path)
    return bool(parts.parts) and not parts.is_absolute() and ".." not in parts.parts
