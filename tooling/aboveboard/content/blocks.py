"""The blocks of a Markdown body in order: paragraphs, headings, cells of tables, code, HTML.

Most bodies are plain: paragraphs, headings, flat lists, tables and fences, each beginning at the margin.
`read_plain` reads those, line by line, and takes a tenth of the time; it knows when it meets anything
else, and then markdown-it's tokens are read. Both give the same blocks; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

# What markdown-it takes for space at the ends of a text (`MD_TRIM_CHARS`); most runs need nothing else of it.
SPACE = "\t\n\x0b\x0c\r \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"


class Block(NamedTuple):
    """One block: its text without the marks of Markdown, and the lines `[line, end)` it takes, from 0 in the body.

    `text` paragraphs are those of list items too. `level`: of a heading. `is_top`: in no list and no
    quotation. `is_quoted`: in a quotation. `mark`: the characters that open a fence; indented code has none.
    """

    kind: Literal["text", "heading", "header", "cell", "code", "html"]
    text: str
    line: int
    end: int
    level: int = 0
    is_top: bool = True
    is_quoted: bool = False
    mark: str = ""


def from_tokens(tokens: Iterable[Token]) -> Iterator[Block]:
    """Yield the blocks that markdown-it found."""
    quotes, above = 0, Block("text", "", 0, 0)
    for token in tokens:
        kind = _KINDS.get(token.type)
        if token.type in ("blockquote_open", "blockquote_close"):
            quotes += token.nesting
        elif kind and token.type != "inline":
            line, end = token.map or (-1, -1)
            level = int(token.tag[1]) if kind == "heading" else 0
            above = Block(kind, token.content, line, end, level, token.level == 0, quotes > 0, token.markup)
            if kind in ("code", "html") and token.map:
                yield above._replace(mark=token.markup if token.type == "fence" else "")
        elif kind and token.map:
            line, end = token.map
            if above.kind == "heading" and above.line >= 0:
                end = above.end
            yield above._replace(text=token.content, line=line, end=end, mark="")


_KINDS: dict[str, Literal["text", "heading", "header", "cell", "code", "html"]] = {
    "paragraph_open": "text",
    "heading_open": "heading",
    "th_open": "header",
    "td_open": "cell",
    "inline": "text",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
}

# What a line of text may begin with so that it can be nothing else, whatever stands around it.
_BEGINS = (
    r"(?:[^\W\d_]|[^\x00-\x7f\s]|[0-9](?![0-9]{0,8}[.)](?: |\Z))|[\"'($%@/.,;?!&^{}\\\[\])]"
    r"|\*{1,2}(?=[^\s*])|_{1,2}(?=[^\s_])|`{1,2}(?!`)|~{1,2}(?!~)|\#(?=[^\s#])|\+(?=\S))"
)
_LINE = re.compile(
    rf"(?P<blank>[ ]*)\Z|(?P<text>{_BEGINS})|(?P<item>(?:[-*+]|[0-9]{{1,9}}[.)])[ ]){_BEGINS}"
    rf"|(?P<heading>\#{{1,6}})[ ]+\S.*(?<![#\s])[ ]*\Z|(?P<row>\|).*\|[ ]*\Z|(?P<inner>[ ]+){_BEGINS}"
    r"|(?P<fence>`{3,}|~{3,})[^`]*\Z|(?P<rule>-{3,}|\*{3,}|_{3,})[ ]*\Z"
)
_DELIMITERS = re.compile(r"\|(?:[ ]*:?-+:?[ ]*\|)+[ ]*")
# Of longer tables markdown-it fills in no more cells; nobody writes one.
_LARGEST = 10_000


def read_plain(body: str, lines: list[str]) -> tuple[Block, ...] | None:
    """Return the blocks of a plain body; None where it is not plain. A line that only may be more is more."""
    if any(sign in body for sign in ("\t", "\r", "\0", "]:")):
        return None
    reader = _Reader(lines)
    return tuple(reader.blocks) if reader.read() else None


class _Reader:
    """Reads lines; `first` is the line on which the paragraph that is open began, `margin` where its text does."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self.first, self.margin = -1, 0

    def read(self) -> bool:
        """Read all lines; return False as soon as one is not plain."""
        at = 0
        while 0 <= at < len(self.lines):
            line = self.lines[at]
            if line[:1].isalpha():
                self._open(at, 0)
                at += 1
            elif match := _LINE.match(line):
                at = self._take(match, at)
            else:
                return False
        self._close(len(self.lines))
        return at >= 0

    def _take(self, match: re.Match[str], at: int) -> int:
        """Take what begins at a line; return the line behind it, or -1 where that is not plain."""
        kind = match.lastgroup
        is_open = self.first >= 0
        if kind == "text":
            self._open(at, 0)
        elif kind == "inner":
            return at + 1 if is_open else -1
        elif kind == "row":
            return -1 if is_open else self._table(at)
        elif kind == "rule" and is_open:
            return -1
        elif kind == "item" and is_open and not self.margin and len(match["item"]) > 2:
            # Only a list that begins with 1 breaks into a paragraph.
            return -1
        else:
            self._close(at)
            if kind == "item":
                self._open(at, len(match["item"]))
            elif kind == "heading":
                mark = match["heading"]
                text = match[0][len(mark) :].strip(SPACE)
                self.blocks.append(Block("heading", text, at, at + 1, len(mark)))
            elif kind == "fence":
                return self._fence(at, match["fence"])
        return at + 1

    def _open(self, at: int, margin: int) -> None:
        if self.first < 0:
            self.first, self.margin = at, margin

    def _close(self, at: int) -> None:
        if self.first < 0:
            return
        first, margin = self.first, self.margin
        text = self.lines[first][margin:]
        for line in self.lines[first + 1 : at]:
            text += "\n" + (line[min(margin, len(line) - len(line.lstrip(" "))) :] if margin else line)
        self.blocks.append(Block("text", text.strip(SPACE), first, at, 0, not margin))
        self.first = -1

    def _fence(self, at: int, mark: str) -> int:
        for end in range(at + 1, len(self.lines)):
            line = self.lines[end].strip(" ")
            if line.startswith(mark) and not line.strip(mark[0]):
                if self.lines[end][0] == " ":
                    return -1
                text = "".join(f"{inner}\n" for inner in self.lines[at + 1 : end])
                self.blocks.append(Block("code", text, at, end + 1, mark=mark))
                return end + 1
        return -1

    def _table(self, at: int) -> int:
        end = at
        while end < len(self.lines) and self.lines[end].startswith("|"):
            end += 1
        rows = self.lines[at:end]
        if (end < len(self.lines) and self.lines[end].strip(" ")) or len(rows) < 2 or "\\" in "".join(rows):
            return -1
        header = _cells(rows[0])
        is_fit = len(header) == rows[1].count("|") - 1 and len(header) * len(rows) < _LARGEST
        if not is_fit or not _DELIMITERS.fullmatch(rows[1]):
            return -1
        self.blocks += [Block("header", text, at, at + 1, 0, False) for text in header]
        for line, row in enumerate(rows[2:], at + 2):
            cells = [*_cells(row), *[""] * len(header)][: len(header)]
            self.blocks += [Block("cell", text, line, line + 1, 0, False) for text in cells]
        return end


def _cells(row: str) -> list[str]:
    cells = row.strip(SPACE).split("|")
    cells = cells[1:] if cells[0] == "" else cells
    cells = cells[:-1] if cells and cells[-1] == "" else cells
    return [cell.strip(SPACE) for cell in cells]
