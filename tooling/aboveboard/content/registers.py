"""Registers: who and what the organisation has. Read, never copied into the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from aboveboard.content.documents import parse_document
from aboveboard.content.fields.common import Part
from aboveboard.content.fields.types import Day, Flag, Shape, Slug, Text, Url
from aboveboard.content.problems import Problem
from aboveboard.content.text import decode
from aboveboard.content.validation import validate
from aboveboard.errors import Position

FOLDER = "registers"


class TeamRecord(Part):
    """A team."""

    slug: Slug = Field(description="how entries name it")
    name: Text = Field(description="how people call it")
    cadence: Literal["weekly", "fortnightly", "none"] = Field("weekly", description="how often it writes")
    contact: Url | None = Field(None, description="where a reader reaches it")


class PersonRecord(Part):
    """A person. Being listed is the consent to be named, so no command adds one."""

    slug: Slug = Field(description="how entries name them")
    name: Text = Field(description="how they are called")
    role: Text | None = Field(None, description="what they do")
    links: Annotated[list[Url], Shape("URLs", "[https://example.org/]")] = Field(
        [], description="where to find them"
    )
    leader: Flag = Field(False, description="true for those who lead in the open")


class ServiceRecord(Part):
    """A service."""

    slug: Slug = Field(description="how entries name it")
    name: Text = Field(description="how people call it")
    owner: Text | None = Field(None, description="the team or organisation that runs it")
    url: Url | None = Field(None, description="where it is")


class ClosedRecord(Part):
    """One item that is closed by exception, without its content."""

    ref: Slug = Field(description="an opaque reference: it must not tell the subject")
    kind: Literal["weeknote", "experiment", "incident"] = Field(description="what it is")
    reason: Literal[
        "security fix in progress",
        "active investigation",
        "personal data",
        "commercial",
        "unannounced policy",
        "pre-election period",
    ] = Field(description="why it is closed")
    decided_by: Text = Field(description="the role that decided")
    decided: Day = Field(description="when")
    review_by: Day = Field(description="when it is decided again")
    public: Text = Field(description="one line for everyone")
    reopened: Day | None = Field(None, description="when it was opened again; the record stays")


R = TypeVar("R", bound=Part)
RECORDS: dict[str, type[Part]] = {
    "teams": TeamRecord,
    "people": PersonRecord,
    "services": ServiceRecord,
    "closed": ClosedRecord,
}


@dataclass(frozen=True, slots=True)
class Registers:
    """What is registered, by slug; an organisation may have none of it.

    `places` says, by register and slug, where in its file a record begins.
    """

    teams: dict[str, TeamRecord] = field(default_factory=dict)
    people: dict[str, PersonRecord] = field(default_factory=dict)
    services: dict[str, ServiceRecord] = field(default_factory=dict)
    closed: dict[str, ClosedRecord] = field(default_factory=dict)
    places: dict[str, dict[str, Position]] = field(default_factory=dict)

    def name_of(self, register: str, slug: str) -> str:
        """Return how people call a team, person or service; unregistered, its slug in words."""
        records: dict[str, Any] = getattr(self, register)
        record = records.get(slug)
        return record.name if record else slug.replace("-", " ").replace("_", " ").capitalize()


def load_registers(content: Path) -> tuple[Registers, dict[Path, list[Problem]]]:
    """Read all registers under `content/registers/`; problems by file."""
    problems: dict[Path, list[Problem]] = {}
    loaded: dict[str, Any] = {}
    places: dict[str, dict[str, Position]] = {}
    for name, model in RECORDS.items():
        path = content / FOLDER / f"{name}.yml"
        if path.is_symlink():
            message = "a register that is a link was not followed: copy the file instead"
            problems[path] = [Problem(Position(), "NA003", message)]
        elif path.is_file():
            try:
                data = path.read_bytes()
            except OSError as error:
                problems[path] = [Problem(Position(), "NA005", f"this file cannot be read: {error.strerror}")]
                continue
            records, begins, wrong = _parse_once(data, model)
            loaded[name], places[name], problems[path] = dict(records), dict(begins), list(wrong)
    for path in sorted((content / FOLDER).glob("*.y*ml")) if (content / FOLDER).is_dir() else ():
        if path.name not in {f"{name}.yml" for name in RECORDS}:
            message = f"no register is called {path.name}: there are {', '.join(f'{n}.yml' for n in RECORDS)}"
            problems[path] = [Problem(Position(), "FD004", message)]
    return Registers(**loaded, places=places), problems


def parse_register(data: bytes, model: type[R]) -> tuple[dict[str, R], dict[str, Position], list[Problem]]:
    """Return a register's records by slug, where each begins, and what is wrong; never raises on content."""
    text, found = decode(data)
    if found:
        return {}, {}, found
    matter = parse_document(text)
    if matter.problems or matter.root is None or matter.root.is_null:
        return {}, {}, list(matter.problems)
    if matter.root.kind != "sequence":
        return {}, {}, [Problem(Position(), "FM010", "a register is a list: begin each record with `- `")]
    records: dict[str, R] = {}
    places: dict[str, Position] = {}
    problems: list[Problem] = []
    for index, node in enumerate(matter.root.items):
        record, wrong = validate(model, matter, node.value, {}, (index,))
        problems += wrong
        if record is None:
            continue
        key = str(getattr(record, "slug", "") or getattr(record, "ref", ""))
        if key in records:
            problems.append(Problem(matter.at(node.start), "NA002", f"{key!r} is registered twice"))
        records.setdefault(key, record)
        places.setdefault(key, matter.at(node.start))
    return records, places, problems


# The rules ask for them, then the library, in one run.
@lru_cache(maxsize=16)
def _parse_once(data: bytes, model: Any) -> tuple[dict[str, Any], dict[str, Position], list[Problem]]:
    return parse_register(data, model)
