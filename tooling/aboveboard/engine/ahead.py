"""Reading and checking what is new, a file at a time and on all cores, so that each is parsed once for both.

What is found goes into the cache, from which both then answer; what a page needs to know of its text is there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

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


def study_ahead(desk: Desk, sources: Sources, now: datetime, store: Store) -> None:
    """Read and check what nothing is remembered of, in more processes where so much is new that they pay."""
    new = _unknown(desk, sources, store)
    if not new:
        return
    # Imported only here: most builds find that everything is known.
    from aboveboard.checks.study import keep_studied
    from aboveboard.content.reread import uncollected

    pieces = [
        [(kind, path, sources.read[path].data) for kind, path in new[start : start + AT_ONCE]]
        for start in range(0, len(new), AT_ONCE)
    ]
    tools = desk, now
    job = Job(_tools, tools, _study, _end)
    with uncollected():
        # What is imported and compiled for the first ones, forked processes have then.
        first = _study(tools, pieces[0])
        rest = share(job, tools, [pieces[1:]], lambda done: None, helpers_for(len(new)))
        keep_studied(store, sources, chain(first, chain.from_iterable(rest)))


def _unknown(desk: Desk, sources: Sources, store: Store) -> list[tuple[str, str]]:
    """Return the kind and path of each entry that was not read before, or not checked at this desk."""
    from aboveboard.checks.inspection import ROOM as FOUND
    from aboveboard.checks.inspection import file_key
    from aboveboard.checks.quiet import is_noted

    # Where all were asked at this desk, nearly everything is known, and who is on the roll need not be looked for.
    noted = is_noted(store, desk)
    known = sources.on_roll if noted else ()
    entries = [(k.name, path) for k, path in sources.scan.entries if path not in known and path in sources.read]
    if noted:
        keys = {path: sources.key(path) for _, path in entries}
        read = store.get_many(ROOM, keys.values()).keys() if len(entries) < _FEW else store.keys(ROOM)
        return [(kind, path) for kind, path in entries if keys[path] not in read]
    read, found = store.keys(ROOM), store.keys(FOUND)
    return [
        (kind, path)
        for kind, path in entries
        if sources.key(path) not in read or file_key(kind, path, sources.read[path].digest, desk) not in found
    ]


def _tools(tools: tuple[Desk, datetime]) -> tuple[Desk, datetime]:
    return tools


def _study(tools: tuple[Desk, datetime], piece: Sequence[tuple[str, str, bytes]]) -> list[Studied]:
    from aboveboard.checks.study import study

    desk, now = tools
    return [study(desk, now, kind, path, data) for kind, path, data in piece]


def _end(tools: object) -> None:
    """Nothing is left to do."""
