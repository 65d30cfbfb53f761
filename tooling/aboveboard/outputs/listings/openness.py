"""How open the organisation is: figures that anybody can check, each with its definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import BY_NAME
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.cadence import Writer
from aboveboard.insight.definitions import BY_ID, CHANGES, DEFINITIONS
from aboveboard.insight.openness import SAID, Openness, openness_of
from aboveboard.outputs.charts.bars import bar_chart
from aboveboard.outputs.charts.calendar import render_calendar
from aboveboard.outputs.charts.figure import render_chart
from aboveboard.outputs.charts.strip import review_chart
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

PATH = "openness/index.md"
ABOUT = "How open we are, in figures that anybody can check."
# These outcomes and states are shown with a 0 as well: that there is none of them says something.
ALWAYS = frozenset(
    ["supported", "not supported", "inconclusive", "stopped", "done in time", "done late", "overdue", "open"]
)


def openness_page(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of figures about the organisation itself."""
    render = Renderer(library.frame, PATH)
    figures = openness_of(library)
    body = render(
        "openness",
        about=ABOUT,
        figures=figures,
        policy=library.project.settings.policy,
        said=SAID,
        definitions=BY_ID,
        all_definitions=DEFINITIONS,
        changes=CHANGES,
        by_id=library.by_id,
        left_out=_left_out(figures),
        owners=_owners(render, figures),
        severities=_severities(figures),
        **_charts(render, figures, library.by_id),
    )
    yield Page(PATH, "Openness", body, ABOUT)


def _charts(render: Renderer, figures: Openness, by_id: Mapping[str, Entry]) -> dict[str, Any]:
    """Return the HTML of every chart by its name in the template, "" for one that has nothing to show."""
    teams = [writer for writer in figures.writers if writer.register == "teams"]
    leaders = [writer for writer in figures.writers if writer.register == "people"]
    reviews, results, kept = figures.reviews, figures.results, figures.kept
    return {
        "teams_chart": _calendar(render, figures, "calendar", "Weeknotes of teams", teams, by_id),
        "leaders_chart": _calendar(render, figures, "calendar-of-leaders", "Weeknotes of leaders", leaders, by_id),
        "reviews_chart": render_chart(render, review_chart(render, reviews, by_id)) if _has_dots(figures) else "",
        "results_chart": _bars(render, "results-chart", "Experiments by result", "Result", results.by_outcome),
        "kept_chart": _bars(render, "promises-chart", "Promises by what became of them", "State", kept.by_state),
    }


def _calendar(
    render: Renderer, figures: Openness, name: str, title: str, writers: list[Writer], by_id: Mapping[str, Entry]
) -> str:
    return render_calendar(render, name, title, figures.calendar, writers, by_id) if writers else ""


def _has_dots(figures: Openness) -> bool:
    return bool(figures.reviews.reviewed or any(one.days is not None for one in figures.reviews.waiting))


def _bars(render: Renderer, name: str, title: str, column: str, counts: tuple[tuple[str, int], ...]) -> str:
    total = sum(count for _, count in counts)
    shown = [(label, count) for label, count in counts if count or label in ALWAYS]
    about = f"A bar for each, {total} in all."
    return render_chart(render, bar_chart(name, title, about, column, shown)) if total else ""


def _left_out(figures: Openness) -> str:
    """Return how many retold entries count nowhere: `13 incidents and 3 experiments`; "" for none."""
    said = [_said(count, name) for name, count in reversed(figures.left_out) if count]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _said(count: int, name: str) -> str:
    kind = BY_NAME[name]
    return f"{count} {(kind.title if count == 1 else kind.plural).lower()}"


def _owners(render: Renderer, figures: Openness) -> list[tuple[Any, ...]]:
    """Return a row for each owner: name, kept of those due, then every state that anybody has."""
    return [
        (
            render.name("teams", record.owner) if record.owner else "Nobody named",
            record.kept,
            [count for state, count in record.by_state if figures.kept.count(state)],
        )
        for record in figures.kept.by_owner
    ]


def _severities(figures: Openness) -> list[tuple[str, bool, Any]]:
    return [(row.severity or "Not given", row.covered, row.share) for row in figures.reviews.by_severity]
