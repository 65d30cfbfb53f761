"""The closed register: every item that is closed by exception, without its content."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.public import PublicLibrary
from aboveboard.insight.closed import needs_decision, opened_again, still_closed
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer


def closed_page(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of closed items: those past their review first, as somebody has to decide again."""
    path = "closed/index.md"
    about = "What is not published here, and why."
    past = needs_decision(library.registers, library.today)
    kept = [record for record in still_closed(library.registers) if record not in past]
    opened = opened_again(library.registers)
    body = Renderer(library.frame, path)("closed", about=about, past=past, kept=kept, opened=opened)
    yield Page(path, "Closed", body, about)
