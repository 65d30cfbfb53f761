"""The first page: what this is, what is going on now, what is new, what was learned and promised."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.kinds import INCIDENT, KINDS
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import register_of
from aboveboard.insight.changes import recent_changes
from aboveboard.insight.incidents import going_on
from aboveboard.insight.lessons import lessons
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

NEWEST = 3
FEW = 5
OPEN = 10
CHANGES = 12


def home_page(library: PublicLibrary) -> Iterator[Page]:
    """Yield the home page; every list on it is short, whatever the library holds."""
    path = "index.md"
    project, today = library.project, library.today
    register = register_of(library.entries, today)
    now, changes = going_on(library.of_kind(INCIDENT), today), recent_changes(library.entries, today)
    body = Renderer(library.frame, path)(
        "home",
        going_on=now[:OPEN],
        more_going_on=len(now[OPEN:]),
        newest=[(kind, library.of_kind(kind)[:NEWEST]) for kind in KINDS],
        lessons=lessons(library.entries)[:FEW],
        register=register,
        promises=[*register.overdue, *register.open][:FEW],
        changes=changes[:CHANGES],
        more_changes=len(changes[CHANGES:]),
        is_empty=not library.entries,
        today=today,
    )
    yield Page(path, project.site_name, body, project.site_description or "")
