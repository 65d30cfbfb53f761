"""Build a site beside the live one, look it over, and swap."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aboveboard.content.project import Project
from aboveboard.engine import releases
from aboveboard.engine.ledger import Ledger, read_ledger, untouched, write_ledger
from aboveboard.engine.pagefind import FOLDER as INDEX
from aboveboard.engine.pagefind import require_pagefind
from aboveboard.engine.prepare import Prepared
from aboveboard.engine.search import age_of, has_index_of_its_own, is_fresh, keep_index, make_index
from aboveboard.errors import BuildFailed, UserError

# Material prints a notice about MkDocs 2 with every build; the versions are pinned and CONTRIBUTING tells why.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build. `said`: lines about the search index, and about a build that had to make everything.

    `made`: how many pages and files were made, the others being as they were.
    """

    site: Path
    pages: int
    made: int
    warnings: list[str]
    moved_aside: Path | None = None
    said: tuple[str, ...] = ()


def build_site(
    project: Project,
    prepared: Prepared,
    to: Path | None = None,
    strict: bool = False,
    progress: Tell | None = None,
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
    live = releases.current(site)
    before = read_ledger(project, live.name) if live else Ledger()
    building = releases.begin(site)
    try:
        ledger, warnings, why = _run(project, prepared, building, live, before, strict, progress)
        if strict and ledger.wrong:
            raise BuildFailed(f"{len(ledger.wrong)} things are wrong with the built site", ledger.wrong)
        warnings = [*warnings, *ledger.wrong]
        pages = sum(path.endswith(".html") for path in ledger.files)
        if live and ledger is before and not (search and not is_fresh(project, live, ledger.told)):
            releases.discard(building)
            line = None if search else age_of(project, live, ledger.told)
            return Built(site, pages, 0, warnings, said=tuple(filter(None, (line,))))
        if live and ledger is before:
            releases.fill(building, site, live, untouched(live, before.files), apart=INDEX)
        said = _see_to_search(project, site, building, ledger, search)
        moved = releases.publish(building, site)
        if published := releases.current(site):
            write_ledger(project, published.name, ledger)
    except BaseException:
        releases.discard(building)
        raise
    made = len(ledger.files.items() - before.files.items())
    return Built(site, pages, made, warnings, moved, tuple(filter(None, (why, said))))


def _see_to_search(project: Project, site: Path, building: Path, ledger: Ledger, search: bool) -> str | None:
    if has_index_of_its_own(ledger.files):
        if search:
            reason = f"content/{INDEX} takes it: give that folder another name"
            raise BuildFailed("the search index has no place", [reason])
        return None
    if search:
        return make_index(project, building, ledger.told)
    return keep_index(project, site, building, ledger.told)


def _refuse_to_overwrite(site: Path, project: Project) -> None:
    if project.content.is_relative_to(site) or site.is_relative_to(project.content):
        raise UserError(f"a site cannot be published into {site}: the content is there")
    if site.exists() and not site.is_dir():
        raise UserError(f"{site} is a file, and a site cannot be published over it: move it away")


def _run(
    project: Project,
    prepared: Prepared,
    building: Path,
    live: Path | None,
    before: Ledger,
    strict: bool,
    progress: Tell | None,
) -> tuple[Ledger, list[str], str | None]:
    """Build with our own loop, or with MkDocs's where ours cannot tell what has to be made.

    Returns what was made, what MkDocs warned of, and a line about why everything had to be made.
    """
    from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

    from aboveboard.engine.loop import Order, load, look_at, run_loop
    from aboveboard.engine.setting import CannotTell
    from aboveboard.engine.whole import build_whole
    from aboveboard.engine.workshop import Heard

    order = Order(project.config, building, strict, prepared.public.now)
    why = None
    with Heard() as heard:
        try:
            config, plugin = load(order, prepared)
            found = look_at(releases.site_of(building), live, before)
            tell = progress or (lambda done, total: None)
            try:
                ledger = run_loop(order, config, plugin, prepared, found, heard.warnings, tell)
            except CannotTell as error:
                why = f"everything was made, as always: {error}"
                ledger = build_whole(order, prepared, tell)
            config.plugins.on_shutdown()
        except (Abort, ConfigurationError, MkDocsException) as error:
            reasons = heard.warnings or [str(error)]
            raise BuildFailed("the site was not built, and the last one is untouched", reasons) from None
    warnings = list(dict.fromkeys([*heard.warnings, *ledger.warnings]))
    if config.strict and warnings:
        raise BuildFailed("the site was not built, and the last one is untouched", warnings)
    return ledger, warnings, why
