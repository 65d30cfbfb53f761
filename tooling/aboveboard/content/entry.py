"""An entry: one weeknote, experiment or incident, read from one file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, tzinfo
from functools import cached_property
from typing import cast
from zoneinfo import ZoneInfo

from aboveboard.content.fields.common import CommonFields
from aboveboard.content.fields.experiment import ExperimentFields
from aboveboard.content.fields.incident import IncidentFields
from aboveboard.content.fields.weeknote import WeeknoteFields
from aboveboard.content.front_matter import FrontMatter, read_front_matter
from aboveboard.content.incident_times import IncidentTimes
from aboveboard.content.kinds import Kind
from aboveboard.content.names import entry_id, name_problems
from aboveboard.content.outlined import Outlined
from aboveboard.content.problems import PROBLEMS, Problem
from aboveboard.content.prose import Prose
from aboveboard.content.reading import Parsed, Reading, instant, zone_of
from aboveboard.content.recent import recent_matter, recent_prose
from aboveboard.content.settings import Settings
from aboveboard.content.source import Source
from aboveboard.content.standing import Standing
from aboveboard.content.text import decode
from aboveboard.content.validation import validate
from aboveboard.errors import Position, Severity


@dataclass(frozen=True, eq=False)
class Entry:
    """One entry that could be read. `path` is relative to the content folder, forward slashes.

    `source` is a digest of the file's bytes. `standing` is what its reading says of it; every run asks each entry
    for that, many times. Two entries are the same only if they are one object: within a library ids are unique.
    """

    kind: Kind
    id: str
    path: str
    site_zone: tzinfo
    source: bytes
    reading: Reading
    standing: Standing = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "standing", self.reading.standing)

    @cached_property
    def fields(self) -> CommonFields:
        return self.reading.fields

    @property
    def matter(self) -> FrontMatter:
        return recent_matter(self.reading)

    @cached_property
    def times(self) -> IncidentTimes | None:
        """An incident's milestones, events, durations and status; None for the other kinds."""
        return self.reading.times

    @cached_property
    def facts(self) -> bytes:
        """A digest of what others may see of it: everything but its text."""
        seen = f"{self.kind.name}\0{self.path}\0{self.site_zone}\0".encode()
        return hashlib.blake2b(seen + self.reading.facts, digest_size=16).digest()

    def may_touch(self, first: date, last: date) -> bool:
        """Tell whether anything of it may have happened between two days; if not, nothing did."""
        own_first, own_last = self.reading.span
        return own_first <= last and first <= own_last

    @property
    def body(self) -> str:
        return self.reading.body[0]

    @property
    def prose(self) -> Prose:
        return recent_prose(self.reading)

    def published(self) -> Entry:
        """Return it as the public sees it: without prompts in comments."""
        return replace(self, reading=self.reading.published()) if self.standing.has_prompts else self

    def outlined(self) -> Entry:
        """Return it with its facts alone: whoever asks for its text is told that it must not."""
        return replace(self, reading=Outlined(self.reading))

    @property
    def address(self) -> str:
        """The path of its page on the site, with a final slash and none before."""
        return f"{self.kind.folder}/{self.id}/"

    @property
    def is_folder(self) -> bool:
        return self.path.endswith("/index.md")

    @property
    def weeknote(self) -> WeeknoteFields | None:
        return cast(WeeknoteFields, self.fields) if self.kind.fields is WeeknoteFields else None

    @property
    def experiment(self) -> ExperimentFields | None:
        return cast(ExperimentFields, self.fields) if self.kind.fields is ExperimentFields else None

    @property
    def incident(self) -> IncidentFields | None:
        return cast(IncidentFields, self.fields) if self.kind.fields is IncidentFields else None

    @property
    def is_retold(self) -> bool:
        """Whether it tells another organisation's story: its promises are not ours to keep."""
        return self.fields.source is not None and self.fields.source.system == "retold"

    @property
    def zone(self) -> tzinfo:
        """The zone in which its times count: its own, else the site's."""
        return zone_of(self.fields, self.site_zone) if self.incident else self.site_zone

    @property
    def day(self) -> date:
        """The entry's own day, in its zone."""
        return self.opens_at.astimezone(self.zone).date()

    @property
    def opens_at(self) -> datetime:
        """The instant before which the public sees nothing of it."""
        return self.standing.opens_at

    @property
    def sort_at(self) -> datetime:
        """Where it stands among others, newest first: when it was first public."""
        return self.standing.sort_at

    @property
    def updated_at(self) -> datetime:
        """The last change that a reader should notice: what `updated` says, or a dated correction."""
        corrected = [datetime.combine(c.date, time(0), self.zone) for c in self.fields.corrections]
        updated = instant(self.fields, self.fields.updated or self.fields.date, self.zone)
        return max(self.sort_at, updated, *corrected).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What came of one file: an entry, or its path and source alone, with everything that is wrong with it."""

    kind: Kind
    path: str
    entry: Entry | None
    problems: tuple[Problem, ...]
    source: Source

    @property
    def text(self) -> str:
        """The text of the file; of one that is no text, nothing."""
        return decode(self.source.data)[0]

    @property
    def broken(self) -> bool:
        return self.entry is None or any(
            PROBLEMS[problem.code].severity is Severity.ERROR for problem in self.problems
        )


def parse_entry(kind: Kind, path: str, data: bytes, settings: Settings) -> ParsedFile:
    """Read one file of a kind; never raises on content.

    `path` is relative to the content folder: `incidents/x.md` or `incidents/x/index.md`.
    """
    source, matter = Source.of(data), read_front_matter(data)
    problems = [*matter.problems, *name_problems(path)]
    if not matter.present and not matter.problems:
        message = f"no front matter: begin with --- and the fields of a {kind.name}, or run `aboveboard new`"
        problems.append(Problem(Position(), "FM003", message))
    unreadable = any(PROBLEMS[p.code].severity is Severity.ERROR for p in matter.problems)
    if unreadable or not matter.present:
        return ParsedFile(kind, path, None, tuple(sorted(problems)), source)
    context = {"severities": tuple(settings.severities)}
    fields, found = validate(kind.fields, matter, matter.values, context)
    problems += found
    entry = None
    if fields is not None:
        zone = ZoneInfo(settings.timezone)
        if fields.date.day is None:
            problem = Problem(matter.position(("date",)), "FD002", "`date`: write the day too: 2026-11-20")
            return ParsedFile(kind, path, None, tuple(sorted([*problems, problem])), source)
        entry = Entry(kind, entry_id(path), path, zone, source.digest, Parsed(fields, matter, zone))
    return ParsedFile(kind, path, entry, tuple(sorted(problems)), source)
