"""Publish a commit: taken out, checked, built aside, looked over, sealed, compared, swapped in, deployed.

Until the swap nothing that a reader can see has changed; whatever fails before leaves the live site as it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from aboveboard.content.cache import COMMIT
from aboveboard.content.project import Project, load_project
from aboveboard.content.store import Store
from aboveboard.engine import releases
from aboveboard.engine.build import Aside, Tell, built_aside, refuse_to_overwrite, swap
from aboveboard.engine.pagefind import INSTALL, is_installed
from aboveboard.engine.prepare import Prepared, prepare
from aboveboard.engine.publishing.commit import Commit, find_commit, require_clean, take_out
from aboveboard.engine.publishing.deploy import filled_in, run_deploy, split_command
from aboveboard.engine.publishing.differences import Differences, Live, compare, find_live
from aboveboard.engine.publishing.lock import only_one
from aboveboard.engine.publishing.manifest import Sums, open_up, seal
from aboveboard.engine.publishing.vanished import refuse_vanished
from aboveboard.errors import BuildFailed, Diagnostic, UserError
from aboveboard.outputs.links import file_of, source_path

_EPOCH = "SOURCE_DATE_EPOCH"


class NotFit(BuildFailed):
    """The commit has errors, which `check` finds as well."""

    def __init__(self, errors: list[Diagnostic]) -> None:
        super().__init__("nothing was published: mend these first; the live site is as it was", [])
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for. `to`: another place than the configured one, and then nothing is deployed."""

    now: datetime
    to: Path | None = None
    keep: int | None = None
    against: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is about to be published. `written`: the files of pages that somebody wrote; the others are derived.

    `said`: lines about the build and the search index.
    """

    commit: Commit
    sums: Sums
    differences: Differences
    written: frozenset[str]
    pages: int
    said: tuple[str, ...]
    next_opening: datetime | None


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it. `release`: the folder, None where nothing was to be done; `deploy`: what was run."""

    site: Path
    release: Path | None = None
    moved_aside: Path | None = None
    deploy: tuple[str, ...] = ()


def publish_commit(project: Project, wish: Wish, show: Callable[[Outlook], None], progress: Tell) -> Published:
    """Publish the commit that a project stands at.

    `show` is told what that changes before anything a reader can see has changed, also where it is refused then.
    Raises UserError, with the live site as it was; only where deploying fails a new release stands already.
    """
    site = _site(project, wish)
    command = project.settings.publish.deploy
    words = split_command(command) if command and not wish.to else []
    with only_one(project.cache):
        try:
            commit, release, moved = _release(project, wish, site, show, progress)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise UserError(
                f"nothing was published, and the live site is as it was: {where}{error.strerror or error}"
            ) from None
        deploy = filled_in(words, release, commit.id) if release else []
        if deploy:
            run_deploy(deploy, project.root, site)
    return Published(site, release, moved, tuple(deploy))


def _release(
    project: Project, wish: Wish, site: Path, show: Callable[[Outlook], None], progress: Tell
) -> tuple[Commit, Path | None, Path | None]:
    """Make a release and swap it in; return its commit, its folder, and where a folder in its way was moved to."""
    commit = find_commit(project)
    require_clean(project, commit, (site, project.site.absolute()))
    refuse_to_overwrite(site, project)
    live = find_live(site, wish.against)
    _refuse_without_search(live)
    taken = _taken_out(project, commit)
    prepared = prepare(taken, wish.now)
    if prepared.errors:
        raise NotFit(prepared.errors)
    with _as_of(wish.now), _built(taken, prepared, site, progress) as aside:
        outlook = _seal(aside, commit, prepared, live)
        show(outlook)
        refuse_vanished(outlook.differences, outlook.sums)
        if wish.dry_run:
            return commit, None, None
        open_up(aside.building)
        moved = swap(taken, aside, wish.keep)
    return commit, releases.current(site), moved


def _site(project: Project, wish: Wish) -> Path:
    """Return where the site goes: what was asked for counts from here, what is configured from the project."""
    to = project.settings.publish.to
    site = (wish.to or (project.root / to if to else project.site)).absolute()
    # The site may be a link, and is replaced; what it lies in is looked through.
    return site.parent.resolve() / site.name


def _taken_out(project: Project, commit: Commit) -> Project:
    taken = load_project(take_out(project, commit))
    if taken is None or not taken.content.is_relative_to((project.cache / COMMIT).resolve()):
        raise UserError(f"docs_dir in {project.config.name} names no folder of the commit: write it relative")
    return taken


@contextmanager
def _built(project: Project, prepared: Prepared, site: Path, progress: Tell) -> Iterator[Aside]:
    """Give the site as it would be published, looked over."""
    search = is_installed()
    with built_aside(project, prepared, site, True, progress, search, always=True) as aside:
        if wrong := _look_over(aside.building, prepared):
            raise BuildFailed(
                f"{len(wrong)} things are wrong with the built site; the live one is as it was", wrong
            )
        if not search:
            line = f"search: Pagefind is not installed, so the site cannot be searched: {INSTALL}"
            aside = replace(aside, said=(*aside.said, line))
        yield aside


def _look_over(site: Path, prepared: Prepared) -> list[str]:
    from aboveboard.engine.looked_over import look_over

    library = prepared.library
    return look_over(site, library, prepared.public, Store.open(library.project.root))


def _seal(aside: Aside, commit: Commit, prepared: Prepared, live: Live) -> Outlook:
    public = prepared.public
    counts = {"entries": len(public.entries), "pages": aside.pages}
    sums = seal(aside.building, commit.id, public.now, counts)
    sources = [*map(source_path, public.entries), *(page.path for page in prepared.library.pages)]
    written = frozenset(file_of(path, public.project.directory_urls) for path in sources)
    return Outlook(commit, sums, compare(live, sums), written, aside.pages, aside.said, public.next_opening)


def _refuse_without_search(live: Live) -> None:
    if live.has_search and not is_installed():
        raise UserError(
            f"{live.where} can be searched, and without Pagefind the next release could not be: {INSTALL}"
        )


@contextmanager
def _as_of(now: datetime) -> Iterator[None]:
    """Have programs that put a time into what they make take this one (reproducible-builds.org)."""
    before = os.environ.get(_EPOCH)
    os.environ[_EPOCH] = str(int(now.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[_EPOCH]
        else:
            os.environ[_EPOCH] = before
