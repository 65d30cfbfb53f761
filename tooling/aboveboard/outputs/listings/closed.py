"""The closed register: every item that is closed by exception, without its content."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer


def closed_page(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of closed items: those past their review first, as somebody has to decide again."""
    path = "closed/index.md"
    about = "What is not published here, and why."
    records = sorted(library.registers.closed.values(), key=lambda record: (record.review_by, record.ref))
    past = [record for record in records if record.review_by < library.today]
    kept = [record for record in records if record.review_by >= library.today]
    yield Page(path, "Closed", Renderer(library, path)("closed", about=about, past=past, kept=kept), about)
