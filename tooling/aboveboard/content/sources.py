"""The files of a project's content as they lie there now, each with a digest of its bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aboveboard.content.ours import ours
from aboveboard.content.problems import Problem
from aboveboard.content.project import Project
from aboveboard.content.records import load
from aboveboard.content.registers import FOLDER
from aboveboard.content.scan import Scan, scan_content
from aboveboard.content.seen import Seen
from aboveboard.content.source import Source
from aboveboard.content.store import Store
from aboveboard.errors import Position

ROLL = "roll"


@dataclass(frozen=True)
class Sources:
    """What lies in a content folder: Markdown by path, what could not be read, and where everything is.

    `store`: where something may be remembered of it.
    """

    project: Project
    scan: Scan
    read: dict[str, Source]
    unread: dict[str, Problem]
    store: Store | None = None

    @cached_property
    def setting(self) -> bytes:
        """A digest of what one file is read with: this package, the site's zone, the scale of incidents."""
        settings = self.project.settings
        said = repr((settings.timezone, settings.severities)).encode()
        return hashlib.blake2b(ours() + said, digest_size=16).digest()

    @cached_property
    def roll(self) -> Mapping[str, Any]:
        """What is remembered of all entries in one record (`roll.py`), by path; it may be of other bytes."""
        roll = load(self.store.get(ROLL, self.setting) or b"") if self.store else None
        return roll if isinstance(roll, dict) else {}

    @cached_property
    def on_roll(self) -> Mapping[str, tuple[Any, ...]]:
        """The rows of the files that are as the roll says, by path: it knows what came of them."""
        roll, found = self.roll, {}
        for path, source in self.read.items():
            row = roll.get(path)
            if type(row) is tuple and row and row[0] == source.digest:
                found[path] = row
        return found

    def key(self, path: str) -> bytes:
        """Return what the record of a file is kept under: its path, its bytes, and what it is read with."""
        return hashlib.blake2b(
            self.read[path].digest + path.encode("utf-8", "surrogatepass"), digest_size=16, key=self.setting
        ).digest()

    @cached_property
    def digest(self) -> bytes:
        """A digest of all there is, what no Markdown is by path and size alone; no times, no folders above."""
        whole = hashlib.blake2b(ours(), digest_size=16)
        for part in self._parts():
            whole.update(len(part).to_bytes(4, "big") + part)
        return whole.digest()

    def _parts(self) -> Iterator[bytes]:
        project, scan = self.project, self.scan
        yield _said(
            project.relative(project.content), project.relative(project.config), project.site_name,
            project.site_url, project.site_description, project.directory_urls, project.settings, project.problems,
            project.moved,
        )  # fmt: skip
        yield _said(scan.refused, self.unread)
        for path in (*(path for _, path in scan.entries), *scan.pages):
            if path in self.read:
                yield _said(path) + self.read[path].digest
        yield from (_said(path, self.size(path)) for path in scan.attachments)
        yield from self._registers()

    def size(self, path: str) -> int | None:
        """Return how many bytes an attachment has; None where nobody can tell."""
        try:
            return os.stat(f"{self.project.content}/{path}").st_size  # noqa: PTH116  there may be thousands
        except OSError:
            return None

    def _registers(self) -> Iterator[bytes]:
        folder = self.project.content / FOLDER
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            try:
                yield _said(path.name, path.is_symlink()) + path.read_bytes()
            except OSError as error:
                yield _said(path.name, str(error.strerror))


def read_sources(project: Project, store: Store | None = None, at_once: bool = False) -> Sources:
    """Return all Markdown of a project's content folder as it is now; what cannot be read is said in `unread`.

    `store`: where something may be remembered of it. `at_once`: read every byte, for whoever looks into a text
    long after.
    """
    scan = scan_content(project.content)
    seen = Seen(project.content, None if at_once else store)
    read: dict[str, Source] = {}
    unread: dict[str, Problem] = {}
    for path in (*(path for _, path in scan.entries), *scan.pages):
        try:
            read[path] = seen.source(path)
        except OSError as error:
            unread[path] = Problem(Position(), "NA005", f"this file cannot be read: {error.strerror}")
    seen.note()
    return Sources(project, scan, read, unread, store)


def _said(*values: object) -> bytes:
    return repr(values).encode("utf-8", "surrogatepass")
