"""From a page's text to what Python-Markdown's block parser reads: the steps before it, where they are needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from markdown import Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.htmlparser import HTMLExtractor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.util import ETX, STX
from mkdocs.structure.pages import _HTMLHandler, _RawHTMLPreprocessor
from pymdownx.superfences import SuperFencesBlockPreprocessor  # type: ignore[import-untyped]

from aboveboard.engine.markdown.blocks import anchors_in, has_odd_reference, whole_blocks

_WHITE_LINE = re.compile(r"(?<=\n) +\n")
_FENCES = ("```", "~~~")
_MAKES_FENCES = (SuperFencesBlockPreprocessor, FencedBlockPreprocessor)
# In a text of which every `<` begins one of these, nothing is left open for what comes after it.
_CLOSED = re.compile(
    r"""<(?:/?[a-zA-Z][a-zA-Z0-9]*+(?:[ ]++[a-zA-Z][\w:.-]*+(?:="[^"<>]*+")?+)*+[ ]?/?>"""
    r"""|[a-zA-Z][^\s<>"'`=]*+>|(?=[^a-zA-Z/!?<]))""",
    re.ASCII,
)
_OPAQUE = re.compile(
    r"<(?:script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)", re.IGNORECASE
)

# Markdown, or whole blocks of HTML with what stands after each.
Piece: TypeAlias = str | list[tuple[str, str]]


def steps_are_known(markdown: Markdown) -> bool:
    """Return whether the steps before the block parser are those that are taken here, and no others."""
    steps = [type(step) for step in markdown.preprocessors]
    fences = [step for step in steps if step in _MAKES_FENCES]
    return steps == [NormalizeWhitespace, *fences[:1], _RawHTMLPreprocessor, HtmlBlockPreprocessor]


class Source:
    """Takes those steps for one page after the other."""

    def __init__(self, markdown: Markdown) -> None:
        self.markdown = markdown
        fences = [step for step in markdown.preprocessors if isinstance(step, _MAKES_FENCES)]
        self.fences: Any = fences[0] if fences else None
        self.anchors: set[str] = set()

    def prepare(self, text: str) -> str:
        """Return what the block parser reads. Blocks of HTML are put away in the stash, `anchors` is filled."""
        self.anchors = set()
        text = self._fenced(_normalised(text, self.markdown.tab_length))
        if "<" not in text and not has_odd_reference(text):
            return text
        pieces = _pieces(text)
        stash, mark = self.markdown.htmlStash, self.markdown.htmlStash.html_counter
        prepared = None if pieces is None else self._joined(pieces)
        if prepared is not None:
            return prepared
        del stash.rawHtmlBlocks[mark:]
        stash.html_counter = mark
        self.anchors = set()
        self._find_anchors(text)
        parser = HTMLExtractor(self.markdown)
        parser.feed(text)
        parser.close()
        return "".join(parser.cleandoc)

    def _fenced(self, text: str) -> str:
        if self.fences is None or not any(fence in text for fence in _FENCES):
            return text
        # Fences begin and end on lines that have one of these.
        start = text.rfind("\n", 0, min(text.find(fence) for fence in _FENCES if fence in text)) + 1
        end = text.find("\n", max(text.rfind(fence) for fence in _FENCES))
        lines: list[str] = self.fences.run(text[start:end].split("\n"))
        return text[:start] + "\n".join(lines) + text[end:]

    def _joined(self, pieces: Sequence[Piece]) -> str | None:
        out: list[str] = []
        for piece in pieces:
            if not isinstance(piece, str):
                out.append(self._put_away(piece))
            elif "<" not in piece:
                out.append(piece)
            elif (rest := self._closed(piece)) is not None:
                out.append(rest)
            else:
                return None
        return "".join(out)

    def _put_away(self, blocks: Sequence[tuple[str, str]]) -> str:
        store = self.markdown.htmlStash.store
        # As Python-Markdown does: with the line break, where a blank line follows.
        put = [f"\n{store(block)}\n\n{after}" for block, after in blocks[:-1]]
        self.anchors.update(name for block, _ in blocks for name in anchors_in(block))
        return "".join([*put, f"\n{store(blocks[-1][0] + chr(10))}\n\n"])

    def _closed(self, text: str) -> str | None:
        """Return what is left of Markdown between two blocks; None if an element is still open then."""
        parser = HTMLExtractor(self.markdown)
        parser.feed(text)
        # What stands behind a block on its line may be kept for the next one.
        if parser.inraw or parser.intail or parser.rawdata or parser.cdata_elem or parser._cache:  # type: ignore[attr-defined]
            return None
        parser.close()
        self._find_anchors(text)
        return "".join(parser.cleandoc)

    def _find_anchors(self, text: str) -> None:
        handler = _HTMLHandler()
        handler.feed(text)
        handler.close()
        self.anchors |= handler.present_anchor_ids


def _pieces(text: str) -> list[Piece] | None:
    """Split a text into whole blocks of HTML and the Markdown between them; None where that is not certain."""
    pieces: list[Piece] = []
    between: list[str] = []
    for place, part in enumerate(text.split("\n\n")):
        if not part.startswith("<") or (blocks := whole_blocks(part)) is None:
            between.append(part if place == 0 else f"\n\n{part}")
            continue
        if place:
            between.append("\n\n")
        pieces += ["".join(between), blocks]
        between = []
    pieces.append("".join(between))
    certain = all(_leaves_nothing_open(piece) for piece in pieces if isinstance(piece, str))
    return pieces if certain else None


def _leaves_nothing_open(text: str) -> bool:
    if has_odd_reference(text):
        return False
    return "<" not in text or (len(_CLOSED.findall(text)) == text.count("<") and not _OPAQUE.search(text))


def _normalised(text: str, tab: int) -> str:
    text = text.replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
    if "\t" in text:
        text = text.expandtabs(tab)
    return _WHITE_LINE.sub("\n", text) if "\n " in text else text
