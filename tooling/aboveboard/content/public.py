"""The public library: made here and nowhere else, and the only thing that outputs receive.

Drafts, entries whose day has not come, withdrawn and broken ones are gone; so are prompts in
comments. What an output never receives it cannot leak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, tzinfo
from functools import cached_property
from typing import Any

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame, Kept
from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.library import Catalogue, Library, Page
from aboveboard.content.stamps import parse_stamp
from aboveboard.content.times import resolve
from aboveboard.errors import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Tombstone:
    """All that is left of a withdrawn entry: its address keeps the reason, and nothing of its text.

    `aliases`: its old addresses, which lead to the same place. `is_folder`: whether its file was the
    index of a folder of its name, which is part of its address on a site without directory addresses.
    """

    kind: Kind
    id: str
    when: date
    why: str
    aliases: tuple[str, ...] = ()
    is_folder: bool = False


@dataclass(frozen=True)
class PublicLibrary(Catalogue):
    """What the public may see at one instant.

    In a preview `marks` says, by id, what the public would not see and why, and `notes` what there is
    to mend, by path in the content folder, entries that could not be read included.
    """

    now: datetime = datetime.min
    marks: dict[str, str] = field(default_factory=dict)
    notes: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    next_opening: datetime | None = None
    tombstones: tuple[Tombstone, ...] = ()
    kept: Kept = field(default_factory=dict[Entry, object], repr=False)

    @property
    def today(self) -> date:
        """The day it is in the site's zone."""
        return self.now.astimezone(self.project.zone).date()

    @cached_property
    def as_of(self) -> datetime:
        """The last instant at which the clock changed anything here: the day began, or an entry opened.

        What is shown at `now` was shown from then on, so that making it again changes nothing.
        """
        midnight = datetime.combine(self.today, time(0), self.project.zone).astimezone(UTC)
        opened = (at for entry in self.entries if (at := entry.standing.opens_at) <= self.now)
        return max(midnight, max(opened, default=midnight))

    @cached_property
    def frame(self) -> Frame:
        """What every page may use beside the entries that it shows."""
        groups = [entry.standing.groups for entry in self.entries]
        return Frame(
            self.project,
            self.registers,
            self.today,
            self.marks,
            # Registered teams have a page before they write.
            teams=frozenset({*(group.team for group in groups if group.team), *self.registers.teams}),
            services=frozenset(name for group in groups for name in group.services),
            people=frozenset(name for group in groups for name in group.authors),
            kept=self.kept,
        )

    def outlines(self) -> PublicLibrary:
        """Return the same library with the facts of its entries alone.

        What is made from it cannot depend on an entry's text: whoever asks for that is told so, loudly.
        """
        return replace(self, entries=tuple(entry.outlined() for entry in self.entries))


def publish(library: Library, now: datetime, broken: Collection[str]) -> PublicLibrary:
    """Return the library as the public may see it at `now`.

    `broken` are project-relative paths of files with errors.
    """
    sound = _sound(library, broken)
    shown = [entry for entry in sound if why_held(entry, now) is None]
    openings = [at for entry in sound if (at := entry.standing.opens_at) > now and not entry.standing.draft]
    tombstones = [found for entry in sound if entry.standing.withdrawn and (found := _tombstone(entry, now))]
    return _shown(library, shown, now, next_opening=min(openings, default=None), tombstones=tuple(tombstones))


def preview(library: Library, now: datetime, diagnostics: Collection[Diagnostic]) -> PublicLibrary:
    """Return what its writers see: everything that can be read, marked, with what there is to mend."""
    prefix = library.project.relative(library.project.content) + "/"
    broken = {d.path for d in diagnostics if d.severity is Severity.ERROR}
    held = {entry.id: why for entry in library.entries if (why := why_held(entry, now))}
    held |= {e.id: "it has errors" for e in library.entries if prefix + e.path in broken}
    notes: dict[str, tuple[Diagnostic, ...]] = {}
    for diagnostic in diagnostics:
        path = diagnostic.path.removeprefix(prefix)
        notes[path] = (*notes.get(path, ()), diagnostic)
    twice = Counter(entry.id.casefold() for entry in library.entries)
    once = [entry for entry in library.entries if twice[entry.id.casefold()] == 1]
    return _shown(library, once, now, marks=held, notes=notes)


def _tombstone(entry: Entry, now: datetime) -> Tombstone | None:
    """Return what stays of an entry that was public and was withdrawn; None for every other."""
    if not entry.standing.withdrawn or entry.standing.draft or entry.opens_at > now:
        return None
    withdrawn = entry.fields.withdrawn
    assert withdrawn is not None
    aliases = tuple(entry.fields.aliases)
    return Tombstone(entry.kind, entry.id, withdrawn.date, withdrawn.why, aliases, entry.is_folder)


def _sound(library: Library, broken: Collection[str]) -> list[Entry]:
    prefix = library.project.relative(library.project.content) + "/"
    return [entry for entry in library.entries if prefix + entry.path not in broken]


def _shown(library: Library, shown: list[Entry], now: datetime, **more: Any) -> PublicLibrary:
    return PublicLibrary(
        project=library.project,
        entries=tuple(e.published() if e.standing.has_prompts else e for e in shown),
        registers=library.registers,
        now=now,
        attachments=_attachments(library, shown),
        **more,
    )


def why_held(entry: Entry, now: datetime) -> str | None:
    """Return why the public does not see an entry at `now`, or None when it does."""
    standing = entry.standing
    if standing.withdrawn:
        return "withdrawn"
    if standing.draft:
        return "draft"
    if standing.opens_at > now:
        return f"scheduled for {entry.day.isoformat()}"
    return None


def why_page_held(page: Page, now: datetime, zone: tzinfo) -> str | None:
    """Return why the public does not see an ordinary page at `now`, or None when it does."""
    opens_at = page_opens_at(page, zone)
    return why_page_kept(page) or ("scheduled" if opens_at and opens_at > now else None)


def page_opens_at(page: Page, zone: tzinfo) -> datetime | None:
    """Return the instant before which an ordinary page's own `date` holds it back; None where it has none."""
    values = {str(key).casefold(): value for key, value in page.matter.values.items()}
    try:
        moment = resolve(parse_stamp(str(values.get("date"))), zone)
    except ValueError:
        return None
    return moment.at if moment else None


def why_page_kept(page: Page) -> str | None:
    """Return why the public does not see an ordinary page whatever the day, or None.

    Pages have no fields of their own, so whatever other tools read as holding one back does.
    """
    values = {str(key).casefold(): value for key, value in page.matter.values.items()}
    if page.broken:
        return "broken"
    if str(values.get("draft") or "false").casefold() not in ("false", "no", "off"):
        return "draft"
    if str(values.get("status")).casefold() == "draft" or str(values.get("published")).casefold() == "false":
        return "draft"
    if values.get("withdrawn"):
        return "withdrawn"
    return None


def _attachments(library: Library, shown: list[Entry]) -> tuple[str, ...]:
    """An attachment goes public with the entry in whose folder it lies, or when it lies with ordinary pages."""
    folders = tuple({entry.path.removesuffix("index.md") for entry in shown if entry.is_folder})
    kinds = tuple(f"{kind.folder}/" for kind in KINDS)
    return tuple(p for p in library.attachments if p.startswith(folders) or not p.startswith(kinds))
