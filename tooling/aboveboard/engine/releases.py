"""The published folder: a link to a release, replaced in one step. A failed build never touches it.

site -> .site-releases/20261123-090000-abc
.site-releases/building-xyz      a build under way, or one that was killed
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from aboveboard.errors import UserError

KEPT = 2
STALE_SECONDS = 3600


def begin(site: Path) -> Path:
    """Return a new empty folder to build into, beside `site`; raise UserError where none can be made."""
    folder = _folder(site)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        return Path(tempfile.mkdtemp(prefix="building-", dir=folder))
    except OSError as error:
        raise UserError(f"cannot build in {folder}: {error.strerror}") from None


def discard(building: Path) -> None:
    """Remove a build that came to nothing."""
    shutil.rmtree(building, ignore_errors=True)


def publish(building: Path, site: Path) -> Path | None:
    """Make a finished build the published one; return where a real folder in its way was moved to."""
    name = time.strftime("%Y%m%d-%H%M%S-", time.gmtime()) + building.name.removeprefix("building-")
    release = building.with_name(name)
    building.chmod(0o755)
    building.rename(release)
    moved = _move_aside(site)
    link = release.with_name(f"link-{release.name}")
    link.symlink_to(os.path.relpath(release, site.parent), target_is_directory=True)
    link.replace(site)
    _prune(site, release)
    return moved


def _folder(site: Path) -> Path:
    return site.parent / f".{site.name}-releases"


def _move_aside(site: Path) -> Path | None:
    if site.is_symlink() or not site.exists():
        return None
    aside = _folder(site) / time.strftime("moved-%Y%m%d-%H%M%S", time.gmtime())
    site.rename(aside)
    return aside


def _prune(site: Path, current: Path) -> None:
    """Keep the newest releases, for readers who are in the middle of one, and to go back to."""
    folder = _folder(site)
    releases = sorted(path for path in folder.iterdir() if path.name[:1].isdigit())
    for old in [*releases[:-KEPT], *sorted(folder.glob("moved-*"))[:-KEPT]]:
        if old != current:
            shutil.rmtree(old, ignore_errors=True)


def _sweep(folder: Path) -> None:
    for left in folder.glob("building-*"):
        if time.time() - left.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
