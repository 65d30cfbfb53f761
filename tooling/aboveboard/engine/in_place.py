"""Plain `mkdocs build` by our own loop: the site is brought up to date in the folder where it stands.

MkDocs goes through its steps and finds nothing to do in them:

    on_pre_build   it would empty the folder: what is in there waits in a hidden one, which MkDocs leaves alone;
                   it would look for files and templates: it is shown none
    on_files       everything comes back, our loop makes what is another by now, and MkDocs is handed no file
    on_post_build  the configuration is again what it was, as it is where a build fails

Where a build is killed in between, the next one finds what waits. A ledger of the folder says what it was made of;
a file that somebody touched since is made again, and one that is not ours goes, as it does when MkDocs cleans.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Collection
from hashlib import blake2b
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from aboveboard.content.project import Project
from aboveboard.engine.in_turn import Turn
from aboveboard.engine.ledger import Ledger, read_ledger, write_ledger
from aboveboard.engine.loop import Order, look_at, run_loop
from aboveboard.engine.prepare import Prepared
from aboveboard.engine.said import said_at_the_end
from aboveboard.engine.setting import CannotTell, setting_of
from aboveboard.errors import UserError

WAITING = ".aboveboard-waiting"


class Place:
    """The folder where a site stands, from the moment that MkDocs would empty it to the end of the build.

    `dirty`: what is not ours stays, as whoever says `--dirty` wants it.
    """

    def __init__(self, config: MkDocsConfig, project: Project, dirty: bool) -> None:
        """Raises CannotTell where our own loop cannot know what has to be made."""
        if config.validation.links.anchors >= logging.WARNING:
            raise CannotTell("`validation` wants a warning of every anchor that is missing")
        setting_of(config)
        self.site = Path(config.site_dir).absolute()
        self._waiting = self.site / WAITING
        self._config, self._project, self._dirty = config, project, dirty
        self._name = f"in-place-{blake2b(os.fsencode(project.relative(self.site)), digest_size=8).hexdigest()}"
        self._turn = Turn(project.cache / f"{self._name}.lock")
        self._before = Ledger()
        self._shown = config.docs_dir, config.theme.dirs, config.theme.static_templates
        self.at_work = False

    def set_aside(self) -> None:
        """Hide what the folder holds from MkDocs, which would remove it; what nobody can use is left to that."""
        self._turn.take()
        self._before = read_ledger(self._project, self._name)
        self._show_nothing()
        self.give_back()
        if self._dirty or not self._before.rows or not self.site.is_dir():
            return
        try:
            self._waiting.mkdir()
            for path in _seen(self.site):
                path.rename(self._waiting / path.name)
        except OSError:
            # A system on which a folder cannot be moved while somebody looks into it.
            self.give_back()
            self._before = Ledger()

    def give_back(self) -> None:
        """Put back what waits; what was made at its place since then is newer."""
        for waiting in list(self._waiting.iterdir()) if self._waiting.is_dir() else ():
            if not os.path.lexists(self.site / waiting.name):
                waiting.rename(self.site / waiting.name)
        forget_waiting(self.site)

    def bring_up_to_date(self, plugin: Any, prepared: Prepared) -> None:
        """Make what is another by now, and say what MkDocs had to say of it."""
        self.at_work = True
        self._show_everything()
        config = self._config
        order = Order(self._project.config, self.site, config.strict, prepared.public.now, plain=True)
        try:
            self.give_back()
            if self._before.rows and self.site.is_dir() and not self._dirty:
                _remove_others(str(self.site), "", self._before.files.keys())
            live = look_at(self.site, self._before, None)
            with said_at_the_end() as said:
                ledger = run_loop(order, config, plugin, prepared, live, said, lambda done, total: None)
                said += ledger.warnings
        except UserError as error:
            raise PluginError("\n".join([str(error), *getattr(error, "reasons", ())])) from None
        except OSError as error:
            raise PluginError(f"the site was not built: {error}") from None
        if ledger is not self._before:
            write_ledger(self._project, self._name, ledger)
        config.nav = []
        self._show_nothing()

    def close(self) -> None:
        """Leave everything as it belongs, whatever came of the build."""
        self.give_back()
        self._show_everything()
        self._turn.end()

    def _show_nothing(self) -> None:
        """Keep MkDocs from walking through the content and the theme, and from rendering what lists all pages."""
        theme = self._config.theme
        self._config.docs_dir, theme.static_templates = str(self._waiting / "nothing"), set()
        # Where it has to translate, MkDocs warns if it finds no folder that does.
        theme.dirs = [] if theme.locale.language == "en" else theme.dirs

    def _show_everything(self) -> None:
        theme = self._config.theme
        self._config.docs_dir, theme.dirs, theme.static_templates = self._shown


def forget_waiting(site: Path) -> None:
    """Remove what a build that was killed left waiting."""
    shutil.rmtree(site / WAITING, ignore_errors=True)


def _seen(folder: Path) -> list[Path]:
    """Return what MkDocs would remove of a folder: hidden files are not its own."""
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _remove_others(site: str, prefix: str, ours: Collection[str]) -> bool:
    """Remove every file of a folder that is not ours, and every folder that is empty; return whether all went."""
    left = False
    with os.scandir(f"{site}/{prefix}") as found:
        entries = list(found)
    for entry in entries:
        path = prefix + entry.name
        if not prefix and entry.name.startswith("."):
            left = True
        elif entry.is_dir(follow_symlinks=False):
            if _remove_others(site, f"{path}/", ours):
                Path(entry).rmdir()
            else:
                left = True
        elif path in ours:
            left = True
        else:
            Path(entry).unlink()
    return not left
