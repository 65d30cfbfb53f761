"""Build a site beside the live one, look it over, and swap."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.content.project import Project
from aboveboard.content.store import Store
from aboveboard.engine import releases
from aboveboard.engine.ledger import Ledger, read_ledger, untouched, write_ledger
from aboveboard.engine.pagefind import FOLDER as INDEX
from aboveboard.engine.pagefind import require_pagefind
from aboveboard.engine.prepare import Prepared
from aboveboard.engine.search import age_of, has_index_of_its_own, is_fresh, keep_index, make_index
from aboveboard.errors import BuildFailed, UserError

if TYPE_CHECKING:
    from aboveboard.engine.loop import Live

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


@dataclass(frozen=True, slots=True)
class Aside:
    """A site that stands beside the live one, whole and verified. `same`: whether it would be the live one again.

    `live`: the release that is published. `before`: what that was made of; `ledger`: what this one is made of.
    """

    site: Path
    building: Path
    live: Path | None
    before: Ledger
    ledger: Ledger
    warnings: list[str]
    said: tuple[str, ...]
    same: bool = False

    @property
    def pages(self) -> int:
        return sum(path.endswith(".html") for path in self.ledger.files)

    @property
    def made(self) -> int:
        return len(self.ledger.files.items() - self.before.files.items())


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
    site = Path(to or project.site).absolute()
    with built_aside(project, prepared, site, strict, progress, search) as aside:
        if aside.same:
            return Built(site, aside.pages, 0, aside.warnings, said=aside.said)
        moved = swap(project, aside)
    return Built(site, aside.pages, aside.made, aside.warnings, moved, aside.said)


@contextmanager
def built_aside(
    project: Project,
    prepared: Prepared,
    site: Path,
    strict: bool = False,
    progress: Tell | None = None,
    search: bool = False,
    always: bool = False,
) -> Iterator[Aside]:
    """Give what was prepared as a site beside the live one; what was not swapped in by the end is removed.

    `always`: make a release of its own where nothing changed too, and leave every older one as it stands.
    """
    if search:
        require_pagefind()
    refuse_to_overwrite(site, project)
    live = releases.current(site)
    before = read_ledger(project, live.name) if live else Ledger()
    building, store = releases.begin(site), Store.open(project.root)
    spare = None if always else releases.spare_of(site, project.settings.publish.keep)
    try:
        from aboveboard.engine.loop import look_at

        ledger, warnings, why = _run(
            project, prepared, building, look_at(live, before, spare, store), strict, progress
        )
        if strict and ledger.wrong:
            raise BuildFailed(f"{len(ledger.wrong)} things are wrong with the built site", ledger.wrong)
        warnings = [*warnings, *ledger.wrong]
        aside = Aside(site, building, live, before, ledger, warnings, ())
        if live and ledger is before and not always and not (search and not is_fresh(project, live, ledger.told)):
            line = None if search else age_of(project, live, ledger.told)
            yield replace(aside, said=tuple(filter(None, (line,))), same=True)
            return
        if live and ledger is before:
            releases.fill(building, live, untouched(live, before.files), INDEX, spare, store)
        said = _see_to_search(project, aside, search)
        yield replace(aside, said=tuple(filter(None, (why, said))))
    finally:
        releases.discard(building)


def swap(project: Project, aside: Aside, keep: int | None = None) -> Path | None:
    """Make what stands aside the published site; return where a real folder in its way was moved to."""
    moved = releases.publish(aside.building, aside.site, keep or project.settings.publish.keep)
    if published := releases.current(aside.site):
        write_ledger(project, published.name, aside.ledger)
    return moved


def _see_to_search(project: Project, aside: Aside, search: bool) -> str | None:
    building, told = aside.building, aside.ledger.told
    if has_index_of_its_own(aside.ledger.files):
        if search:
            reason = f"content/{INDEX} takes it: give that folder another name"
            raise BuildFailed("the search index has no place", [reason])
        return None
    if search and not (aside.live and is_fresh(project, aside.live, told)):
        return make_index(project, building, told)
    return keep_index(project, aside.site, building, told)


def refuse_to_overwrite(site: Path, project: Project) -> None:
    """Raise UserError where a site would be published over the content, or over a file."""
    if project.content.is_relative_to(site) or site.is_relative_to(project.content):
        raise UserError(f"a site cannot be published into {site}: the content is there")
    if site.exists() and not site.is_dir():
        raise UserError(f"{site} is a file, and a site cannot be published over it: move it away")


def _run(
    project: Project,
    prepared: Prepared,
    building: Path,
    found: Live | None,
    strict: bool,
    progress: Tell | None,
) -> tuple[Ledger, list[str], str | None]:
    """Build with our own loop, or with MkDocs's where ours cannot tell what has to be made.

    Returns what was made, what MkDocs warned of, and a line about why everything had to be made.
    """
    from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

    from aboveboard.engine.loop import Order, load, run_loop
    from aboveboard.engine.setting import CannotTell
    from aboveboard.engine.whole import build_whole
    from aboveboard.engine.workshop import Heard

    order = Order(project.config, building, strict, prepared.public.now)
    why = None
    with Heard() as heard:
        try:
            config, plugin = load(order, prepared)
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
