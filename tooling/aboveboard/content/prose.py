"""A Markdown body with positions: its headings, sections, comments, and the items of a section.

Parsed with markdown-it-py (CommonMark and tables), so that code, quotations and links are what they
are to a reader, and a heading inside a code block is not a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from aboveboard.content.comments import strip_comments
from aboveboard.errors import Position


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


@dataclass(frozen=True, slots=True)
class Item:
    """One list item or table row: its cells (a list item has one) as Markdown, and what is nested below."""

    cells: tuple[str, ...]
    detail: str
    line: int
    column: int


class Prose:
    """A body, parsed. `first_line` is the line of the file on which it begins, from 1."""

    def __init__(self, body: str, first_line: int = 1) -> None:
        self.body, self.first_line = body, first_line
        self.lines = body.split("\n")
        self.tokens = _parser().parse(body)
        self.headings = tuple(_headings(self.tokens))

    def position(self, line: int, column: int = 1) -> Position:
        """Return the position in the file of a line of the body (from 0)."""
        return Position(self.first_line + line, column)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections, nested ones too, in order; the first is the text before any heading."""
        starts = [heading.line for heading in self.headings] + [len(self.lines)]
        sections = [Section(None, 0, starts[0], starts[0])]
        for index, heading in enumerate(self.headings):
            after = (h.line for h in self.headings[index + 1 :] if h.level <= heading.level)
            sections.append(Section(heading, heading.line, starts[index + 1], next(after, len(self.lines))))
        return tuple(sections)

    def section(self, *names: str) -> Section | None:
        """Return the first section whose heading is one of `names`, whatever its case or final remark.

        `Timeline (all times UTC)` and `Timeline:` are the section `timeline`.
        """
        wanted = {name.casefold() for name in names}
        return next((s for s in self.sections if s.heading and bare(s.heading.text) in wanted), None)

    def text(self, section: Section) -> str:
        """Return a section's Markdown below its heading line, comments gone, sub-sections included."""
        return strip_comments("\n".join(self.lines[section.text_start : section.end])).strip()

    def items(self, section: Section) -> Iterator[Item]:
        """Yield the top-level list items and table rows of a section (header rows apart), in order."""
        tokens = [t for t in self.tokens if t.map and section.start <= t.map[0] < section.end]
        for index, token in enumerate(tokens):
            if token.type == "list_item_open" and token.level == 1:
                yield self._list_item(tokens, index)
            elif token.type == "tr_open" and token.level == 2 and _in_table_body(tokens, index):
                yield self._table_row(token)

    def lists(self, section: Section) -> list[tuple[int, int]]:
        """Return the lines `[start, end)` of a section's top-level lists and tables."""
        kinds = ("bullet_list_open", "ordered_list_open", "table_open")
        return [
            (token.map[0], token.map[1])
            for token in self.tokens
            if token.type in kinds and token.level == 0 and token.map
            if section.start <= token.map[0] < section.end
        ]

    def _list_item(self, tokens: list[Token], index: int) -> Item:
        start, end = tokens[index].map or [0, 0]
        first = next((t for t in tokens[index:] if t.type == "inline" and t.map and t.map[0] < end), None)
        if first is None or not first.map:
            return Item(("",), "", start, 1)
        below = self.lines[first.map[1] : end]
        indent = min((len(line) - len(line.lstrip()) for line in below if line.strip()), default=0)
        detail = "\n".join(line[indent:] for line in below).strip()
        line = self.lines[first.map[0]]
        marker = re.match(r"\s*(?:[-*+]|\d+[.)])\s+", line)
        text = " ".join(part.strip() for part in first.content.split("\n"))
        return Item((text,), detail, first.map[0], marker.end() + 1 if marker else 1)

    def _table_row(self, row: Token) -> Item:
        line = (row.map or [0, 0])[0]
        at = self.tokens.index(row)
        cells = []
        for token in self.tokens[at + 1 :]:
            if token.type == "tr_close":
                break
            if token.type == "inline":
                cells.append(token.content)
        return Item(tuple(cells), "", line, len(self.lines[line]) - len(self.lines[line].lstrip(" |")) + 1)


def bare(heading: str) -> str:
    """Return a heading for comparison: case, emphasis, a remark in brackets and a final colon gone."""
    text = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", heading)
    return re.sub(r"[*_`#]", "", text).strip(" :.").casefold().replace("\u2019", "'")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")


def _headings(tokens: list[Token]) -> Iterator[Heading]:
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            yield Heading(int(token.tag[1]), tokens[index + 1].content, *token.map)


def _in_table_body(tokens: list[Token], index: int) -> bool:
    opened = [t.type for t in tokens[:index] if t.type in ("thead_open", "tbody_open")]
    return bool(opened) and opened[-1] == "tbody_open"
