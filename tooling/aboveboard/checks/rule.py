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

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.library import Library
from aboveboard.content.problems import ProblemKind
from aboveboard.errors import Position, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule does not hold, and what to do about it."""

    position: Position
    message: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at beside its entry."""

    library: Library
    now: datetime


Find = Callable[[Entry, Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A documented generator, and the kinds of entry it looks at."""

    about: ProblemKind
    kinds: frozenset[str]
    find: Find


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, *kinds: Kind) -> Callable[[Find], Find]:
    """Register a generator as the rule `code`, for some kinds or for all."""

    def register(find: Find) -> Find:
        assert code not in RULES, f"{code} is taken: codes are never reused"
        names = frozenset(kind.name for kind in kinds or KINDS)
        RULES[code] = Rule(_documented(code, severity, find), names, find)
        return find

    return register


def _documented(code: str, severity: Severity, find: Find) -> ProblemKind:
    text = inspect.getdoc(find) or ""
    parts = re.fullmatch(r"(?s)(?P<why>.+?)\s+Bad: (?P<bad>.+?)\s+Good: (?P<good>.+)", text)
    assert parts, f"{code} lacks its why, `Bad:` or `Good:`"
    clean = {name: " ".join(part.split()) for name, part in parts.groupdict().items()}
    return ProblemKind(code, severity, find.__name__.replace("_", " "), **clean)
