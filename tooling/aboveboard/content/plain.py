"""Between Markdown and plain text: what a reader reads of the one, and the other so that nothing in it is live."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from aboveboard.content.prose import Prose

if TYPE_CHECKING:
    from markdown_it.token import Token

# What could begin a construct: anywhere in a line, and at its start. Not every reader of Markdown takes a
# backslash before each of them, but all take entities.
_LIVE = re.compile(r"([\\`*_{}\[\]])")
_ENTITIES = (
    (re.compile(r"&(?=[#\w])"), "&amp;"),
    (re.compile(r"<"), "&lt;"),
    (re.compile(r"\|"), "&#124;"),
    (re.compile(r"~~"), "&#126;&#126;"),
)
_AT_START = re.compile(r"^(?:(\d{1,9})([.)])|([-+#>]))")


def plain_text(markdown: str) -> str:
    """Return what a reader reads of some Markdown, in one line: no marks, no addresses; code as text."""
    prose = Prose(markdown)
    lines = (_words(prose.inside(block.text)) for block in prose.blocks if block.kind not in ("code", "html"))
    return " ".join(" ".join("".join(line) for line in lines).split())


def as_markdown(text: str) -> str:
    """Return Markdown that shows a plain text as it is, in one line."""
    line = _LIVE.sub(r"\\\1", " ".join(text.split()))
    for pattern, entity in _ENTITIES:
        line = pattern.sub(entity, line)
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"\\{m[3]}", line)


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield from _words(token.children or ())
