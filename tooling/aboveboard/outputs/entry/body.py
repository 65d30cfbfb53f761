"""An entry's text as the public reads it: empty sections gone, lists of the front matter in their places."""

from __future__ import annotations

from collections.abc import Mapping

from aboveboard.content.entry import Entry
from aboveboard.content.prose import Prose, Section, bare
from aboveboard.content.timeline import HEADING as TIMELINE


def compose_body(entry: Entry, lists: Mapping[str, str], timeline: str) -> str:
    """Return the Markdown of an entry's page below its head.

    `lists`: rendered lists by field (`factors`, `actions`), shown under the heading that the kind
    names for them, or at the end under the first such name. `timeline`: the rendered table that
    stands in for the list under `Timeline`; empty keeps the list as it was written.
    """
    prose, left = entry.prose, dict(lists)
    sections = prose.sections
    placed = {index: left.pop(name) for index, name in _places(entry, sections, lists).items()}
    kept = _kept(sections, prose, placed)
    parts: list[str] = []
    for index in kept:
        section = sections[index]
        parts.append("\n".join(prose.lines[section.start : section.text_start]))
        parts.append(_own_text(entry, section, timeline))
        parts.append(placed.get(index, ""))
    for name, rendered in left.items():
        parts += [f"## {_heading(entry, name)}", rendered]
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())


def _heading(entry: Entry, name: str) -> str:
    heading = entry.kind.sections.get(name, (name.capitalize(),))[0]
    # Who learned and promised is another organisation, where a report is retold.
    return heading.replace("What we ", "What they ") if entry.is_retold else heading


def _places(entry: Entry, sections: tuple[Section, ...], lists: Mapping[str, str]) -> dict[int, str]:
    """Return which list goes under which section: the first section that bears one of its names."""
    places: dict[int, str] = {}
    for name in lists:
        wanted = {heading.casefold() for heading in entry.kind.sections.get(name, ())}
        for index, section in enumerate(sections):
            if section.heading and bare(section.heading.text) in wanted and index not in places:
                places[index] = name
                break
    return places


def _kept(sections: tuple[Section, ...], prose: Prose, placed: Mapping[int, str]) -> list[int]:
    """Return the sections with something under their heading, their own or in a section below."""
    kept: list[int] = []
    ends: list[int] = []
    for index in reversed(range(len(sections))):
        section = sections[index]
        own = any(line.strip() for line in prose.lines[section.text_start : section.own_end])
        below = any(section.start < other < section.end for other in ends)
        if own or below or index in placed:
            kept.append(index)
            ends.append(section.start)
    return sorted(kept)


def _own_text(entry: Entry, section: Section, timeline: str) -> str:
    prose = entry.prose
    lines = prose.lines[section.text_start : section.own_end]
    if not timeline or entry.times is None or section != prose.section(TIMELINE):
        return "\n".join(lines)
    out: list[str] = []
    position = section.text_start
    for start, end in entry.times.timeline.lines:
        out += prose.lines[position:start]
        position = end
    out += prose.lines[position : section.own_end]
    return "\n".join([*out, "", timeline])
