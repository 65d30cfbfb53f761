"""Running text with positions: what a reader reads, with code, addresses and quotations blanked out.

Blanks keep their length, so an offset in any form of a passage is an offset in all of them, and
`position` turns it into a place in the file.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Literal

from aboveboard.content.prose import Prose
from aboveboard.content.text import folded
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
# In this order; each has one of its signs.
_BLANKED = (
    (("`",), _CODE),
    (("<",), _TAG),
    (("](", "][", "<http"), _LINK_TARGET),
    (("http", "ftp:", "mailto:", "www."), _ADDRESS),
)
_QUOTES = '\u201c\u2018"'
# A sentence ends behind its first character, which stands there so that few places have to be looked at.
_SENTENCE_END = re.compile(r"[.!?][\s)\]]+(?=[^a-z\s])|\n{2,}")
# Without any of these nothing of a text is blanked.
_MARKED = re.compile(r"[`<\]:\"\u201c\u2018]")

_LETTER = re.compile(r"[A-Za-z]")

Place = Literal["paragraph", "heading", "cell"]


class Passage:
    """One paragraph, heading, list item's text or table cell.

    `raw`: its Markdown. `section`: the heading above it, bare. `quoted`: inside a block quotation.
    `line`: that of the body on which it begins, from 0.
    """

    def __init__(self, raw: str, place: Place, section: str, quoted: bool, line: int, prose: Prose) -> None:
        self.raw, self.place, self.section, self.quoted = raw, place, section, quoted
        self.line, self.prose = line, prose
        if not (quoted or _MARKED.search(raw) or "www." in raw):
            self.read = self.own = raw

    def position(self, offset: int) -> Position:
        """Return where an offset of `raw` stands in the file."""
        index = bisect_right(self._lines, (offset, math.inf)) - 1
        start, column = self._lines[index]
        return self.prose.position(self.line + index, column + offset - start)

    @cached_property
    def _lines(self) -> list[tuple[int, int]]:
        """For each of its lines, its offset in `raw` and the column, from 1, at which it begins."""
        found, offset = [], 0
        for line, text in enumerate(self.raw.split("\n"), self.line):
            source = self.prose.lines[line] if line < len(self.prose.lines) else ""
            # A line of a paragraph begins after its list marker, quotation mark or indentation.
            found.append((offset, max(source.find(text.strip()), 0) + 1))
            offset += len(text) + 1
        return found

    @cached_property
    def read(self) -> str:
        """The text as it is read: code, link targets, addresses and tags blanked, quotations kept."""
        text = self.raw
        for signs, pattern in _BLANKED:
            if any(sign in text for sign in signs):
                text = pattern.sub(_blank, text)
        return text

    @cached_property
    def own(self) -> str:
        """The same with quotations blanked: what the writer says, not what they quote."""
        if self.quoted:
            return BLANK * len(self.raw)
        return _QUOTED.sub(_blank, self.read) if any(mark in self.read for mark in _QUOTES) else self.read

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """Each sentence of `own` with its offset in `raw`."""
        return tuple(_sentences(self.own))


@lru_cache(maxsize=8)
def passages(prose: Prose) -> tuple[Passage, ...]:
    """Return the passages of a body in order; code blocks and HTML blocks are none."""
    found = []
    section = ""
    place: Place = "paragraph"
    for block in prose.blocks:
        if block.kind != "text" and (kind := _PLACES.get(block.kind)):
            place = kind
        if block.kind not in ("code", "html") and block.text.strip():
            found.append(Passage(block.text, place, section, block.is_quoted, block.line, prose))
            if place == "heading":
                section = block.text
            place = "paragraph"
    return tuple(found)


_PLACES: dict[str, Place] = {"heading": "heading", "cell": "cell", "header": "cell"}


@lru_cache(maxsize=8)
def flat_text(prose: Prose) -> str:
    """Return all passages in one line, folded: what is not in it, no passage has in whatever case and spacing.

    Most of what rules search for is in no text at all, and looking here first costs next to nothing.
    """
    return folded(" ".join(" ".join([passage.raw for passage in passages(prose)]).split()))


def count_sentences(texts: Iterable[str]) -> int:
    """Return how many sentences with a letter in them some passages have, which is told without their places."""
    return sum(1 for text in _SENTENCE_END.split("\n\n".join(texts)) if _LETTER.search(text))


def code_blocks(prose: Prose) -> Iterator[tuple[int, str]]:
    """Yield each fenced or indented block of code with the line (from 0 in the body) on which it opens."""
    return ((block.line, block.text) for block in prose.blocks if block.kind == "code")


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, text[start : end.start() + (text[end.start()] != "\n")]
        start = end.end()
    if start < len(text):
        yield start, text[start:]


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])
