"""What a rule is: a generator of findings about one entry, with a code that is never reused.

A rule is named as the assertion it makes. Its docstring says why, then a bad and a good example:

    @rule("TM001", Severity.ERROR, INCIDENT)
    def the_end_is_after_the_start(entry, context):
        '''An incident cannot end before it starts.

        Bad: `resolved_at: 2026-11-20T01:00Z` under `started_at: 2026-11-20T02:00Z`
        Good: `resolved_at: 2026-11-20T03:00Z`
        '''
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.library import Library, Page
from aboveboard.content.problems import ProblemKind
from aboveboard.errors import Position, Severity

PAGE, LIBRARY = "page", "library"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule does not hold, and what to do about it.

    `severity` only where it differs from the rule's own in this case.
    """

    position: Position
    message: str
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at beside its entry."""

    library: Library
    now: datetime


Document = Entry | Page
Find = Callable[[Entry, Context], Iterator[Finding]]
FindInDocument = Callable[[Document, Context], Iterator[Finding]]
FindAnywhere = Callable[[Context], Iterator[tuple[str, Finding]]]
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Rule:
    """A documented generator, and what it looks at: kinds of entry, `page`, or `library` for the whole."""

    about: ProblemKind
    looks_at: frozenset[str]
    find: Callable[..., Any]


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, *kinds: Kind) -> Callable[[Find], Find]:
    """Register a generator of findings in an entry as the rule `code`, for some kinds or for all."""
    return _register(code, severity, *(kind.name for kind in kinds or KINDS))


def document_rule(code: str, severity: Severity) -> Callable[[FindInDocument], FindInDocument]:
    """Register a generator of findings in anything written: entries of all kinds and ordinary pages."""
    return _register(code, severity, PAGE, *(kind.name for kind in KINDS))


def library_rule(code: str, severity: Severity) -> Callable[[FindAnywhere], FindAnywhere]:
    """Register a generator over the whole library: it yields a path in the content folder and a finding."""
    return _register(code, severity, LIBRARY)


def _register(code: str, severity: Severity, *looks_at: str) -> Callable[[F], F]:
    def register(find: F) -> F:
        assert code not in RULES, f"{code} is taken: codes are never reused"
        RULES[code] = Rule(_documented(code, severity, find), frozenset(looks_at), find)
        return find

    return register


def _documented(code: str, severity: Severity, find: Callable[..., Any]) -> ProblemKind:
    text = inspect.getdoc(find) or ""
    parts = re.fullmatch(r"(?s)(?P<why>.+?)\s+Bad: (?P<bad>.+?)\s+Good: (?P<good>.+)", text)
    assert parts, f"{code} lacks its why, `Bad:` or `Good:`"
    clean = {name: " ".join(part.split()) for name, part in parts.groupdict().items()}
    return ProblemKind(code, severity, find.__name__.replace("_", " "), **clean)
