"""The list of all incidents, grouped as its readers look for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.incidents import going_on
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer


def index_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the index of incidents."""
    kind = INCIDENT
    path = f"{kind.folder}/index.md"
    groups = _groups(library.of_kind(kind), library.today)
    body = Renderer(library, path)("index", kind=kind, groups=groups)
    yield Page(path, kind.plural, body, kind.about)


def _groups(entries: tuple[Entry, ...], today: date) -> list[tuple[str, list[Entry]]]:
    now = going_on(entries, today)
    going = {entry.id for entry in now}
    over = [entry for entry in entries if entry.id not in going]
    years = [(str(year), list(found)) for year, found in groupby(_by_day(over), key=lambda e: e.day.year)]
    return [*([("Going on now", now)] if now else []), *years]


def _by_day(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.opens_at, entry.id), reverse=True)
