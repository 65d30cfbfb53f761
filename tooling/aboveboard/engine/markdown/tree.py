"""The last steps of a conversion, past what they would leave as it is."""

from __future__ import annotations

import html
import re
from typing import Any

from markdown.extensions import toc as their_toc
from markdown.extensions.toc import TocTreeprocessor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import HTML_PLACEHOLDER, STX

toc: Any = their_toc
_PUT_AWAY = re.compile(f"<p>{HTML_PLACEHOLDER % '([0-9]+)'}</p>|{HTML_PLACEHOLDER % '([0-9]+)'}")
_HEADING = re.compile("[Hh][123456]")


class QuickToc(TocTreeprocessor):
    """The table of contents, without the list of it where no marker asks for that."""

    md: Any

    def run(self, doc: Any) -> None:
        """Give headings their anchors, and collect them."""
        if self.marker and any(self.marker in element.text for element in doc.iter() if element.text):
            return super().run(doc)
        used = {element.attrib["id"] for element in doc.iter() if "id" in element.attrib}
        counters: dict[str, int] = {}
        tokens = []
        for element in doc.iter():
            if isinstance(element.tag, str) and _HEADING.match(element.tag):
                self.set_level(element)
                tokens += self._token(element, used, counters)
                if self.use_anchors:
                    self.add_anchor(element, element.attrib["id"])
                if self.use_permalinks not in (False, None):
                    self.add_permalink(element, element.attrib["id"])
        self.md.toc_tokens = toc.nest_toc_tokens(tokens)
        self.md.toc = ""
        return None

    def _token(self, element: Any, used: set[str], counters: dict[str, int]) -> list[dict[str, Any]]:
        inner = self._inner(element)
        name = toc.strip_tags(inner) if "<" in inner else " ".join(inner.split())
        if "id" not in element.attrib:
            element.attrib["id"] = toc.unique(self.slugify(html.unescape(name), self.sep), used, counters)
        label = ""
        if "data-toc-label" in element.attrib:
            label = toc.run_postprocessors(toc.unescape(element.attrib["data-toc-label"]), self.md)
            name = toc.escape_cdata(toc.strip_tags(label))
            del element.attrib["data-toc-label"]
        level = int(element.tag[-1])
        if not self.toc_top <= level <= self.toc_bottom:
            return []
        anchor = toc.unescape(element.attrib["id"])
        return [{"level": level, "id": anchor, "name": name, "html": inner, "data-toc-label": label}]

    def _inner(self, element: Any) -> str:
        text: str = element.text or ""
        if text and not len(element) and not any(mark in text for mark in (STX, "&", "<", ">")):
            return text.strip()
        found: str = toc.render_inner_html(toc.remove_fnrefs(element), self.md)
        return found


class QuickUnescape(UnescapeTreeprocessor):
    """Gives escaped characters back, where there are any."""

    def unescape(self, text: str) -> str:
        """Return a text with its escaped characters given back."""
        return super().unescape(text) if STX in text else text

    def run(self, root: Any) -> None:
        """Do it everywhere in a tree but in code."""
        for element in root.iter():
            if element.text and STX in element.text and element.tag != "code":
                element.text = self.unescape(element.text)
            if element.tail and STX in element.tail:
                element.tail = self.unescape(element.tail)
            for key, value in element.items():
                if value is not None and STX in value:
                    element.set(key, self.unescape(value))


class QuickRawHtml(RawHtmlPostprocessor):
    """Puts HTML back that was put away."""

    md: Any

    def run(self, text: str) -> str:
        """Return a text with all of it in place."""
        return _PUT_AWAY.sub(self._back, text) if self.md.htmlStash.html_counter and STX in text else text

    def _back(self, found: re.Match[str]) -> str:
        key = int(found[1] or found[2])
        stash = self.md.htmlStash
        if key >= stash.html_counter:
            return found[0]
        text = self.stash_to_string(stash.rawHtmlBlocks[key])
        if found[1] and not self.isblocklevel(text):
            text = f"<p>{text}</p>"
        return _PUT_AWAY.sub(self._back, text) if STX in text else text
