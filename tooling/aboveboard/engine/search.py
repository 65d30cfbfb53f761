"""The search index: made when it is asked for, kept from build to build, and never let say what the pages don't.

A plain build gives the new release the index of the live one. Pages that were added or only grew make it older,
which a line says. Where a page left the public set, or lost a word, all of it is made again in the same build,
or dropped where Pagefind is not installed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from aboveboard.content.project import Project
from aboveboard.engine.indexed import read_held, still_says
from aboveboard.engine.pagefind import FOLDER, INSTALL, is_installed, pagefind_version, run_pagefind
from aboveboard.errors import BuildFailed

_ENTRY = "pagefind-entry.json"
_RECORD = "search.json"
# What search reads of each page, as a digest by address: `/incidents/x/`.
Pages = dict[str, str]


def has_index_of_its_own(files: Iterable[str]) -> bool:
    """Tell whether somebody put something where the index would be."""
    return any(path.startswith(f"{FOLDER}/") for path in files)


def is_fresh(project: Project, release: Path, pages: Pages) -> bool:
    """Tell whether a release has the index that would be made now: of the same words, by this Pagefind."""
    index = release / FOLDER
    return has_index(release) and _remembered(project, index) == pages and _made_by(index) == pagefind_version()


def has_index(release: Path) -> bool:
    """Tell whether a release can be searched."""
    return (release / FOLDER / _ENTRY).is_file()


def make_index(project: Project, building: Path, pages: Pages) -> str | None:
    """Make the index of a built site, which is not live yet; raise BuildFailed where that fails.

    Returns a line where there is nothing to index.
    """
    shutil.rmtree(building / FOLDER, ignore_errors=True)
    if not pages:
        return "search: there is no page to search yet, so no index was made"
    run_pagefind(building)
    _remember(project, building / FOLDER, pages)
    return None


def keep_index(project: Project, live: Path, building: Path, now: Pages) -> str | None:
    """Give a built site the index of the live one, where that has one.

    `now`: what search reads of its pages. Returns a line where the index is older than the pages, was made
    again, or was dropped.
    """
    old = live.resolve() / FOLDER
    if not (old / _ENTRY).is_file():
        shutil.rmtree(building / FOLDER, ignore_errors=True)
        return None
    then = _remembered(project, old)
    try:
        gone = _gone(old, building, now, then)
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return _renew(project, building, now, "the index could not be read")
    if gone:
        pages = "1 page" if gone == 1 else f"{gone} pages"
        return _renew(project, building, now, f"{pages} that it holds left the site or lost words")
    if not _is_same(old, building / FOLDER):
        shutil.rmtree(building / FOLDER, ignore_errors=True)
        shutil.copytree(old, building / FOLDER, copy_function=_link)
    return _age(now, then)


def age_of(project: Project, release: Path, pages: Pages) -> str | None:
    """Return a line where a release's index is older than its pages."""
    index = release / FOLDER
    return _age(pages, _remembered(project, index)) if (index / _ENTRY).is_file() else None


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two releases have one and the same index: they link to the same files, or to none."""
    try:
        return (one / _ENTRY).samefile(other / _ENTRY)
    except OSError:
        return False


def _gone(index: Path, building: Path, now: dict[str, str], then: dict[str, str] | None) -> int:
    """Return of how many pages an index says something that they no longer say."""
    known = then or {}
    if known and all(now.get(url) == digest for url, digest in known.items()):
        return 0
    unchanged = {url for url, digest in known.items() if now.get(url) == digest}
    return sum(1 for held in read_held(index) if held.url not in unchanged and not still_says(building, held))


def _renew(project: Project, building: Path, pages: Pages, why: str) -> str:
    shutil.rmtree(building / FOLDER, ignore_errors=True)
    if not is_installed():
        return f"search: {why}, so it was dropped; to make it again: {INSTALL}, then build --search"
    try:
        make_index(project, building, pages)
    except BuildFailed as error:
        # The pages matter more: what left them must leave the site, with the search or without.
        shutil.rmtree(building / FOLDER, ignore_errors=True)
        return f"search: {why}, so it was dropped: {'; '.join([str(error), *error.reasons])}"
    return f"search: {why}, so it was made again"


def _age(now: dict[str, str], then: dict[str, str] | None) -> str | None:
    if then is None:
        return "search: the index may be older than some pages; build --search renews it"
    changed = sum(1 for url, digest in now.items() if then.get(url) != digest)
    if not changed:
        return None
    return f"search: the index is older than {changed} changed page{'s'[: changed != 1]}; build --search renews it"


def _link(source: str, target: str) -> None:
    """A release's files are never written again, so both releases can have the same ones."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _identity(index: Path) -> str:
    """Pagefind names what it makes by its content, and the entry names all the rest."""
    return blake2b((index / _ENTRY).read_bytes(), digest_size=12).hexdigest()


def _made_by(index: Path) -> str | None:
    try:
        return str(json.loads((index / _ENTRY).read_bytes())["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remember(project: Project, index: Path, pages: dict[str, str]) -> None:
    """Note in the cache what the pages were like when an index was made; without it they are all compared."""
    record = json.dumps({"index": _identity(index), "pages": pages}, ensure_ascii=False, sort_keys=True)
    path = project.cache / _RECORD
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    beside.write_text(record, encoding="utf-8")
    beside.replace(path)


def _remembered(project: Project, index: Path) -> dict[str, str] | None:
    """Return the digests of the pages as an index has them, or None where nobody noted them."""
    try:
        record = json.loads((project.cache / _RECORD).read_text(encoding="utf-8"))
        return dict(record["pages"]) if record["index"] == _identity(index) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
