"""Markdown, read by markdown-it-py (CommonMark and tables): its blocks, and what stands in one of them.

Most of what is asked of a body is asked of its blocks. What stands in their text takes as long again to
read, and is read where somebody asks for it. The parser is imported when there is something to parse: most
runs remember what they need to know.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def parse_blocks(body: str, references: dict[str, Any]) -> list[Token]:
    """Return the blocks of a body, their text unread; `references` gets where its reference lines lead."""
    return _blocks().parse(body, references)


def parse_text(text: str, references: dict[str, Any]) -> list[Token]:
    """Return what stands in the text of a block: `code_inline`, `link_open` and the like."""
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    inline = Token("inline", "", 0, content=text, children=[])
    _texts().core.process(StateCore(text, _texts(), references, [inline]))
    return inline.children or []


@cache
def _blocks() -> MarkdownIt:
    return _parser().disable(["inline", "text_join"])


@cache
def _texts() -> MarkdownIt:
    return _parser().disable(["normalize", "block"])


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
