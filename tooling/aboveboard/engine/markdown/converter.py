"""What MkDocs's `Page.render` gives, from a converter that is made once and not for every page."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import (
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import TableOfContents, get_toc

from aboveboard.engine.markdown.quick import Quick

# Extensions that forget one page before the next when they are told to. Of others nobody knows.
FORGETFUL = frozenset(
    ["toc", "tables", "fenced_code", "sane_lists", "footnotes", "admonition"],
) | frozenset(["pymdownx.superfences", "pymdownx.tasklist", "pymdownx.tabbed"])
_MKDOCS = logging.getLogger("mkdocs.structure.pages")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What comes of a page's Markdown.

    `title`: of its first heading, where that is what it begins with. `anchors`: those that can be linked to.
    `links`: the anchors that it links to, by file. `looked_up`: every path that a link was taken for, and the
    address of the file there, or None where there is no file.
    """

    content: str
    toc: TableOfContents
    title: str | None
    anchors: set[str]
    links: dict[File, dict[str, str]] | None
    looked_up: dict[str, str | None]


class Converter:
    """Converts the pages of one build in one process, with MkDocs's own steps."""

    def __init__(self, config: MkDocsConfig) -> None:
        self.config = config
        self._made: tuple[Markdown, _Steps] | None = None
        self._once = _is_forgetful(config["markdown_extensions"], config["mdx_configs"] or {})

    def convert(self, text: str, file: File, files: Files) -> Rendered:
        """Return what MkDocs makes of a page's Markdown. `files`: where its links may lead."""
        asked = _Asked(files)
        markdown, steps = self._at_hand()
        steps.begin(file, asked)
        try:
            content = markdown.convert(text)
        except BaseException:
            # Whatever it was in the middle of, the next page begins anew.
            self._made = None
            raise
        return Rendered(
            content,
            get_toc(getattr(markdown, "toc_tokens", [])),
            steps.title.title,
            steps.anchors.present_anchor_ids | _anchors_of(markdown, steps),
            # MkDocs leaves them out where it tells every detail.
            steps.links.links_to_anchors if _MKDOCS.getEffectiveLevel() > logging.DEBUG else None,
            asked.answers,
        )

    def _at_hand(self) -> tuple[Markdown, _Steps]:
        if self._made is None or not self._once:
            kind = Quick if self._once else Markdown
            markdown = kind(
                extensions=self.config["markdown_extensions"], extension_configs=self.config["mdx_configs"] or {}
            )
            self._made = markdown, _Steps(markdown, self.config)
            if isinstance(markdown, Quick):
                markdown.begin()
        else:
            self._made[0].reset()
        return self._made


def _anchors_of(markdown: Markdown, steps: _Steps) -> set[Any]:
    found = markdown.raw_anchors if isinstance(markdown, Quick) else None
    return steps.raw.present_anchor_ids if found is None else found


def _is_forgetful(extensions: Sequence[Any], settings: Mapping[str, Any]) -> bool:
    # Footnotes may count pages, and fences may be anybody's functions.
    told = any(settings.get(name) for name in ("footnotes", "pymdownx.superfences"))
    return not told and all(isinstance(name, str) and name in FORGETFUL for name in extensions)


class _Steps:
    """MkDocs's own steps in a conversion: they find anchors and titles, and set links right."""

    def __init__(self, markdown: Markdown, config: MkDocsConfig) -> None:
        nobody: Any = None
        self.raw = _RawHTMLPreprocessor()
        self.anchors = _ExtractAnchorsTreeprocessor(nobody, nobody, config)
        self.links = _RelativePathTreeprocessor(nobody, nobody, config)
        self.title = _ExtractTitleTreeprocessor()
        # In MkDocs's order: it decides where two have the same priority.
        for step in (self.raw, self.anchors, self.links, self.title):
            step._register(markdown)

    def begin(self, file: File, files: Any) -> None:
        """Forget the last page."""
        self.raw.present_anchor_ids = set()
        self.anchors.present_anchor_ids = set()
        self.links.file, self.links.files, self.links.links_to_anchors = file, files, {}
        self.title.title = None


class _Asked:
    """Files, and what was asked of them."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.answers: dict[str, str | None] = {}

    def get_file_from_path(self, path: str) -> File | None:
        found = self._files.get_file_from_path(path)
        self.answers[path] = found.url if found is not None else None
        return found


_latest: Converter | None = None


def converter_for(config: MkDocsConfig) -> Converter:
    """Return the converter of a build: one for each process, and for as long as the configuration is the same."""
    global _latest  # noqa: PLW0603
    if _latest is None or _latest.config is not config:
        _latest = Converter(config)
    return _latest
