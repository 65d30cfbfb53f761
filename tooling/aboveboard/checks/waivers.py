"""Waivers: a finding that its writer has looked at and lets stand, with the reason, on the line itself.

    We should have alarmed sooner. <!-- allow BL001: quoted from the report -->
    contact: ops@example.org  # allow LK010: a public mailbox

A waiver alone on its line speaks for the next one. What keeps an entry from being read, and a time
that cannot be, cannot be waived.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from aboveboard.content.text import split_lines
from aboveboard.errors import Diagnostic

_WAIVER = re.compile(
    r"(?:<!--|#)\s*allow\s+(?P<codes>[A-Z]{2}\d{3}(?:\s*,\s*[A-Z]{2}\d{3})*)\s*(?::\s*(?P<reason>.*?))?\s*(?:-->|$)"
)
NEVER = ("FM", "FD", "NA", "TM001", "TM002", "TM005")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver; `line` counts from 1, `lines` are those it speaks for."""

    line: int
    column: int
    codes: tuple[str, ...]
    reason: str
    lines: tuple[int, ...]

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Tell whether it lets a diagnostic stand: it names the code, gives a reason, and may."""
        return (
            diagnostic.code in self.codes
            and diagnostic.position.line in self.lines
            and bool(self.reason)
            and not diagnostic.code.startswith(NEVER)
        )


def find_waivers(text: str) -> list[Waiver]:
    """Return the waivers of a file's text, in order."""
    if "allow" not in text:
        return []
    found = []
    for number, line in enumerate(split_lines(text), 1):
        for match in _WAIVER.finditer(line):
            codes = tuple(code.strip() for code in match["codes"].split(","))
            alone = not (line[: match.start()] + line[match.end() :]).strip()
            lines = (number, number + 1) if alone else (number,)
            found.append(Waiver(number, match.start() + 1, codes, match["reason"] or "", lines))
    return found


def without_waived(diagnostics: Iterable[Diagnostic], waivers: list[Waiver]) -> list[Diagnostic]:
    """Return the diagnostics of one file that no waiver lets stand."""
    return [d for d in diagnostics if not any(waiver.covers(d) for waiver in waivers)]
