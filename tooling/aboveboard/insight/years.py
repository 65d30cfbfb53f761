"""The archive: every entry under the year and month of its own day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS


def by_year(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """Return entries by year, the newest year first, and within a year the newest day first."""
    years: dict[int, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.id), reverse=True):
        years[entry.day.year].append(entry)
    return dict(sorted(years.items(), reverse=True))


def by_month(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """Return the entries of a year by month, in the order they come."""
    months: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        months[entry.day.month].append(entry)
    return dict(months)


def of_kinds(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return entries by the name of their kind, every kind named, in the order they come."""
    kinds: dict[str, list[Entry]] = {kind.name: [] for kind in KINDS}
    for entry in entries:
        kinds[entry.kind.name].append(entry)
    return kinds
