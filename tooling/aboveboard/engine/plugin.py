"""The MkDocs plugin: hooks only. `mkdocs build` and `mkdocs serve` work with it by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.base import ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from aboveboard.content.front_matter import FrontMatter
from aboveboard.content.project import ASSEMBLED, Project, read_settings
from aboveboard.engine.clock import take_now
from aboveboard.engine.configure import configure, project_of
from aboveboard.engine.extension import finished
from aboveboard.engine.files import as_sheets, hand_over, page_words, safe_meta
from aboveboard.engine.in_place import Place, forget_waiting
from aboveboard.engine.keys import Keys
from aboveboard.engine.prepare import Prepared, prepare
from aboveboard.engine.setting import CannotTell, setting_of
from aboveboard.engine.sheet import Sheet
from aboveboard.engine.shelf import KeptItems, Shelf
from aboveboard.errors import Severity
from aboveboard.outputs.listings.search import PATH as SEARCH

Progress = Callable[[int, int], None]
log = get_plugin_logger("aboveboard")


class AboveboardPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Hands entries and derived pages to MkDocs in memory; writes nothing into the content folder.

    `prepared` may be set by a build of ours that has read the project already; it serves one build,
    because MkDocs keeps plugin objects for as long as the process lives.
    """

    def __init__(self) -> None:
        self.preview = self.dirty = False
        self.by_mkdocs = True
        self.place: Place | None = None
        self.prepared: Prepared | None = None
        self.at_hand: Prepared | None = None
        self.options: dict[str, Any] = {}
        self.project: Project | None = None
        self.words: dict[str, dict[str, str]] = {}
        self.progress: Progress | None = None
        self.done = 0
        self.output = ""
        self.keys: Keys | None = None
        self.shelf: Shelf | None = None

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        self.options, self.by_mkdocs, self.place = dict(options or {}), True, None
        _, problems = read_settings(self.options, FrontMatter(""))
        unknown = [("aboveboard", problem.message) for problem in problems if problem.code == "FD004"]
        wrong: ConfigErrors = [("aboveboard", ValidationError(p.message)) for p in problems if p.code != "FD004"]
        return wrong, unknown

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.preview, self.dirty = command == "serve", dirty
        self.by_mkdocs = self.preview

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if ASSEMBLED in config.extra:
            return self._stand_aside(config)
        self.project = project_of(config, self.options)
        self.at_hand, self.prepared = self.prepared, None
        self.done = 0
        return configure(config, self.project)

    def _stand_aside(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take part in nothing: this site was assembled, and everything is there already."""
        for name, methods in config.plugins.events.items():
            mine = [method for method in methods if getattr(method, "__self__", None) is self]
            # A new list, for MkDocs is on its way through the old one.
            config.plugins.events[name] = [method for method in methods if method not in mine]
        log.info("this site was assembled: the plugin has nothing left to do")
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        # MkDocs empties the site folder first. Where it is a link to a release of ours, only the link goes.
        site = Path(config.site_dir)
        if site.is_symlink():
            site.unlink()
        self.place = self._place(config)
        if self.place is None:
            forget_waiting(site)
        else:
            self.place.set_aside()

    def _place(self, config: MkDocsConfig) -> Place | None:
        """Return where our own loop builds; None where MkDocs's does."""
        assert self.project is not None
        if self.by_mkdocs:
            return None
        try:
            return Place(config, self.project, self.dirty)
        except CannotTell as error:
            log.info(f"everything is made, as always: {error}")
            return None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        assert self.project is not None
        prepared = self.at_hand
        if prepared is None:
            now, by_mkdocs = take_now(zone=self.project.zone), self.place is None
            # MkDocs tells advice too. Its own loop could not say it well that a text changed meanwhile.
            prepared = prepare(self.project, now, self.preview, with_advice=True, at_once=by_mkdocs)
            _report(prepared)
        if self.place is not None and not self.place.at_work:
            # At work, our loop asks for the files as well, and then they are handed over.
            self.at_hand = prepared
            self.place.bring_up_to_date(self, prepared)
            return Files([])
        prepared = self.take_up(prepared, config)
        assert self.keys is not None
        return hand_over(files, config, prepared, self.keys, self.shelf)

    def take_up(self, prepared: Prepared, config: MkDocsConfig) -> Prepared:
        """Make ready for building what was prepared, and return it so that what is made of it is kept."""
        self.words, self.keys, self.shelf = page_words(prepared.library), Keys(prepared.public), None
        try:
            self.shelf = Shelf(prepared.library.project.root, setting_of(config))
        except CannotTell:
            return prepared
        return replace(prepared, public=replace(prepared.public, kept=KeptItems(self.shelf, self.keys)))

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        as_sheets(files.documentation_pages(), files, config, self.words, self.shelf)
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        # MkDocs reads front matter as YAML 1.1 and themes print it unescaped: an ordinary page's words are
        # given as its author wrote them, made safe. Our own pages come with both done.
        if page.file.generated_by is None:
            page.meta = safe_meta(page.meta, self.words.get(page.file.src_uri, {}))
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        assert self.project is not None
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, len(files.documentation_pages()))
        if isinstance(page, Sheet) and page.is_kept:
            return html
        # Nobody but us may have a form, and only on the page that searches: all that stands on it is escaped.
        is_form = page.file.src_uri == SEARCH and page.file.generated_by is not None
        trusted = is_form or self.project.settings.raw_html == "allow"
        clean = finished(html, self.project.site_url, trusted)
        if isinstance(page, Sheet):
            page.keep(clean)
        return clean

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        self.output = output
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.place is not None:
            self.place.close()
        elif self.shelf is not None:
            self.shelf.flush()
            self.shelf.trim()

    def on_build_error(self, *, error: Exception) -> None:
        self.on_shutdown()

    def on_shutdown(self) -> None:
        if self.place is not None:
            self.place.close()


def _report(prepared: Prepared) -> None:
    """Errors are warnings to MkDocs, so that --strict fails on them; our advice must not block a build."""
    for diagnostic in prepared.diagnostics:
        if diagnostic.severity is Severity.ERROR:
            log.warning(f"not published: {diagnostic}")
        elif diagnostic.severity is Severity.WARNING:
            log.info(str(diagnostic))
