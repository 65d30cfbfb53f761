"""What stands where on the site: the addresses that links can lead to, and what the public cannot see of them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Document
from aboveboard.content.entry import Entry
from aboveboard.errors import nearest

THEME = ("404.html", "sitemap.xml", "search/search_index.json")


@dataclass(frozen=True, slots=True)
class Place:
    """Something that a link can lead to, by its path in the site's source.

    `page`: the path in the content folder of what is written there. `held`: why the public does not see it.
    """

    path: str
    page: str | None = None
    held: str | None = None


class Site:
    """All places of a library, by path in the source; `addresses` leads from an address on the site to a path."""

    def __init__(
        self,
        places: Mapping[str, Place],
        addresses: Mapping[str, str],
        site_url: str | None = None,
        directory_urls: bool = True,
    ) -> None:
        self.places, self.addresses = places, addresses
        self.directory_urls = directory_urls
        self.root = urlsplit(site_url or "").path or "/"

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Paths by the name that tells a page from others, for guesses."""
        return {_name(path): path for path in sorted(self.places.keys() - set(THEME), reverse=True)}

    def address(self, path: str) -> str:
        """Return the address of a source path below the site's root: `incidents/x/`."""
        return address_of(path, self.directory_urls)

    def find(self, here: str, path: str, raw: bool) -> Place | None:
        """Return what a link on the page at source path `here` leads to.

        A path in Markdown is one of the source first, as MkDocs has it. What is no source path, and
        any path in raw HTML, reaches the browser as it is and is resolved against the page's address.
        """
        if path.startswith("/"):
            return self._at_root(path)
        if not raw and (place := self.places.get(_join(posixpath.dirname(here), path))):
            return place
        return self._at(bare(_join(self._folder(here), path)))

    def suggest(self, here: str, path: str, raw: bool) -> str | None:
        """Return how the place that was most likely meant is written on the page `here`, or None."""
        wanted = _join("" if path.startswith("/") else posixpath.dirname(here), path.strip("/"))
        tries = (wanted, f"{wanted}.md", f"{wanted}/index.md", wanted.removesuffix(".html") + ".md")
        found = next((place for place in tries if place in self.places), None)
        if found is None:
            found = self.addresses.get(bare(_join(self._folder(here), path)))
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

    def _at(self, address: str) -> Place | None:
        path = self.addresses.get(address)
        return self.places[path] if path is not None else None

    def _at_root(self, path: str) -> Place | None:
        if not path.startswith(self.root):
            # Some other site on the same host, unless it is plainly ours with the prefix forgotten.
            return None if bare(path) in self.addresses else Place(path)
        return self._at(bare(_join("", path.removeprefix(self.root))))

    def _folder(self, here: str) -> str:
        address = self.address(here)
        return address if address.endswith("/") else posixpath.dirname(address)


def address_of(path: str, directory_urls: bool) -> str:
    """Return the address of a source path below the site's root."""
    if not path.endswith(".md"):
        return path
    folder, _, name = path.rpartition("/")
    is_index = name in ("index.md", "README.md")
    if not directory_urls:
        return f"{folder}/index.html".lstrip("/") if is_index else f"{path[:-3]}.html"
    stem = folder if is_index else path[:-3]
    return f"{stem}/" if stem else ""


def source_path(document: Document) -> str:
    """Return where a document stands in the site's source."""
    if not isinstance(document, Entry):
        return document.path
    ending = "/index.md" if document.is_folder else ".md"
    return f"{document.kind.folder}/{document.id}{ending}"


def is_held_back(document: Document, context: Context) -> bool:
    """Tell whether the public does not see a document."""
    place = context.surroundings.site.places.get(source_path(document))
    return place is not None and place.held is not None


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
