"""Every wait as a dot on a strip of days: no average hides the one that waited longest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, log1p

from markupsafe import Markup

from aboveboard.content.entry import Entry
from aboveboard.insight.reviews import Ended, Reviews
from aboveboard.outputs.charts.figure import Chart
from aboveboard.outputs.render import Renderer

WIDTH, EDGE = 480, 12
LINE = 22  # room for one line of text, at the size it has on a small screen
DOT = 6
STACK = 110  # no stack of dots grows higher: a day on which a hundred were reviewed packs them closer
LINEAR_TO = 60
MOST = 100  # so many dots of each sort are drawn
STEPS = (1, 2, 7, 14)
LOG_TICKS = (0, 1, 3, 7, 14, 30, 90, 180, 365, 1000, 3000, 10000)


@dataclass(frozen=True, slots=True)
class Dot:
    """One incident; in units of the drawing."""

    x: float
    y: float
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Dots that stand on one line, with what they are."""

    label: str
    waiting: bool
    top: float
    base: float
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across all lanes with its label."""

    name: str
    label: str
    x: float
    y: float
    anchor: str


def review_chart(render: Renderer, reviews: Reviews, entries: Mapping[str, Entry]) -> Chart:
    """Return the strip of covered incidents by days from resolved to reviewed, or waited until today."""
    reviewed, waiting = _drawn(reviews)
    found = (*reviewed, *waiting)
    top = max([reviews.policy_days, *(one.days or 0 for one in found)])
    place = _scale(top)
    marks = _marks(reviews, place)
    lanes = _lanes(render, reviews, entries, place, len(marks) * LINE)
    base = lanes[-1].base
    return Chart(
        name="review-times",
        title="Days from resolved to reviewed",
        description=_describe(reviews, top),
        drawing="strip",
        width=WIDTH,
        height=round(base + 2 * LINE + 4),
        columns=("Incident", "Severity", "Resolved", "Reviewed", "Days"),
        rows=[_row(render, one, entries) for one in found],
        values={
            "links": True,
            "marks": marks,
            "lanes": lanes,
            "ticks": [(day, place(day)) for day in _ticks(top)],
            "base": base,
            "edge": EDGE,
            "line": LINE,
            "dot": DOT,
        },
    )


def _drawn(reviews: Reviews) -> tuple[list[Ended], list[Ended]]:
    """Return the reviewed that were resolved last, and the waiting that wait longest; the longest first."""
    ended = sorted(reviews.reviewed, key=_resolved, reverse=True)
    newest = {one.id for one in ended[:MOST]}
    waiting = [one for one in reviews.waiting if one.days is not None]
    return [one for one in reviews.reviewed if one.id in newest], waiting[:MOST]


def _resolved(one: Ended) -> tuple[date, str]:
    return one.resolved or date.min, one.id


def _of(shown: int, count: int, which: str = "") -> str:
    return f"{count}" if shown == count else f"{shown} of {count:,}{which}"


def _scale(top: int) -> Callable[[int], float]:
    """Return where a number of days stands: in line up to two months, else on a log axis that has a 0."""
    room = WIDTH - 2 * EDGE
    if top <= LINEAR_TO:
        return lambda days: round(EDGE + room * days / max(top, 1), 1)
    return lambda days: round(EDGE + room * log1p(days) / log1p(top), 1)


def _ticks(top: int) -> list[int]:
    if top > LINEAR_TO:
        return [tick for tick in LOG_TICKS if tick <= top]
    step = next((step for step in STEPS if top / step <= 7), STEPS[-1])
    return list(range(0, top + 1, step))


def _marks(reviews: Reviews, place: Callable[[int], float]) -> list[Mark]:
    said = [
        ("policy", f"policy: {_days(reviews.policy_days)}", reviews.policy_days),
        ("median", f"median: {reviews.spread.median}", reviews.spread.median),
        ("ninetieth", f"90th percentile: {reviews.spread.ninetieth}", reviews.spread.ninetieth),
    ]
    known = [(name, label, days) for name, label, days in said if days is not None]
    return [
        Mark(name, label, x := place(days), (row + 1) * LINE - 6, "start" if x < WIDTH / 2 else "end")
        for row, (name, label, days) in enumerate(known)
    ]


def _lanes(
    render: Renderer,
    reviews: Reviews,
    entries: Mapping[str, Entry],
    place: Callable[[int], float],
    top: float,
) -> list[Lane]:
    lanes: list[Lane] = []
    reviewed, still = _drawn(reviews)
    for waiting, label, found, count in (
        (False, "Reviewed", reviewed, len(reviews.reviewed)),
        (True, "Waiting", still, sum(one.days is not None for one in reviews.waiting)),
    ):
        if not found:
            continue
        levels = _stacked([place(one.days or 0) for one in found])
        step = min(2 * DOT + 1, STACK / (max(levels) + 1))
        base = top + LINE + ceil(max(levels) * step) + 2 * DOT + 4
        dots = [
            Dot(place(one.days or 0), round(base - DOT - 2 - level * step, 1), *_link(render, one, entries))
            for one, level in zip(found, levels, strict=True)
        ]
        lanes.append(Lane(f"{label} ({_of(len(found), count)})", waiting, top, base, dots))
        top = base
    return lanes


def _stacked(places: Iterable[float]) -> list[int]:
    """Return for each dot the lowest level on which it touches no dot before it."""
    levels: list[list[float]] = []
    found = []
    for x in places:
        level = next(
            (n for n, taken in enumerate(levels) if all(abs(x - other) > 2 * DOT for other in taken)), len(levels)
        )
        if level == len(levels):
            levels.append([])
        levels[level].append(x)
        found.append(level)
    return found


def _link(render: Renderer, one: Ended, entries: Mapping[str, Entry]) -> tuple[str, str]:
    entry = entries[one.id]
    said = "reviewed after" if one.is_reviewed else "waiting for"
    return render.entry_link(entry), f"{render.title(entry)}: {said} {_days(one.days or 0)}"


def _row(render: Renderer, one: Ended, entries: Mapping[str, Entry]) -> tuple[object, ...]:
    entry = entries[one.id]
    link = Markup('<a href="{}" dir="auto">{}</a>').format(render.entry_link(entry), render.title(entry))
    reviewed = one.reviewed.isoformat() if one.reviewed else "waiting"
    return link, one.severity or "not given", one.resolved and one.resolved.isoformat(), reviewed, one.days


def _describe(reviews: Reviews, top: int) -> str:
    reviewed, still = _drawn(reviews)
    dots = _of(len(reviewed), len(reviews.reviewed), ", those resolved last")
    known = len(still) < MOST
    rings = len(reviews.waiting) if known else _of(MOST, len(reviews.waiting), ", those that wait longest")
    waiting = f", each ring one that is waiting for its review, with the days until today ({rings})"
    axis = "" if top <= LINEAR_TO else " The axis is logarithmic: it gives the first days more room."
    return (
        f"Each dot is an incident that was reviewed ({dots})"
        f"{waiting if reviews.waiting else ''}. "
        f"The dashed line is the policy, {_days(reviews.policy_days)}.{axis}"
    )


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
