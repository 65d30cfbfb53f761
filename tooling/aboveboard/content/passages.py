"""Running text with positions: what a reader reads, with code, addresses and quotations blanked out.

Blanks keep their length, so an offset in any form of a passage is an offset in all of them, and
`position` turns it into a place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from aboveboard.content.prose import Prose
from aboveboard.errors import Position

# Stands for what is not prose: neither a letter nor a space, so no word grows or shrinks by it.
BLANK = "\ufffc"

_CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)
_LINK_TARGET = re.compile(r"(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)|(?<=\])\[[^\]\n]*\]|<https?://[^>\s]*>")
_ADDRESS = re.compile(r"\b(?:https?|ftp|mailto):\S+|\bwww\.\S+")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_QUOTED = re.compile(
    r"\u201c[^\u201c\u201d]{1,400}\u201d|\u2018[^\u2018\u2019]{2,400}\u2019(?!\w)|(?<!\w)\"[^\"]{1,400}\"(?!\w)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\s)\]]+(?=[^a-z\s])|\n{2,}")
# What is not read, and the signs of which it has one: to look for those spares most of the searches.
_UNREAD = (
    (("`",), _CODE),
    (("<",), _TAG),
    (("](", "][", "<http"), _LINK_TARGET),
    (("://", "mailto:", "ftp:", "http:", "https:", "www."), _ADDRESS),
)
_QUOTES = '\u201c\u2018"'

Place = Literal["paragraph", "heading", "cell"]


@dataclass(frozen=True)
class Passage:
    """One paragraph, heading, list item's text or table cell.

    `raw`: its Markdown. `section`: the heading above it, bare. `quoted`: inside a block quotation.
    `first`: the line (from 0 in the body) on which it begins. `lines`: for each of its lines, its offset
    in `raw` and the line and column (from 1) at which it begins.
    """

    raw: str
    place: Place
    section: str
    quoted: bool
    first: int
    prose: Prose = field(repr=False)

    @cached_property
    def lines(self) -> tuple[tuple[int, int, int], ...]:
        return _lines(self.prose, self.raw, self.first)

    def position(self, offset: int) -> Position:
        """Return where an offset of `raw` stands in the file."""
        start, line, column = max((entry for entry in self.lines if entry[0] <= offset), default=self.lines[0])
        return self.prose.position(line, column + offset - start)

    @cached_property
    def read(self) -> str:
        """The text as it is read: code, link targets, addresses and tags blanked, quotations kept."""
        text = self.raw
        for signs, pattern in _UNREAD:
            if any(sign in text for sign in signs):
                text = pattern.sub(lambda match: BLANK * len(match[0]), text)
        return text

    @cached_property
    def own(self) -> str:
        """The same with quotations blanked: what the writer says, not what they quote."""
        if self.quoted:
            return BLANK * len(self.raw)
        is_plain = not any(sign in self.read for sign in _QUOTES)
        return self.read if is_plain else _QUOTED.sub(lambda m: BLANK * len(m[0]), self.read)

    def sentences(self) -> tuple[tuple[int, str], ...]:
        """Return each sentence of `own` with its offset in `raw`."""
        return self._sentences

    @cached_property
    def _sentences(self) -> tuple[tuple[int, str], ...]:
        return tuple(self._split())

    def _split(self) -> Iterator[tuple[int, str]]:
        start = 0
        for end in _SENTENCE_END.finditer(self.own):
            yield start, self.own[start : end.start()]
            start = end.end()
        if start < len(self.own):
            yield start, self.own[start:]


@lru_cache(maxsize=8)
def passages(prose: Prose) -> tuple[Passage, ...]:
    """Return the passages of a body in order; code blocks and HTML blocks are none."""
    return tuple(_passages(prose))


def _passages(prose: Prose) -> Iterator[Passage]:
    section, depth = "", 0
    place: Place = "paragraph"
    for token in prose.tokens:
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += 1 if token.type == "blockquote_open" else -1
        elif token.type == "heading_open":
            place = "heading"
        elif token.type in ("td_open", "th_open"):
            place = "cell"
        elif token.type == "inline" and token.map and token.content.strip():
            yield Passage(token.content, place, section, depth > 0, token.map[0], prose)
            if place == "heading":
                section = token.content
            place = "paragraph"


def code_blocks(prose: Prose) -> Iterator[tuple[int, str]]:
    """Yield each fenced or indented block of code with the line (from 0 in the body) on which it opens."""
    for token in prose.tokens:
        if token.type in ("fence", "code_block") and token.map:
            yield token.map[0], token.content


def _lines(prose: Prose, raw: str, first: int) -> tuple[tuple[int, int, int], ...]:
    found = []
    offset = 0
    for index, text in enumerate(raw.split("\n")):
        source = prose.lines[first + index] if first + index < len(prose.lines) else ""
        # A line of a paragraph begins after its list marker, quotation mark or indentation.
        column = max(source.find(text.strip()), 0)
        found.append((offset, first + index, column + 1))
        offset += len(text) + 1
    return tuple(found)
