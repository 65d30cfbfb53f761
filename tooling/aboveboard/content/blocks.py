"""The parser of Markdown in two steps: blocks at once, and what stands within them where somebody looks for it."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, block, inline, normalize, text_join


def parse_blocks(body: str) -> StateCore:
    """Return the parsed blocks of a body; the tokens of their text have no children yet."""
    state = StateCore(body, _parser(), {})
    normalize(state)
    block(state)
    for token in state.tokens:
        if token.type == "inline":
            token.children = None
    return state


def parse_inline(state: StateCore) -> None:
    """Give the tokens of a state their children: links, emphasis, code."""
    inline(state)
    text_join(state)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
