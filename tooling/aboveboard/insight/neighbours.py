"""What comes before and after an entry: of its kind, and of its kind within its team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aboveboard.content.entry import Entry
from aboveboard.insight.weeknotes import week_of


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The entries before (older) and after (newer) one; None at an end."""

    before: Entry | None = None
    after: Entry | None = None


def neighbours_in_kind(entries: Iterable[Entry]) -> Mapping[str, Neighbours]:
    """Return every entry's neighbours of its kind, by id."""
    return _neighbours((entry.kind.name, entry) for entry in entries)


def neighbours_in_team(entries: Iterable[Entry]) -> Mapping[str, Neighbours]:
    """Return every entry's neighbours of its kind within its team, by id; only for those with a team."""
    return _neighbours((f"{e.kind.name} {e.fields.team}", e) for e in entries if e.fields.team)


def _neighbours(keyed: Iterable[tuple[str, Entry]]) -> dict[str, Neighbours]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in keyed:
        groups[key].append(entry)
    found: dict[str, Neighbours] = {}
    for group in groups.values():
        ordered = sorted(group, key=_place)
        for entry, before, after in zip(ordered, [None, *ordered], [*ordered[1:], None], strict=False):
            found[entry.id] = Neighbours(before, after)
    return found


def _place(entry: Entry) -> tuple[str, str, str]:
    """Return where an entry stands among its kind: a weeknote by the week it tells of, others by their day."""
    week = str(week_of(entry)) if entry.weeknote else ""
    return week, entry.opens_at.isoformat(), entry.id
