"""The library: all entries, registers, relations and problems of a project. Every later step reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from aboveboard.content.entry import Entry, ParsedFile
from aboveboard.content.front_matter import FrontMatter, read_front_matter
from aboveboard.content.kinds import Kind
from aboveboard.content.placing import shared_ids, stray_attachments
from aboveboard.content.portable import portability_problems
from aboveboard.content.problems import PROBLEMS, Problem
from aboveboard.content.project import Project
from aboveboard.content.prose import Prose
from aboveboard.content.registers import Registers, load_registers
from aboveboard.content.reread import parse_files, uncollected
from aboveboard.content.source import Source
from aboveboard.content.sources import Sources, read_sources
from aboveboard.content.store import Store
from aboveboard.errors import Diagnostic, Severity


@dataclass(frozen=True, eq=False)
class Page:
    """An ordinary page that somebody wrote; `broken` when its front matter cannot be read.

    `source` is a digest of the file's bytes; empty for a page that lies in no file.
    """

    path: str
    matter: FrontMatter
    broken: bool = False
    source: bytes = b""

    @property
    def body(self) -> str:
        return self.matter.body

    @cached_property
    def prose(self) -> Prose:
        return Prose(self.body, self.matter.body_line)


@dataclass(frozen=True)
class Catalogue:
    """Entries with the ways to find them: by id, kind, team, person, service, tag, and by relation."""

    project: Project
    entries: tuple[Entry, ...]
    registers: Registers

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    def of_kind(self, kind: Kind) -> tuple[Entry, ...]:
        """Return the entries of a kind, newest first."""
        return self._by_kind.get(kind.name, ())

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Entry, ...]]:
        return _grouped((entry.kind.name, entry) for entry in self._in_order)

    @cached_property
    def by_team(self) -> dict[str, tuple[Entry, ...]]:
        return _grouped((e.standing.groups.team, e) for e in self._in_order if e.standing.groups.team)

    @cached_property
    def by_person(self) -> dict[str, tuple[Entry, ...]]:
        return _grouped((name, e) for e in self._in_order for name in e.standing.groups.authors)

    @cached_property
    def by_service(self) -> dict[str, tuple[Entry, ...]]:
        return _grouped((name, e) for e in self._in_order for name in e.standing.groups.services)

    @cached_property
    def by_tag(self) -> dict[str, tuple[Entry, ...]]:
        return _grouped((name, e) for e in self._in_order for name in e.standing.groups.tags)

    @cached_property
    def _relations(self) -> dict[str, dict[Entry, None]]:
        by_id, found = self.by_id, defaultdict[str, dict[Entry, None]](dict)
        for entry in self.entries:
            for name in entry.standing.groups.related:
                if (other := by_id.get(name)) and name != entry.id:
                    found[entry.id][other] = found[name][entry] = None
        return found

    @cached_property
    def _in_order(self) -> list[Entry]:
        """The entries, newest first: what is grouped from them need not be put in order once more."""
        return sorted(self.entries, key=_place, reverse=True)

    def related(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the entries related to one, whichever of the two says so, newest first."""
        return tuple(sorted(self._relations.get(entry.id, ()), key=_place, reverse=True))


@dataclass(frozen=True)
class Library(Catalogue):
    """Everything that lies in a project, public or not. `entries` are those that could be read.

    `problems` are what reading found, by path relative to the content folder.
    """

    files: tuple[ParsedFile, ...] = ()
    pages: tuple[Page, ...] = ()
    attachments: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    refused: frozenset[str] = field(default_factory=frozenset)

    @property
    def broken_paths(self) -> frozenset[str]:
        """Paths of the files that reading found an error in."""
        return frozenset(d.path for d in self.problems if d.severity is Severity.ERROR)


def load_library(project: Project, store: Store | None = None, sources: Sources | None = None) -> Library:
    """Read all of a project's content; never raises on content.

    With a `store` only what changed is parsed, and the rest remembered: the library is the same.
    `sources` are the files, where somebody has read them already.
    """
    with uncollected():
        return _load(project, store, sources or read_sources(project, store))


def _load(project: Project, store: Store | None, sources: Sources) -> Library:
    scan = sources.scan
    found: list[tuple[str, Problem]] = [*scan.refused.items(), *sources.unread.items()]
    files = parse_files(sources, store)
    pages = []
    for path in scan.pages:
        if path in sources.read:
            pages.append(_page(path, sources.read[path]))
            found += [(path, problem) for problem in pages[-1].matter.problems]
    found += [(file.path, problem) for file in files for problem in file.problems]
    found += [*shared_ids(files), *stray_attachments(scan)]
    found += portability_problems([*scan.pages, *scan.attachments])
    registers, by_file = load_registers(project.content)
    prefix = project.relative(project.content)
    problems = [_diagnostic(f"{prefix}/{path}", problem) for path, problem in found]
    problems += [_diagnostic(project.relative(p), problem) for p, ps in by_file.items() for problem in ps]
    problems += [_diagnostic(project.relative(project.config), problem) for problem in project.problems]
    entries = sorted((f.entry for f in files if f.entry), key=_place, reverse=True)
    return Library(
        project, tuple(entries), registers, tuple(files), tuple(pages), tuple(scan.attachments),
        tuple(sorted(problems)), frozenset(scan.refused),
    )  # fmt: skip


def _page(path: str, source: Source) -> Page:
    matter = read_front_matter(source.data)
    broken = any(PROBLEMS[problem.code].severity is Severity.ERROR for problem in matter.problems)
    return Page(path, matter, broken, source.digest)


def _diagnostic(path: str, problem: Problem) -> Diagnostic:
    severity = PROBLEMS[problem.code].severity
    return Diagnostic(path, problem.position, problem.code, severity, problem.message)


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    """Return groups by name, each entry once, in the order of the pairs."""
    groups: dict[str, dict[Entry, None]] = defaultdict(dict)
    for key, entry in pairs:
        groups[key][entry] = None
    return {key: tuple(group) for key, group in groups.items()}


def _place(entry: Entry) -> tuple[datetime, str]:
    return entry.standing.sort_at, entry.id
