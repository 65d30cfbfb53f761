"""A list of all entries of a kind, grouped as its readers look for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.incidents import going_on
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
    """Yield the index of every kind."""
    today = library.today
    for kind in KINDS:
        path = f"{kind.folder}/index.md"
        groups = _groups(kind, library.of_kind(kind), today)
        body = Renderer(library, path)("index", kind=kind, groups=groups)
        yield Page(path, kind.plural, body, kind.about)


def _groups(kind: Kind, entries: tuple[Entry, ...], today: date) -> list[tuple[str, list[Entry]]]:
    if kind.name == "weeknote":
        by_week = sorted(entries, key=week_of, reverse=True)
        return [(week.label.capitalize(), list(notes)) for week, notes in groupby(by_week, key=week_of)]
    if kind.name == "experiment":
        by_stage = [(label, [e for e in entries if _stage(e) == stage]) for stage, label in STAGES.items()]
        return [(label, found) for label, found in by_stage if found]
    now = going_on(entries, today)
    over = [entry for entry in entries if entry not in now]
    years = [(str(year), list(found)) for year, found in groupby(_by_day(over), key=lambda e: e.day.year)]
    return [*([("Going on now", now)] if now else []), *years]


def _by_day(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.opens_at, entry.id), reverse=True)


def _stage(entry: Entry) -> str:
    return entry.experiment.stage if entry.experiment else ""
