"""Look at what was built before anybody else does: everything there, nothing too much, no dead link."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from aboveboard.content.library import Library
from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.links import address, source_path

_LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "video": "src"}
_ORIGIN = "http://site.invalid/"
# Finds every address that the parser would, and some that it would not: cheap, for pages that have no dead link.
_ADDRESS = re.compile(r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TURNS = re.compile(r"(?:^|/)(?:\.{1,2}(?:/|$)|/)")
_PLAIN = re.compile(r"(?:\.\./)*[a-z0-9_./-]*(?:#|$)")


def missing_pages(files: Collection[str], library: Library, public: PublicLibrary) -> Iterator[str]:
    """Yield what is missing among a site's files, and what should not be there, a line each."""
    directory_urls = public.project.directory_urls
    shown = {entry.id for entry in public.entries}
    # The address of what was withdrawn says so; it is no page of the entry.
    kept = {stone.id for stone in public.tombstones}
    for entry in public.entries:
        if file_of(address(source_path(entry), directory_urls)) not in files:
            yield f"the page of {entry.path} is missing"
    for entry in library.entries:
        if entry.id not in shown | kept and file_of(address(source_path(entry), directory_urls)) in files:
            yield f"{entry.path} is not public, and a page stands at its address"


def dead_links(path: str, html: str, files: Collection[str]) -> Iterator[str]:
    """Yield the links of one page that lead to none of a site's files, a line each; `path`: the page's own."""
    # The page for missing pages links from the root, wherever the root is.
    if path == "404.html":
        return
    found = {a or b or c for a, b, c in _ADDRESS.findall(html)}
    if all(_leads(path, link, files) for link in found):
        return
    parser = _Links()
    parser.feed(html)
    for link in dict.fromkeys(parser.links):
        if not _leads(path, link, files):
            yield f"{path} links to {link}, which is not there"


def verify_site(site: Path, library: Library, public: PublicLibrary) -> Iterator[str]:
    """Yield what is wrong with a built site, a line each; `site` is its root folder."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    yield from missing_pages(files, library, public)
    for path in sorted(files):
        if path.endswith(".html"):
            yield from dead_links(path, (site / path).read_text(encoding="utf-8"), files)


def file_of(path: str) -> str:
    """Return the file of a site that answers at an address, as links have it: `incidents/x/`."""
    target = unquote(path)
    return f"{target}index.html" if path.endswith("/") or not path else target


def _leads(path: str, link: str, files: Collection[str]) -> bool:
    """Tell whether a link leads to a file of the site, or off the site."""
    if _PLAIN.match(link):
        # By far the most: resolved without taking an address apart.
        target = link.partition("#")[0]
        root = "../" * path.count("/")
        below = target[len(root) :]
        if target.startswith(root) and not _TURNS.search(below):
            # From the site's root, as header and footer have them.
            wanted = below
        else:
            wanted = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), target)) if target else path
    else:
        parts = urlsplit(urljoin(_ORIGIN + path.removesuffix("index.html"), link))
        if not parts.geturl().startswith(_ORIGIN):
            return True
        target = wanted = unquote(parts.path)
    wanted = wanted.strip("/")
    return (wanted in files and not target.endswith("/")) or f"{wanted}/index.html".lstrip("/") in files


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name == _LOADS.get(tag) or (tag == "a" and name == "href")):
                self.links.append(value)
