"""Run the rules over a library: what parsing found, and what rules find, as one sorted list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

# Importing a room registers its rules.
from aboveboard.checks import (  # noqa: F401
    actions,
    closed,
    durations,
    experiments,
    headings,
    leftovers,
    structure,
    timeline,
    times,
)
from aboveboard.checks.blame import rules as blame_rules  # noqa: F401
from aboveboard.checks.leaks import rules as leak_rules  # noqa: F401
from aboveboard.checks.reach import elsewhere, links, lost, moved, reach, reading, statement  # noqa: F401
from aboveboard.checks.rule import LIBRARY, PAGE, RULES, Context, Document, Finding, Rule
from aboveboard.checks.waivers import Waiver, find_waivers, without_waived
from aboveboard.content.entry import Entry
from aboveboard.content.library import Library
from aboveboard.content.problems import PROBLEMS, ProblemKind
from aboveboard.errors import Diagnostic, Severity, UnknownName

Wanted = Callable[[str], bool]


def check_library(
    library: Library, now: datetime, wanted: Wanted = lambda path: True, select: Collection[str] = ()
) -> list[Diagnostic]:
    """Return every diagnostic of a library, in order of path, line and column; writes nothing.

    `wanted` says of a project-relative path whether it is looked at. `select` keeps only codes that
    begin with one of its members: `BL`, `TM001`.
    """
    context = Context(library, now)
    prefix = library.project.relative(library.project.content)
    diagnostics = [d for d in library.problems if wanted(d.path)]
    documents: list[Document] = [*library.entries, *library.pages]
    for document in documents:
        path = f"{prefix}/{document.path}"
        if wanted(path):
            found = _in_document(document, context, path)
            diagnostics += without_waived(found, find_waivers(document.matter.text))
    for rule in _rules(library, LIBRARY):
        placed = ((f"{prefix}/{path}", finding) for path, finding in rule.find(context))
        diagnostics += [_diagnostic(rule, f, context, path) for path, f in placed if wanted(path)]
    chosen = tuple(select)
    return sorted({d for d in diagnostics if not chosen or d.code.startswith(chosen)})


def broken_paths(diagnostics: Collection[Diagnostic]) -> frozenset[str]:
    """Return the project-relative paths that have an error, and so are not published."""
    return frozenset(d.path for d in diagnostics if d.severity is Severity.ERROR)


def all_rules() -> list[ProblemKind]:
    """Return everything that `check` can say, by code."""
    return sorted([*PROBLEMS.values(), *(rule.about for rule in RULES.values())], key=lambda kind: kind.code)


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


def _in_document(document: Document, context: Context, path: str) -> Iterator[Diagnostic]:
    what = document.kind.name if isinstance(document, Entry) else PAGE
    for rule in _rules(context.library, what):
        for finding in rule.find(document, context):
            yield _diagnostic(rule, finding, context, path)


def _rules(library: Library, what: str) -> list[Rule]:
    """Return the rules that look at something, those that the project has turned off apart."""
    set_to = library.project.settings.rules
    return [r for r in RULES.values() if what in r.looks_at and set_to.get(r.about.code) != "off"]


def _diagnostic(rule: Rule, finding: Finding, context: Context, path: str) -> Diagnostic:
    code = rule.about.code
    set_to = context.library.project.settings.rules.get(code)
    severity = Severity(set_to) if set_to else finding.severity or rule.about.severity
    return Diagnostic(path, finding.position, code, severity, finding.message)
