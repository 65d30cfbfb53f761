"""What stands within a line, with only those patterns that can match it."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown, inlinepatterns
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, AtomicString

# What a text must have in it for a pattern to match, by the pattern's class and expression.
_NEEDS = {
    (inlinepatterns.BacktickInlineProcessor, inlinepatterns.BACKTICK_RE): ("`", "\\"),
    (inlinepatterns.EscapeInlineProcessor, inlinepatterns.ESCAPE_RE): ("\\",),
    (FootnoteInlineProcessor, r"\[\^([^\]]*)\]"): ("[^",),
    (inlinepatterns.ReferenceInlineProcessor, inlinepatterns.REFERENCE_RE): ("[",),
    (inlinepatterns.LinkInlineProcessor, inlinepatterns.LINK_RE): ("[",),
    (inlinepatterns.ImageInlineProcessor, inlinepatterns.IMAGE_LINK_RE): ("![",),
    (inlinepatterns.ImageReferenceInlineProcessor, inlinepatterns.IMAGE_REFERENCE_RE): ("![",),
    (inlinepatterns.ShortReferenceInlineProcessor, inlinepatterns.REFERENCE_RE): ("[",),
    (inlinepatterns.ShortImageReferenceInlineProcessor, inlinepatterns.IMAGE_REFERENCE_RE): ("![",),
    (inlinepatterns.AutolinkInlineProcessor, inlinepatterns.AUTOLINK_RE): ("://",),
    (inlinepatterns.AutomailInlineProcessor, inlinepatterns.AUTOMAIL_RE): ("@",),
    (inlinepatterns.SubstituteTagInlineProcessor, inlinepatterns.LINE_BREAK_RE): ("  \n",),
    (inlinepatterns.HtmlInlineProcessor, inlinepatterns.HTML_RE): ("<",),
    (inlinepatterns.HtmlInlineProcessor, inlinepatterns.ENTITY_RE): ("&",),
    (inlinepatterns.DelimiterProcessor, r"\*|_"): ("*", "_"),
}
# Without any of these nothing of the above matches.
_MARKED = re.compile(r"[`\\\[<&*_]|  \n")


def patterns_are_known(markdown: Markdown) -> bool:
    """Return whether it is known of every pattern what it needs."""
    patterns: Any = markdown.inlinePatterns
    return all((type(one), one.pattern) in _NEEDS for one in patterns)


class QuickInline(InlineProcessor):
    """Applies a pattern where it can match, and leaves texts alone in which none can."""

    inlinePatterns: Any
    _InlineProcessor__applyPattern: Any
    _InlineProcessor__processPlaceholders: Any
    _steps: list[tuple[Any, str, str]] | None = None

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString) or _MARKED.search(data) is None:
            return data
        if self._steps is None:
            needs = [(one, _NEEDS[type(one), one.pattern]) for one in self.inlinePatterns]
            self._steps = [(one, need[0], need[-1]) for one, need in needs]
        begin = 0
        for index in range(patternIndex, len(self._steps)):
            pattern, one, other = self._steps[index]
            matched = one in data or other in data
            while matched:
                data, matched, begin = self._InlineProcessor__applyPattern(pattern, data, index, begin)
        return data

    def run(self, tree: Any, ancestors: list[str] | None = None) -> Any:
        """Apply the patterns to a tree: Python-Markdown's own way, past what it would put back unchanged."""
        if ancestors is not None:
            return super().run(tree, ancestors)
        self.stashed_nodes: dict[str, Any] = {}
        self.parent_map: dict[Any, Any] = {}
        stack: list[tuple[Any, list[str]]] = [(tree, [tree.tag.lower()])]
        place = 0
        while place < len(stack):
            element, self.ancestors = stack[place]
            place += 1
            if element is not tree:
                self.ancestors.append(element.tag.lower())
            made = []
            for child in element:
                text = child.text
                if text and not isinstance(text, AtomicString) and _has_marks(text):
                    self.ancestors.append(child.tag.lower())
                    child.text = None
                    found = self._InlineProcessor__processPlaceholders(
                        self._InlineProcessor__handleInline(text), child
                    )
                    stack += found
                    made.append((child, found))
                    self.ancestors.pop()
                if child.tail and _has_marks(child.tail):
                    self._tail(element, child)
                if len(child):
                    stack.append((child, self.ancestors[:]))
            for child, found in made:
                for index, (new, _) in enumerate(found):
                    child.insert(index, new)
        return tree

    def _tail(self, element: Any, child: Any) -> None:
        tail = self._InlineProcessor__handleInline(child.tail)
        holder = ElementTree.Element("d")
        child.tail = None
        found = self._InlineProcessor__processPlaceholders(tail, holder, False)
        if holder.tail:
            child.tail = holder.tail
        after = list(element).index(child) + 1
        for new, _ in reversed(found):
            element.insert(after, new)


def _has_marks(text: str) -> bool:
    return _MARKED.search(text) is not None or INLINE_PLACEHOLDER_PREFIX in text
