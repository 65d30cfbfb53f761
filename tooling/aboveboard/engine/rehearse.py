"""What `check` would say of an edit, asked before it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from aboveboard.authoring.edits import Edit
from aboveboard.checks.run import check_library
from aboveboard.content.entry import ParsedFile, parse_entry
from aboveboard.content.front_matter import FrontMatter, parse_front_matter
from aboveboard.content.library import Library, Page
from aboveboard.content.text import Lines
from aboveboard.errors import Diagnostic

# What is asked of words that will stand in a field: no blame, no leak.
_FAMILIES = ("BL", "LK")


def new_findings(library: Library, edit: Edit, words: Sequence[str], now: datetime) -> list[Diagnostic]:
    """Return what `check` says of the file of an edit and did not say before, each thing once.

    `words` are what a person said: they are read as if they stood in the text, because fields are shown too.
    """
    if not edit.changes:
        return []
    path = edit.path.relative_to(library.project.content).as_posix()
    file = next((file for file in library.files if file.path == path), None)
    said = "\n\n".join(words)
    pairs: list[tuple[str, str, Sequence[str]]]
    if file is None:
        pairs = [("", said, _FAMILIES)]
    else:
        fields = edit.before[: parse_front_matter(edit.before).body_start]
        pairs = [(edit.before, edit.after, ()), (fields, f"{fields}{said}\n", _FAMILIES)]
    found: dict[tuple[str, str], Diagnostic] = {}
    for before, after, select in pairs:
        known = Counter((d.code, d.message) for d in _findings(library, path, file, before, now, select))
        for diagnostic in _findings(library, path, file, after, now, select):
            known[diagnostic.code, diagnostic.message] -= 1
            if known[diagnostic.code, diagnostic.message] < 0:
                found.setdefault((diagnostic.code, diagnostic.message), diagnostic)
    return list(found.values())


def _findings(
    library: Library, path: str, file: ParsedFile | None, text: str, now: datetime, select: Sequence[str]
) -> list[Diagnostic]:
    """Return what is found in one file if it had this text; a file that is no entry is read as a page."""
    if file is None:
        pages = (*library.pages, Page(path, FrontMatter(text, lines=Lines(text))))
        changed = replace(library, pages=pages, attachments=())
    else:
        parsed = parse_entry(file.kind, path, text.encode(), library.project.settings)
        others = tuple(entry for entry in library.entries if entry.path != path)
        changed = replace(library, entries=(*others, parsed.entry) if parsed.entry else others, attachments=())
    whole = library.project.relative(library.project.content / path)
    return check_library(changed, now, lambda other: other == whole, select)
