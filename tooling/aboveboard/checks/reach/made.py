"""The pages and files that are made from entries, by path in the site's source.

What makes them lies in a room that checks may not enter; a test holds the two lists together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS
from aboveboard.content.library import Library
from aboveboard.content.schemas.table import PUBLISHED
from aboveboard.insight.numbered import OWNER_IN_ONE, YEAR_IN_ONE, count_pages, overflows
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
    yield from (f"schemas/{subject.name}.json" for subject in PUBLISHED)
    for group, slugs in members.items():
        yield f"{group}/index.md"
        for slug, its in slugs.items():
            yield f"{group}/{slug}.md"
            last = count_pages(len(its)) if overflows(its) else 0
            yield from (f"{group}/{slug}/{number}.md" for number in range(1, last + 1))
    for kind in KINDS:
        yield f"{kind.folder}/index.md"
    followed = [f"{group}/{slug}" for group in ("teams", "services") for slug in members[group]]
    for folder in ("", "actions/", *(f"{kind.folder}/" for kind in KINDS), *(f"{place}/" for place in followed)):
        yield from (f"{folder}feed.xml", f"{folder}feed.json")
    yield from _archives(library, entries, today)
    yield from (f"weeks/{week.slug}.md" for week in gather_weeks(entries, today))
    yield from _years(entries)
    yield from _owners(entries)
    yield from (f"lessons/{year}.md" for year in {entry.day.year for entry in entries if entry.fields.lessons})
    if any(entry.weeknote for entry in entries):
        yield "weeknotes/latest/index.html"


def _archives(library: Library, entries: list[Entry], today: date) -> Iterator[str]:
    """Yield the archives of feeds, which tell of withdrawals too."""
    gone = [e for e in library.entries if e.fields.withdrawn and not e.fields.draft and e.day <= today]
    told = {entry.id: entry.kind for entry in (*entries, *gone)}
    count = Counter(kind.folder for kind in told.values())
    for folder, number in (("", count.total()), *((f"{kind}/", number) for kind, number in count.items())):
        yield from (f"{folder}feed-{page}.xml" for page in range(1, count_pages(number) + 1))


def _data() -> Iterator[str]:
    yield from ("api/v1/index.json", "api/v1/schemas/index.schema.json")
    for name in _DATASETS:
        yield from (f"api/v1/{name}.json", f"api/v1/schemas/{name}.schema.json", f"data/{name}.csv")


def _years(entries: list[Entry]) -> Iterator[str]:
    days = [entry.day for entry in entries]
    count = Counter(day.year for day in days)
    yield from (f"years/{year:04d}.md" for year in count)
    months = {(day.year, day.month) for day in days if count[day.year] > YEAR_IN_ONE}
    yield from (f"years/{year:04d}-{month:02d}.md" for year, month in months)


def _owners(entries: list[Entry]) -> Iterator[str]:
    ours = (entry for entry in entries if not entry.is_retold)
    count = Counter(action.owner or "no--owner" for entry in ours for action in entry.fields.actions)
    yield from (f"actions/by-owner/{owner}.md" for owner, number in count.items() if number > OWNER_IN_ONE)


def _members(library: Library, entries: Iterable[Entry]) -> dict[str, dict[str, list[Entry]]]:
    """Return who and what has a page, by group, with its entries; registered teams have one before they write."""
    members: dict[str, dict[str, list[Entry]]] = {name: defaultdict(list) for name in _GROUPS}
    members["teams"] |= {slug: [] for slug in library.registers.teams}
    for entry in entries:
        fields = entry.fields
        named = ([fields.team] if fields.team else [], fields.authors, fields.services, fields.tags)
        for group, slugs in zip(_GROUPS, named, strict=True):
            for slug in slugs:
                members[group][slug].append(entry)
    return members
