"""The published folder: a link to a release, replaced in one step. A failed build never touches it.

site -> .site-releases/20261123-090000-abc
.site-releases/building-xyz      a build under way, or one that was killed

A build that changes little begins with the files of the live release, which both then have (hard links). The
release before the last is taken for that, where there is one: it has nearly all of them already.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Mapping
from pathlib import Path

from aboveboard.content.store import Store
from aboveboard.engine.listed import files_in
from aboveboard.errors import UserError

KEPT = 3
STALE_SECONDS = 3600


def begin(site: Path) -> Path:
    """Return a new empty folder to build into, beside `site`; raise UserError where none can be made."""
    folder = _folder(site)
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            # A web server must be able to go through it, whoever runs us.
            folder.chmod(0o755)
        _sweep(folder)
        return Path(tempfile.mkdtemp(prefix="building-", dir=folder))
    except OSError as error:
        raise UserError(f"cannot build in {folder}: {error.strerror}") from None


def current(site: Path) -> Path | None:
    """Return the release that is published at `site`, or None where there is none of ours."""
    release = site.resolve() if site.is_symlink() else None
    return release if release and release.parent == _folder(site).resolve() and release.is_dir() else None


def spare_of(site: Path, keep: int = KEPT) -> Path | None:
    """Return the oldest release that is kept, when one more would be one too many: a build may begin with it."""
    found = sorted(path for path in _folder(site).iterdir() if path.name[:1].isdigit())
    live = current(site)
    return found[0] if len(found) >= max(keep, 1) and (live is None or found[0].name != live.name) else None


def fill(
    building: Path,
    live: Path,
    files: Mapping[str, int],
    apart: str,
    spare: Path | None = None,
    store: Store | None = None,
) -> None:
    """Give a build, still empty, these files of the live release: their numbers in the file system, by path.

    `apart`: a folder that somebody else sees to; it may hold what it held in an older release. `spare`: a release
    that is turned into this one. `store`: where it may be remembered what that holds.
    """
    if spare is not None:
        building.rmdir()
        try:
            spare.rename(building)
        except OSError:
            # Somebody else's build took it at the same moment.
            building.mkdir()
    there = files_in(str(building), apart, store if spare else None)
    take_away(building, there.keys() - files.keys())
    root, made = str(live), set[str]()
    for path, number in files.items():
        if there.get(path) != number:
            _link(root, str(building), path, made)


def take_away(site: Path, paths: Collection[str]) -> None:
    """Remove these files of a site where they are there, and every folder that has nothing left in it."""
    for path in paths:
        (site / path).unlink(missing_ok=True)
    _drop_empty_folders(site, paths)


def write_new(path: str, data: bytes) -> None:
    """Write a file of a build; one that another release has too stays as it is there."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    try:
        file = open(path, "xb")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = open(path, "xb")
    with file:
        file.write(data)


def discard(building: Path) -> None:
    """Remove a build that came to nothing, and the folder that was made for it."""
    shutil.rmtree(building, ignore_errors=True)
    with contextlib.suppress(OSError):
        building.parent.rmdir()


def publish(building: Path, site: Path, keep: int = KEPT) -> Path | None:
    """Make a finished build the published one; return where a real folder in its way was moved to.

    `keep`: how many releases stay, the new one among them.
    """
    name = time.strftime("%Y%m%d-%H%M%S-", time.gmtime()) + building.name.removeprefix("building-")
    release = building.with_name(name)
    building.chmod(0o755)
    building.rename(release)
    link = release.with_name(f"link-{release.name}")
    moved = None
    try:
        link.symlink_to(os.path.relpath(release, site.parent), target_is_directory=True)
        moved = _move_aside(site)
        link.replace(site)
    except BaseException:
        _take_back(site, release, link, moved)
        raise
    _prune(site, release, max(keep, 1))
    return moved


def _folder(site: Path) -> Path:
    return site.parent / f".{site.name}-releases"


def _link(live: str, building: str, path: str, made: set[str]) -> None:
    source, target = f"{live}/{path}", f"{building}/{path}"
    above = os.path.dirname(target)
    if above not in made:
        os.makedirs(above, exist_ok=True)
        made.add(above)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(target)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _drop_empty_folders(building: Path, removed: Collection[str]) -> None:
    for path in removed:
        for folder in (building / path).parents:
            if folder == building:
                break
            with contextlib.suppress(OSError):
                folder.rmdir()


def _move_aside(site: Path) -> Path | None:
    if site.is_symlink() or not site.exists():
        return None
    aside = _folder(site) / time.strftime("moved-%Y%m%d-%H%M%S", time.gmtime())
    site.rename(aside)
    return aside


def _take_back(site: Path, release: Path, link: Path, moved: Path | None) -> None:
    """Leave everything as it was before a swap that came to nothing."""
    live = current(site)
    if live is None or live.name != release.name:
        link.unlink(missing_ok=True)
        if moved is not None and not os.path.lexists(site):
            moved.rename(site)
        discard(release)


def _prune(site: Path, current: Path, keep: int) -> None:
    """Keep the newest releases, for readers who are in the middle of one, and to go back to."""
    folder = _folder(site)
    older = sorted(path for path in folder.iterdir() if path.name[:1].isdigit() and path != current)
    for old in [*older[: max(0, len(older) + 1 - keep)], *sorted(folder.glob("moved-*"))[:-KEPT]]:
        shutil.rmtree(old, ignore_errors=True)


def _sweep(folder: Path) -> None:
    for left in [*folder.glob("building-*"), *folder.glob("link-*")]:
        try:
            if time.time() - left.lstat().st_mtime <= STALE_SECONDS:
                continue
        except OSError:  # somebody else's build is finished by now
            continue
        if left.is_symlink():
            left.unlink(missing_ok=True)
        else:
            shutil.rmtree(left, ignore_errors=True)
