"""What `log` and `mark` wrote last, so that `undo` can take back exactly that: steps in the project's cache.

A file alone cannot tell which of its lines was written last. A step is put down before its file is
written, so that one that was written is always known, and one that never was is noticed.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import takewhile

from aboveboard.authoring.edits import Edit, write_edit
from aboveboard.content.files import replace_file, write_new
from aboveboard.content.project import Project
from aboveboard.errors import UserError

NAME = "undo.json"
MOST = 50
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch of lines, with their ends: where it begins in the text after, what it was and became."""

    at: int
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Step:
    """One edit of one file, relative to the project, with digests of its text; `said`: the line as recorded."""

    path: str
    said: str
    before: str
    after: str
    changes: tuple[Change, ...]


def read_journal(project: Project) -> tuple[Step, ...]:
    """Return the steps that can be taken back, the last one last; a journal that cannot be read has none."""
    try:
        raw = json.loads((project.cache / NAME).read_text(encoding="utf-8"))
        return tuple(Step(**{**step, "changes": tuple(Change(**c) for c in step["changes"])}) for step in raw)
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def plan_step(project: Project, edit: Edit, said: str) -> Step:
    """Return an edit as a step that can be taken back."""
    changes = tuple(_changes(edit))
    return Step(project.relative(edit.path), said, digest(edit.before), digest(edit.after), changes)


def write_noted(project: Project, edit: Edit, said: str) -> bool:
    """Write an edit that can be taken back; return whether it can: where the cache cannot be written, it can't."""
    step = plan_step(project, edit, said)
    noted = _write(project, [*read_journal(project), step])
    try:
        write_edit(edit)
    except BaseException:
        forget(project, step)
        raise
    return noted


def forget(project: Project, step: Step) -> None:
    """Take a step out of the journal."""
    _write(project, [other for other in read_journal(project) if other != step])


def take_back(step: Step, text: str) -> str:
    """Return a file's text without what a step wrote into it; raise UserError where that is not to be found.

    A file that is as the step left it becomes what it was, to the byte. In one that has changed since,
    what the step wrote has to stand there once, unchanged.
    """
    exact = digest(text) == step.after
    result, done = "", 0
    for change in step.changes:
        at = change.at if exact else _find(step, change, text, done)
        result += text[done:at] + change.was
        done = at + len(change.now)
    result += text[done:]
    if exact and digest(result) != step.before:
        raise UserError(f"{step.path} cannot be brought back to what it was: take the line out by hand")
    return result


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _find(step: Step, change: Change, text: str, start: int) -> int:
    starts = {0, *(match.end() for match in _LINE.finditer(text))}
    whole = re.compile(re.escape(change.now) + ("" if change.now.endswith(("\r", "\n")) else r"(?=[\r\n]|\Z)"))
    places = [m.start() for m in whole.finditer(text, start) if m.start() in starts] if change.now else []
    if len(places) != 1:
        what = "stands there more than once" if places else "does not stand there as it was written"
        raise UserError(f"{step.path} was changed since, and \u201c{step.said}\u201d {what}: change it by hand")
    return places[0]


def _changes(edit: Edit) -> Iterator[Change]:
    """Yield the lines that an edit changes, those at the beginning and the end that it leaves apart at once."""
    before, after = _LINE.findall(edit.before), _LINE.findall(edit.after)
    same = _alike(before, after)
    tail = _alike(before[same:][::-1], after[same:][::-1])
    was, now = before[same : len(before) - tail], after[same : len(after) - tail]
    at = sum(map(len, after[:same]))
    for tag, a, b, c, d in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Change(at, "".join(was[a:b]), "".join(now[c:d]))
        at += sum(map(len, now[c:d]))


def _alike(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _write(project: Project, steps: Iterable[Step]) -> bool:
    path = project.cache / NAME
    text = json.dumps([asdict(step) for step in steps][-MOST:], ensure_ascii=False, indent=1) + "\n"
    try:
        if path.exists():
            replace_file(path, text)
        else:
            write_new(path, text)
    except (OSError, UserError):
        return False
    return True
