"""How long incidents last, as a distribution: every length, its quantiles, and how many are not known.

Never a mean: durations are skewed, and one long incident would speak for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from aboveboard.content.entry import Entry
from aboveboard.insight.incidents import is_near_miss
from aboveboard.insight.quantiles import ENOUGH, quantile


@dataclass(frozen=True, slots=True)
class Distribution:
    """Known lengths, shortest first, and the number of incidents whose length is not known."""

    lengths: tuple[timedelta, ...]
    unknown: int

    @property
    def median(self) -> timedelta | None:
        return self.quantile(50)

    @property
    def ninetieth(self) -> timedelta | None:
        return self.quantile(90)

    def quantile(self, percent: int) -> timedelta | None:
        """Return the length that at least `percent` of them do not exceed; None of fewer than five."""
        return quantile(self.lengths, percent) if len(self.lengths) >= ENOUGH else None


def length_of(entry: Entry) -> timedelta | None:
    """Return how long an incident lasted: from started to resolved, else to mitigated.

    None where one of the two is not known or vague, and for every other kind of entry.
    """
    if entry.times is None:
        return None
    resolved = entry.times.duration("started", "resolved")
    return resolved if resolved is not None else entry.times.duration("started", "mitigated")


def distribution(entries: Iterable[Entry]) -> Distribution:
    """Return how long the given incidents lasted; near misses lasted for nobody and are not counted."""
    lengths = [length_of(entry) for entry in entries if not is_near_miss(entry)]
    known = sorted(length for length in lengths if length is not None)
    return Distribution(tuple(known), len(lengths) - len(known))


def comparable(entries: Iterable[Entry]) -> list[Entry]:
    """Return the incidents that may be reckoned together: our own, or all where every one is retold.

    A handful of famous incidents of others would say nothing of how long ours last.
    """
    found = list(entries)
    return [entry for entry in found if not entry.is_retold] or found
