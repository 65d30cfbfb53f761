"""Places for what markdown-it finds: which line and column an offset of a token's text has in the file.

The parser here is that of `content.prose` but for two things: a token keeps where its source begins and
ends, and every address passes as it is written, so that rules can judge it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, partial

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, html_inline, image, link
from markdown_it.token import Token

from aboveboard.content.blocks import Block
from aboveboard.content.prose import Prose
from aboveboard.errors import Position

Place = Callable[[int], Position]
References = dict[str, dict[str, object]]

_RULES = {
    "link": (link, "link_open"),
    "image": (image, "image"),
    "autolink": (autolink, "link_open"),
    "html_inline": (html_inline, "html_inline"),
    "backticks": (backtick, "code_inline"),
}


def parse_inline(text: str, references: References) -> list[Token]:
    """Return the tokens of a paragraph's text; `meta["at"]` of what is found says where it begins and ends."""
    tokens: list[Token] = []
    _parser().inline.parse(text, _parser(), dict(references), tokens)
    return tokens


def find_references(body: str) -> References:
    """Return where the body's reference lines lead: `[name]: address`."""
    references: References = {}
    if "]:" in body:
        _parser().block.parse(re.sub(r"\r\n?", "\n", body), _parser(), references, [])
    return references


class Places:
    """Turns offsets of the text of blocks into places in the file; it wants to be told of all blocks, in order."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.blocks: list[Block] = []
        self.known: list[tuple[list[int], list[int]]] = []
        # Cells of a row share a line: each is looked for behind the one before it.
        self.line, self.behind = -1, 0

    def of(self, block: Block) -> Place:
        """Return what turns an offset of the block's text into a place."""
        self.blocks.append(block)
        return partial(self._position, len(self.blocks) - 1)

    def _position(self, index: int, at: int) -> Position:
        # Hardly any place is asked for. The first time one is, all up to there are worked out, in order.
        while len(self.known) <= index:
            self.known.append(self._lines(self.blocks[len(self.known)]))
        offsets, columns = self.known[index]
        line = bisect_right(offsets, at) - 1
        return self.prose.position(self.blocks[index].line + line, max(columns[line] + at - offsets[line], 1))

    def _lines(self, block: Block) -> tuple[list[int], list[int]]:
        """Return for each line of a block's text its offset there and its column in the file."""
        first = block.line
        offsets, columns, offset = [], [], 0
        for index, text in enumerate(block.text.split("\n")):
            line = first + index
            source = self.prose.lines[line] if line < len(self.prose.lines) else ""
            start = self.behind if line == self.line else 0
            column = source.find(text.strip(), start)
            if column >= 0:
                self.line, self.behind = line, column + len(text.strip())
            indent = len(text) - len(text.lstrip()) if block.kind == "html" else 0
            offsets.append(offset)
            columns.append(max(column, 0) - indent + 1)
            offset += len(text) + 1
        return offsets, columns


class _Parser(MarkdownIt):
    """Lets every address pass as it is written."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": 40}).enable("table")
    for name, (rule, made) in _RULES.items():
        parser.inline.ruler.at(name, _placed(rule, made))
    return parser


def _placed(rule: Callable[[StateInline, bool], bool], made: str) -> Callable[[StateInline, bool], bool]:
    """Return the rule, made to keep in its token where the token's source begins and ends."""

    def _run(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            for token in state.tokens[before : before + 2]:
                if token.type == made:
                    token.meta["at"] = (start, state.pos)
        return done

    return _run
