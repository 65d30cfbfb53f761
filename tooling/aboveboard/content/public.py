"""The public library: made here and nowhere else, and the only thing that outputs receive.

Drafts, entries whose day has not come, withdrawn and broken ones are gone; so are prompts in
comments. What an output never receives it cannot leak.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from aboveboard.content.comments import strip_comments
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS
from aboveboard.content.library import Catalogue, Library


@dataclass(frozen=True)
class PublicLibrary(Catalogue):
    """What the public may see at one instant. `marks` says, in a preview, what it would not see, and why."""

    now: datetime = datetime.min
    marks: dict[str, str] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    next_opening: datetime | None = None


def publish(library: Library, now: datetime, broken: Collection[str], preview: bool = False) -> PublicLibrary:
    """Return the library as the public may see it at `now`.

    `broken` are project-relative paths of files with errors. A `preview` shows what is held back
    too, each with a mark that says why; nothing broken is ever shown.
    """
    prefix = library.project.relative(library.project.content) + "/"
    sound = [entry for entry in library.entries if prefix + entry.path not in broken]
    held = {entry.id: why for entry in sound if (why := why_held(entry, now))}
    shown = [entry for entry in sound if preview or entry.id not in held]
    openings = [entry.opens_at for entry in sound if entry.opens_at > now and not entry.fields.draft]
    return PublicLibrary(
        project=library.project,
        entries=tuple(_without_prompts(entry) for entry in shown),
        registers=library.registers,
        now=now,
        marks=held if preview else {},
        attachments=_attachments(library, shown),
        next_opening=min(openings, default=None),
    )


def why_held(entry: Entry, now: datetime) -> str | None:
    """Return why the public does not see an entry at `now`, or None when it does."""
    if entry.fields.withdrawn:
        return "withdrawn"
    if entry.fields.draft:
        return "draft"
    if entry.opens_at > now:
        return f"scheduled for {entry.day.isoformat()}"
    return None


def _without_prompts(entry: Entry) -> Entry:
    matter = entry.matter
    body = strip_comments(matter.body)
    if body == matter.body:
        return entry
    # Nothing asks a public entry for positions any more, so its text may be shorter than its source.
    public = replace(matter, text=matter.text[: matter.body_start] + body)
    return replace(entry, matter=public)


def _attachments(library: Library, shown: list[Entry]) -> tuple[str, ...]:
    """An attachment goes public with the entry in whose folder it lies, or when it lies with ordinary pages."""
    folders = tuple({entry.path.removesuffix("index.md") for entry in shown if entry.is_folder})
    kinds = tuple(f"{kind.folder}/" for kind in KINDS)
    return tuple(p for p in library.attachments if p.startswith(folders) or not p.startswith(kinds))
