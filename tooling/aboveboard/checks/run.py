"""Run the rules over a library: what parsing found, and what rules find, as one sorted list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from aboveboard.checks import experiments, structure, timeline, times  # noqa: F401  importing registers rules
from aboveboard.checks.rule import RULES, Context
from aboveboard.content.library import Library
from aboveboard.content.problems import PROBLEMS, ProblemKind
from aboveboard.errors import Diagnostic, Severity


def check_library(library: Library, now: datetime) -> list[Diagnostic]:
    """Return every diagnostic of a library, in order of path, line and column; writes nothing."""
    context = Context(library, now)
    prefix = library.project.relative(library.project.content)
    diagnostics = list(library.problems)
    for entry in library.entries:
        for code, rule in RULES.items():
            if entry.kind.name in rule.kinds:
                diagnostics += [
                    Diagnostic(f"{prefix}/{entry.path}", f.position, code, rule.about.severity, f.message)
                    for f in rule.find(entry, context)
                ]
    return sorted(set(diagnostics))


def broken_paths(diagnostics: Collection[Diagnostic]) -> frozenset[str]:
    """Return the project-relative paths that have an error, and so are not published."""
    return frozenset(d.path for d in diagnostics if d.severity is Severity.ERROR)


def all_rules() -> list[ProblemKind]:
    """Return everything that `check` can say, by code."""
    return sorted([*PROBLEMS.values(), *(rule.about for rule in RULES.values())], key=lambda kind: kind.code)
