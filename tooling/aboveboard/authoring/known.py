"""What somebody who starts an entry may have to know of those that are there; of most, next to nothing."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from aboveboard.content.entry import parse_entry
from aboveboard.content.kinds import Kind
from aboveboard.content.names import entry_id
from aboveboard.content.project import Project
from aboveboard.content.registers import Registers, load_registers
from aboveboard.content.scan import Scan, scan_content
from aboveboard.content.source import read_file
from aboveboard.content.store import Store

if TYPE_CHECKING:
    from aboveboard.content.library import Library

# So many files are read one by one before all are.
FEW = 3


class Known:
    """A project, and what there is in it. Each part is found when somebody asks for it."""

    def __init__(self, project: Project, library: Library | None = None) -> None:
        self.project = project
        if library is not None:
            self.library = library

    @cached_property
    def library(self) -> Library:
        """Everything that lies in the project; what did not change is remembered."""
        # Most entries are started without it.
        from aboveboard.content.library import load_library

        return load_library(self.project, Store.open(self.project.root))

    @cached_property
    def registers(self) -> Registers:
        """The teams, people and services that are registered."""
        return load_registers(self.project.content)[0]

    @cached_property
    def scan(self) -> Scan:
        """Where everything lies."""
        return scan_content(self.project.content)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids that are taken, in lower case, also by files that cannot be read."""
        return frozenset(entry_id(path).casefold() for _, path in self.scan.entries)

    def names_in(self, kind: Kind) -> frozenset[str]:
        """The names, in lower case and without their endings, of whatever lies in a kind's folder."""
        try:
            with os.scandir(self.project.content / kind.folder) as found:
                return frozenset((entry.name.rpartition(".")[0] or entry.name).casefold() for entry in found)
        except FileNotFoundError:
            return frozenset()

    @property
    def by_team(self) -> Collection[str]:
        """The names of the teams that write."""
        return self.library.by_team.keys()

    def first_team(self, paths: Sequence[str]) -> str | None:
        """Return the team of the first of some entries that names one; paths count from the content folder."""
        kinds = {path: kind for kind, path in self.scan.entries}
        there = [path for path in paths if path in kinds]
        teams = (self._team_of(kinds[path], path) for path in there[:FEW])
        if (team := next(filter(None, teams), None)) or not there[FEW:]:
            return team
        named = {entry.path: entry.standing.groups.team for entry in self.library.entries}
        return next((team for path in there[FEW:] if (team := named.get(path))), None)

    def _team_of(self, kind: Kind, path: str) -> str | None:
        try:
            data = read_file(f"{self.project.content}/{path}")
        except OSError:
            return None
        entry = parse_entry(kind, path, data, self.project.settings).entry
        return entry.standing.groups.team if entry else None
