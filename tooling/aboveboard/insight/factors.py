"""What contributed to incidents, over all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aboveboard.content.entry import Entry
from aboveboard.content.fields.incident import Factor


@dataclass(frozen=True, slots=True)
class Contributed:
    """A contributing factor with the incident that it contributed to."""

    entry: Entry
    factor: Factor


@dataclass(frozen=True, slots=True)
class Category:
    """Factors of one category, in the order given; `name` is None for those that have none."""

    name: str | None
    factors: tuple[Contributed, ...]

    @property
    def reports(self) -> int:
        """In how many reports they are named, near misses among them."""
        return len({contributed.entry.id for contributed in self.factors})


def factors(entries: Iterable[Entry]) -> list[Contributed]:
    """Return every contributing factor, those of the newest incidents first."""
    newest = sorted(entries, key=lambda entry: (entry.opens_at, entry.id), reverse=True)
    return [Contributed(e, factor) for e in newest if e.incident for factor in e.incident.factors]


def by_category(found: Iterable[Contributed]) -> list[Category]:
    """Return factors by category: the one in most reports first, those without a category last."""
    groups: dict[str | None, list[Contributed]] = {}
    for contributed in found:
        groups.setdefault(contributed.factor.category, []).append(contributed)
    categories = [Category(name, tuple(members)) for name, members in groups.items()]
    return sorted(categories, key=lambda c: (c.name is None, -c.reports, -len(c.factors), c.name or ""))
