"""What can go wrong and is somebody's business: requests that cannot be met, and diagnostics of content.

Anything raised that is not a `UserError` is a bug.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a diagnostic weighs: only an error keeps an entry from being published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text file; line and column count from 1, columns in characters."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One thing that is wrong with one file, and what to do about it.

    `path` is relative to the project, with forward slashes on every platform.
    """

    path: str
    position: Position
    code: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        line, column = self.position.line, self.position.column
        return f"{self.path}:{line}:{column}: {self.code} {self.severity} {self.message}"


class UserError(Exception):
    """A request that cannot be met; its text is one line that says what to do instead."""


class BuildFailed(UserError):
    """The site could not be built; what was published before is untouched. `reasons` has a line each."""

    def __init__(self, message: str, reasons: list[str]) -> None:
        super().__init__(message)
        self.reasons = reasons


class NotAProject(UserError):
    """No `mkdocs.yml` that uses the plugin was found."""

    def __init__(self, start: Path) -> None:
        super().__init__(
            f"no Aboveboard project in {start} or above it: run `aboveboard init` there, "
            "or name the project with -C DIR"
        )


class AlreadyExists(UserError):
    """A file that would be written is there already, and it is not ours to replace."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already and was left as it is")
        self.path = path


class ChangedMeanwhile(UserError):
    """A file has other bytes than it had when this run began, and something needs those that it had."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} changed while this was running: run it once more")


class UnknownName(UserError):
    """A kind, team, template or field that does not exist, with the nearest one that does."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        guess = nearest(name, names)
        hint = f"did you mean {guess}?" if guess else f"there are: {', '.join(names) or 'none'}"
        super().__init__(f"no {what} is called {name!r}: {hint}")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like `name`, or None when none is near."""
    folded = {candidate.casefold(): candidate for candidate in known}
    matches = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None
