"""Run the rules over a library: what parsing found, and what rules find, as one sorted list."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from aboveboard.checks.inspection import Inspection
from aboveboard.checks.rule import Document, every_rule
from aboveboard.checks.waivers import Waiver, find_waivers
from aboveboard.content.library import Library
from aboveboard.content.problems import PROBLEMS, ProblemKind
from aboveboard.content.store import Store
from aboveboard.errors import Diagnostic, Severity, UnknownName

Wanted = Callable[[str], bool]


def check_library(
    library: Library,
    now: datetime,
    wanted: Wanted = lambda path: True,
    select: Collection[str] = (),
    store: Store | None = None,
    only_errors: bool = False,
) -> list[Diagnostic]:
    """Return every diagnostic of a library, in order of path, line and column.

    `wanted` says of a project-relative path whether it is looked at. `select` keeps only codes that
    begin with one of its members: `BL`, `TM001`. With a `store` only what changed is looked at, and what
    that may touch; the answer is the same. `only_errors`: what is no error is not looked for.
    """
    found = Inspection(library, now, store, only_errors).diagnostics(wanted)
    return choose(found, select)


def choose(diagnostics: Collection[Diagnostic], select: Collection[str]) -> list[Diagnostic]:
    """Return the diagnostics whose codes begin with one of `select`, or all, in order and each once."""
    chosen = tuple(select)
    return sorted({d for d in diagnostics if not chosen or d.code.startswith(chosen)})


def broken_paths(diagnostics: Collection[Diagnostic]) -> frozenset[str]:
    """Return the project-relative paths that have an error, and so are not published."""
    return frozenset(d.path for d in diagnostics if d.severity is Severity.ERROR)


def all_rules() -> list[ProblemKind]:
    """Return everything that `check` can say, by code."""
    rules = (rule.about for rule in every_rule().values())
    return sorted([*PROBLEMS.values(), *rules], key=lambda kind: kind.code)


def find_codes(select: Collection[str]) -> tuple[str, ...]:
    """Return the beginnings of codes that `--select` names; raise UnknownName where nothing begins so."""
    known = [kind.code for kind in all_rules()]
    for wanted in select:
        if not any(code.startswith(wanted.upper()) for code in known):
            raise UnknownName("rule", wanted, {*known, *(code[:2] for code in known)})
    return tuple(wanted.upper() for wanted in select)


def all_waivers(library: Library) -> list[tuple[str, Waiver]]:
    """Return every waiver in the content with the project-relative path of its file."""
    prefix = library.project.relative(library.project.content)
    documents: list[Document] = [*library.entries, *library.pages]
    return [(f"{prefix}/{d.path}", waiver) for d in documents for waiver in find_waivers(d.matter.text)]
