"""Reading and checking ahead, on all cores: what is found goes into the cache, from which both then answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.content.project import Project
from aboveboard.content.sources import Sources
from aboveboard.content.store import Store
from aboveboard.engine.workers import Job, helpers_for, share

if TYPE_CHECKING:
    from aboveboard.checks.context import Desk
    from aboveboard.checks.study import Studied

ROOM = "entry"
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class _Recipe:
    config: Path
    now: datetime


def study_ahead(project: Project, sources: Sources, now: datetime, store: Store) -> None:
    """Read and check what nothing is remembered of, where there is so much of it that more processes pay."""
    known = sources.on_roll
    new = [(kind, path) for kind, path in sources.scan.entries if path not in known and path in sources.read]
    if not helpers_for(len(new)):
        return
    there = store.keys(ROOM)
    new = [(kind, path) for kind, path in new if sources.key(path) not in there]
    helpers = helpers_for(len(new))
    if not helpers:
        return
    # Imported only here: the rules take long, and most builds find that nearly everything is known.
    from aboveboard.checks.study import keep_studied

    pieces = [
        [(kind.name, path, sources.read[path].data) for kind, path in new[start : start + AT_ONCE]]
        for start in range(0, len(new), AT_ONCE)
    ]
    job = Job(_tools, _Recipe(project.config, now), _study, _end)
    found = share(job, _tools(job.recipe), pieces, lambda done: None, helpers)
    keep_studied(store, sources, (one for some in found for one in some))


def _tools(recipe: _Recipe) -> tuple[Desk, datetime]:
    from aboveboard.checks.context import Desk
    from aboveboard.content.project import load_project
    from aboveboard.content.registers import load_registers

    project = load_project(recipe.config)
    assert project is not None
    return Desk(project, load_registers(project.content)[0]), recipe.now


def _study(tools: tuple[Desk, datetime], piece: Sequence[tuple[str, str, bytes]]) -> list[Studied]:
    from aboveboard.checks.study import study

    desk, now = tools
    return [study(desk, now, kind, path, data) for kind, path, data in piece]


def _end(tools: object) -> None:
    """Nothing is left to do."""
