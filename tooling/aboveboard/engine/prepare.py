"""From a project to what is published: read, checked, and made public, once per build."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from aboveboard.checks.context import Desk
from aboveboard.checks.quiet import is_noted
from aboveboard.checks.run import broken_paths, check_library
from aboveboard.content.library import Library, load_library
from aboveboard.content.project import Project
from aboveboard.content.public import PublicLibrary, preview, publish
from aboveboard.content.registers import load_registers
from aboveboard.content.sources import read_sources
from aboveboard.content.store import Store
from aboveboard.engine.ahead import study_ahead
from aboveboard.errors import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Prepared:
    """One reading of a project at one instant."""

    library: Library
    public: PublicLibrary
    diagnostics: list[Diagnostic]

    @property
    def errors(self) -> list[Diagnostic]:
        return [d for d in self.diagnostics if d.severity is Severity.ERROR]


def prepare(
    project: Project,
    now: datetime,
    for_writers: bool = False,
    store: Store | None = None,
    with_advice: bool = False,
    at_once: bool = False,
) -> Prepared:
    """Read and check a project; `for_writers` shows what is held back too, marked, and what to mend.

    What did not change is remembered from the last time, in the project's own `store` if none is named. Only
    errors are looked for, which keep things from being published, unless somebody asks for advice or `check` has
    given it already. `at_once`: read all texts now, for somebody who asks for them long after, as writers do.
    """
    store = store or Store.open(project.root)
    desk = Desk(project, load_registers(project.content)[0])
    only_errors = not (for_writers or with_advice or is_noted(store, desk))
    sources = read_sources(project, store, at_once=at_once or for_writers)
    study_ahead(replace(desk, only_errors=only_errors), sources, now, store)
    library = load_library(project, store, sources)
    diagnostics = check_library(library, now, store=store, only_errors=only_errors)
    if for_writers:
        return Prepared(library, preview(library, now, diagnostics), diagnostics)
    return Prepared(library, publish(library, now, broken_paths(diagnostics)), diagnostics)
