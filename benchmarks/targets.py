"""What was promised, as ratios between figures of the same run, and whether it was kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.results import Results

TIMES = "\u00d7"
Figure = Callable[[Results], float | None]


@dataclass(frozen=True, slots=True)
class Target:
    """One promise: a figure that is to be at most `limit`, a ratio unless `unit` says otherwise."""

    what: str
    limit: float
    figure: Figure
    unit: str = TIMES

    def said(self, results: Results) -> tuple[str, str]:
        """Return the figure and whether the promise was kept, both in words."""
        value = self.figure(results)
        if value is None:
            return "not measured", ""
        shown = f"{value:.0f}" if self.unit == "bytes" else f"{value:.3g}"
        return f"{shown} {self.unit}", "yes" if value <= self.limit else "no"

    @property
    def promise(self) -> str:
        """What was promised at most, in words."""
        if not self.limit:
            return "nothing"
        limit = f"1/{1 / self.limit:.0f}" if self.limit < 0.1 else f"{self.limit:g}"
        return f"{limit} {self.unit}"


def _ratio(size: int, ours: str, rival: str, theirs: str, other: str = "") -> Figure:
    """Ours through a rival's; `other` stands in where a rival that always builds everything has no `theirs`."""

    def figure(results: Results) -> float | None:
        mine, its = results.get(size, "ours", ours), results.get(size, rival, theirs)
        its = its or (results.get(size, rival, other) if other else None)
        return mine / its if mine is not None and its else None

    return figure


def _growth(results: Results) -> float | None:
    small, large = results.get(200, "ours", "edit"), results.get(20_000, "ours", "edit")
    return large / small if small and large else None


def _beyond_help(*commands: str) -> Figure:
    def figure(results: Results) -> float | None:
        base = results.get(5000, "ours", "help")
        found = [results.get(5000, "ours", command) for command in commands]
        measured = [seconds for seconds in found if seconds is not None]
        return max(measured) - base if measured and base is not None else None

    return figure


def _before_search(results: Results) -> float | None:
    found = [results.get(size, "ours", "search_before") for size in results.sizes]
    measured = [size for size in found if size is not None]
    return max(measured) if measured else None


TARGETS = (
    Target("One entry changed, of 5,000, beside Hugo's rebuild", 0.1, _ratio(5000, "edit", "hugo", "edit")),
    Target("The same, beside Material with blog", 0.01, _ratio(5000, "edit", "material", "edit", "cold")),
    Target("One entry changed, of 20,000, beside Hugo's rebuild", 0.1, _ratio(20_000, "edit", "hugo", "edit")),
    Target("One entry changed: growth from 200 entries to 20,000", 4, _growth),
    Target("From nothing, 5,000 entries, beside Hugo", 0.75, _ratio(5000, "cold", "hugo", "cold")),
    Target("The same, beside Material with blog", 1 / 12, _ratio(5000, "cold", "material", "cold")),
    Target("Peak memory, from nothing, 5,000 entries, beside Hugo", 0.3,
           _ratio(5000, "cold_memory", "hugo", "cold_memory")),
    Target("Preview, 1,000 entries: save to the entry's new page, beside Hugo", 1,
           _ratio(1000, "serve_entry", "hugo", "serve_entry")),
    Target("Preview, 1,000 entries: save to the new list, beside Hugo", 1,
           _ratio(1000, "serve_list", "hugo", "serve_list")),
    Target("Plain `mkdocs build`, 5,000 entries, nothing changed, beside Hugo's rebuild", 0.5,
           _ratio(5000, "plain", "hugo", "nothing")),
    Target("`check`, 5,000 entries, nothing changed: more than `--help`", 0.5, _beyond_help("check"), "s"),
    Target("`new`, 5,000 entries: more than `--help`", 0.2, _beyond_help("new_incident", "new_weeknote"), "s"),
    Target("Search index fetched before anyone searches", 0, _before_search, "bytes"),
)  # fmt: skip
