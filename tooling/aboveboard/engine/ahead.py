"""Reading and checking what is new, a file at a time and on all cores, so that each is parsed once for both.

What is found goes into the cache, from which both then answer; what a page needs to know of its text is there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.content.project import Project
from aboveboard.content.reread import uncollected
from aboveboard.content.sources import Sources
from aboveboard.content.store import Store
from aboveboard.engine.workers import Job, helpers_for, share

if TYPE_CHECKING:
    from aboveboard.checks.context import Desk
    from aboveboard.checks.study import Studied

ROOM = "entry"
AT_ONCE = 20
# Of so few the cache is asked one by one which it knows.
_FEW = 50


@dataclass(frozen=True, slots=True)
class _Recipe:
    config: Path
    now: datetime


def study_ahead(project: Project, sources: Sources, now: datetime, store: Store) -> None:
    """Read and check what nothing is remembered of, in more processes where so much is new that they pay."""
    new = [(kind.name, path) for kind, path in sources.scan.entries if path in sources.read]
    new = [(kind, path) for kind, path in new if not sources.is_on_roll(path)]
    keys = {path: sources.key(path) for _, path in new}
    there = store.get_many(ROOM, keys.values()) if len(new) < _FEW else store.keys(ROOM)
    new = [(kind, path) for kind, path in new if keys[path] not in there]
    if not new:
        return
    # Imported only here: the rules take long, and most builds find that everything is known.
    from aboveboard.checks.study import keep_studied

    pieces = [
        [(kind, path, sources.read[path].data) for kind, path in new[start : start + AT_ONCE]]
        for start in range(0, len(new), AT_ONCE)
    ]
    job = Job(_tools, _Recipe(project.config, now), _study, _end)
    tools = _tools(job.recipe)
    with uncollected():
        # What is imported and compiled for the first ones, forked processes have then.
        first = _study(tools, pieces[0])
        rest = share(job, tools, [pieces[1:]], lambda done: None, helpers_for(len(new)))
        keep_studied(store, sources, chain(first, chain.from_iterable(rest)))


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
