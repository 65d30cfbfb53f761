"""A Markdown body with positions: its headings, sections, comments, and the items of a section.

Parsed with markdown-it-py (CommonMark and tables), so that code, quotations and links are what they
are to a reader, and a heading inside a code block is not a heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from aboveboard.content.blocks import Block, from_tokens, read_plain
from aboveboard.content.comments import strip_comments
from aboveboard.content.lists import ItemList, find_lists
from aboveboard.content.markdown import parse_blocks, parse_text
from aboveboard.content.text import split_lines
from aboveboard.errors import Position

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Heading:
    """`line` counts from 0 in the body; `below` is the first line under it."""

    level: int
    text: str
    line: int
    below: int


@dataclass(frozen=True, slots=True)
class Section:
    """The lines from a heading to the next of its level or above: `[start, end)` in the body, from 0.

    `own_end` is where its first sub-heading begins; the text before the first heading has no heading.
    """

    heading: Heading | None
    start: int
    own_end: int
    end: int

    @property
    def text_start(self) -> int:
        """The first line of its text, below the heading."""
        return self.heading.below if self.heading else self.start


class Prose:
    """A body, parsed when somebody asks.

    `first_line` is the line of the file on which it begins, from 1. `headings`: where they are known already.
    """

    def __init__(self, body: str, first_line: int = 1, headings: tuple[Heading, ...] | None = None) -> None:
        self.body, self.first_line = body, first_line
        self.lines = split_lines(body)
        if headings is not None:
            self.headings = headings
        self._sections: dict[int, list[Token]] = {}

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its paragraphs, headings, cells, code and HTML, in order."""
        return _blocks(self)

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of its blocks as markdown-it has them, for whoever needs to know how they are nested."""
        return self._parsed[0]

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings, those in lists and quotations apart."""
        found = (block for block in self.blocks if block.kind == "heading" and block.is_top)
        return tuple(Heading(block.level, block.text, block.line, block.end) for block in found)

    @cached_property
    def _parsed(self) -> tuple[list[Token], dict[str, Any]]:
        references: dict[str, Any] = {}
        return parse_blocks(self.body, references), references

    def inside(self, text: str) -> list[Token]:
        """Return what stands in the text of a block: links, code, emphasis."""
        # Where no line can be one that says where a reference leads, there are none.
        return parse_text(text, self._parsed[1] if "]:" in self.body else {})

    def position(self, line: int, column: int = 1) -> Position:
        """Return the position in the file of a line of the body (from 0)."""
        return Position(self.first_line + line, column)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """All sections, nested ones too, in order; the first is the text before any heading."""
        starts = [heading.line for heading in self.headings] + [len(self.lines)]
        sections: list[Section] = []
        # From the last to the first: where the next heading of each level stands is known then.
        ends = [len(self.lines)] * 7
        for index, heading in reversed(list(enumerate(self.headings))):
            end = ends[heading.level]
            sections.append(Section(heading, heading.line, starts[index + 1], end))
            ends[heading.level :] = [heading.line] * (7 - heading.level)
        return (Section(None, 0, starts[0], starts[0]), *reversed(sections))

    def section(self, *names: str) -> Section | None:
        """Return the first section whose heading is one of `names`, whatever its case or final remark.

        `Timeline (all times UTC)` and `Timeline:` are the section `timeline`.
        """
        wanted = {name.casefold() for name in names}
        return next((s for s in self.sections if s.heading and bare(s.heading.text) in wanted), None)

    def text(self, section: Section) -> str:
        """Return a section's Markdown below its heading line, comments gone, sub-sections included."""
        return strip_comments("\n".join(self.lines[section.text_start : section.end])).strip()

    def lists(self, section: Section) -> list[ItemList]:
        """Return the top-level lists and tables of a section's own text, its sub-sections apart."""
        return find_lists(self._tokens_of(section), self.lines)

    def _tokens_of(self, section: Section) -> list[Token]:
        """Return the tokens of a section's own text; headings part a body, so nothing reaches out of it."""
        first, end = section.text_start, section.own_end
        if first not in self._sections:
            text = "\n".join(self.lines[first:end]) + ("\n" if end < len(self.lines) else "")
            self._sections[first] = parse_blocks(text, {})
            for token in self._sections[first]:
                token.map = [line + first for line in token.map] if token.map else None
        return self._sections[first]

    def around_lists(self, section: Section) -> str:
        """Return a section's own text without its lists and tables."""
        taken = {line for group in self.lists(section) for line in range(group.start, group.end)}
        lines = range(section.text_start, section.own_end)
        return "\n".join(self.lines[line] for line in lines if line not in taken)


# Of the bodies that are looked at just now: all blocks of a large library are more than is worth keeping.
@lru_cache(maxsize=16)
def _blocks(prose: Prose) -> tuple[Block, ...]:
    plain = read_plain(prose.body, prose.lines)
    return tuple(from_tokens(prose.tokens)) if plain is None else plain


def bare(heading: str) -> str:
    """Return a heading for comparison: case, emphasis, a remark in brackets and a final colon gone."""
    text = re.sub(r"[*_`#]", "", heading).strip(" :.")
    text = re.sub(r"[(\[][^()\[\]]*[)\]]$", "", text)
    return text.strip(" :.").casefold().replace("\u2019", "'")
