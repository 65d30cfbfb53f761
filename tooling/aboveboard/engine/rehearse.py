"""What `check` would say of an edit, asked before it is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

from aboveboard.authoring.edits import Edit
from aboveboard.checks.run import check_library
from aboveboard.content.entry import parse_entry
from aboveboard.content.front_matter import FrontMatter
from aboveboard.content.library import Library, Page
from aboveboard.content.text import Lines
from aboveboard.errors import Diagnostic


def new_findings(library: Library, edit: Edit, now: datetime) -> list[Diagnostic]:
    """Return what `check` says of the file of an edit and did not say before.

    A register is read like an ordinary page, so that what must not be published is found in it as well.
    """
    if not edit.changes:
        return []
    before = Counter((d.code, d.message) for d in _findings(library, edit, edit.before, now))
    found = []
    for diagnostic in _findings(library, edit, edit.after, now):
        before[diagnostic.code, diagnostic.message] -= 1
        if before[diagnostic.code, diagnostic.message] < 0:
            found.append(diagnostic)
    return found


def _findings(library: Library, edit: Edit, text: str, now: datetime) -> list[Diagnostic]:
    path = library.project.relative(edit.path)
    return check_library(_with_text(library, edit, text), now, lambda other: other == path)


def _with_text(library: Library, edit: Edit, text: str) -> Library:
    """Return the library as it would be if one file had this text; what lies beside entries is not read again."""
    path = edit.path.relative_to(library.project.content).as_posix()
    file = next((file for file in library.files if file.path == path), None)
    if file is None:
        page = Page(path, FrontMatter(text, lines=Lines(text)))
        return replace(library, pages=(*library.pages, page), attachments=())
    parsed = parse_entry(file.kind, path, text.encode(), library.project.settings)
    others = [entry for entry in library.entries if entry.path != path]
    entries = (*others, parsed.entry) if parsed.entry else tuple(others)
    return replace(library, entries=entries, attachments=())
