"""Start a project: the files that a site needs, in an empty folder or an existing repository."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from aboveboard.authoring.host import WORKFLOWS, find_repository, pages_address
from aboveboard.authoring.scaffold import File, Values, project_files
from aboveboard.content.files import write_new
from aboveboard.content.project import CONFIG, Project, load_project
from aboveboard.errors import AlreadyExists, UserError

Host = Literal["github", "none"]


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was there already and was left alone.

    `add`: what it should have and has not; `within`: the setting that it belongs to, if any.
    """

    path: Path
    add: tuple[str, ...]
    within: str


@dataclass(frozen=True, slots=True)
class Started:
    """What was written, and what was left alone.

    `url`: the address that the site has in its settings. `given`: the one that its host gives it by itself.
    """

    written: list[Path]
    left: list[Left]
    url: str | None = None
    given: str | None = None


def start_project(folder: Path, name: str | None, url: str | None, host: Host, now: datetime) -> Started:
    """Write what is missing of a site; raise UserError where a site of another kind is in the way.

    Without a name the site is called after the folder; a site that is there already has its own. Without an
    address, one for GitHub Pages is read off the repository's remote.
    """
    if url is not None and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise UserError(f"--url: {url!r} is not an address: it begins with https://")
    there = _site_that_is_there(folder / CONFIG)
    top = find_repository(folder)
    if host == "github" and top not in (None, folder):
        raise UserError(
            f"--host github: GitHub looks for {WORKFLOWS} only at the top of a repository, {top}: start there"
        )
    given = pages_address(top) if host == "github" and top is not None else None
    started = Started([], [], there.site_url if there else url or given, given)
    values = Values.of(folder, there, name, url or started.url, now)
    for file in project_files(values, there, with_workflows=host == "github"):
        _write(folder, file, started)
    return started


def _site_that_is_there(config: Path) -> Project | None:
    there = load_project(config) if config.is_file() else None
    if config.is_file() and there is None:
        raise UserError(f"{config} is there and does not use the plugin: add `- aboveboard` to its `plugins:`")
    return there


def _write(folder: Path, file: File, started: Started) -> None:
    try:
        write_new(folder / file.path, file.text)
        started.written.append(folder / file.path)
    except AlreadyExists as error:
        text = error.path.read_text(encoding="utf-8", errors="replace") if error.path.is_file() else ""
        missing = tuple(line for line in file.needs if line not in text)
        started.left.append(Left(error.path, missing, file.within))
