"""From a project to what is published: read, checked, and made public, once per build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aboveboard.checks.run import broken_paths, check_library
from aboveboard.content.library import Library, load_library
from aboveboard.content.project import Project
from aboveboard.content.public import PublicLibrary, publish
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


def prepare(project: Project, now: datetime, preview: bool = False) -> Prepared:
    """Read and check a project; a `preview` shows what is held back too, with a mark."""
    library = load_library(project)
    diagnostics = check_library(library, now)
    return Prepared(library, publish(library, now, broken_paths(diagnostics), preview), diagnostics)
