"""The site as its writers see it, made page by page as they ask for it, and again when what it shows changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

from mkdocs.commands.build import _build_theme_template
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from aboveboard.content.project import Project, load_project
from aboveboard.content.store import Store
from aboveboard.engine.clock import take_now
from aboveboard.engine.encode import digest
from aboveboard.engine.files import as_sheets, made_files, made_of
from aboveboard.engine.made import MadeFile
from aboveboard.engine.plan import Plan, Themed, inputs_of, look_at_theme, plan_site
from aboveboard.engine.prepare import Prepared, prepare
from aboveboard.engine.releases import write_new
from aboveboard.engine.setting import setting_of
from aboveboard.engine.workshop import Piece
from aboveboard.errors import Diagnostic, Severity
from aboveboard.outputs.texts import drafts_showing

Say = Callable[[str], None]


@dataclass(slots=True)
class Preview:
    """A preview below `folder`, at the address `url`. `say` gets what its writer should read."""

    project: Project
    folder: Path
    url: str
    say: Say
    _lock: RLock = field(default_factory=RLock)
    _config: MkDocsConfig | None = None
    _plugin: Any = None
    _nav: Any = None
    _plan: Plan | None = None
    _themed: Themed | None = None
    _by_dest: dict[str, list[File]] = field(default_factory=dict)
    _made: dict[str, bytes] = field(default_factory=dict)
    _before: Prepared | None = None
    _inputs: bytes = b""
    _said: frozenset[Diagnostic] = frozenset()

    def load(self) -> MkDocsConfig:
        """Read the configuration, and return it; raises CannotTell where a preview of ours is not possible."""
        with self._lock:
            project = load_project(self.project.config)
            config = load_config(str(self.project.config), site_dir=str(self.folder))
            config.site_url = self.url
            plugin: Any = config.plugins["aboveboard"]
            config.plugins.on_startup(command="serve", dirty=False)
            # MkDocs keeps plugins for as long as the process lives: what is a preview is said with what is built.
            plugin.preview = False
            config = config.plugins.on_config(config)
            setting_of(config)
            self.project, self._config, self._plugin, self._nav = (
                project or self.project,
                config,
                plugin,
                config.nav,
            )
            self._plan, self._inputs, self._themed = None, b"", look_at_theme(config)
            self._made.clear()
            return config

    def refresh(self) -> None:
        """Read what changed, and forget what shows it."""
        with self._lock:
            prepared = prepare(self.project, take_now(zone=self.project.zone), True, Store.open(self.project.root))
            self._tell(prepared.diagnostics)
            inputs = inputs_of(prepared)
            if self._plan is None or self._before is None or inputs != self._inputs:
                self._plan_all(prepared)
            else:
                self._plan_texts(self._before, prepared)
            self._before, self._inputs = prepared, inputs

    def make(self, dest: str) -> None:
        """Make what is asked for, unless it is there as it would be made."""
        with self._lock:
            files = self._by_dest.get(dest)
            if files is None or self._plan is None:
                return
            key = self._key(files)
            if self._made.get(dest) != key:
                piece = Piece(files[0].src_uri, key, tuple(file.src_uri for file in files))
                self._plan.shop.finish(piece)
                self._made |= dict.fromkeys((file.dest_uri for file in files), key)

    def close(self) -> None:
        with self._lock:
            if self._plan is not None:
                self._plan.shop.close()

    def _key(self, files: Sequence[File]) -> bytes:
        return digest((made_of(files[0], self._plugin.words), [file.src_uri for file in files]))

    def _plan_all(self, prepared: Prepared) -> None:
        assert self._config is not None
        self._plugin.at_hand, self._config.nav = prepared, self._nav
        plan = plan_site(self._config, self._plugin, prepared, [], self._themed)
        self._plan = plan
        self._by_dest = {}
        of_draft: dict[Any, list[File]] = {}
        for file in plan.shop.files:
            if isinstance(file, MadeFile):
                of_draft.setdefault(file.making, []).append(file)
                self._by_dest[file.dest_uri] = of_draft[file.making]
            elif file.is_documentation_page():
                self._by_dest[file.dest_uri] = [file]
        copied = {file.dest_uri for file in plan.copied}
        for dest in self._made.keys() - self._by_dest.keys() - copied - {""}:
            (self.folder / dest).unlink(missing_ok=True)
            del self._made[dest]
        for file in plan.copied:
            write_new(file.abs_dest_path, file.content_bytes)
        self._frame_changed()
        self._made |= dict.fromkeys(copied, b"")
        _build_theme_template("404.html", plan.shop.env, plan.shop.files, self._config, plan.shop.nav)

    def _frame_changed(self) -> None:
        """Forget everything where the menu is another."""
        assert self._plan is not None
        menu = digest(self._plan.menu)
        if self._made.get("") != menu:
            self._made = {"": menu}

    def _plan_texts(self, before: Prepared, prepared: Prepared) -> None:
        """Take over the entries whose texts changed; of everything else nothing did."""
        assert self._plan is not None and self._config is not None
        known = {entry.id: entry.source for entry in before.public.entries}
        changed = [entry for entry in prepared.public.entries if known.get(entry.id) != entry.source]
        public = self._plugin.take_up(prepared, self._config).public
        files = self._plan.shop.files
        made = made_files(
            self._config, public, drafts_showing(public, changed), self._plugin.keys, self._plugin.shelf
        )
        for file in made:
            if isinstance(files.get_file_from_path(file.src_uri), MadeFile):
                files.remove(file)
                files.append(file)
                self._replace(file)

    def _replace(self, file: MadeFile) -> None:
        assert self._plan is not None and self._config is not None
        group = self._by_dest[file.dest_uri]
        group[:] = [file if one.src_uri == file.src_uri else one for one in group]
        if file.is_documentation_page():
            as_sheets([file], self._plan.shop.files, self._config, self._plugin.words, self._plugin.shelf)

    def _tell(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Say what there is to mend that was not there before."""
        found = frozenset(d for d in diagnostics if d.severity is not Severity.INFO)
        for diagnostic in sorted(found - self._said):
            self.say(str(diagnostic))
        self._said = found
