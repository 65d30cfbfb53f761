"""Every promise of every entry, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import promises
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

STATES = {"overdue": "Overdue", "open": "Open", "done": "Done", "dropped": "Dropped"}
ELSEWHERE = "Promised elsewhere, as reported"


def action_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of all actions, by state."""
    path = "actions/index.md"
    today = library.today
    found = promises(library.entries)
    ours = [promise for promise in found if not promise.entry.is_retold]
    groups = [(label, [p for p in ours if p.state(today) == name]) for name, label in STATES.items()]
    groups.append((ELSEWHERE, [promise for promise in found if promise.entry.is_retold]))
    about = "What we promised, and whether we kept it."
    body = Renderer(library, path)("actions", groups=[g for g in groups if g[1]], about=about, today=today)
    yield Page(path, "Actions", body, about)
