"""A Markdown body with positions: its headings, sections, comments, and the items of a section.

Parsed with markdown-it-py (CommonMark and tables), so that code, quotations and links are what they
are to a reader, and a heading inside a code block is not a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from aboveboard.content.blocks import parse_blocks, parse_inline
from aboveboard.content.comments import strip_comments
from aboveboard.content.text import split_lines
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
    """One list item or table row: its cells (a list item has one) as Markdown, and what is nested below.

    `lines`: the lines `[start, end)` it takes in the body, blank ones at its end apart.
    """

    cells: list[str]
    detail: str
    line: int
    column: int
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list or table: the lines `[start, end)` it takes, a table's header cells, its items or rows."""

    start: int
    end: int
    header: tuple[str, ...]
    items: tuple[Item, ...]


class Prose:
    """A body, parsed. `first_line` is the line of the file on which it begins, from 1."""

    def __init__(self, body: str, first_line: int = 1) -> None:
        self.body, self.first_line = body, first_line
        self.lines = split_lines(body)
        self._state = parse_blocks(body)
        # Blocks only: what stands within them is parsed where somebody looks for it.
        self.tokens = self._state.tokens
        self.headings = tuple(_headings(self.tokens))

    @cached_property
    def parsed(self) -> list[Token]:
        """The tokens with their children, which hold links, emphasis and code."""
        parse_inline(self._state)
        return self.tokens

    def inline(self, token: Token) -> list[Token]:
        """Return the children of one inline token."""
        if token.children is None:
            parse_inline(StateCore(token.content, self._state.md, self._state.env, [token]))
        return token.children or []

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
        found: list[ItemList] = []
        for index, token in enumerate(self.tokens):
            if token.map and token.level == 0 and section.text_start <= token.map[0] < section.own_end:
                if token.type in ("bullet_list_open", "ordered_list_open"):
                    found.append(self._list(index))
                elif token.type == "table_open":
                    found.append(self._table(index))
        return found

    def around_lists(self, section: Section) -> str:
        """Return a section's own text without its lists and tables."""
        taken = {line for group in self.lists(section) for line in range(group.start, group.end)}
        lines = range(section.text_start, section.own_end)
        return "\n".join(self.lines[line] for line in lines if line not in taken)

    def _list(self, index: int) -> ItemList:
        start, end = self.tokens[index].map or [0, 0]
        items = []
        for at in range(index + 1, len(self.tokens)):
            token = self.tokens[at]
            if token.level == 0:
                break
            if token.type == "list_item_open" and token.level == 1:
                items.append(self._list_item(at))
        return ItemList(start, end, (), tuple(items))

    def _table(self, index: int) -> ItemList:
        start, end = self.tokens[index].map or [0, 0]
        rows: list[Item] = []
        header: list[str] = []
        cells = header
        for at in range(index + 1, len(self.tokens)):
            token = self.tokens[at]
            if token.type == "table_close":
                break
            if token.type == "tr_open" and header and token.map:
                cells = []
                line = token.map[0]
                column = len(self.lines[line]) - len(self.lines[line].lstrip(" |")) + 1
                rows.append(Item(cells, "", line, column, (line, line + 1)))
            elif token.type == "inline":
                cells.append(token.content)
        return ItemList(start, end, tuple(header), tuple(rows))

    def _list_item(self, index: int) -> Item:
        start, end = self.tokens[index].map or [0, 0]
        while end > start + 1 and not self.lines[end - 1].strip():
            end -= 1
        opening = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        first = self.tokens[index + 2] if opening and opening.type == "paragraph_open" else None
        if first is None or not first.map:
            return Item([""], "\n".join(self.lines[start:end]).strip(), start, 1, (start, end))
        below = self.lines[first.map[1] : end]
        indent = min((len(line) - len(line.lstrip()) for line in below if line.strip()), default=0)
        detail = "\n".join(line[indent:] for line in below).strip()
        line = self.lines[first.map[0]]
        marker = re.match(r"\s*(?:[-*+]|\d+[.)])\s+", line)
        text = " ".join(part.strip() for part in first.content.split("\n"))
        return Item([text], detail, first.map[0], marker.end() + 1 if marker else 1, (start, end))


def bare(heading: str) -> str:
    """Return a heading for comparison: case, emphasis, a remark in brackets and a final colon gone."""
    text = re.sub(r"[*_`#]", "", heading).strip(" :.")
    text = re.sub(r"[(\[][^()\[\]]*[)\]]$", "", text)
    return text.strip(" :.").casefold().replace("\u2019", "'")


def _headings(tokens: list[Token]) -> Iterator[Heading]:
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            yield Heading(int(token.tag[1]), tokens[index + 1].content, *token.map)
