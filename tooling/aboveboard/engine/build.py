"""Build a site beside the live one, look it over, and swap."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aboveboard.content.project import Project
from aboveboard.engine import releases
from aboveboard.engine.pagefind import require_pagefind
from aboveboard.engine.prepare import Prepared
from aboveboard.engine.search import keep_index, make_index
from aboveboard.engine.verify import verify_site
from aboveboard.errors import BuildFailed, UserError

# Material prints a notice about MkDocs 2 with every build; the versions are pinned and CONTRIBUTING tells why.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build. `search`: a line about the search index, where there is something to say."""

    site: Path
    pages: int
    warnings: list[str]
    moved_aside: Path | None
    search: str | None = None


def build_site(
    project: Project,
    prepared: Prepared,
    to: Path | None = None,
    strict: bool = False,
    progress: Callable[[int, int], None] | None = None,
    search: bool = False,
) -> Built:
    """Build what was prepared into a new folder, verify it, and make it the published site.

    `to`: publish there instead of the configured folder. `progress` is told, page by page, how many of
    how many are rendered. `search`: make the search index too; without it the live site's is kept, as
    long as it says nothing that the pages don't. Raises BuildFailed, with nothing changed.
    """
    if search:
        require_pagefind()
    site = Path(to or project.site).absolute()
    _refuse_to_overwrite(site, project)
    building = releases.begin(site)
    try:
        warnings = _run_mkdocs(project, prepared, building, strict, progress)
        said = make_index(project, building) if search else keep_index(project, site, building)
        wrong = list(verify_site(building, prepared.library, prepared.public))
        if wrong and strict:
            raise BuildFailed(f"{len(wrong)} things are wrong with the built site", wrong)
        pages = sum(1 for _ in building.rglob("*.html"))
        moved = releases.publish(building, site)
    except BaseException:
        releases.discard(building)
        raise
    return Built(site, pages, [*warnings, *wrong], moved, said)


def _refuse_to_overwrite(site: Path, project: Project) -> None:
    if project.content.is_relative_to(site) or site.is_relative_to(project.content):
        raise UserError(f"a site cannot be published into {site}: the content is there")
    if site.exists() and not site.is_dir():
        raise UserError(f"{site} is a file, and a site cannot be published over it: move it away")


def _run_mkdocs(
    project: Project,
    prepared: Prepared,
    building: Path,
    strict: bool,
    progress: Callable[[int, int], None] | None,
) -> list[str]:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

    with _Heard() as heard:
        try:
            config = load_config(str(project.config), site_dir=str(building), strict=strict)
            plugin: Any = config.plugins["aboveboard"]
            plugin.prepared, plugin.progress = prepared, progress
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
        except (Abort, ConfigurationError, MkDocsException) as error:
            reasons = heard.warnings or [str(error)]
            raise BuildFailed("the site was not built, and the last one is untouched", reasons) from None
    return heard.warnings


class _Heard(logging.Handler):
    """Listens to MkDocs while it builds."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record.getMessage())

    def __enter__(self) -> _Heard:
        logger = logging.getLogger("mkdocs")
        logger.addHandler(self)
        logger.propagate = False
        return self

    def __exit__(self, *_: object) -> None:
        logger = logging.getLogger("mkdocs")
        logger.removeHandler(self)
        logger.propagate = True
