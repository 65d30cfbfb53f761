"""A page of the site on its way through MkDocs: read, rendered and cleaned, or taken from the shelf as it was."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from aboveboard.engine.made import MadeFile
from aboveboard.engine.markdown import converter_for
from aboveboard.engine.shelf import PAGES, Shelf
from aboveboard.outputs.page import Page

_log = logging.getLogger("mkdocs.structure.pages")
# What a rendered page consists of, beside its text: each is set by `render`.
_Record = tuple[dict[str, Any], str, Any, str | None, tuple[str, ...], Any, dict[str, str | None], Any]


class Sheet(MkDocsPage):
    """MkDocs's own page, but for where it comes from.

    `looked_up`: the links to other sources in it, with the address that each led to; None where to nowhere.
    """

    file: File
    shelf: Shelf | None = None
    _made_of: Callable[[], tuple[object, ...]]
    _files: Files
    looked_up: dict[str, str | None] = {}
    _key: bytes | None = None
    _kept: _Record | None = None
    _said: list[tuple[int, str]] = []

    def on_shelf(self, shelf: Shelf, made_of: Callable[[], tuple[object, ...]], files: Files) -> None:
        """Look for the page on the shelf when it is read; `made_of` tells what it is found by."""
        self.shelf, self._made_of, self._files = shelf, made_of, files

    def _take(self) -> None:
        if self.shelf is None:
            return
        self._key = self.shelf.key(*self._made_of())
        kept = self.shelf.get(PAGES, self._key)
        if not isinstance(kept, tuple) or len(kept) != 8:
            return
        if all(leads(self._files, path) == url for path, url in kept[6].items()):
            self._kept = kept

    def read_source(self, config: MkDocsConfig) -> None:
        self._take()
        if self._kept is not None:
            self.markdown, self.meta = "", dict(self._kept[0])
        elif isinstance(self.file, MadeFile):
            item = self.file.take()
            assert isinstance(item, Page)
            # What MkDocs would read of the page's text, without writing it first and parsing it again.
            self.markdown, self.meta = item.markdown, item.meta
        else:
            super().read_source(config)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the Markdown, or take what was converted before; what MkDocs said of it is said again."""
        if self._kept is None:
            if self.markdown is None:
                raise RuntimeError("a page is read before it is rendered")
            with _listening() as self._said:
                rendered = converter_for(config).convert(self.markdown, self.file, files)
            self.content, self.toc, self._title_from_render = rendered.content, rendered.toc, rendered.title
            self.present_anchor_ids, self.links_to_anchors = rendered.anchors, rendered.links
            self.looked_up = rendered.looked_up
            return
        _, self.content, toc, self._title_from_render, anchors, links, self.looked_up, said = self._kept
        self.toc = TableOfContents([_link(*one) for one in toc])
        self.present_anchor_ids = set(anchors)
        self.links_to_anchors = {file: dict(to) for path, to in links if (file := files.get_file_from_path(path))}
        for level, line in said:
            _log.log(level, line)

    @property
    def is_kept(self) -> bool:
        """Whether it came from the shelf, cleaned already."""
        return self._kept is not None

    def keep(self, html: str) -> None:
        """Put the page on the shelf, with its text as it is shown."""
        if self.shelf is None or self._key is None:
            return
        links = [(file.src_uri, dict(to)) for file, to in (self.links_to_anchors or {}).items()]
        record: _Record = (
            dict(self.meta), html, [_plain(one) for one in self.toc], self._title_from_render,
            tuple(sorted(self.present_anchor_ids or ())), links, self.looked_up, self._said,
        )  # fmt: skip
        self.shelf.put(PAGES, self._key, record)

    def let_go(self) -> None:
        """Forget the text: the page is written. MkDocs asks it for the title, which menus show on every page."""
        self.title = self.title
        self.markdown = self.content = self._kept = None
        self.toc = TableOfContents([])
        self.meta.pop("head", None)


def leads(files: Files, path: str) -> str | None:
    """Return the address that a source path has on the site, or None."""
    found = files.get_file_from_path(path)
    return found.url if found else None


def _plain(link: AnchorLink) -> tuple[Any, ...]:
    return link.title, link.id, link.level, getattr(link, "active", False), [_plain(one) for one in link.children]


def _link(title: str, name: str, level: int, active: bool, below: Iterable[Any]) -> AnchorLink:
    link = AnchorLink(title, name, level)
    if active:
        link.active = True  # type: ignore[attr-defined]
    link.children = [_link(*one) for one in below]
    return link


@contextmanager
def _listening() -> Iterator[list[tuple[int, str]]]:
    """Collect what MkDocs says of a page, to say it again when the page comes from the shelf."""
    said: list[tuple[int, str]] = []
    handler = logging.Handler(logging.INFO)
    handler.emit = lambda record: said.append((record.levelno, record.getMessage()))  # type: ignore[method-assign]
    _log.addHandler(handler)
    try:
        yield said
    finally:
        _log.removeHandler(handler)
