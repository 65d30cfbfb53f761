"""The first page: what this is, what is going on now, what is new, what was learned and promised."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.kinds import INCIDENT, KINDS
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import open_promises
from aboveboard.insight.incidents import going_on
from aboveboard.insight.lessons import lessons
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

NEWEST = 3
FEW = 5


def home_page(library: PublicLibrary) -> Iterator[Page]:
    """Yield the home page."""
    path = "index.md"
    project = library.project
    today = library.today
    body = Renderer(library, path)(
        "home",
        going_on=going_on(library.of_kind(INCIDENT), today),
        newest=[(kind, library.of_kind(kind)[:NEWEST]) for kind in KINDS],
        lessons=lessons(library.entries)[:FEW],
        promises=open_promises(library.entries)[:FEW],
        today=today,
    )
    yield Page(path, project.site_name, body, project.site_description or "")
