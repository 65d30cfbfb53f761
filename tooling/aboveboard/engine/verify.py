"""Look at what was built before anybody else does: everything there, nothing too much, no dead link."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from aboveboard.content.library import Library
from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.links import address, source_path

_LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "video": "src"}
_ORIGIN = "http://site.invalid/"


def verify_site(site: Path, library: Library, public: PublicLibrary) -> Iterator[str]:
    """Yield what is wrong with a built site, a line each; `site` is its root folder."""
    directory_urls = public.project.directory_urls
    shown = {entry.id for entry in public.entries}
    # The address of what was withdrawn says so; it is no page of the entry.
    kept = {stone.id for stone in public.tombstones}
    for entry in public.entries:
        if not _page(site, address(source_path(entry), directory_urls)).is_file():
            yield f"the page of {entry.path} is missing"
    for entry in library.entries:
        page = _page(site, address(source_path(entry), directory_urls))
        if entry.id not in shown | kept and page.exists():
            yield f"{entry.path} is not public, and a page stands at its address"
    yield from _dead_links(site)


def _page(site: Path, path: str) -> Path:
    target = site / unquote(path)
    return target / "index.html" if path.endswith("/") or not path else target


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, bool]] = []
        self.base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name == _LOADS.get(tag) or (tag == "a" and name == "href")):
                self.links.append((value, tag != "a"))


def _dead_links(site: Path) -> Iterator[str]:
    known = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for path in sorted(known):
        # The page for missing pages links from the root, wherever the root is.
        if not path.endswith(".html") or path == "404.html":
            continue
        parser = _Links()
        parser.feed((site / path).read_text(encoding="utf-8"))
        for link, _ in dict.fromkeys(parser.links):
            target = urlsplit(urljoin(_ORIGIN + path.removesuffix("index.html"), link))
            if not target.geturl().startswith(_ORIGIN):
                continue
            wanted = unquote(target.path).lstrip("/")
            if wanted not in known and f"{wanted.rstrip('/')}/index.html".lstrip("/") not in known:
                yield f"{path} links to {link}, which is not there"
