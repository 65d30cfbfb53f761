"""Blocks of Markdown: plain paragraphs and headings go to what makes them, past every other processor."""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown, blockprocessors
from markdown.blockparser import BlockParser
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor
from pymdownx.superfences import SuperFencesCodeBlockProcessor  # type: ignore[import-untyped]

# Those that have nothing to do with a line that begins as a plain one.
_KNOWN = frozenset(
    [
        blockprocessors.EmptyBlockProcessor,
        blockprocessors.ListIndentProcessor,
        blockprocessors.CodeBlockProcessor,
        blockprocessors.HashHeaderProcessor,
        blockprocessors.SetextHeaderProcessor,
        blockprocessors.HRProcessor,
        blockprocessors.OListProcessor,
        blockprocessors.UListProcessor,
        blockprocessors.BlockQuoteProcessor,
        blockprocessors.ReferenceProcessor,
        blockprocessors.ParagraphProcessor,
        FootnoteBlockProcessor,
        SaneOListProcessor,
        SaneUListProcessor,
        TableProcessor,
        SuperFencesCodeBlockProcessor,
    ]
)
# One line, which begins with a letter, an opening quotation mark, or what stands for something put away.
_PLAIN = re.compile("(?:[^\\W\\d_]|[\"'(`\x02])[^\n]*\\Z")
_HEADING = re.compile(r"#[^\n]*\Z")


def processors_are_known(markdown: Markdown) -> bool:
    """Return whether nothing but known processors looks at blocks."""
    return all(type(one) in _KNOWN for one in markdown.parser.blockprocessors)


class QuickParser(BlockParser):
    """Python-Markdown's parser, with a way past the processors that a plain block is none of the business of."""

    _all: tuple[Any, ...] = ()
    _paragraph: Any = None
    _heading: Any = None

    def begin(self) -> None:
        """Look up the processors, once all are registered."""
        self._all = tuple(self.blockprocessors)
        self._paragraph, self._heading = self.blockprocessors["paragraph"], self.blockprocessors["hashheader"]

    def parseBlocks(self, parent: Any, blocks: list[str]) -> None:
        """Parse blocks into an element."""
        while blocks:
            block = blocks[0]
            if _PLAIN.match(block):
                self._paragraph.run(parent, blocks)
                continue
            if _HEADING.match(block) and self._heading.test(parent, block):
                self._heading.run(parent, blocks)
                continue
            for processor in self._all:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break
