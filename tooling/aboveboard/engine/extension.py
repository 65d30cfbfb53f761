"""A Python-Markdown extension that does to an assembled site's pages what the plugin does after rendering.

Every engine that reads an assembled `mkdocs.yml` runs it, for all of them convert with Python-Markdown; none of
them runs without it, for a page is not published uncleaned because a package is missing.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from aboveboard.engine.placed import Marked, place_links
from aboveboard.engine.reachable import make_reachable
from aboveboard.engine.sanitise import sanitise

NAME = "aboveboard.engine.extension"
_FIRST, _LAST = 100_000, -100_000


def digest_of(markdown: str) -> str:
    """Return what a page is known by: a digest of its Markdown, without blank lines around it."""
    return sha256(markdown.strip().encode("utf-8", "surrogatepass")).hexdigest()


def finished(html: str, site_url: str | None, trusted: bool) -> str:
    """Return a rendered page as it is published: clean, unless it is `trusted`, and such that all can reach it."""
    return make_reachable(html if trusted else sanitise(html, site_url)).strip()


class AboveboardExtension(Extension):
    """Cleans each page and makes it reachable.

    `site_url`: whose pictures stay. `clean`: false where `raw_html: allow` is set. `trusted`: digests of pages
    that are ours to the last byte and may have what nobody else may, such as the form that searches.
    """

    def __init__(self, **options: Any) -> None:
        self.config = {
            "site_url": ["", "The site's own address"],
            "clean": [True, "Take out what can run"],
            "trusted": [[], "Digests of pages that are left as they are"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Look at a page before anything else does, and clean it after everything else is done."""
        seen = _Seen(md)
        md.treeprocessors.register(Marked(md), "aboveboard_marked", _LAST)
        md.treeprocessors.register(_Rendered(md, seen), "aboveboard_rendered", _LAST)
        md.preprocessors.register(seen, "aboveboard_seen", _FIRST)
        md.postprocessors.register(_Cleaned(md, seen, self.getConfigs()), "aboveboard_cleaned", _LAST)


class _Seen(Preprocessor):
    """Knows which page it is, by its text, and whether all of it is rendered."""

    digest = ""
    rendered = False

    def run(self, lines: list[str]) -> list[str]:
        self.digest, self.rendered = digest_of("\n".join(lines)), False
        return lines


class _Rendered(Treeprocessor):
    """Runs when every other step on the tree is done: `toc` finishes each heading by itself before, to name it."""

    def __init__(self, md: Markdown, seen: _Seen) -> None:
        super().__init__(md)
        self._seen = seen

    def run(self, root: Element) -> None:
        self._seen.rendered = True


class _Cleaned(Postprocessor):
    def __init__(self, md: Markdown, seen: _Seen, options: dict[str, Any]) -> None:
        super().__init__(md)
        self._seen, self._options = seen, options

    def run(self, text: str) -> str:
        """Return what is rendered as it is published, once it is the whole page."""
        if not self._seen.rendered:
            return text
        trusted = not self._options["clean"] or self._seen.digest in self._options["trusted"]
        html = finished(text, self._options["site_url"] or None, trusted)
        return place_links(self.md, html)


def makeExtension(**options: Any) -> AboveboardExtension:
    """Return the extension, as Python-Markdown asks for it."""
    return AboveboardExtension(**options)
