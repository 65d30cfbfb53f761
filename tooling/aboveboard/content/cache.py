"""Where a project keeps what it worked out before."""

from __future__ import annotations

from pathlib import Path

CACHE = ".aboveboard"
# In the cache: the files of the commit that is published, apart from those that somebody works on.
COMMIT = "commit"


def cache_of(root: Path) -> Path:
    """Return the cache folder of the project at `root`.

    Where a commit is published its files lie in the cache itself: there they have the cache of the project that
    they are a commit of. A place tells that in every process; nothing has to be handed on.
    """
    for folder in (root, *root.parents):
        if folder.name == COMMIT and folder.parent.name == CACHE:
            return folder.parent
    return root / CACHE


def make_cache_folder(folder: Path) -> None:
    """Make a project's cache folder, if it is not there, and keep git from looking into it."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        # Also where a repository's own list does not know the folder, nobody commits it.
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
