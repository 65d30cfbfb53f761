"""How many make a figure: shares and quantiles, and how few are too few to make one.

Never a mean: what is measured here is skewed, and one long wait would speak for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TypeVar

V = TypeVar("V", int, timedelta)

# With fewer than this a percentage or a quantile says more than is known.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """The share in whole percent, halves rounded up; None of fewer than five.

        Only all of them are 100 %, and only none of them are 0 %.
        """
        if self.whole < ENOUGH:
            return None
        rounded = (200 * self.part + self.whole) // (2 * self.whole)
        if 0 < self.part < self.whole:
            return min(max(rounded, 1), 99)
        return rounded


@dataclass(frozen=True, slots=True)
class Spread:
    """What a number of values come to. Median and 90th percentile are None for fewer than five."""

    count: int
    median: int | None
    ninetieth: int | None


def quantile(values: Iterable[V], percent: int) -> V:
    """Return the smallest of the values that at least `percent` of them do not exceed.

    This is the nearest-rank method: the answer is always one of the values. `percent` is from 1 to
    100. Raises ValueError where there are no values.
    """
    ordered = sorted(values)
    if not ordered or not 1 <= percent <= 100:
        raise ValueError("a quantile is taken of one value or more, and is from 1 to 100 per cent")
    return ordered[ceil(len(ordered) * percent / 100) - 1]


def spread_of(values: Iterable[int]) -> Spread:
    """Return count, median and 90th percentile."""
    found = list(values)
    if len(found) < ENOUGH:
        return Spread(len(found), None, None)
    return Spread(len(found), quantile(found, 50), quantile(found, 90))
