"""An entry: one weeknote, experiment or incident, read from one file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from aboveboard.content.fields.common import CommonFields
from aboveboard.content.fields.experiment import ExperimentFields
from aboveboard.content.fields.incident import IncidentFields
from aboveboard.content.fields.weeknote import WeeknoteFields
from aboveboard.content.front_matter import FrontMatter, read_front_matter
from aboveboard.content.incident_times import IncidentTimes, read_incident_times
from aboveboard.content.kinds import Kind
from aboveboard.content.problems import PROBLEMS, Problem
from aboveboard.content.prose import Prose
from aboveboard.content.settings import Settings
from aboveboard.content.slugs import is_slug, slugify
from aboveboard.content.stamps import Stamp
from aboveboard.content.times import resolve
from aboveboard.content.validation import validate
from aboveboard.errors import Position, Severity


@dataclass(frozen=True, eq=False)
class Entry:
    """One entry that could be read. `path` is relative to the content folder, forward slashes.

    Two entries are the same only if they are one object: within a library ids are unique.
    """

    kind: Kind
    id: str
    path: str
    fields: CommonFields
    matter: FrontMatter
    site_zone: tzinfo

    @property
    def body(self) -> str:
        return self.matter.body

    @cached_property
    def prose(self) -> Prose:
        return Prose(self.body, self.matter.body_line)

    @cached_property
    def source(self) -> bytes:
        return blake2b(self.matter.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    @cached_property
    def facts(self) -> bytes:
        from aboveboard.engine.encode import digest

        return digest((self.id, self.path, self.kind.name, self.fields, self.times))

    @property
    def address(self) -> str:
        """The path of its page on the site, with a final slash and none before."""
        return f"{self.kind.folder}/{self.id}/"

    @property
    def is_folder(self) -> bool:
        return PurePosixPath(self.path).name == "index.md"

    @property
    def weeknote(self) -> WeeknoteFields | None:
        return self.fields if isinstance(self.fields, WeeknoteFields) else None

    @property
    def experiment(self) -> ExperimentFields | None:
        return self.fields if isinstance(self.fields, ExperimentFields) else None

    @property
    def incident(self) -> IncidentFields | None:
        return self.fields if isinstance(self.fields, IncidentFields) else None

    @property
    def is_retold(self) -> bool:
        """Whether it tells another organisation's story: its promises are not ours to keep."""
        return self.fields.source is not None and self.fields.source.system == "retold"

    @property
    def zone(self) -> tzinfo:
        """The zone in which its times count: its own, else the site's."""
        own = self.incident.timezone if self.incident else None
        return ZoneInfo(own) if own else self.site_zone

    @cached_property
    def times(self) -> IncidentTimes | None:
        """An incident's milestones, events, durations and status; None for the other kinds."""
        if self.incident is None:
            return None
        return read_incident_times(self.incident, self.prose, self.zone)

    @property
    def day(self) -> date:
        """The entry's own day, in its zone."""
        return self._at(self.fields.date).astimezone(self.zone).date()

    @property
    def opens_at(self) -> datetime:
        """The instant before which the public sees nothing of it."""
        return self._at(self.fields.date)

    @property
    def sort_at(self) -> datetime:
        """Where it stands among others, newest first: when it was first public."""
        return self._at(self.fields.published or self.fields.date)

    @property
    def updated_at(self) -> datetime:
        """The last change that a reader should notice: what `updated` says, or a dated correction."""
        corrected = [datetime.combine(c.date, time(0), self.zone) for c in self.fields.corrections]
        return max(self.sort_at, self._at(self.fields.updated or self.fields.date), *corrected).astimezone(UTC)

    def _at(self, stamp: Stamp) -> datetime:
        # A clock alone counts on the entry's own day; without any day there would be no such entry.
        moment = resolve(stamp, self.zone, self.fields.date.day)
        return moment.at if moment else datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What came of one file: an entry, or its path and text alone, with everything that is wrong with it."""

    kind: Kind
    path: str
    entry: Entry | None
    problems: tuple[Problem, ...]
    text: str = ""

    @property
    def broken(self) -> bool:
        return self.entry is None or any(
            PROBLEMS[problem.code].severity is Severity.ERROR for problem in self.problems
        )


def parse_entry(kind: Kind, path: str, data: bytes, settings: Settings) -> ParsedFile:
    """Read one file of a kind; never raises on content.

    `path` is relative to the content folder: `incidents/x.md` or `incidents/x/index.md`.
    """
    matter = read_front_matter(data)
    problems = [*matter.problems, *_name_problems(path)]
    if not matter.present and not matter.problems:
        message = f"no front matter: begin with --- and the fields of a {kind.name}, or run `aboveboard new`"
        problems.append(Problem(Position(), "FM003", message))
    unreadable = any(PROBLEMS[p.code].severity is Severity.ERROR for p in matter.problems)
    if unreadable or not matter.present:
        return ParsedFile(kind, path, None, tuple(sorted(problems)), matter.text)
    context = {"severities": tuple(settings.severities)}
    fields, found = validate(kind.fields, matter, matter.values, context)
    problems += found
    entry = None
    if fields is not None:
        zone = ZoneInfo(settings.timezone)
        entry = Entry(kind, entry_id(path), path, fields, matter, zone)
        if fields.date.day is None:
            problem = Problem(matter.position(("date",)), "FD002", "`date`: write the day too: 2026-11-20")
            return ParsedFile(kind, path, None, tuple(sorted([*problems, problem])), matter.text)
    return ParsedFile(kind, path, entry, tuple(sorted(problems)), matter.text)


def entry_id(path: str) -> str:
    """Return the id that a path gives: the file's name without ending, or its folder's name."""
    pure = PurePosixPath(path)
    name = pure.parent.name if pure.stem.lower() == "index" and len(pure.parts) > 2 else pure.stem
    return unicodedata.normalize("NFC", name)


def _name_problems(path: str) -> list[Problem]:
    name = entry_id(path)
    is_folder = len(PurePosixPath(path).parts) > 2
    if is_slug(name) and (is_folder or path.endswith(".md")):
        return []
    ending = "/" if is_folder else ".md"
    better = f"{slugify(name.removesuffix('.md'))}{ending}"
    message = f"the name is the address: use lower-case letters, digits and single hyphens, as in {better}"
    return [Problem(Position(), "NA001", message)]
