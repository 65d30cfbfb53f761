"""What else there is in a library, as far as the rules of one document may ask: places, ids, names, sizes.

All of it comes from facts of entries, pages and attachments, and from the day; nobody's text is in it.
It is made anew when one of them changes, and remembered between.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from aboveboard.checks.clock import FIRST, LAST, Clock
from aboveboard.checks.context import Desk
from aboveboard.checks.reach.site import THEME, Place, Site, address_of, bare, source_path
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import BY_FOLDER
from aboveboard.content.library import Library, Page
from aboveboard.content.moved import as_path
from aboveboard.content.public import page_opens_at, why_held, why_page_kept
from aboveboard.content.reread import uncollected

# Registers whose names entries use freely, and the names that one entry uses.
_NAMES: dict[str, Callable[[Entry], Iterable[str]]] = {
    "teams": lambda entry: [entry.fields.team] if entry.fields.team else [],
    "people": lambda entry: entry.fields.authors,
    "services": lambda entry: entry.fields.services,
}
Anchors = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """What the surroundings know, in a form that can be kept.

    `places`: for each path the page that is written there and why it is held. `addresses`: address to
    path. `ids` in order, newest first. `newest`: who names something unregistered last. `sizes` of
    attachments. `said`: who says of an old address that it was theirs.
    """

    places: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    ids: dict[str, None] = field(default_factory=dict)
    newest: dict[tuple[str, str], str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)

    @property
    def digest(self) -> bytes:
        """A digest of all of it, 16 bytes, that does not depend on which objects are one."""
        said = (self.places, self.addresses, self.ids, self.newest, self.sizes, self.said)
        return hashlib.blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Surroundings:
    """A table, ready to be asked. `anchors` says what the anchors of a written page are, by its path."""

    def __init__(self, table: Table, desk: Desk, anchors: Anchors) -> None:
        self._table, self._desk, self.anchors_on = table, desk, anchors

    @property
    def ids(self) -> Mapping[str, None]:
        return self._table.ids

    @cached_property
    def site(self) -> Site:
        project = self._desk.project
        places = {path: Place(path, page, held) for path, (page, held) in self._table.places.items()}
        return Site(places, self._table.addresses, project.site_url, project.directory_urls)

    @cached_property
    def taken(self) -> dict[str, str]:
        """The paths of all places by their address in lower case."""
        return {bare(self.site.address(path)).casefold(): path for path in self._table.places}

    def is_newest(self, register: str, name: str, path: str) -> bool:
        """Tell whether the entry at a path is the newest one that uses an unregistered name."""
        return self._table.newest.get((register, name)) == path

    def sayers(self, address: str) -> list[str]:
        """Return the paths of the entries that say of an old address, bare and in lower case, it was theirs."""
        return self._table.said.get(address, [])

    def size(self, path: str) -> int | None:
        """Return how many bytes an attachment has; None for what is none."""
        return self._table.sizes.get(path)


def survey(library: Library, desk: Desk, clock: Clock, sizes: Mapping[str, int]) -> Table:
    """Look over a library once. `sizes`: of its attachments, by path."""
    table = Table(sizes=dict(sizes))
    with uncollected():
        table.places.update((place.path, (place.page, place.held)) for place in _places(library, clock))
    urls = desk.project.directory_urls
    table.addresses.update((bare(address_of(path, urls)), path) for path in table.places)
    said: dict[str, dict[str, None]] = defaultdict(dict)
    table.ids.update((entry.id, None) for entry in library.entries)
    for entry in sorted(library.entries, key=lambda entry: (entry.sort_at, entry.id), reverse=True):
        for alias in entry.fields.aliases:
            table.addresses.setdefault(bare(alias), source_path(entry))
            said[bare(alias).casefold()][entry.path] = None
        for register, names in _NAMES.items():
            for name in names(entry):
                if name not in getattr(desk.registers, register):
                    table.newest.setdefault((register, name), entry.path)
    for old, new in desk.settings.redirects.items():
        to = table.addresses.get(bare(address_of(as_path(new, urls), urls)))
        if to is not None:
            table.addresses.setdefault(bare(address_of(as_path(old, urls), urls)), to)
    table.said.update((address, list(paths)) for address, paths in said.items())
    return table


def _places(library: Library, clock: Clock) -> Iterator[Place]:
    # Imported only here: what can be made takes long to import, and mostly nothing of it changed.
    from aboveboard.checks.reach.made import made_paths

    today = clock.day(library.project.zone)
    yield from (Place(path) for path in THEME)
    broken, prefix = library.broken_paths, library.project.relative(library.project.content)
    held = {
        entry.path: why
        for entry in library.entries
        if (why := "broken" if f"{prefix}/{entry.path}" in broken else _why_held(entry, clock))
    }
    shown = [entry for entry in library.entries if entry.path not in held]
    if held:
        # What only held entries make leads to nothing that the public sees.
        yield from (Place(path, None, "empty") for path in made_paths(library, library.entries, today))
    yield from (Place(path) for path in made_paths(library, shown, today))
    yield from (Place(file.path, None, "broken") for file in library.files if file.broken)
    yield from (Place(source_path(entry), entry.path, held.get(entry.path)) for entry in library.entries)
    yield from (Place(page.path, page.path, _page_held(page, library, clock)) for page in library.pages)
    folders = {posixpath.dirname(e.path): held.get(e.path) for e in library.entries if e.is_folder}
    for path in library.attachments:
        parts = path.split("/")
        yield Place(path, None, folders.get("/".join(parts[:2]), "stray") if parts[0] in BY_FOLDER else None)


def _why_held(entry: Entry, clock: Clock) -> str | None:
    return why_held(entry, LAST if clock.has_come(entry.opens_at) else FIRST)


def _page_held(page: Page, library: Library, clock: Clock) -> str | None:
    opens_at = page_opens_at(page, library.project.zone)
    return why_page_kept(page) or (None if opens_at is None or clock.has_come(opens_at) else "scheduled")
