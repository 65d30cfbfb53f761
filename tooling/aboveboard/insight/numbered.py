"""How a long list is cut: the newest stand first, and what is older on numbered pages that stay as they are.

Pages are numbered from the oldest, so that what is new changes none of them. One is finished only when `LATE`
newer ones have come: what is written down some days after its day still finds its place above the last page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from aboveboard.content.entry import Entry
from aboveboard.insight.years import of_kinds

# These decide which page is which: a change of them moves what others have linked to.
PER_PAGE, LATE = 40, 10
# Whatever is on no numbered page is among so many of the newest.
NEWEST = PER_PAGE + LATE
# A year of more entries than this has a page for each month.
YEAR_IN_ONE = 300
# An owner of more promises than this has a page of their own.
OWNER_IN_ONE = 12

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Numbered(Generic[T]):
    """One finished page: what is on it, newest first, and whether a page follows."""

    number: int
    found: Sequence[T]
    follows: bool


def count_pages(count: int) -> int:
    """Return how many numbered pages there are for so many; none while the newest are all of them."""
    return (count - LATE) // PER_PAGE if count > NEWEST else 0


def number_pages(newest_first: Sequence[T]) -> list[Numbered[T]]:
    """Return the numbered pages of a list, the oldest first."""
    count, last = len(newest_first), count_pages(len(newest_first))
    ends = [count - PER_PAGE * before for before in range(last)]
    return [
        Numbered(number, newest_first[end - PER_PAGE : end], number < last) for number, end in enumerate(ends, 1)
    ]


def overflows(entries: Iterable[Entry]) -> bool:
    """Tell whether the newest of each kind are not all of some entries."""
    return any(len(found) > NEWEST for found in of_kinds(entries).values())
