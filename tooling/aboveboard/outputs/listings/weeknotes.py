"""Weeknotes by week, the teams side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from aboveboard.content.kinds import WEEKNOTE
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.weeknotes import week_of
from aboveboard.outputs.links import LATEST
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

NEWEST_WEEKS = 26


def weeknote_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the index of weeknotes."""
    path = f"{WEEKNOTE.folder}/index.md"
    notes = library.of_kind(WEEKNOTE)
    ordered = sorted(notes, key=week_of, reverse=True)
    weeks = [(week, list(found)) for week, found in groupby(ordered, key=week_of)]
    shown, left = weeks[:NEWEST_WEEKS], weeks[NEWEST_WEEKS:]
    years = sorted({note.day.year for _, found in left for note in found}, reverse=True)
    teams = sorted({note.fields.team for note in notes if note.fields.team})
    values = {"weeks": shown, "years": years, "teams": teams, "latest": LATEST if weeks else None}
    yield Page(
        path, WEEKNOTE.plural, Renderer(library.frame, path)("weeknotes", kind=WEEKNOTE, **values), WEEKNOTE.about
    )
