"""Weeknotes by week, the teams side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from aboveboard.content.kinds import WEEKNOTE
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.weeknotes import week_of
from aboveboard.outputs.links import LATEST
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

NEWEST_WEEKS = 26
# Where many teams write, fewer weeks are shown: as many as hold about so many notes, and one at least.
NEWEST_NOTES = 300


def weeknote_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the index of weeknotes."""
    path = f"{WEEKNOTE.folder}/index.md"
    notes = library.of_kind(WEEKNOTE)
    ordered = sorted(notes, key=week_of, reverse=True)
    weeks = [(week, list(found)) for week, found in groupby(ordered, key=week_of)]
    newest = _how_many([len(found) for _, found in weeks])
    shown, left = weeks[:newest], weeks[newest:]
    years = sorted({note.day.year for _, found in left for note in found}, reverse=True)
    teams = sorted({note.fields.team for note in notes if note.fields.team})
    values = {"weeks": shown, "years": years, "teams": teams, "latest": LATEST if weeks else None}
    yield Page(
        path, WEEKNOTE.plural, Renderer(library.frame, path)("weeknotes", kind=WEEKNOTE, **values), WEEKNOTE.about
    )


def _how_many(notes: Sequence[int]) -> int:
    """Return how many of the newest weeks are shown, of weeks with so many notes each."""
    before = [0, *accumulate(notes)]
    return sum(count < NEWEST_NOTES for count in before[: min(NEWEST_WEEKS, len(notes))])
