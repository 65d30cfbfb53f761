"""What a rule may look at beside its document, and what is remembered of what it did look at.

What every rule may see (settings, registers) is part of the key of everything that is remembered. Of the
clock it is noted until when its answers hold, of the surroundings whether they were asked at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aboveboard.checks.clock import Clock
from aboveboard.content.entry import Entry
from aboveboard.content.history import versions_of
from aboveboard.content.ours import ours
from aboveboard.content.project import Project
from aboveboard.content.registers import Registers
from aboveboard.content.settings import Settings
from aboveboard.errors import Position

if TYPE_CHECKING:
    from aboveboard.checks.reach.leads import Ways
    from aboveboard.checks.surroundings import Surroundings


@dataclass(frozen=True)
class Desk:
    """What lies before every rule: what the project has set and registered. A worker can be handed one.

    `only_errors`: only rules are asked that can hold something back, and no advice is given.
    """

    project: Project
    registers: Registers
    only_errors: bool = False

    @property
    def settings(self) -> Settings:
        return self.project.settings

    @cached_property
    def prefix(self) -> str:
        """What paths of the content folder begin with in messages."""
        return self.project.relative(self.project.content)

    @cached_property
    def digest(self) -> bytes:
        """A digest of all of it, and of this package: part of the key of whatever a rule finds."""
        project = self.project
        urls = (project.site_url, project.directory_urls, project.moved)
        said = (self.prefix, urls, project.settings, self.registers, self.only_errors)
        return hashlib.blake2b(ours() + repr(said).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Context:
    """What the rules of one document may ask. Whatever they did not say they look at raises AssertionError."""

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        surroundings: Surroundings | None = None,
        ways: Ways | None = None,
    ) -> None:
        self._desk, self._surroundings = desk, surroundings
        self.clock, self.ways = clock, ways
        # What is noted: whether the surroundings were asked, whose anchors, and whether git was.
        self.asked = self.fleeting = False
        self.anchored: dict[str, None] = {}

    @property
    def settings(self) -> Settings:
        return self._desk.settings

    @property
    def registers(self) -> Registers:
        return self._desk.registers

    @property
    def moved(self) -> tuple[tuple[str, Position], ...]:
        """The old addresses of `redirects:`, with their places in the configuration."""
        return self._desk.project.moved

    @property
    def config(self) -> str:
        """The configuration, as a path from the project's root: `/mkdocs.yml`."""
        return f"/{self._desk.project.relative(self._desk.project.config)}"

    @property
    def site_url(self) -> str | None:
        return self._desk.project.site_url

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the site."""
        return self._desk.project.zone

    @property
    def surroundings(self) -> Surroundings:
        """What else there is; for rules that say `around`."""
        assert self._surroundings is not None, "a rule that looks around says so: around=True"
        self.asked = True
        return self._surroundings

    def anchors_on(self, path: str) -> frozenset[str]:
        """Return what `#...` can lead to on the page of another document, by its path in the content folder."""
        self.anchored[path] = None
        return self.surroundings.anchors_on(path)

    def versions_of(self, entry: Entry) -> Iterator[str]:
        """Yield the texts that an entry's file had, as git knows them; what is found by them is not kept."""
        self.fleeting = True
        project = self._desk.project
        yield from versions_of(project.content / entry.path, project.root)
