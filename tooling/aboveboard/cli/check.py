"""`aboveboard check`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aboveboard.checks.report import (
    format_count,
    format_github,
    format_grouped,
    format_json,
    format_lines,
    format_sarif,
)
from aboveboard.checks.whole import check_project
from aboveboard.cli import completing
from aboveboard.cli.session import open_session
from aboveboard.content.project import Project
from aboveboard.content.sources import Sources
from aboveboard.content.text import decode
from aboveboard.engine.ahead import study_ahead
from aboveboard.errors import Diagnostic, Severity, UserError

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
FORMATS = {"json": format_json, "github": format_github, "sarif": format_sarif}
EXAMPLE = """\b
Example:
  aboveboard check
  aboveboard check content/incidents/2026-11-20-checkout-timeouts.md
  aboveboard check --select BL --select LK --format github
"""


@click.command(epilog=EXAMPLE)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path())
@click.option("--format", "form", type=click.Choice(["text", *FORMATS]), default="text", help="How to say it.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@click.option(
    "--select",
    metavar="CODE",
    shell_complete=completing.codes,
    multiple=True,
    help="Only codes that begin so: BL, TM001. Repeats.",
)
@click.option("--external", is_flag=True, help="Ask other hosts whether links to them still lead somewhere.")
def command(paths: tuple[str, ...], form: str, strict: bool, select: tuple[str, ...], external: bool) -> None:
    """Say what is wrong, where, and what to do about it.

    Errors keep an entry from being published and exit 1; warnings and information never do.
    """
    session = open_session()
    wanted = [_within(session.project, path) for path in paths]
    codes = _codes(select)

    def is_wanted(path: str) -> bool:
        return not wanted or any(_covers(known, path) for known in wanted)

    narrowed = is_wanted if wanted else None
    diagnostics, sources = check_project(session.project, session.now, session.store, narrowed, study_ahead)
    if external:
        from aboveboard.engine.external import external_diagnostics

        asked = external_diagnostics(session.library(), session.now)
        diagnostics = sorted({*diagnostics, *(d for d in asked if is_wanted(d.path))})
    diagnostics = [d for d in diagnostics if not codes or d.code.startswith(codes)]
    if form != "text":
        click.echo(FORMATS[form](diagnostics))
    else:
        _say(sources, diagnostics)
    severities = {diagnostic.severity for diagnostic in diagnostics}
    if Severity.ERROR in severities or (strict and Severity.WARNING in severities):
        click.get_current_context().exit(1)


def report_errors(diagnostics: list[Diagnostic]) -> None:
    """Print diagnostics on stderr, a line each."""
    click.echo(format_lines(diagnostics, _colour), err=True)


def _codes(select: tuple[str, ...]) -> tuple[str, ...]:
    if not select:
        return ()
    # All rules are imported to know their names.
    from aboveboard.checks.run import find_codes

    return find_codes(select)


def _say(sources: Sources, diagnostics: list[Diagnostic]) -> None:
    if diagnostics and sys.stdout.isatty():
        prefix = sources.project.relative(sources.project.content)
        concerned = {diagnostic.path for diagnostic in diagnostics}
        texts = {
            whole: decode(source.data)[0]
            for path, source in sources.read.items()
            if (whole := f"{prefix}/{path}") in concerned
        }
        click.echo(format_grouped(diagnostics, texts, _colour))
    elif diagnostics:
        click.echo(format_lines(diagnostics, _colour))
    click.echo(format_count(diagnostics), err=True)


def _colour(text: str, severity: Severity | None) -> str:
    return click.style(text, fg=COLOURS[severity], bold=True) if severity else click.style(text, dim=True)


def _within(project: Project, path: str) -> str:
    """Return a path, given from here or from the project's root, relative to the project."""
    for start in (Path.cwd(), project.root):
        found = start / path
        # A link is looked at itself, wherever it leads.
        whole = found.parent.resolve() / found.name if found.is_symlink() else found.resolve()
        if (whole.exists() or whole.is_symlink()) and whole.is_relative_to(project.root):
            return project.relative(whole)
    raise UserError(f"{path} is not there, or not in this project")


def _covers(path: str, found: str) -> bool:
    return path in (".", found) or found.startswith(f"{path}/")
