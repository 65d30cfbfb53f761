"""What stands where on the site: the addresses that links can lead to, and what the public cannot see of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from aboveboard.checks.reach.made import made_paths
from aboveboard.checks.rule import Context, Document
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import BY_FOLDER
from aboveboard.content.library import Library
from aboveboard.content.public import why_held, why_page_held
from aboveboard.errors import nearest

_THEME = ("404.html", "sitemap.xml", "search/search_index.json")


@dataclass(frozen=True, slots=True)
class Place:
    """Something that a link can lead to. `path`: in the site's source. `held`: why the public does not see it."""

    path: str
    document: Document | None = None
    held: str | None = None


class Site:
    """All places of a library, by path in the source and by address on the site."""

    def __init__(self, library: Library, now: datetime) -> None:
        self.library, self.now = library, now
        self.directory_urls = library.project.directory_urls
        self.places = {place.path: place for place in _places(library, now)}
        self.by_address = {bare(self.address(path)): place for path, place in self.places.items()}
        for entry in library.entries:
            for alias in entry.fields.aliases:
                self.by_address.setdefault(bare(alias), self.places[source_path(entry)])
        self.by_name: dict[str, str] = {}
        for path in sorted(self.places.keys() - set(_THEME), reverse=True):
            self.by_name[_name(path)] = path

    def address(self, path: str) -> str:
        """Return the address of a source path below the site's root: `incidents/x/`."""
        pure = PurePosixPath(path)
        if pure.suffix != ".md":
            return path
        folder, is_index = str(pure.parent), pure.stem in ("index", "README")
        stem = folder if is_index else str(pure.with_suffix(""))
        if not self.directory_urls:
            return str(pure.with_name("index.html" if is_index else f"{pure.stem}.html"))
        return "" if stem == "." else f"{stem}/"

    def find(self, here: str, path: str, raw: bool) -> Place | None:
        """Return what a link on the page at source path `here` leads to.

        A path in Markdown is one of the source first, as MkDocs has it. What is no source path, and
        any path in raw HTML, reaches the browser as it is and is resolved against the page's address.
        """
        if path.startswith("/"):
            return self._at_root(path)
        if not raw and (place := self.places.get(_join(posixpath.dirname(here), path))):
            return place
        return self.by_address.get(bare(_join(self._folder(here), path)))

    def suggest(self, here: str, path: str, raw: bool) -> str | None:
        """Return how the place that was most likely meant is written on the page `here`, or None."""
        wanted = _join("" if path.startswith("/") else posixpath.dirname(here), path.strip("/"))
        tries = (wanted, f"{wanted}.md", f"{wanted}/index.md", wanted.removesuffix(".html") + ".md")
        found = next((place for place in tries if place in self.places), None)
        if found is None and (place := self.by_address.get(bare(_join(self._folder(here), path)))):
            found = place.path
        if found is None and (name := nearest(_name(wanted), self._names(wanted, here))):
            # Only what looks like a slip of the pen: a far-fetched guess is worse than none.
            is_near = SequenceMatcher(None, _name(wanted).casefold(), name.casefold()).ratio() >= 0.75
            found = self.by_name[name] if is_near else None
        if found is None:
            return None
        if not raw:
            return posixpath.relpath(found, posixpath.dirname(here) or ".")
        address = self.address(found)
        end = "/" if address.endswith("/") or not address else ""
        return posixpath.relpath(address or ".", self._folder(here) or ".") + end

    def _names(self, wanted: str, here: str) -> list[str]:
        if _name(wanted) in self.by_name:
            return [_name(wanted)]
        near = (name for name in self.by_name if abs(len(name) - len(_name(wanted))) <= 12)
        return [name for name in near if name != _name(here)]

    def _at_root(self, path: str) -> Place | None:
        prefix = urlsplit(self.library.project.site_url or "").path or "/"
        if not path.startswith(prefix):
            # Some other site on the same host, unless it is plainly ours with the prefix forgotten.
            return None if bare(path) in self.by_address else Place(path)
        return self.by_address.get(bare(_join("", path.removeprefix(prefix))))

    def _folder(self, here: str) -> str:
        address = self.address(here)
        return address if address.endswith("/") else posixpath.dirname(address)


_last: list[Site] = []


def site_of(context: Context) -> Site:
    """Return the site of a library; made once for a run, as every document asks for it."""
    if not (_last and _last[0].library is context.library and _last[0].now == context.now):
        _last[:] = [Site(context.library, context.now)]
    return _last[0]


def source_path(document: Document) -> str:
    """Return where a document stands in the site's source."""
    if not isinstance(document, Entry):
        return document.path
    ending = "/index.md" if document.is_folder else ".md"
    return f"{document.kind.folder}/{document.id}{ending}"


def is_held_back(document: Document, context: Context) -> bool:
    """Tell whether the public does not see a document."""
    place = site_of(context).places.get(source_path(document))
    return place is not None and place.held is not None


def _places(library: Library, now: datetime) -> Iterator[Place]:
    today = now.astimezone(library.project.zone).date()
    yield from (Place(path) for path in _THEME)
    yield from (Place(path, None, "empty") for path in made_paths(library, library.entries, today))
    broken, prefix = library.broken_paths, library.project.relative(library.project.content)
    held = {e.path: "broken" if f"{prefix}/{e.path}" in broken else why_held(e, now) for e in library.entries}
    shown = [entry for entry in library.entries if not held[entry.path]]
    yield from (Place(path) for path in made_paths(library, shown, today))
    yield from (Place(file.path, None, "broken") for file in library.files if file.broken)
    yield from (Place(source_path(entry), entry, held[entry.path]) for entry in library.entries)
    zone = library.project.zone
    yield from (Place(page.path, page, why_page_held(page, now, zone)) for page in library.pages)
    folders = {posixpath.dirname(e.path): held[e.path] for e in library.entries if e.is_folder}
    for path in library.attachments:
        parts = path.split("/")
        yield Place(path, None, folders.get("/".join(parts[:2]), "stray") if parts[0] in BY_FOLDER else None)


def _join(folder: str, path: str) -> str:
    """Join as a browser does: steps above the root stay at the root."""
    return posixpath.normpath(posixpath.join("/", folder, path.lstrip("/"))).lstrip("/")


def bare(address: str) -> str:
    """Return an address in the one form in which two are compared: no slash at either end, no `index.html`."""
    return address.strip("/").removesuffix("index.html").strip("/")


def _name(path: str) -> str:
    """Return what names a page among others: `x` of `incidents/x.md` and of `incidents/x/index.md`."""
    pure = PurePosixPath(path)
    return pure.parent.name if pure.stem == "index" and pure.parent.name else pure.name.removesuffix(".md")
