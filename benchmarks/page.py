"""The figures as tables: for a terminal, and for the page `content/speed.md`."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.builders import BUILDERS, REPOSITORY
from benchmarks.results import Results, format_figure
from benchmarks.targets import TARGETS

PAGE = REPOSITORY / "content" / "speed.md"
ROWS = {
    "cold": "From nothing",
    "cold_search": "From nothing, with the search index",
    "edit": "One word of one entry changed",
    "title": "One title changed",
    "nothing": "Nothing changed",
    "plain": "Plain `mkdocs build`, nothing changed",
    "plain_new": "Plain `mkdocs build`, nothing changed, into a new folder",
    "serve_entry": "Preview: from saving to the new page",
    "serve_list": "Preview: from saving to the new list",
    "check": "`check`, nothing changed",
    "new_incident": "`new incident`",
    "new_weeknote": "`new weeknote`",
    "help": "`--help`",
    "cold_memory": "Peak memory, from nothing",
    "search_memory": "Peak memory, with the search index",
    "size": "Size of the site",
    "files": "Files of the site",
    "search_before": "Search index fetched by a first page",
    "search_first": "Search index fetched by the first result",
}
HEAD = """\
# How fast it is

<!-- Written by `make bench`: measure again instead of editing. -->

What people do a hundred times a day is change one entry and look at it. So that is what we measure
first, beside other builders, on the same made-up entries in the same run.
"""
METHOD = """\
## How it was measured

- The entries are made up, and the same for every builder: of a hundred, 70 are weeknotes, 10 experiments
  and 20 incident reports. Each has 400 to 700 words, with lists, tables, links and tags, and code in every
  third. `make bench` in our repository makes them and repeats all of this.
- Aboveboard makes its whole site: lists, charts, feeds, open data, and pages for teams, services and tags.
- Hugo and Eleventy make what a bare theme makes: entries, lists by kind, tag and year with fifty to a page,
  feeds of fifty entries, and code without colours. “Hugo, its defaults” colours code and has feeds without
  a limit, as Hugo does where nobody says otherwise.
- Material runs with its blog, its tags and its search, as its documentation sets them up. It always builds
  everything, so above 2,000 entries it is run once, from nothing.
- Our search index is counted apart, because a build does not make it unless asked to.
- The builders take turns. Each builds into a new folder. Only ours builds over its last site, because it
  swaps the two, and plain `mkdocs build` because it brings it up to date. An edit is measured when ours has two
  older releases, as it always has from the third build on: it begins with the oldest. Times are medians of whole
  commands. After an edit the new words have to be on the page, or the run fails.
- Memory is the most that all processes of a build held together. It was read every 20 milliseconds, in a
  run of its own, as {memory}.
- The preview is asked for the page again and again, two milliseconds after each answer, until the new words
  are there. Saves fall at even distances into the half second in which a server may look at its files.
- What a reader fetches is read off a real browser, without compression.
"""
MACHINE = (
    "Measured on {day}: {system}, {cores} cores, {gib} GiB of memory, a load of {load_before} before. "
    "Python {python}, Aboveboard {aboveboard}, MkDocs {mkdocs}, Material {mkdocs-material}, Hugo {hugo}{eleventy}."
)


def format_targets(results: Results) -> str:
    """Return the promises and what became of them, as a Markdown table."""
    lines = ["| What | At most | Measured | Kept |", "|---|---|---|---|"]
    for target in TARGETS:
        shown, kept = target.said(results)
        lines.append(f"| {target.what} | {target.promise} | {shown} | {kept} |")
    return "\n".join(lines)


def format_size(results: Results, size: int) -> str:
    """Return everything measured at one size, as a Markdown table."""
    there = [name for name in BUILDERS if name in results.runs[str(size)]]
    lines = [f"| What | {' | '.join(BUILDERS[name].label for name in there)} |"]
    lines.append(f"|---|{'---|' * len(there)}")
    for what, title in ROWS.items():
        values = [results.get(size, name, what) for name in there]
        if any(value is not None for value in values):
            lines.append(f"| {title} | {' | '.join(_shown(what, value) for value in values)} |")
    return "\n".join(lines)


def format_machine(results: Results) -> str:
    """Return when and on what it was measured, as a sentence."""
    versions = results.about["versions"]
    eleventy = f", Eleventy {versions['eleventy']} on Node {versions['node']}" if "eleventy" in versions else ""
    return MACHINE.format(**{**results.about, **versions, "eleventy": eleventy})


def write_page(results: Results, path: Path = PAGE) -> None:
    """Write the page of the site that shows it all."""
    seen = any(results.get(size, "ours", "search_first") for size in results.sizes)
    memory = {"PSS": "each process's share of what is in memory (PSS)", "RSS": "what is resident (RSS)"}
    parts = [HEAD, "## What we promised ourselves\n", _unbroken(format_targets(results)), ""]
    parts += ["## All figures\n", "A dash stands where something was not measured, or does not apply.\n"]
    for size in results.sizes:
        parts += [f"### {size:,} entries\n", _unbroken(format_size(results, size)), ""]
    parts += [format_machine(results), "", METHOD.format(memory=memory[results.about["memory"]])]
    if not seen:
        parts.append("No browser was at hand, so what a reader fetches was not measured.\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def _unbroken(table: str) -> str:
    """Keep each figure and its unit on one line, however narrow the screen."""
    return re.sub(r"(?<=\d) (?=(?:s|MiB|kB|bytes|\u00d7) \|)", "\u00a0", table)


def _shown(what: str, value: float | None) -> str:
    return "\u2013" if value is None else format_figure(what, value)
