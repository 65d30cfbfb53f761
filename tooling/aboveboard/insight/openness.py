"""How open an organisation is: every figure of the openness page, as plain data.

What each of them means is in `definitions.py`. Entries are named by their id, so that the whole can be
printed, or written as JSON, as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aboveboard.content.kinds import KINDS
from aboveboard.content.public import PublicLibrary
from aboveboard.content.weeks import Week
from aboveboard.insight.cadence import Writer, writers_of, year_to
from aboveboard.insight.closed import needs_decision, still_closed
from aboveboard.insight.kept import Kept, kept_of
from aboveboard.insight.quantiles import Share
from aboveboard.insight.results import Results, results_of
from aboveboard.insight.reviews import Reviews, reviews_of

# Missing one is fine; this many in a row is said.
SAID = 2


@dataclass(frozen=True, slots=True)
class Closed:
    """Items closed by exception, and how many of them should have been looked at again by now."""

    total: int
    past_review: int
    by_reason: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Openness:
    """The figures as of `today`. `left_out`: retold entries, which count in none of them, by kind."""

    today: date
    calendar: tuple[Week, ...]
    writers: tuple[Writer, ...]
    reviews: Reviews
    results: Results
    kept: Kept
    closed: Closed
    left_out: tuple[tuple[str, int], ...]

    @property
    def promising(self) -> tuple[Writer, ...]:
        """The teams whose register says how often they mean to write."""
        return tuple(writer for writer in self.writers if writer.cadence != "none")

    @property
    def keeping(self) -> tuple[Writer, ...]:
        """Those of them that wrote and have not missed two in a row up to now."""
        return tuple(writer for writer in self.promising if writer.first and writer.missed_now < SAID)

    @property
    def regularity(self) -> Share:
        """How many of the promising keep their promise."""
        return Share(len(self.keeping), len(self.promising))


def openness_of(library: PublicLibrary) -> Openness:
    """Return every figure of the openness page, from what the public may see."""
    today = library.today
    # A preview shows its writers more than the public sees; the figures are the public's.
    public = [entry for entry in library.entries if entry.id not in library.marks]
    own = [entry for entry in public if not entry.is_retold]
    retold = [entry for entry in public if entry.is_retold]
    week = Week.of(today)
    return Openness(
        today=today,
        calendar=year_to(week),
        writers=writers_of(library.registers, [e for e in own if e.weeknote], week),
        reviews=reviews_of([e for e in own if e.incident], library.project.settings, today),
        results=results_of([e for e in own if e.experiment], today),
        kept=kept_of(own, today),
        closed=_closed(library, today),
        left_out=tuple((kind.name, sum(entry.kind is kind for entry in retold)) for kind in KINDS),
    )


def _closed(library: PublicLibrary, today: date) -> Closed:
    records = still_closed(library.registers)
    reasons = [record.reason for record in records]
    return Closed(
        total=len(records),
        past_review=len(needs_decision(library.registers, today)),
        by_reason=tuple((reason, reasons.count(reason)) for reason in sorted(set(reasons))),
    )
