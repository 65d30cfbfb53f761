"""Python-Markdown's conversion, with quicker ways for what is known to come out the same."""

from __future__ import annotations

from typing import Any

from markdown import Markdown, __version__

from aboveboard.engine.markdown.source import Source, steps_are_known

# Those whose every step was compared; of others, Python-Markdown's own way is taken.
TESTED = ("3.11.3",)


class Quick(Markdown):
    """A Markdown that converts as Python-Markdown does.

    `raw_anchors`: what can be linked to in the page's own HTML, where that was found out on a quicker way.
    """

    raw_anchors: set[Any] | None = None
    _source: Source | None = None

    def begin(self) -> None:
        """Find out which quicker ways there are, once every step is registered."""
        if __version__ in TESTED and steps_are_known(self):
            self._source = Source(self)

    def convert(self, source: str) -> str:
        """Return a text's HTML."""
        self.raw_anchors = set()
        if self._source is None:
            self.raw_anchors = None
            return super().convert(source)
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
