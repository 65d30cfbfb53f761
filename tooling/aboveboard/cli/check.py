"""`aboveboard check`"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from aboveboard.checks.run import check_library
from aboveboard.cli.session import open_session
from aboveboard.content.library import load_library
from aboveboard.content.project import Project
from aboveboard.errors import Diagnostic, Severity, UserError

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}

EXAMPLE = """\b
Example:
  aboveboard check
  aboveboard check content/incidents/2026-11-20-checkout-timeouts.md
"""


@click.command(epilog=EXAMPLE)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
def command(paths: tuple[str, ...], form: str, strict: bool) -> None:
    """Say what is wrong, where, and what to do about it.

    Errors keep an entry from being published and exit 1; warnings and information never do.
    """
    session = open_session()
    diagnostics = check_library(load_library(session.project), session.now)
    if paths:
        wanted = [_within(session.project, path) for path in paths]
        diagnostics = [d for d in diagnostics if any(_covers(path, d.path) for path in wanted)]
    if form == "json":
        click.echo(json.dumps([_as_json(d) for d in diagnostics], indent=2, ensure_ascii=False))
    else:
        for diagnostic in diagnostics:
            click.echo(_coloured(diagnostic))
        click.echo(_count(diagnostics), err=True)
    severities = {diagnostic.severity for diagnostic in diagnostics}
    if Severity.ERROR in severities or (strict and Severity.WARNING in severities):
        click.get_current_context().exit(1)


def report_errors(diagnostics: list[Diagnostic]) -> None:
    """Print errors on stderr, as `check` would."""
    for diagnostic in diagnostics:
        click.echo(_coloured(diagnostic), err=True)


def _within(project: Project, path: str) -> str:
    whole = Path(path).absolute()
    if not whole.exists():
        raise UserError(f"{path} is not there")
    return project.relative(whole.resolve() if not whole.is_symlink() else whole)


def _covers(path: str, found: str) -> bool:
    return path in (".", found) or found.startswith(f"{path}/")


def _coloured(d: Diagnostic) -> str:
    place = f"{d.path}:{d.position.line}:{d.position.column}:"
    return f"{place} {d.code} {click.style(d.severity.value, fg=COLOURS[d.severity])} {d.message}"


def _count(diagnostics: list[Diagnostic]) -> str:
    counted = Counter(diagnostic.severity for diagnostic in diagnostics)
    if not counted:
        return "nothing to mend"
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
    said = [f"{counted[s]} {name}{'' if counted[s] == 1 else 's'}" for s, name in names.items() if counted[s]]
    return ", ".join(said)


def _as_json(d: Diagnostic) -> dict[str, object]:
    return {
        "path": d.path,
        "line": d.position.line,
        "column": d.position.column,
        "code": d.code,
        "severity": d.severity.value,
        "message": d.message,
    }
