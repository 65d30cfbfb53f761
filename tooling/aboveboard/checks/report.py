"""Diagnostics in the forms that people, editors and forges read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from aboveboard import __version__
from aboveboard.content.problems import PROBLEMS, ProblemKind
from aboveboard.content.text import split_lines
from aboveboard.errors import Diagnostic, Severity

Colour = Callable[[str, Severity | None], str]
WIDEST = 100
# What these speak of must not be shown again, not even in its own line.
SILENT = "LK"

_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def format_lines(diagnostics: Iterable[Diagnostic], colour: Colour) -> str:
    """Return a line each: `path:line:col: CODE severity message`."""
    return "\n".join(_line(d, f"{d.path}:{d.position.line}:{d.position.column}: ", colour) for d in diagnostics)


def format_grouped(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], colour: Colour) -> str:
    """Return diagnostics grouped by file, each with its line and a caret below; for a terminal.

    `sources`: the text of each file by path; a file that is not in it shows no lines.
    """
    blocks = []
    for path, group in groupby(diagnostics, key=lambda d: d.path):
        lines = split_lines(sources.get(path, ""))
        shown = [_line(d, f"  {d.position.line}:{d.position.column} ", colour) + _caret(d, lines) for d in group]
        blocks.append("\n".join([path, *shown]))
    return "\n\n".join(blocks)


def format_count(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many of each severity there are, in words."""
    counted = Counter(diagnostic.severity for diagnostic in diagnostics)
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
    said = [f"{counted[s]} {name}{'' if counted[s] == 1 else 's'}" for s, name in names.items() if counted[s]]
    return ", ".join(said) or "nothing to mend"


def format_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a list of objects: path, line, column, code, severity, message."""
    rows = [
        {
            "path": d.path,
            "line": d.position.line,
            "column": d.position.column,
            "code": d.code,
            "severity": d.severity.value,
            "message": d.message,
        }
        for d in diagnostics
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def format_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands, which GitHub shows at the lines of a pull request.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "\n".join(
        f"::{_GITHUB_LEVEL[d.severity]} file={_property(d.path)},line={d.position.line},"
        f"col={d.position.column},title={d.code}::{_data(d.message)}"
        for d in diagnostics
    )


def format_sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a SARIF 2.1.0 log with one run. Source: the OASIS standard of 2020."""
    from aboveboard.checks.rule import every_rule

    kinds = {**PROBLEMS, **{code: rule.about for code, rule in every_rule().items()}}
    used = sorted({d.code for d in diagnostics})
    driver = {
        "name": "aboveboard",
        "version": __version__,
        "rules": [_sarif_rule(kinds[code]) for code in used if code in kinds],
    }
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(d) for d in diagnostics],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=False)


def _line(d: Diagnostic, place: str, colour: Colour) -> str:
    return f"{colour(place, None)}{d.code} {colour(d.severity.value, d.severity)} {d.message}"


def _caret(d: Diagnostic, lines: list[str]) -> str:
    if (
        d.code.startswith(SILENT)
        or not 1 <= d.position.line <= len(lines)
        or not lines[d.position.line - 1].strip()
    ):
        return ""
    line, at = lines[d.position.line - 1].rstrip("\r"), d.position.column - 1
    # A long line is shown around the place that matters.
    start = max(0, at - WIDEST // 2) if len(line) > WIDEST else 0
    shown = line[start : start + WIDEST].replace("\t", " ")
    return f"\n      {shown}\n      {' ' * (at - start)}^"


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _sarif_rule(kind: ProblemKind) -> dict[str, Any]:
    return {
        "id": kind.code,
        "shortDescription": {"text": kind.name},
        "fullDescription": {"text": kind.why},
        "help": {"text": f"Bad: {kind.bad}\nGood: {kind.good}"},
        "defaultConfiguration": {"level": _SARIF_LEVEL[kind.severity]},
    }


def _sarif_result(d: Diagnostic) -> dict[str, Any]:
    region = {"startLine": d.position.line, "startColumn": d.position.column}
    location = {"artifactLocation": {"uri": quote(d.path), "uriBaseId": "%SRCROOT%"}, "region": region}
    return {
        "ruleId": d.code,
        "level": _SARIF_LEVEL[d.severity],
        "message": {"text": d.message},
        "locations": [{"physicalLocation": location}],
    }
