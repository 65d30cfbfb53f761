"""Which feeds there are, and what each of them tells of. The same table serves files, heads and the Feeds page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.kinds import BY_FOLDER, KINDS, Kind
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import Promise, promises


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, in both formats.

    `group`: site, kinds, teams, services or actions. `key`: the folder of a kind, the slug of a team or
    service. `home`: the source path of the page that it follows. `about`: what it brings, in a sentence.
    `file`: what its files are called, without their ending.
    """

    group: str
    key: str
    home: str
    name: str
    about: str
    file: str = "feed"

    @property
    def folder(self) -> str:
        """Where its files lie: nothing for the site's own, else with a final slash."""
        return self.home.removesuffix("index.md") if self.home.endswith("index.md") else f"{self.home[:-3]}/"

    @property
    def atom(self) -> str:
        return f"{self.folder}{self.file}.xml"

    def archive(self, number: int) -> str:
        """Return the file of one of its archives, which are in Atom."""
        return f"{self.folder}{self.file}-{number}.xml"

    @property
    def has_archives(self) -> bool:
        """Whether what is older than its newest items can be had too."""
        return self.group in ("site", "kinds")

    @property
    def json(self) -> str:
        return f"{self.folder}{self.file}.json"


SITE = Feed("site", "", "index.md", "Everything", "All weeknotes, experiments and incidents.")
ACTIONS = Feed("actions", "", "actions/index.md", "Actions", "What we promised, and whether we kept it.")
DUE = Feed(
    "actions",
    "due",
    "actions/index.md",
    "Actions that fall due",
    "What we promised, two weeks before its day, until it is done or dropped.",
    file="due",
)


def kind_feed(kind: Kind) -> Feed:
    return Feed("kinds", kind.folder, f"{kind.folder}/index.md", kind.plural, kind.about)


def team_feed(frame: Frame, slug: str) -> Feed:
    name = frame.registers.name_of("teams", slug)
    return Feed("teams", slug, f"teams/{slug}.md", name, f"Everything from {name}.")


def service_feed(frame: Frame, slug: str) -> Feed:
    name = frame.registers.name_of("services", slug)
    return Feed("services", slug, f"services/{slug}.md", name, f"Everything that concerns {name}.")


def site_feeds(frame: Frame) -> Iterator[Feed]:
    """Yield every feed of a site, the broadest first; registered teams have one before they write."""
    yield SITE
    yield from (kind_feed(kind) for kind in KINDS)
    yield from (ACTIONS, DUE)
    yield from (team_feed(frame, slug) for slug in sorted(frame.teams))
    yield from (service_feed(frame, slug) for slug in sorted(frame.services))


def feeds_of(frame: Frame, entry: Entry) -> list[Feed]:
    """Return the feeds that tell of an entry, the site's own apart, the narrowest last."""
    fields = entry.fields
    teams = [team_feed(frame, fields.team)] if fields.team else []
    return [kind_feed(entry.kind), *teams, *(service_feed(frame, slug) for slug in fields.services)]


def told_by(library: PublicLibrary, feed: Feed) -> tuple[Entry, ...] | tuple[Promise, ...]:
    """Return everything that a feed could tell of: entries, or our own promises."""
    if feed.group == "actions":
        return tuple(promises(entry for entry in library.entries if not entry.is_retold))
    if feed.group == "kinds":
        return library.of_kind(BY_FOLDER[feed.key])
    groups = {"teams": library.by_team, "services": library.by_service}
    return groups[feed.group].get(feed.key, ()) if feed.group in groups else library.entries
