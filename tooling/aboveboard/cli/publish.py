"""`aboveboard publish`"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import click

from aboveboard.cli.bar import Bar
from aboveboard.cli.check import report_errors
from aboveboard.cli.session import Session, open_session, shown_path
from aboveboard.engine.publishing.differences import Differences, address_of, printable, written_first
from aboveboard.engine.publishing.manifest import written
from aboveboard.engine.publishing.publish import NotFit, Outlook, Published, Wish, publish_commit

EXAMPLE = """\b
Example:
  aboveboard publish --dry-run
  aboveboard publish
  aboveboard publish --to /srv/www/blog --keep 5
  aboveboard publish --dry-run --against https://example.org/blog/
"""
# Of pages that are added or changed, as many are listed each; with --dry-run all are.
MOST = 20


@click.command(epilog=EXAMPLE)
@click.option(
    "--to",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Publish there instead of `publish.to`, and deploy nothing.",
)
@click.option(
    "--keep",
    metavar="N",
    type=click.IntRange(1),
    help="Keep so many releases, instead of `publish.keep`.",
)
@click.option(
    "--against",
    metavar="URL|DIR",
    help="Compare with the site that readers have there, instead of the release here.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def command(to: Path | None, keep: int | None, against: str | None, dry_run: bool) -> None:
    """Publish what is committed: check, build aside, look it over, swap, deploy.

    Says which pages are added, changed and vanished. An address that readers have must go on leading somewhere.
    When anything is wrong the live site stays as it is. SHA256SUMS and release.json at the site's root say what
    it is made of: the same commit with the same --now gives the same bytes.
    """
    session = open_session()
    # What is published says its second, so that anybody can make it again.
    now = session.now.replace(microsecond=0)
    wish = Wish(now, to, keep, against, dry_run)

    def show(outlook: Outlook) -> None:
        _say_outlook(session, outlook, now, dry_run)

    try:
        with Bar("Building") as progress:
            done = publish_commit(session.project, wish, show, progress)
    except NotFit as error:
        report_errors(error.errors)
        raise
    _say_done(done)


def _say_outlook(session: Session, outlook: Outlook, now: datetime, everything: bool) -> None:
    commit, differences = outlook.commit, outlook.differences
    for line in outlook.said:
        click.echo(line, err=True)
    click.echo(f"commit {commit.id[:12]} {printable(commit.subject)}", err=True)
    local = now.astimezone(session.project.zone)
    click.echo(
        f"as of {local:%Y-%m-%d %H:%M} {session.project.zone}; --now {written(now)} makes it again", err=True
    )
    if outlook.next_opening:
        opening = outlook.next_opening.astimezone(session.project.zone)
        click.echo(f"next to open: {opening:%Y-%m-%d %H:%M}; publish again then", err=True)
    if not differences.live.sums:
        click.echo(f"nothing is published at {_shown(differences.live.where)} yet", err=True)
    for line in _lines(differences, outlook.written, everything):
        click.echo(line)
    click.echo(_count(differences, outlook.pages))


def _lines(differences: Differences, written_pages: frozenset[str], everything: bool) -> Iterator[str]:
    """Yield a line for each page that readers notice; derived ones that changed are counted."""
    yield from _listed("added", differences.added, written_pages, everything)
    changed, derived = written_first(differences.changed, written_pages)
    yield from _listed("changed", changed, written_pages, everything)
    if derived and everything:
        yield from _listed("changed", derived, written_pages, everything)
    elif derived:
        yield f"changed   … {_pages(len(derived))} that list and count"
    yield from _listed("vanished", differences.vanished, written_pages, everything=True)


def _listed(how: str, paths: Iterable[str], first: frozenset[str], everything: bool) -> Iterator[str]:
    ours, derived = written_first(paths, first)
    shown = [*ours, *derived]
    most = len(shown) if everything else MOST
    for path in shown[:most]:
        yield f"{how:<9} {address_of(path)}"
    if len(shown) > most:
        yield f"{how:<9} … and {_pages(len(shown) - most)} more; --dry-run lists all"


def _count(differences: Differences, pages: int) -> str:
    added, changed, vanished = map(len, (differences.added, differences.changed, differences.vanished))
    if not (added or changed or vanished or differences.others):
        return f"{_pages(pages)}, all as they were"
    others = f", {differences.others} other files" if differences.others else ""
    return f"{_pages(pages)}: {added} added, {changed} changed, {vanished} vanished{others}"


def _say_done(done: Published) -> None:
    site = shown_path(done.site)
    if done.moved_aside:
        click.echo(f"a folder stood at {site}: moved to {shown_path(done.moved_aside)}", err=True)
    if done.release is None:
        click.echo("a dry run: nothing was changed", err=True)
        return
    click.echo(f"published: {site} is {shown_path(done.release)}", err=True)
    if done.deploy:
        click.echo(f"deployed: {shlex.join(done.deploy)}", err=True)


def _pages(count: int) -> str:
    return f"{count} page{'s'[: count != 1]}"


def _shown(where: str) -> str:
    return where if "://" in where else shown_path(Path(where))
