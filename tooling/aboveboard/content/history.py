"""What git knows, where there is git. Everything here may be missing, and then nothing is said."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

# What git is told by whoever runs us from one of its hooks; it would look into that repository and no other.
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")


def environment_for_git() -> dict[str, str]:
    """Return the environment in which git finds the repository of the folder that it is run in."""
    return {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}


def author_name(root: Path) -> str | None:
    """Return the name git would sign a commit with in `root`; never an e-mail address."""
    return _git(root, "config", "user.name")


def files_touched_by(author: str, root: Path, folder: Path) -> list[str]:
    """Return the files under `folder` that an author's commits touched, newest first, relative to `root`.

    At most the last 200 commits of that folder are looked at.
    """
    log = _git(
        root,
        "log",
        "-n200",
        "--no-renames",
        "--format=%x00%an",
        "--name-only",
        "--relative",
        "--",
        str(folder),
    )
    touched: dict[str, None] = {}
    for commit in (log or "").split("\0"):
        name, _, files = commit.partition("\n")
        if name == author:
            touched.update(dict.fromkeys(line for line in files.split("\n") if line))
    return list(touched)


def versions_of(file: Path, root: Path) -> Iterator[str]:
    """Yield the texts that a file of `root` had in the last 50 commits that changed it, newest first."""
    name = file.relative_to(root).as_posix()
    for commit in (_git(root, "log", "-n50", "--format=%H", "--", name) or "").split():
        text = _git(root, "show", f"{commit}:./{name}")
        if text is not None:
            yield text


def _git(root: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *words],
            cwd=root, capture_output=True, timeout=20, check=False, env=environment_for_git(),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").strip() or None if done.returncode == 0 else None
