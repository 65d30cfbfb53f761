"""Every lesson of every entry."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.kinds import KINDS
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.lessons import lessons
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer


def lesson_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of all lessons, by the kind of entry that taught them."""
    path = "lessons/index.md"
    groups = [(kind, lessons(library.of_kind(kind))) for kind in KINDS]
    about = "What we learned, from everything we published."
    body = Renderer(library, path)("lessons", groups=[g for g in groups if g[1]], about=about)
    yield Page(path, "Lessons", body, about)
