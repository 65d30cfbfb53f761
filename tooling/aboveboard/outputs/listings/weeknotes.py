"""Weeknotes by week, the teams side by side, and an address that always leads to the newest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from aboveboard.content.kinds import WEEKNOTE
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.weeknotes import week_of
from aboveboard.outputs.links import absolute, week_path
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.render import Renderer

NEWEST_WEEKS = 26
LATEST = "latest"
_LATEST_PATH = f"{WEEKNOTE.folder}/{LATEST}/index.html"


def weeknote_pages(library: PublicLibrary) -> Iterator[Page | Asset]:
    """Yield the index of weeknotes, and `weeknotes/latest/` where there is one to lead to."""
    path = f"{WEEKNOTE.folder}/index.md"
    notes = library.of_kind(WEEKNOTE)
    ordered = sorted(notes, key=week_of, reverse=True)
    weeks = [(week, list(found)) for week, found in groupby(ordered, key=week_of)]
    shown, left = weeks[:NEWEST_WEEKS], weeks[NEWEST_WEEKS:]
    years = sorted({note.day.year for _, found in left for note in found}, reverse=True)
    teams = sorted({note.fields.team for note in notes if note.fields.team})
    # A weeknote that is called so itself is at that address already.
    leads = bool(weeks) and LATEST not in {note.id for note in notes}
    values = {"weeks": shown, "years": years, "teams": teams, "latest": _LATEST_PATH if leads else None}
    yield Page(
        path, WEEKNOTE.plural, Renderer(library, path)("weeknotes", kind=WEEKNOTE, **values), WEEKNOTE.about
    )
    if leads:
        yield _latest(library, week_path(weeks[0][0]))


def _latest(library: PublicLibrary, target: str) -> Asset:
    path = _LATEST_PATH
    render = Renderer(library, path)
    canonical = absolute(library.project, target) or render.link(target)
    values = {"title": "The newest weeknotes", "target": render.link(target, "weeknotes")}
    return Asset(path, render("redirect", canonical=canonical, **values).encode() + b"\n")
