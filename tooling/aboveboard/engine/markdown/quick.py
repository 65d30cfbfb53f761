"""Python-Markdown's conversion, with quicker ways for what is known to come out the same."""

from __future__ import annotations

from typing import Any

from markdown import Markdown, __version__
from markdown.blockparser import BlockParser
from markdown.extensions.toc import TocTreeprocessor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor

from aboveboard.engine.markdown.inline import QuickInline, patterns_are_known
from aboveboard.engine.markdown.parsing import QuickParser, processors_are_known
from aboveboard.engine.markdown.source import Source, steps_are_known
from aboveboard.engine.markdown.tree import QuickRawHtml, QuickToc, QuickUnescape

# Those whose every step was compared; of others, Python-Markdown's own way is taken.
TESTED = ("3.11.3",)
_QUICK: dict[type, type] = {
    TocTreeprocessor: QuickToc,
    UnescapeTreeprocessor: QuickUnescape,
    RawHtmlPostprocessor: QuickRawHtml,
}


class Quick(Markdown):
    """A Markdown that converts as Python-Markdown does.

    `raw_anchors`: what can be linked to in the page's own HTML, where that was found out on a quicker way.
    """

    raw_anchors: set[Any] | None = None
    _source: Source | None = None

    def begin(self) -> None:
        """Find out which quicker ways there are, once every step is registered."""
        if __version__ not in TESTED:
            return
        if steps_are_known(self):
            self._source = Source(self)
        for step in [*self.treeprocessors, *self.postprocessors]:
            if type(step) in _QUICK:
                # What others registered or took hold of stays the same object.
                step.__class__ = _QUICK[type(step)]
        inline: Any = self.treeprocessors["inline"]
        if type(inline) is InlineProcessor and patterns_are_known(self):
            inline.__class__ = QuickInline
        if type(self.parser) is BlockParser and processors_are_known(self):
            quicker: Any = self.parser
            quicker.__class__ = QuickParser
            quicker.begin()

    def convert(self, source: str) -> str:
        """Return a text's HTML."""
        self.raw_anchors = None
        if self._source is None:
            return super().convert(source)
        self.raw_anchors = set()
        if not source.strip():
            return ""
        text = self._source.prepare(source)
        self.raw_anchors = self._source.anchors
        return self._from_blocks(text)

    def _from_blocks(self, text: str) -> str:
        root: Any = self.parser.parseDocument([text]).getroot()
        for step in self.treeprocessors:
            changed = step.run(root)
            root = root if changed is None else changed
        output = self.serializer(root)
        start, end = output.index(f"<{self.doc_tag}>") + len(self.doc_tag) + 2, output.rindex(f"</{self.doc_tag}>")
        output = output[start:end].strip()
        for last in self.postprocessors:
            output = last.run(output)
        return output.strip()
