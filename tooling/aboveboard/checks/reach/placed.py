"""Places for what markdown-it finds: which line and column an offset of a token's text has in the file.

The parser here is that of `content.prose` but for two things: a token keeps where its source begins and
ends, and every address passes as it is written, so that rules can judge it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, html_inline, image, link
from markdown_it.token import Token

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
    """Turns offsets of a token's text into places in the file."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self._last: _Placed | None = None

    def of(self, token: Token) -> Place:
        """Return what turns an offset of the token's content into a place."""
        first = (token.map or [0, 0])[0]
        # Cells of a row share a line: each is looked for behind the one before it.
        beside = self._last if self._last and self._last.last >= first else None
        self._last = _Placed(self.prose, token, first, beside)
        return self._last.position


class _Placed:
    """One token's text; where its lines begin is worked out when somebody asks, and most are never asked."""

    __slots__ = ("_beside", "_prose", "_table", "_token", "first", "last")

    def __init__(self, prose: Prose, token: Token, first: int, beside: _Placed | None) -> None:
        self._prose, self._token, self._beside = prose, token, beside
        self.first, self.last = first, first + token.content.count("\n")
        self._table: tuple[list[int], list[int], int, int] | None = None

    def position(self, at: int) -> Position:
        """Return the place of an offset of the text."""
        offsets, columns, _, _ = self._placed()
        index = bisect_right(offsets, at) - 1
        return self._prose.position(self.first + index, max(columns[index] + at - offsets[index], 1))

    def _placed(self) -> tuple[list[int], list[int], int, int]:
        """Return the offsets of its lines, their columns, and the line and column that were read up to."""
        if self._table is None:
            lines, token = self._prose.lines, self._token
            read, behind = self._beside._placed()[2:] if self._beside else (-1, 0)
            offsets, columns, offset = [], [], 0
            for line, text in enumerate(token.content.split("\n"), self.first):
                source = lines[line] if line < len(lines) else ""
                column = source.find(text.strip(), behind if line == read else 0)
                if column >= 0:
                    read, behind = line, column + len(text.strip())
                indent = len(text) - len(text.lstrip()) if token.type == "html_block" else 0
                offsets.append(offset)
                columns.append(max(column, 0) - indent + 1)
                offset += len(text) + 1
            self._table = offsets, columns, read, behind
        return self._table


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
