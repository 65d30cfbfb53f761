"""Every figure that the openness and incident pages show, as plain values: what JSON and a table are made of.

What is derived (a percentage, a total) stands beside what it is derived from, so that nobody who reads
the JSON has to know how the pages round. Durations are in whole minutes, days are ISO 8601.
"""

from __future__ import annotations

from typing import Any

from aboveboard.content.kinds import INCIDENT
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.cadence import Writer
from aboveboard.insight.definitions import DEFINITIONS
from aboveboard.insight.durations import comparable, distribution
from aboveboard.insight.incidents import is_near_miss
from aboveboard.insight.kept import Kept
from aboveboard.insight.openness import Openness, openness_of
from aboveboard.insight.quantiles import Share, Spread
from aboveboard.insight.results import Results
from aboveboard.insight.reviews import Ended, Reviews


def figures_of(library: PublicLibrary) -> dict[str, Any]:
    """Return all figures by part: the same numbers as the pages, with the versions of their definitions."""
    found, settings = openness_of(library), library.project.settings
    policy = settings.policy
    return {
        "as_of": found.today.isoformat(),
        "left_out_retold": dict(found.left_out),
        "policy": {
            "publish": list(policy.publish) or "all",
            "review_days": policy.review_days,
            "draft_days": settings.draft_days,
            "closed_days": policy.closed_days,
        },
        "regularity": _regularity(found),
        "reviews": _reviews(found.reviews),
        "results": _results(found.results),
        "promises": _promises(found.kept),
        "closed": {
            "total": found.closed.total,
            "past_review": found.closed.past_review,
            "by_reason": dict(found.closed.by_reason),
        },
        "durations": _durations(library),
        "definitions": {d.id: {"title": d.title, "version": d.version, "since": d.since} for d in DEFINITIONS},
    }


def _share(share: Share) -> dict[str, int | None]:
    return {"part": share.part, "whole": share.whole, "percent": share.percent}


def _spread(spread: Spread) -> dict[str, int | None]:
    return {"count": spread.count, "median": spread.median, "ninetieth": spread.ninetieth}


def _regularity(found: Openness) -> dict[str, Any]:
    return {
        "keeping": _share(found.regularity),
        "first_week": str(found.calendar[0]),
        "last_week": str(found.calendar[-1]),
        "writers": [_writer(writer) for writer in found.writers],
    }


def _writer(writer: Writer) -> dict[str, Any]:
    return {
        "register": writer.register,
        "slug": writer.slug,
        "name": writer.name,
        "cadence": writer.cadence,
        "registered": writer.registered,
        "written": writer.written,
        "due": _share(writer.due),
        "in_a_row": writer.in_a_row,
        "missed_now": writer.missed_now,
        "longest_missed": writer.longest_missed,
        "first": str(writer.first) if writer.first else None,
        "last": str(writer.last) if writer.last else None,
    }


def _reviews(reviews: Reviews) -> dict[str, Any]:
    return {
        "in_time": _share(reviews.in_time),
        "days": _spread(reviews.spread),
        "reviewed": [_ended(one) for one in reviews.reviewed],
        "waiting": [_ended(one) for one in reviews.waiting],
        "unknown": reviews.unknown,
        "not_ended": reviews.not_ended,
        "written_up": _share(reviews.written_up),
        "by_severity": [
            {"severity": row.severity, "covered": row.covered, "written_up": _share(row.share)}
            for row in reviews.by_severity
        ],
        "near_misses": _share(reviews.near_misses),
    }


def _ended(one: Ended) -> dict[str, Any]:
    return {"id": one.id, "severity": one.severity, "days": one.days}


def _results(results: Results) -> dict[str, Any]:
    return {
        "total": results.total,
        "by_outcome": dict(results.by_outcome),
        "registered": _share(results.registered),
        "past_end": list(results.past_end),
    }


def _promises(kept: Kept) -> dict[str, Any]:
    return {
        "total": kept.total,
        "kept": _share(kept.kept),
        "by_state": dict(kept.by_state),
        "days_late": _spread(kept.late),
        "by_owner": [
            {"owner": one.owner, "kept": _share(one.kept), "by_state": dict(one.by_state)} for one in kept.by_owner
        ],
    }


def _durations(library: PublicLibrary) -> dict[str, Any]:
    """How long incidents lasted: our own, or all where every one is retold; near misses apart."""
    incidents = [entry for entry in library.of_kind(INCIDENT) if not is_near_miss(entry)]
    counted = comparable(incidents)
    found = distribution(counted)
    minutes = [round(length.total_seconds() / 60) for length in found.lengths]
    median, ninetieth = found.median, found.ninetieth
    return {
        "incidents": len(incidents),
        "counted": len(counted),
        "retold_only": bool(counted) and all(entry.is_retold for entry in counted),
        "unknown": found.unknown,
        "median_minutes": None if median is None else round(median.total_seconds() / 60),
        "ninetieth_minutes": None if ninetieth is None else round(ninetieth.total_seconds() / 60),
        "minutes": minutes,
    }
