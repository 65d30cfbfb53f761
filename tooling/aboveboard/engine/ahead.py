"""Checking ahead, on all cores: what is found goes into the cache, from which the check then answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aboveboard.checks.inspection import ROOM, Inspection
from aboveboard.content.library import Library, load_library
from aboveboard.content.project import load_project
from aboveboard.content.store import Store
from aboveboard.engine.workers import Job, helpers_for, share

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class _Recipe:
    config: Path
    now: datetime


def check_ahead(library: Library, now: datetime, store: Store) -> None:
    """Check what nothing is remembered of, where there is so much of it that more processes pay."""
    inspection = Inspection(library, now, store)
    unknown = inspection.unknown()
    helpers = helpers_for(len(unknown))
    if not helpers:
        return
    # Asked once here, so that every process has the answer.
    _ = inspection.around.digest
    job = Job(_tools, _Recipe(library.project.config, now), _look, _end)
    pieces = [tuple(unknown[start : start + AT_ONCE]) for start in range(0, len(unknown), AT_ONCE)]
    for found in share(job, inspection, pieces, lambda done: None, helpers):
        store.put_many(ROOM, found)


def _tools(recipe: _Recipe) -> Inspection:
    project = load_project(recipe.config)
    assert project is not None
    store = Store.open(project.root)
    return Inspection(load_library(project, store), recipe.now, store)


def _look(inspection: Inspection, places: Sequence[int]) -> dict[bytes, bytes]:
    return inspection.look_ahead(places)


def _end(inspection: Inspection) -> None:
    """Nothing is left to do."""
