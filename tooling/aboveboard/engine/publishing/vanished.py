"""Addresses that readers have and that would lead nowhere: refused, with what to do about each."""

from __future__ import annotations

from pathlib import PurePosixPath

from aboveboard.content.kinds import BY_FOLDER
from aboveboard.engine.publishing.differences import Differences, address_of
from aboveboard.engine.publishing.manifest import Sums
from aboveboard.errors import BuildFailed


def refuse_vanished(differences: Differences, sums: Sums) -> None:
    """Raise BuildFailed where an address that readers have would lead nowhere, with what to do about each."""
    if not differences.vanished:
        return
    lines: list[str] = []
    for path in filter(_entry_of, differences.vanished):
        lines.append(f"{address_of(path)}  did it move? write this into `aliases:` of the entry")
        lines.append(f"  is it gone? put it back, then: aboveboard withdraw {_entry_of(path)} --why REASON")
    if others := [path for path in differences.vanished if not _entry_of(path)]:
        lines.append("what else would vanish can lead on, in the plugin's block of mkdocs.yml:")
        lines.append("  redirects:")
        lines += [f"    {address_of(path)}: {_nearest(path, sums)}" for path in others]
    if not differences.live.sealed:
        lines.append(f"or, if nobody has read {differences.live.where} yet, which `build` made: remove it")
    count = len(differences.vanished)
    raise BuildFailed(
        f"{count} address{'es' if count > 1 else ''} of the live site would lead nowhere; nothing was published",
        lines,
    )


def _entry_of(path: str) -> str | None:
    """Return the id of the entry that a file was the page of."""
    folder, _, rest = path.removesuffix(".html").removesuffix("/index").partition("/")
    return rest if folder in BY_FOLDER and rest[:1].isdigit() and "/" not in rest else None


def _nearest(path: str, sums: Sums) -> str:
    """Return the address of the page above one that vanished."""
    above = (f"{folder}/index.html" for folder in list(PurePosixPath(path).parents)[:-1])
    return address_of(next((page for page in above if page != path and page in sums), "index.html"))
