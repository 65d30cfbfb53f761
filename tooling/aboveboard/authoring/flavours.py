"""Which template an incident was started from, told by its headings, and what that has for afterwards.

Nothing is remembered in the entry: whoever wrote it may have renamed, moved or taken out what they liked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aboveboard.authoring.known import Known
from aboveboard.authoring.prefill import prefill
from aboveboard.authoring.templates import find_templates, render_template
from aboveboard.content.entry import Entry
from aboveboard.content.front_matter import FrontMatter, parse_front_matter
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.library import Library
from aboveboard.content.prose import Prose, bare
from aboveboard.content.timeline import HEADING, MILESTONES


@dataclass(frozen=True, slots=True)
class Part:
    """A field or a section that a template has: its name (a heading's is bare), and its lines."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Flavour:
    """A template in two halves: the headings and the type that the first one has, the parts of the second."""

    name: str
    headings: frozenset[str]
    type: str | None
    fields: tuple[Part, ...]
    sections: tuple[Part, ...]

    def likeness(self, entry: Entry) -> int:
        """Return how many of its headings an entry has, those of its first half twice, less those it lacks.

        Its type counts as one of them. The second half counts so that adding it makes an entry no other flavour.
        """
        there = {bare(heading.text) for heading in entry.prose.headings}
        first = [heading in there for heading in self.headings]
        if self.type is not None:
            first.append(entry.matter.values.get("type") == self.type)
        return sum(2 if found else -2 for found in first) + sum(part.name in there for part in self.sections)


def find_flavour(library: Library, entry: Entry, now: datetime) -> Flavour:
    """Return the incident template, your own or ours, that an entry is most like; the standard one in doubt."""
    values = prefill(
        Known(library.project, library), INCIDENT, now, {}, entry.fields.team, entry.fields.title or entry.id
    )
    flavours = []
    for template in find_templates(library.project, INCIDENT):
        half = render_template(library.project, template, values, whole=False)
        flavours.append(_flavour(template.name, half, render_template(library.project, template, values)))
    best = max(flavours, key=lambda flavour: flavour.likeness(entry))
    return best if best.likeness(entry) > 0 else flavours[0]


def later_headings(library: Library, entry: Entry) -> frozenset[str]:
    """Return the headings, bare, that come after the timeline in what an entry was started from."""
    return frozenset(part.name for part in find_flavour(library, entry, entry.opens_at).sections)


def add_second_half(library: Library, entry: Entry, text: str, now: datetime) -> tuple[str, tuple[str, ...]]:
    """Return a text with the fields and sections that its flavour has for afterwards, and their names.

    What is there already is not touched, and not said twice; `entry` is that text, read. Nothing is
    added where the result would not be read as the same with empty fields and sections at its end.
    """
    flavour = find_flavour(library, entry, now)
    there = {bare(heading.text) for heading in entry.prose.headings}
    milestones = entry.times.milestones if entry.times else {}
    said = {*entry.matter.values, *(f"{name}_at" for name in MILESTONES if name in milestones)}
    sections = [part for part in flavour.sections if part.name not in there]
    fields = [part for part in flavour.fields if part.name not in said]
    mark, matter = text[: len(text) - len(entry.matter.text)], entry.matter
    body = _with_sections(matter, sections)
    yaml = _with_fields(matter, fields)
    names = [part.name for part in fields] if yaml != matter.text[: matter.body_start] else []
    names += [part.name for part in sections] if body != matter.body else []
    return mark + yaml + body, tuple(names)


def is_open(library: Library, entry: Entry, now: datetime) -> bool:
    """Tell whether an entry has any section of its flavour's second half."""
    there = {bare(heading.text) for heading in entry.prose.headings}
    sections = find_flavour(library, entry, now).sections
    return not sections or any(part.name in there for part in sections)


def _flavour(name: str, half: str, whole: str) -> Flavour:
    first, both = parse_front_matter(half), parse_front_matter(whole)
    headings = {bare(heading.text) for heading in Prose(first.body).headings}
    fields = [part for part in _fields(both) if part.name not in first.values]
    sections = [part for part in _sections(both.body) if part.name not in headings]
    kind = first.values.get("type")
    return Flavour(name, frozenset(headings - {HEADING}), kind, tuple(fields), tuple(sections))


def _fields(matter: FrontMatter) -> list[Part]:
    """Return the fields of a template, each with its line or lines, remarks included."""
    yaml = matter.text[matter.yaml_start : matter.yaml_end]
    keys = matter.root.keys if matter.root else []
    ends = [*(key.start for key in keys[1:]), len(yaml)]
    return [Part(key.text, yaml[key.start : end].rstrip()) for key, end in zip(keys, ends, strict=True)]


def _sections(body: str) -> list[Part]:
    """Return the sections of a template that lie in no other, with what lies in them."""
    prose = Prose(body)
    level = min((heading.level for heading in prose.headings), default=0)
    return [
        Part(bare(s.heading.text), "\n".join(prose.lines[s.start : s.end]).rstrip())
        for s in prose.sections
        if s.heading and s.heading.level == level
    ]


def _with_fields(matter: FrontMatter, fields: list[Part]) -> str:
    newline = "\r\n" if matter.text[: matter.yaml_start].endswith("\r\n") else "\n"
    indent = " " * (matter.lines.position(matter.yaml_start + matter.root.start).column - 1 if matter.root else 0)
    added = "".join(f"{indent}{line}{newline}" for part in fields for line in part.text.split("\n"))
    head, body = matter.text[: matter.yaml_end] + added, matter.text[matter.yaml_end : matter.body_start]
    after = parse_front_matter(head + body)
    expected = matter.values | {part.name: None for part in fields}
    return head + body if after.values == expected else matter.text[: matter.body_start]


def _with_sections(matter: FrontMatter, sections: list[Part]) -> str:
    body = matter.body
    newline = "\r\n" if "\r\n" in matter.text else "\n"
    ended = body.endswith(("\n", "\r"))
    added = "\n\n".join(part.text for part in sections).replace("\n", newline)
    gap = newline * (1 if ended and body.rstrip() != "" else 2) if not body.endswith(newline * 2) else ""
    longer = body + gap + added + (newline if ended else "")
    expected = [h.text for h in Prose(body).headings] + [h.text for h in Prose(added).headings]
    return longer if sections and [h.text for h in Prose(longer).headings] == expected else body
