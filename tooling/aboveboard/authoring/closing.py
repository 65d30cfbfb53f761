"""Close something by exception, and open it again: the register of what is closed, one record each.

The text of what is closed is not touched here, and must not lie in a public repository at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from aboveboard.authoring.edits import Edit
from aboveboard.content.edit import CannotEdit, set_in_document
from aboveboard.content.kinds import find_kind
from aboveboard.content.library import Library
from aboveboard.content.names import entry_id
from aboveboard.content.problems import PROBLEMS
from aboveboard.content.registers import FOLDER, ClosedRecord, parse_register
from aboveboard.content.slugs import is_slug
from aboveboard.content.stamps import parse_day
from aboveboard.errors import Severity, UnknownName, UserError

REASONS: tuple[str, ...] = get_args(ClosedRecord.model_fields["reason"].annotation)
_HEADER = """\
# What is closed by exception, one record each: why, who decided, and by when it is decided again.
# All of this is public. The texts themselves lie outside of this repository.
"""
# No letter or digit that is read for another one, and no vowel, so that no word comes of them.
_LETTERS = "23456789bcdfghjkmnpqrstvwxz"


@dataclass(frozen=True, slots=True)
class Closing:
    """What the register says of one item; None where nobody said it."""

    kind: str | None = None
    reason: str | None = None
    decided_by: str | None = None
    review_by: str | None = None
    public: str | None = None

    @property
    def said(self) -> dict[str, str]:
        """What was said, by field of the record."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


def read_closing(today: date, given: Closing) -> Closing:
    """Return what was given as the register spells it; raise UserError for what it cannot take."""
    reason = given.reason and find_reason(given.reason)
    if given.review_by:
        try:
            day = parse_day(given.review_by)
        except ValueError as error:
            raise UserError(f"--review-by: {error}") from None
        if day <= today:
            raise UserError(f"--review-by: {day} is not ahead: name a day to come, on which it is decided again")
    kind = given.kind and find_kind(given.kind).name
    public = given.public and " ".join(given.public.split())
    return Closing(kind, reason, given.decided_by, given.review_by, public)


def find_reason(written: str) -> str:
    """Return a reason of the list; raise UnknownName with the nearest one."""
    spelt = {"".join(filter(str.isalnum, reason.casefold())): reason for reason in REASONS}
    found = spelt.get("".join(filter(str.isalnum, written.casefold())))
    if found is None:
        raise UnknownName("reason", written, REASONS)
    return found


def plan_close(library: Library, ref: str | None, closing: Closing, today: date) -> tuple[str, Edit]:
    """Return the reference of an item and the edit that closes it, or says anew until when it is closed.

    Without a reference a new one is made. Raises UserError for a reference that tells the subject, and for
    one that was opened again.
    """
    records = library.registers.closed
    if ref is None:
        same = next((r.ref for r in records.values() if r.reopened is None and _says(r, closing)), None)
        ref = same or new_reference(closing, records)
        if same:
            other = f"`aboveboard close {new_reference(closing, records)}` with the same words closes another one"
            return ref, _plan(
                library, lambda text: text, f"{ref} says this already, so nothing was added; {other}"
            )
    if ref in records:
        return ref, _close_again(library, records[ref], closing, today)
    _refuse_telling(library, ref)
    record = {
        "ref": ref,
        **{name: closing.said[name] for name in ("kind", "reason", "decided_by")},
        "decided": today.isoformat(),
        **{name: closing.said[name] for name in ("review_by", "public")},
    }
    return ref, _plan(library, lambda text: set_in_document(text, (len(_references(text)),), record))


def plan_reopen(library: Library, ref: str, today: date) -> Edit:
    """Return the edit that says an item is open again; its record stays. Raises UnknownName for one not there."""
    records = library.registers.closed
    if ref not in records:
        raise UnknownName("closed item", ref, [r.ref for r in records.values() if r.reopened is None])
    if opened := records[ref].reopened:
        return _plan(library, lambda text: text, f"{ref} was opened again on {opened} already")
    return _plan(library, lambda text: _set(text, ref, {"reopened": today.isoformat()}))


def new_reference(closing: Closing, taken: Collection[str]) -> str:
    """Return a reference that tells nothing but what the register says itself.

    It is made from those words, so that a run can be repeated and two people on two branches, who close two
    things, do not get the same one as they would by counting.
    """
    words = "\n".join(closing.said.values())
    for attempt in range(10_000):
        number = int.from_bytes(hashlib.sha256(f"{attempt}\n{words}".encode()).digest()[:8])
        letters = (_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(5))
        if (ref := f"c-{''.join(letters)}") not in taken:
            return ref
    raise UserError("no reference is free: name one")  # pragma: no cover


def public_line(edit: Edit, ref: str) -> str:
    """Return one item of an edited register as the public will see it, in a line."""
    record = _records(edit.after)[ref]
    until = f"opened again on {record.reopened}" if record.reopened else f"decided again by {record.review_by}"
    about = f"{record.kind}, {record.reason}; {record.decided_by}, {record.decided}; {until}"
    return f"{ref}: {record.public} ({about})"


def find_drafts(library: Library, edit: Edit, ref: str) -> list[str]:
    """Return the paths of the drafts of an item's kind that lie in the content folder: it may be one of them."""
    kind = _records(edit.after)[ref].kind
    found = [entry.path for entry in library.entries if entry.kind.name == kind and entry.fields.draft]
    return sorted(library.project.relative(library.project.content / path) for path in found)


def _close_again(library: Library, record: ClosedRecord, closing: Closing, today: date) -> Edit:
    if record.reopened:
        raise UserError(f"{record.ref} was opened again on {record.reopened}: close it anew, without a reference")
    changed = {name: value for name, value in closing.said.items() if str(getattr(record, name)) != value}
    if changed.keys() & {"reason", "decided_by", "review_by"}:
        changed["decided"] = today.isoformat()
    said = f"{record.ref} is closed already, until it is decided again by {record.review_by}"
    return _plan(library, lambda text: _set(text, record.ref, changed), *([] if changed else [said]))


def _refuse_telling(library: Library, ref: str) -> None:
    if not is_slug(ref):
        raise UserError(f"{ref!r} is no reference: use lower-case letters, digits and hyphens, or leave it out")
    there = next((file.path for file in library.files if entry_id(file.path) == ref), None)
    if there:
        raise UserError(
            f"{library.project.relative(library.project.content / there)} lies in this repository: what a public "
            "repository holds is public already, in its history too. Move it out of here, then close it without "
            "naming it: a reference must not tell the subject"
        )


def _says(record: ClosedRecord, closing: Closing) -> bool:
    return all(str(getattr(record, name)) == value for name, value in closing.said.items())


def _set(text: str, ref: str, changed: dict[str, str]) -> str:
    for name, value in changed.items():
        text = set_in_document(text, (_references(text).index(ref), name), value)
    return text


def _records(text: str) -> dict[str, ClosedRecord]:
    return parse_register(text.encode(), ClosedRecord)[0]


def _references(text: str) -> list[str]:
    # A register with an error is never edited, so there are as many records as items of the list.
    return list(_records(text))


def _plan(library: Library, change: Callable[[str], str], *said: str) -> Edit:
    path = library.project.content / FOLDER / "closed.yml"
    if path.is_symlink():
        raise CannotEdit("registers/closed.yml is a link: copy the file instead")
    is_new = not path.exists()
    before = _HEADER if is_new else _read(path)
    if wrong := _errors(before):
        raise CannotEdit(f"registers/closed.yml cannot be edited: {'; '.join(wrong)}")
    after = change(before)
    if wrong := _errors(after):
        raise CannotEdit(f"registers/closed.yml was left as it is: {'; '.join(wrong)}")
    return Edit(path, "" if is_new else before, after, said, is_new)


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _errors(text: str) -> list[str]:
    _, _, problems = parse_register(text.encode(), ClosedRecord)
    return [problem.message for problem in problems if PROBLEMS[problem.code].severity is Severity.ERROR]
