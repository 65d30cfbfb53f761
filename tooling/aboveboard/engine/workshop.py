"""Where one page is finished: read, rendered, put into its frame, written, looked over; in one go, and let go.

MkDocs's own functions do it, a page at a time rather than one step for all pages: so they come out as they do
there, and no page's text is held for longer than it takes.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import jinja2
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from aboveboard.engine.indexed import said_to_search
from aboveboard.engine.ledger import Row, stamp_of
from aboveboard.engine.looking.ground import Ground
from aboveboard.engine.releases import write_new
from aboveboard.engine.sheet import Sheet
from aboveboard.engine.verify import dead_links


@dataclass(frozen=True, slots=True)
class Piece:
    """What is made together: the files of a draft, or one page that somebody wrote.

    `name`: its first path. `is_told`: feeds that are to be made show its text too.
    """

    name: str
    key: bytes
    paths: tuple[str, ...]
    is_told: bool = False


@dataclass(slots=True)
class Workshop:
    """What every page needs to be finished; the same in each process.

    `known`: every file that the site will have, by path. `heard`: what MkDocs warns of, while it does.
    `looks_over`: whether links that lead nowhere are looked for.
    """

    config: MkDocsConfig
    plugin: Any
    files: Files
    nav: Navigation
    env: jinja2.Environment
    known: Collection[str]
    heard: list[str]
    pages: Sequence[File] = field(default=())
    looks_over: bool = True
    ground: Ground = field(init=False)

    def __post_init__(self) -> None:
        self.ground = Ground(self.known, self.config.site_url)

    def finish(self, piece: Piece) -> tuple[str, Row]:
        """Make a piece; return its name and its row in the ledger."""
        stamps, told = {}, {}
        wrong: list[str] = []
        dated: tuple[str | None, str | None] = (None, None)
        looked_up: dict[str, str | None] = {}
        before = len(self.heard)
        for path in piece.paths:
            file = self.files.src_uris[path]
            if file.is_documentation_page():
                page = file.page
                assert isinstance(page, Sheet)
                html = self._page(page)
                dated = _dated(page)
                looked_up = dict(page.looked_up)
                wrong += dead_links(file.dest_uri, html, self.ground) if self.looks_over else ()
                if (said := said_to_search(html)) is not None:
                    told[address_of(file.dest_uri)] = blake2b(said.encode(), digest_size=12).hexdigest()
                page.let_go()
            else:
                data = file.content_bytes
                write_new(file.abs_dest_path, data)
                if self.looks_over and file.dest_uri.endswith(".html"):
                    wrong += dead_links(file.dest_uri, data.decode("utf-8", "replace"), self.ground)
            stamps[file.dest_uri] = stamp_of(file.abs_dest_path)
        if piece.is_told:
            self.files.src_uris[piece.name].making.tell()  # type: ignore[attr-defined]
        warnings = tuple(self.heard[before:])
        return piece.name, Row(piece.key, stamps, warnings, tuple(wrong), looked_up, dated, told)

    def close(self) -> None:
        """Keep what was rendered."""
        if self.plugin.shelf is not None:
            self.plugin.shelf.flush()

    def populate(self, page: Page) -> None:
        """Read and render a page, without its frame."""
        _populate_page(page, self.config, self.files)

    def _page(self, page: Page) -> str:
        if page.content is None:
            self.populate(page)
        if os.path.lexists(page.file.abs_dest_path):
            # MkDocs would write into the file that another release has too.
            os.unlink(page.file.abs_dest_path)
        _build_page(page, self.config, self.pages, self.nav, self.env)
        html: str = self.plugin.output
        return html


class Heard(logging.Handler):
    """Listens to what MkDocs warns of while it builds."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record.getMessage())

    def __enter__(self) -> Heard:
        logger = logging.getLogger("mkdocs")
        logger.addHandler(self)
        logger.propagate = False
        return self

    def __exit__(self, *_: object) -> None:
        logger = logging.getLogger("mkdocs")
        logger.removeHandler(self)
        logger.propagate = True


def address_of(path: str) -> str:
    """Return a page's address as search knows it: `/incidents/x/`."""
    return f"/{path}".removesuffix("index.html")


def _dated(page: Page) -> tuple[str | None, str | None]:
    return page.meta.get("lastmod"), page.meta.get("robots")
