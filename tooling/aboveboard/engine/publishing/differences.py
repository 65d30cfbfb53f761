"""What a new release changes for its readers: the pages that are added, changed, and gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from aboveboard.engine import releases
from aboveboard.engine.pagefind import FOLDER as INDEX
from aboveboard.engine.publishing.manifest import RELEASE, SUMS, Sums, parse_sums, sums_of
from aboveboard.engine.web import fetch
from aboveboard.errors import UserError

_ENTRY = f"{INDEX}/pagefind-entry.json"
_PAGES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Live:
    """What readers have now. `where`: as a message names it. `sealed`: whether `publish` made it."""

    where: str
    sums: Sums
    sealed: bool = True

    @property
    def has_search(self) -> bool:
        return _ENTRY in self.sums


@dataclass(frozen=True, slots=True)
class Differences:
    """Paths of pages, in order, and how many other files differ. `live`: with what it was compared."""

    live: Live
    added: tuple[str, ...]
    changed: tuple[str, ...]
    vanished: tuple[str, ...]
    others: int


def find_live(site: Path, against: str | None) -> Live:
    """Return what is published at `site`, or at another folder or address; nothing may be there yet.

    Raises UserError where that cannot be found out.
    """
    if against is None:
        release = releases.current(site)
        folder = release or site
        if not folder.is_dir():
            return Live(str(site), {})
        return Live(str(site), sums_of(folder), (folder / SUMS).is_file())
    if "://" in against:
        return _fetch_live(against.rstrip("/"))
    if not Path(against).is_dir():
        raise UserError(f"--against {against}: there is no such folder; an address begins with https://")
    return Live(against, sums_of(Path(against)), (Path(against) / SUMS).is_file())


def compare(live: Live, new: Sums) -> Differences:
    """Return what differs between what readers have and what they would get."""
    old = live.sums
    changed = [path for path in new if path in old and new[path] != old[path]]
    added, gone = [p for p in new if p not in old], [p for p in old if p not in new]
    others = [path for path in (*changed, *added, *gone) if not _is_page(path) and path not in (SUMS, RELEASE)]
    return Differences(live, _pages(added), _pages(changed), _pages(gone), len(others))


def address_of(path: str) -> str:
    """Return the address of a file, from the site's root, as a terminal can show it: `/incidents/x/`."""
    bare = path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
    return f"/{printable(bare)}"


def printable(text: str) -> str:
    """Return a text that others wrote without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def written_first(paths: Iterable[str], written: Collection[str]) -> tuple[list[str], list[str]]:
    """Part pages that somebody wrote from those that are derived of them."""
    ours: list[str] = []
    derived: list[str] = []
    for path in paths:
        (ours if path in written else derived).append(path)
    return ours, derived


def _fetch_live(url: str) -> Live:
    address = f"{url}/{SUMS}"
    found = fetch(address)
    if isinstance(found, str):
        raise UserError(
            f"{address} {found}, so nobody can tell which pages would vanish: try again, "
            "or compare with a copy of the site: --against DIR"
        )
    if found is None:
        return Live(url, {})
    return Live(url, parse_sums(found.decode("utf-8", "replace"), address))


def _pages(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted((path for path in paths if _is_page(path)), key=address_of))


def _is_page(path: str) -> bool:
    return path.endswith(_PAGES)
