"""A list of all weeknotes and of all experiments, grouped as their readers look for them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import EXPERIMENT, WEEKNOTE, Kind
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.weeknotes import week_of
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

STAGES = {
    "running": "Running now",
    "analysing": "Being analysed",
    "planned": "Planned",
    "concluded": "Concluded",
    "stopped": "Stopped",
}


def index_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the index of weeknotes and of experiments."""
    for kind in (WEEKNOTE, EXPERIMENT):
        path = f"{kind.folder}/index.md"
        groups = _groups(kind, library.of_kind(kind))
        body = Renderer(library, path)("index", kind=kind, groups=groups)
        yield Page(path, kind.plural, body, kind.about)


def _groups(kind: Kind, entries: tuple[Entry, ...]) -> list[tuple[str, list[Entry]]]:
    if kind.name == "weeknote":
        by_week = sorted(entries, key=week_of, reverse=True)
        return [(week.label.capitalize(), list(notes)) for week, notes in groupby(by_week, key=week_of)]
    by_stage = [(label, [e for e in entries if _stage(e) == stage]) for stage, label in STAGES.items()]
    return [(label, found) for label, found in by_stage if found]


def _stage(entry: Entry) -> str:
    return entry.experiment.stage if entry.experiment else ""
