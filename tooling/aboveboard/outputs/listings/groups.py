"""Pages that gather entries of all kinds: by team, person, service and tag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.kinds import INCIDENT, KINDS, WEEKNOTE, Kind
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import Promise, by_owner, register_of
from aboveboard.insight.incidents import going_on
from aboveboard.insight.lessons import Learned, lessons
from aboveboard.insight.numbered import NEWEST, Numbered, number_pages, overflows
from aboveboard.insight.years import of_kinds
from aboveboard.outputs.format import say_span
from aboveboard.outputs.links import numbered_path
from aboveboard.outputs.page import Draft, Page
from aboveboard.outputs.render import Renderer


@dataclass(frozen=True, slots=True)
class Group:
    """One way of gathering: `folder` is also the name of its register, where it has one."""

    folder: str
    title: str
    about: str
    of: Callable[[PublicLibrary], Mapping[str, tuple[Entry, ...]]]


GROUPS = (
    Group("teams", "Teams", "Who works in the open here.", lambda library: library.by_team),
    Group("people", "People", "Who writes here under their own name.", lambda library: library.by_person),
    Group("services", "Services", "What our incidents and experiments touch.", lambda lib: lib.by_service),
    Group("tags", "Tags", "What our entries are about.", lambda library: library.by_tag),
)
BY_FOLDER = {group.folder: group for group in GROUPS}


@dataclass(frozen=True, slots=True)
class Member:
    """One team, person, service or tag. `record`: what its register says of it, or None.

    `promises`: what it owns and has still to keep, the overdue first; teams alone own any.
    """

    slug: str
    name: str
    record: Any
    entries: tuple[Entry, ...]
    kinds: dict[str, list[Entry]]
    promises: Sequence[Promise] = field(default=())

    @property
    def leads(self) -> bool:
        """Whether it is a person who leads in the open."""
        return bool(getattr(self.record, "leader", False))

    @property
    def newest_note(self) -> Entry | None:
        return next(iter(self.kinds[WEEKNOTE.name]), None)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The newest of a member's entries or lessons, how many there are, and the years of the others."""

    shown: Sequence[Any]
    count: int
    years: Sequence[int]


def group_pages(library: PublicLibrary) -> Iterator[Draft]:
    """Yield an index for each group, a page for each of its members, and numbered ones of what is older."""
    for group in GROUPS:
        members = _members(library, group)
        yield Draft((f"{group.folder}/index.md",), _index, (library, group.folder))
        for member in members:
            going = going_on(member.kinds[INCIDENT.name], library.today)
            shelves = [(kind, _shelf(member.kinds[kind.name])) for kind in KINDS]
            its = replace(member, entries=(), kinds={})
            older = number_pages(member.entries) if overflows(member.entries) else []
            shown = (library.frame, group.folder, its, len(member.entries), going, shelves)
            path = member_path(group.folder, member.slug)
            yield Draft((path,), _member_page, (*shown, _shelf(lessons(member.entries)), len(older)))
            for one in older:
                shows = (library.frame, group.folder, member.slug, member.name, one)
                yield Draft((numbered_path(path, one.number),), _older_page, shows)


def _index(library: PublicLibrary, folder: str) -> Iterator[Page]:
    group = BY_FOLDER[folder]
    path, members = f"{folder}/index.md", _members(library, group)
    going = {m.slug: len(going_on(m.kinds[INCIDENT.name], library.today)) for m in members}
    shown = {"group": group, "members": members, "going_on": going, "kinds": KINDS}
    yield Page(path, group.title, Renderer(library.frame, path)("groups", **shown), group.about)


def member_path(folder: str, slug: str) -> str:
    """Return the page of a team, person, service or tag."""
    return f"{folder}/{slug}.md"


def _member_page(
    frame: Frame,
    folder: str,
    member: Member,
    count: int,
    going: Sequence[Entry],
    kinds: Sequence[tuple[Kind, Shelf]],
    learned: Shelf,
    older: int,
) -> Iterator[Page]:
    group = BY_FOLDER[folder]
    path = member_path(folder, member.slug)
    shown = {"going_on": going, "kinds": kinds, "lessons": learned, "count": count, "today": frame.today}
    shown |= {"path": path, "older": older}
    body = Renderer(frame, path)("group", group=group, member=member, **shown)
    yield Page(path, member.name, body, f"{group.title}: {member.name}")


def _older_page(frame: Frame, folder: str, slug: str, name: str, one: Numbered[Entry]) -> Iterator[Page]:
    group, newest = BY_FOLDER[folder], member_path(folder, slug)
    path, title = numbered_path(newest, one.number), f"{name}, page {one.number}"
    days = sorted(entry.day for entry in one.found)
    body = Renderer(frame, path)("numbered", group=group, name=name, newest=newest, one=one, days=days)
    yield Page(path, title, body, f"{group.title}: {name}, {say_span(days[0], days[-1])}")


def _shelf(found: Sequence[Entry] | Sequence[Learned]) -> Shelf:
    left = (one.entry if isinstance(one, Learned) else one for one in found[NEWEST:])
    return Shelf(found[:NEWEST], len(found), sorted({entry.day.year for entry in left}, reverse=True))


def _members(library: PublicLibrary, group: Group) -> list[Member]:
    """Return the members of a group in order of names; of people, those who lead come first."""
    records: dict[str, Any] = getattr(library.registers, group.folder, {})
    found = group.of(library)
    is_teams, named = group.folder == "teams", group.folder != "tags"
    owned = _owned(library) if is_teams else {}
    members = [
        Member(
            slug,
            library.registers.name_of(group.folder, slug) if named else slug,
            records.get(slug),
            found.get(slug, ()),
            of_kinds(found.get(slug, ())),
            owned.get(slug, ()),
        )
        for slug in sorted({*found, *records} if is_teams else found)
    ]
    return sorted(members, key=lambda member: (not member.leads, member.name.casefold()))


def _owned(library: PublicLibrary) -> dict[str, tuple[Promise, ...]]:
    register = register_of(library.entries, library.today)
    return by_owner([*register.overdue, *register.open])
