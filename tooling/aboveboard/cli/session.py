"""What commands share: the project they were run in, and the instant they count from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aboveboard.content.project import Project, find_project
from aboveboard.content.store import Store
from aboveboard.engine.clock import take_now
from aboveboard.errors import UserError

if TYPE_CHECKING:
    from aboveboard.content.library import Library


@dataclass(frozen=True, slots=True)
class Session:
    """One run of one command."""

    project: Project
    now: datetime

    @property
    def today(self) -> date:
        """The day it is in the site's zone."""
        return self.now.astimezone(self.project.zone).date()

    @property
    def store(self) -> Store:
        """What was worked out in earlier runs."""
        return Store.open(self.project.root)

    def library(self) -> Library:
        """Return everything that lies in the project; what did not change is remembered."""
        # Whoever only looks at what is remembered does not wait for all that reads.
        from aboveboard.content.library import load_library

        return load_library(self.project, self.store)


def open_session() -> Session:
    """Return the project of the current command and now; raise UserError where there is no project."""
    folder = Path(click.get_current_context().obj)
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder")
    project = find_project(folder)
    return Session(project, take_now(zone=project.zone))


def say_now(session: Session) -> None:
    """Say on stderr from which instant the answer counts, in the site's zone."""
    local = session.now.astimezone(session.project.zone)
    click.echo(f"as of {local:%Y-%m-%d %H:%M} {session.project.zone}", err=True)


def shown_path(path: Path) -> str:
    """Return a path as it can be typed here: relative where it lies below this folder, else whole."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
