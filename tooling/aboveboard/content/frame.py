"""What every page of a site may use beside the entries that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from aboveboard.content.entry import Entry
from aboveboard.content.project import Project
from aboveboard.content.registers import Registers


class Kept(Protocol):
    """What was made of entries, by entry: a dictionary, or a cache that outlives the build."""

    def get(self, entry: Entry, /) -> object: ...

    def __setitem__(self, entry: Entry, made: object, /) -> None: ...


@dataclass(frozen=True, eq=False)
class Frame:
    """What every page may use beside the entries that it shows: the site, its names, the day, a preview's marks.

    `teams`, `services`, `people`: those that have a page, and so can be linked to. `kept`: what was made of an
    entry for several pages at once, by the entry.
    """

    project: Project
    registers: Registers
    today: date
    marks: Mapping[str, str] = field(default_factory=dict)
    teams: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    kept: Kept = field(default_factory=dict[Entry, object])
