"""What the Tab key offers where a name is typed: of names that are known without reading texts, if possible.

click asks these functions while a line is being typed. Whatever goes wrong then, nothing is offered: a shell
has no place for an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from aboveboard.content.kinds import BY_NAME, KINDS, Kind
from aboveboard.content.project import Project, find_project
from aboveboard.content.timeline import MILESTONES

if TYPE_CHECKING:
    from aboveboard.content.library import Library

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
Offers = Iterable[tuple[str, str | None]]


def _offering(find: Callable[[click.Context], Offers]) -> Complete:
    """Return what click asks: `find` yields every name with a few words on it."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            offers = sorted(dict(find(ctx)).items())
        except Exception:
            return []
        return [CompletionItem(name, help=words) for name, words in offers if name.startswith(incomplete)]

    return complete


def ids(kind: Kind | None = None) -> Complete:
    """Return what offers the ids of entries, of one kind or of all. Only names of files are looked at."""

    def find(ctx: click.Context) -> Offers:
        from aboveboard.content.names import entry_id
        from aboveboard.content.scan import scan_content

        for found, path in scan_content(_project(ctx).content).entries:
            if kind is None or found is kind:
                yield entry_id(path), found.name

    return _offering(find)


def _templates(ctx: click.Context) -> Offers:
    from aboveboard.authoring.templates import find_templates

    # Before a value that is not typed yet, click leaves the words of the line where they are.
    words = (ctx.params.get("kind"), *ctx.args)
    named = next((BY_NAME[word] for word in words if word in BY_NAME), None)
    for template in find_templates(_project(ctx), *([named] if named else [])):
        yield template.name, template.about.split("\n")[0]


def _codes(ctx: click.Context) -> Offers:
    from aboveboard.checks.run import all_rules

    for rule in all_rules():
        yield rule.code, rule.name


def _teams(ctx: click.Context) -> Offers:
    library = _library(ctx)
    for slug in {*library.registers.teams, *library.by_team}:
        yield slug, library.registers.name_of("teams", slug)


def _services(ctx: click.Context) -> Offers:
    library = _library(ctx)
    for slug in {*library.registers.services, *library.by_service}:
        yield slug, library.registers.name_of("services", slug)


def _promises(ctx: click.Context) -> Offers:
    from aboveboard.insight.actions import promises

    for promise in promises(_library(ctx).entries):
        if promise.action.status == "open" and not promise.entry.is_retold:
            yield promise.id, promise.action.what


def _closed(ctx: click.Context) -> Offers:
    from aboveboard.content.registers import load_registers

    for slug in load_registers(_project(ctx).content)[0].closed:
        yield slug, None


def _project(ctx: click.Context) -> Project:
    # The options of the command itself have not been acted upon: only parsed.
    return find_project(Path(str(ctx.find_root().params.get("folder") or ".")))


def _library(ctx: click.Context) -> Library:
    from aboveboard.content.library import load_library
    from aboveboard.content.store import Store

    project = _project(ctx)
    return load_library(project, Store.open(project.root))


milestones = _offering(lambda ctx: ((name, None) for name in MILESTONES))
kinds = _offering(lambda ctx: ((kind.name, kind.about) for kind in KINDS))
templates = _offering(_templates)
codes = _offering(_codes)
teams = _offering(_teams)
services = _offering(_services)
tags = _offering(lambda ctx: ((tag, None) for tag in _library(ctx).by_tag))
promises = _offering(_promises)
closed = _offering(_closed)
