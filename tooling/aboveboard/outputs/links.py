"""Addresses: from a path in the site's source to the one on the site, and from page to page."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin

from aboveboard.content.entry import Entry
from aboveboard.content.project import Project
from aboveboard.content.public import Tombstone
from aboveboard.content.weeks import Week
from aboveboard.insight.lessons import Learned

LATEST = "weeknotes/latest/index.html"
BY_OWNER = "actions/by-owner.md"
NO_OWNER = "no--owner"  # no slug has two hyphens in a row, so no owner is called that


def source_path(entry: Entry | Tombstone) -> str:
    """Return where an entry's page stands in the site's source, or what is left of it when it was withdrawn."""
    ending = "/index.md" if entry.is_folder else ".md"
    return f"{entry.kind.folder}/{entry.id}{ending}"


def lesson_path(learned: Learned) -> str:
    """Return the page on which a lesson stands for good, below its `anchor`."""
    return year_path("lessons", learned.year)


def year_path(folder: str, year: int) -> str:
    """Return the page of a year among the `years` or the `lessons`."""
    return f"{folder}/{year:04d}.md"


def month_path(year: int, month: int) -> str:
    """Return the page of a month, where its year has more than one page."""
    return f"years/{year:04d}-{month:02d}.md"


def owner_path(owner: str) -> str:
    """Return the page of an owner's promises, where there are many."""
    return f"actions/by-owner/{owner}.md"


def numbered_path(path: str, number: int) -> str:
    """Return the page of older ones that belongs to a page: `teams/platform/1.md` to `teams/platform.md`.

    Nothing else can be there: slugs name the pages beside `path`, and none below it.
    """
    return f"{path.removesuffix('.md')}/{number}.md"


def week_path(week: Week) -> str:
    """Return the page of a week."""
    return f"weeks/{week.slug}.md"


@lru_cache(maxsize=1 << 16)
def address(path: str, directory_urls: bool = True) -> str:
    """Return the address of a source path below the site's root, percent-encoded: `incidents/x/`."""
    pure = PurePosixPath(path)
    if pure.suffix != ".md":
        return quote(path)
    if pure.stem == "README":
        # MkDocs takes both names for a folder's own page.
        pure = pure.with_stem("index")
    stem = str(pure.with_suffix(""))
    if not directory_urls:
        return quote(f"{stem}.html")
    folder = str(pure.parent) if pure.stem == "index" else stem
    return "" if folder == "." else quote(f"{folder}/")


def file_of(path: str, directory_urls: bool = True) -> str:
    """Return the file that is written for a source path: `incidents/x/index.html`."""
    pure = PurePosixPath(path)
    if pure.suffix != ".md":
        return path
    if pure.stem in ("index", "README"):
        return str(pure.with_name("index.html"))
    return f"{pure.with_suffix('')}/index.html" if directory_urls else str(pure.with_suffix(".html"))


def url_for(project: Project, here: str, there: str, anchor: str = "") -> str:
    """Return the relative link from the page at source path `here` to the page or file `there`."""
    start = address(here, project.directory_urls)
    target = address(there, project.directory_urls)
    folder = start if start.endswith("/") or not start else posixpath.dirname(start)
    return _relative(folder, target) + (f"#{quote(anchor)}" if anchor else "")


def _relative(folder: str, target: str) -> str:
    """Return the way from a folder to an address, both below the site's root: `../../incidents/x/`."""
    if ".." in folder or ".." in target:
        relative = posixpath.relpath(target or ".", folder or ".")
        return relative if target and not target.endswith("/") else f"{relative}/"
    up = [part for part in folder.split("/") if part]
    if not up or not target.startswith(f"{up[0]}/"):
        # Nothing of the way is the same, as from an entry to a team.
        return "../" * len(up) + target or "./"
    down = target.split("/")
    shared = 0
    while shared < min(len(up), len(down) - 1) and up[shared] == down[shared]:
        shared += 1
    return "../" * (len(up) - shared) + "/".join(down[shared:]) or "./"


def absolute(project: Project, path: str) -> str | None:
    """Return the full address of a source path, or None while the site has no `site_url`."""
    if project.site_url is None:
        return None
    return _joined(project.site_url, address(path, project.directory_urls))


@lru_cache(maxsize=1 << 16)
def _joined(base: str, path: str) -> str:
    return urljoin(base, path)


def reply_link(contact: str, title: str, url: str | None) -> str:
    """Return where to reply to one page: the site's `contact` with the page's title and address in it.

    `{title}` and `{url}` become them, percent-encoded; without an address `{url}` is the empty text. A mailbox
    whose subject nobody wrote gets the title as its subject. Source: RFC 6068.
    """
    # A line break in a subject could begin another header.
    written = quote(" ".join(title.split()), safe="")
    link = contact.replace("{title}", written).replace("{url}", quote(url or "", safe=""))
    if not contact.startswith("mailto:") or "subject=" in contact.partition("?")[2].lower():
        return link
    return f"{link}{'&' if '?' in link else '?'}subject={written}"
