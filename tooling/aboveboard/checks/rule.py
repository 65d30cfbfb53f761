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
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.library import Page
from aboveboard.content.problems import ProblemKind
from aboveboard.errors import Position, Severity

if TYPE_CHECKING:
    from aboveboard.checks.attachment import Attachment
    from aboveboard.checks.context import Context

PAGE, LIBRARY, ATTACHMENT = "page", "library", "attachment"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule does not hold, and what to do about it.

    `severity` only where it differs from the rule's own in this case.
    """

    position: Position
    message: str
    severity: Severity | None = None


Document = Entry | Page
Find = Callable[[Entry, "Context"], Iterator[Finding]]
FindInDocument = Callable[[Document, "Context"], Iterator[Finding]]
FindInAttachment = Callable[["Attachment", "Context"], Iterator[Finding]]
FindAnywhere = Callable[["Context"], Iterator[tuple[str, Finding]]]
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Rule:
    """A documented generator, and what it looks at: kinds of entry, `page`, `attachment`, `library`.

    `around`: whether it looks beyond its document, at what else there is in the library.
    """

    about: ProblemKind
    looks_at: frozenset[str]
    find: Callable[..., Any]
    around: bool = False


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, *kinds: Kind, around: bool = False) -> Callable[[Find], Find]:
    """Register a generator of findings in an entry as the rule `code`, for some kinds or for all.

    What it finds is remembered until the entry changes. One that needs to know what else there is says
    `around`, and then may ask `context.surroundings`.
    """
    return _register(code, severity, *(kind.name for kind in kinds or KINDS), around=around)


def document_rule(
    code: str, severity: Severity, around: bool = False
) -> Callable[[FindInDocument], FindInDocument]:
    """Register a generator of findings in anything written: entries of all kinds and ordinary pages."""
    return _register(code, severity, PAGE, *(kind.name for kind in KINDS), around=around)


def attachment_rule(code: str, severity: Severity) -> Callable[[FindInAttachment], FindInAttachment]:
    """Register a generator of findings in a file that is no Markdown; registers are such files too."""
    return _register(code, severity, ATTACHMENT)


def library_rule(code: str, severity: Severity) -> Callable[[FindAnywhere], FindAnywhere]:
    """Register a generator over the whole library: it yields a path in the content folder, or
    one from the project's root with a slash in front, and a finding.

    It sees what others may see of entries, and not their text: a text may change without its being asked.
    """
    return _register(code, severity, LIBRARY, around=True)


def rules_for(what: str, set_to: dict[str, Any]) -> list[Rule]:
    """Return the rules that look at something, those that the project has turned off apart."""
    return [r for r in every_rule().values() if what in r.looks_at and set_to.get(r.about.code) != "off"]


def every_rule() -> dict[str, Rule]:
    """Return all rules by code; they are imported when they are asked for first."""
    import_module("aboveboard.checks.rooms")
    return RULES


def _register(code: str, severity: Severity, *looks_at: str, around: bool = False) -> Callable[[F], F]:
    def register(find: F) -> F:
        assert code not in RULES, f"{code} is taken: codes are never reused"
        RULES[code] = Rule(_documented(code, severity, find), frozenset(looks_at), find, around)
        return find

    return register


def _documented(code: str, severity: Severity, find: Callable[..., Any]) -> ProblemKind:
    text = inspect.getdoc(find) or ""
    parts = re.fullmatch(r"(?s)(?P<why>.+?)\s+Bad: (?P<bad>.+?)\s+Good: (?P<good>.+)", text)
    assert parts, f"{code} lacks its why, `Bad:` or `Good:`"
    clean = {name: " ".join(part.split()) for name, part in parts.groupdict().items()}
    return ProblemKind(code, severity, find.__name__.replace("_", " "), **clean)
