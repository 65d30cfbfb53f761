"""The pages and files that are made from entries, by path in the site's source.

What makes them lies in a room that checks may not enter; a test holds the two lists together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS
from aboveboard.content.library import Library
from aboveboard.insight.weeks import gather_weeks

_ALWAYS = (
    "index.md", "robots.txt", "assets/aboveboard.css", "assets/aboveboard.js", "assets/icon.svg",
    "assets/search.js",
    "lessons/index.md", "actions/index.md", "actions/by-owner.md",
    "actions/actions.ics", "actions/due.xml", "actions/due.json", "openness/index.md", "closed/index.md",
    "weeks/index.md", "years/index.md", "feeds/index.md", "search/index.md", "data/index.md",
)  # fmt: skip
_DATASETS = ("entries", "weeknotes", "experiments", "incidents", "actions", "lessons")
_GROUPS = ("teams", "people", "services", "tags")


def made_paths(library: Library, entries: Iterable[Entry], today: date) -> Iterator[str]:
    """Yield the path of everything that is made of some entries."""
    entries = list(entries)
    members = _members(library, entries)
    yield from _ALWAYS
    yield from _data()
    for group, slugs in members.items():
        yield f"{group}/index.md"
        yield from (f"{group}/{slug}.md" for slug in slugs)
    for kind in KINDS:
        yield f"{kind.folder}/index.md"
    followed = [f"{group}/{slug}" for group in ("teams", "services") for slug in members[group]]
    for folder in ("", "actions/", *(f"{kind.folder}/" for kind in KINDS), *(f"{place}/" for place in followed)):
        yield from (f"{folder}feed.xml", f"{folder}feed.json")
    yield from (f"weeks/{week.slug}.md" for week in gather_weeks(entries, today))
    yield from (f"years/{year}.md" for year in {entry.day.year for entry in entries})
    yield from (f"lessons/{year}.md" for year in {entry.day.year for entry in entries if entry.fields.lessons})
    if any(entry.weeknote for entry in entries):
        yield "weeknotes/latest/index.html"


def _data() -> Iterator[str]:
    yield from ("api/v1/index.json", "api/v1/schemas/index.schema.json")
    for name in _DATASETS:
        yield from (f"api/v1/{name}.json", f"api/v1/schemas/{name}.schema.json", f"data/{name}.csv")


def _members(library: Library, entries: Iterable[Entry]) -> dict[str, set[str]]:
    """Return who and what has a page, by group; registered teams have one before they write."""
    members: dict[str, set[str]] = {name: set() for name in _GROUPS}
    members["teams"].update(library.registers.teams)
    for entry in entries:
        fields = entry.fields
        members["teams"].update([fields.team] if fields.team else [])
        members["people"].update(fields.authors)
        members["services"].update(fields.services)
        members["tags"].update(fields.tags)
    return members
