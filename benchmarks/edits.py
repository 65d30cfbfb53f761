"""Edits like the ones that people make: a word in a text, a title that lists show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.plan import NOW
from benchmarks.words import THINGS

HIDDEN = re.compile(r"^draft: true$", re.MULTILINE)
DATE = re.compile(r"^date: (\S+)$", re.MULTILINE)
TITLE = re.compile(r'^title: (".*"|.*)$', re.MULTILINE)
# A lower-case word of plain prose: a line that is no heading, list, table, quotation or fence.
PROSE = re.compile(r"^[A-Z][^\n|`]*$", re.MULTILINE)
WORD = re.compile(r"(?<= )[a-z]{4,}(?= )")


@dataclass(frozen=True, slots=True)
class Edit:
    """What was changed where."""

    path: Path
    was: str
    now: str


def find_newest(project: Path, kinds: tuple[str, ...] = ("weeknotes", "incidents")) -> list[Path]:
    """Return the entries of these kinds that the public sees, newest first."""
    paths = [path for kind in kinds for path in (project / "content" / kind).glob("*.md")]
    dated = []
    for path in paths:
        head = path.read_text(encoding="utf-8").split("\n---\n", 1)[0]
        found = DATE.search(head)
        if found and found[1] <= f"{NOW:%Y-%m-%d}" and not HIDDEN.search(head):
            dated.append((found[1], path.name, path))
    return [path for _, _, path in sorted(dated, reverse=True)]


def change_word(project: Path, n: int = 0, word: str | None = None) -> Edit:
    """Change one word in the body of the n-th newest weeknote or incident; its front matter stays as it is.

    Without `word` the next one of the vocabulary is written, so that each call changes the text again.
    """
    return change_word_in(_nth(project, n), word)


def change_word_in(path: Path, word: str | None = None) -> Edit:
    """Change the first plain word of a file's body. Raises ValueError where there is none."""
    text = path.read_text(encoding="utf-8")
    start = text.index("\n---\n", 3) + 5
    lines = PROSE.finditer(text, start)
    found = next((at for line in lines if (at := WORD.search(text, *line.span()))), None)
    if found is None:
        raise ValueError(f"{path} has no plain word")
    new = word or _next_word(found[0])
    path.write_text(f"{text[: found.start()]}{new}{text[found.end() :]}", encoding="utf-8")
    return Edit(path, found[0], new)


def change_title(project: Path, n: int = 0, title: str | None = None) -> Edit:
    """Change the title of the n-th newest weeknote or incident, which every list of it shows."""
    path = _nth(project, n)
    text = path.read_text(encoding="utf-8")
    found = TITLE.search(text)
    if found is None:
        raise ValueError(f"{path} has no title")
    was = found[1].strip('"')
    new = title or f"{was.rsplit(' ', 1)[0]} {_next_word(was.rsplit(' ', 1)[-1])}"
    path.write_text(f'{text[: found.start(1)]}"{new}"{text[found.end(1) :]}', encoding="utf-8")
    return Edit(path, was, new)


def _nth(project: Path, n: int) -> Path:
    found = next(islice(find_newest(project), n, None), None)
    if found is None:
        raise IndexError(f"there is no entry {n}")
    return found


def _next_word(word: str) -> str:
    return THINGS[(THINGS.index(word) + 1) % len(THINGS)] if word in THINGS else THINGS[0]
