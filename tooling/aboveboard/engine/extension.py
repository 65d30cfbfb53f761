"""A Python-Markdown extension that does to an assembled site's pages what the plugin does after rendering.

Every engine that reads an assembled `mkdocs.yml` runs it, for all of them convert with Python-Markdown; none of
them runs without it, for a page is not published uncleaned because a package is missing.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

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
        md.preprocessors.register(seen, "aboveboard_seen", _FIRST)
        md.postprocessors.register(_Cleaned(md, seen, self.getConfigs()), "aboveboard_cleaned", _LAST)


class _Seen(Preprocessor):
    """Knows which page it is, by its text."""

    digest = ""

    def run(self, lines: list[str]) -> list[str]:
        self.digest = digest_of("\n".join(lines))
        return lines


class _Cleaned(Postprocessor):
    def __init__(self, md: Markdown, seen: _Seen, options: dict[str, Any]) -> None:
        super().__init__(md)
        self._seen, self._options = seen, options

    def run(self, text: str) -> str:
        trusted = not self._options["clean"] or self._seen.digest in self._options["trusted"]
        html = finished(text, self._options["site_url"] or None, trusted)
        return place_links(self.md, html)


def makeExtension(**options: Any) -> AboveboardExtension:
    """Return the extension, as Python-Markdown asks for it."""
    return AboveboardExtension(**options)
