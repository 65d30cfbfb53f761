"""Look at what was built before anybody else does: everything there, nothing too much, no dead link.

Asked page by page while a site is built; `looked_over` looks at the finished site, and for more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from aboveboard.content.library import Library
from aboveboard.content.public import PublicLibrary
from aboveboard.engine.ledger import Ledger
from aboveboard.engine.looking.ground import Ground
from aboveboard.outputs.links import file_of, source_path
from aboveboard.outputs.machines.redirects import redirected_files

# Finds every address that the parser would, and some that it would not: cheap, for pages that have no dead link.
_VALUE = r"""\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_ADDRESS = re.compile(rf"\b(?:href|src)\s*={_VALUE}", re.IGNORECASE)
# The same where no `=` stands apart: looked for by that sign it takes a tenth of the time.
_CLOSE_ADDRESS = re.compile(rf"=(?:(?<=\b(?i:href)=)|(?<=\b(?i:src)=)){_VALUE}")
_APART = re.compile(r"=(?<=\s=)")


def absent_pages(files: Collection[str], public: PublicLibrary) -> Iterator[str]:
    """Yield which pages of public entries are missing among a site's files, a line each."""
    for entry in public.entries:
        if file_of(source_path(entry), public.project.directory_urls) not in files:
            yield f"the page of {entry.path} is missing"


def missing_pages(files: Collection[str], library: Library, public: PublicLibrary) -> Iterator[str]:
    """Yield what is missing among a site's files, and what should not be there, a line each."""
    yield from absent_pages(files, public)
    # The address of what was withdrawn says so; it is no page of the entry.
    kept = {e.id for e in public.entries} | {stone.id for stone in public.tombstones}
    led = redirected_files(library.project)
    for entry in library.entries:
        file = file_of(source_path(entry), library.project.directory_urls)
        if entry.id not in kept and file in files and file not in led:
            yield f"{entry.path} is not public, and a page stands at its address"


def dead_links(path: str, html: str, ground: Ground) -> Iterator[str]:
    """Yield the links of one page that lead to none of a site's files, a line each; `path`: the page's own."""
    if any(True for _ in ground.dead_among(path, addresses_in(html))):
        # Imported only here: nearly every page has none.
        from aboveboard.engine.looking.page import read_page

        links = read_page(html).links
        dead = set(ground.dead_among(path, links.keys()))
        yield from (f"{path} links to {link}, which is not there" for link in links if link in dead)


def addresses_in(html: str) -> set[str]:
    """Return whatever may be an address in a page, as it is written."""
    pattern = _ADDRESS if _APART.search(html) else _CLOSE_ADDRESS
    return {a or b or c for a, b, c in pattern.findall(html)}


def verify_site(site: Path, library: Library, public: PublicLibrary) -> Iterator[str]:
    """Yield what is wrong with a built site, a line each; `site` is its root folder."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    ground = Ground(files, library.project.site_url)
    yield from missing_pages(files, library, public)
    for path in sorted(files):
        if path.endswith(".html"):
            yield from dead_links(path, (site / path).read_text(encoding="utf-8"), ground)


def look_again(
    ledger: Ledger, kept: Collection[str], vanished: bool, building: Path, site_url: str | None
) -> None:
    """Look once more at the links of pages that were kept, where what they lead to may have gone or come.

    `vanished`: whether the site lacks a file that it had. What is found is noted in the ledger.
    """
    ground = Ground(ledger.files.keys() | set[str](), site_url)
    for name in kept:
        row = ledger.rows[name]
        if vanished or row.dead:
            pages = [path for path in row.files if path.endswith(".html")]
            dead = [line for path in pages for line in dead_links(path, _read(building / path), ground)]
            ledger.rows[name] = row._replace(dead=tuple(dead))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
