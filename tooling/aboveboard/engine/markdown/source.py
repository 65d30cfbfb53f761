"""From a page's text to what Python-Markdown's block parser reads: the steps before it, where they are needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

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
        self.anchors: set[str | None] = set()

    def prepare(self, text: str) -> str:
        """Return what the block parser reads. Blocks of HTML are put away in the stash, `anchors` is filled."""
        self.anchors = set()
        text = _normalised(text, self.markdown.tab_length)
        end = len(text.rstrip("\n"))
        head = foot = None
        start, stop = 0, end
        if text.startswith("<"):
            first = text.find("\n\n", 0, end)
            start = end if first < 0 else first
            head = _certain(text[:start])
            start = start if head else 0
        last = text.rfind("\n\n", start, end) + 2
        if last > 1 and text.startswith("<", last):
            foot = _certain(text[last:end])
            stop = last if foot else end
        middle = self._fenced(text[start:stop])
        whole = text[:start] + middle + text[stop:]
        if has_odd_reference(middle) or not _leaves_nothing_open(middle):
            return self._parsed(whole)
        mark = self.markdown.htmlStash.html_counter
        before, between = self._put_away(head), self._closed(middle)
        if between is None:
            del self.markdown.htmlStash.rawHtmlBlocks[mark:]
            self.markdown.htmlStash.html_counter = mark
            return self._parsed(whole)
        return before + between + self._put_away(foot) + text[end:]

    def _fenced(self, text: str) -> str:
        if self.fences is None or not any(fence in text for fence in _FENCES):
            return text
        return "\n".join(self.fences.run(text.split("\n")))

    def _put_away(self, blocks: Sequence[tuple[str, str]] | None) -> str:
        if not blocks:
            return ""
        store = self.markdown.htmlStash.store
        # As Python-Markdown does: with the line break, where a blank line follows.
        put = [f"\n{store(block)}\n\n{after}" for block, after in blocks[:-1]]
        self.anchors.update(name for block, _ in blocks for name in anchors_in(block))
        return "".join([*put, f"\n{store(blocks[-1][0] + chr(10))}\n\n"])

    def _closed(self, text: str) -> str | None:
        """Return what is left of Markdown between two blocks; None if an element is still open then."""
        if "<" not in text:
            return text
        parser = HTMLExtractor(self.markdown)
        parser.feed(text)
        if parser.inraw or parser.intail or parser.rawdata or parser.cdata_elem:
            return None
        parser.close()
        self._find_anchors(text)
        return "".join(parser.cleandoc)

    def _parsed(self, text: str) -> str:
        """Return the same of a whole page, by the parsers that MkDocs and Python-Markdown have."""
        self._find_anchors(text)
        parser = HTMLExtractor(self.markdown)
        parser.feed(text)
        parser.close()
        return "".join(parser.cleandoc)

    def _find_anchors(self, text: str) -> None:
        handler = _HTMLHandler()
        handler.feed(text)
        handler.close()
        self.anchors |= handler.present_anchor_ids


def _certain(text: str) -> list[tuple[str, str]] | None:
    return None if any(fence in text for fence in _FENCES) else whole_blocks(text)


def _leaves_nothing_open(text: str) -> bool:
    return "<" not in text or (len(_CLOSED.findall(text)) == text.count("<") and not _OPAQUE.search(text))


def _normalised(text: str, tab: int) -> str:
    text = text.replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
    if "\t" in text:
        text = text.expandtabs(tab)
    return _WHITE_LINE.sub("\n", text) if "\n " in text else text
