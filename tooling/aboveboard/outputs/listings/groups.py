"""Pages that gather entries of all kinds: by team, person, service and tag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS
from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.page import Page
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


def group_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield an index for each group and a page for each of its members."""
    for group in GROUPS:
        members = _members(library, group)
        path = f"{group.folder}/index.md"
        body = Renderer(library, path)("groups", group=group, members=members)
        yield Page(path, group.title, body, group.about)
        for slug, name, record, entries in members:
            path = f"{group.folder}/{slug}.md"
            by_kind = [(kind, [e for e in entries if e.kind is kind]) for kind in KINDS]
            body = Renderer(library, path)("group", group=group, name=name, record=record, by_kind=by_kind)
            yield Page(path, name, body, f"{group.title}: {name}")


def _members(library: PublicLibrary, group: Group) -> list[tuple[str, str, Any, tuple[Entry, ...]]]:
    records: dict[str, Any] = getattr(library.registers, group.folder, {})
    found = group.of(library)
    slugs = sorted({*found, *records} if group.folder == "teams" else found)
    named = group.folder != "tags"
    return [
        (
            slug,
            library.registers.name_of(group.folder, slug) if named else slug,
            records.get(slug),
            found.get(slug, ()),
        )
        for slug in slugs
    ]
