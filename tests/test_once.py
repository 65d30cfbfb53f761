"""A build from nothing does everything once: each file is read, taken apart, converted and told of a single time."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aboveboard.checks import study
from aboveboard.checks.clock import Clock
from aboveboard.checks.context import Desk
from aboveboard.checks.look import look_inward
from aboveboard.checks.looked import Looked
from aboveboard.content import front_matter, prose
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS
from aboveboard.engine import ahead, loop
from aboveboard.engine.markdown import source
from aboveboard.outputs.entry import pages
from aboveboard.outputs.machines import item
from tests.conftest import CONFIG, EXPERIMENT, INCIDENT, WEEKNOTE, Site, entry

TIMELINE = "## Timeline\n\n- 02:14 started: first errors\n- 02:55 resolved: all well again"
LISTS = "1. One thing\n   - and what belongs to it\n\n   ~~~\n   code\n   ~~~"
BODIES = [
    f"## What happened\n\nPlain words.\n\n{TIMELINE}\n",
    f"Text before any heading.\n\n## Lists in lists\n\n{LISTS}\n",
    "Words, and nothing else.\n",
    "## Said\n\n> A quotation\n\n| a | b |\n| --- | --- |\n| c | d |\n",
]
FIELDS = {"incidents": INCIDENT, "experiments": EXPERIMENT, "weeknotes": WEEKNOTE}
# What is called, and what of its arguments tells one entry from the next.
STEPS: dict[str, tuple[Any, str, Callable[..., str]]] = {
    "front matter is read": (front_matter, "parse_front_matter", lambda text: text),
    "a body is taken apart": (prose, "read_plain", lambda body, lines: body),
    "rules look": (study, "look_inward", lambda entry, desk, clock: entry.body),
    "a page is made": (pages, "entry_head", lambda frame, entry: entry.body),
    "Markdown is converted": (source.Source, "prepare", lambda self, text: text),
    "feeds are told": (item, "full_text", lambda frame, entry: entry.body),
}


def marker(folder: str, number: int) -> str:
    return f"This stands in {folder} {number} and nowhere else."


def write_entries(site: Site) -> list[str]:
    """Write entries of every kind and form; return what stands in each. None has anything that is to be placed."""
    site.write("registers/teams.yml", "- {slug: platform, name: Platform}\n")
    markers = []
    for folder, fields in FIELDS.items():
        for number, body in enumerate(BODIES):
            markers.append(marker(folder, number))
            week = f"week: 2026-W4{number}\n{fields.partition(chr(10))[2]}" if folder == "weeknotes" else fields
            site.write(f"{folder}/2026-11-20-{folder}-{number}.md", entry(week, f"{body}\n{markers[-1]}\n"))
    return markers


def noted(monkeypatch: pytest.MonkeyPatch, notes: Path) -> None:
    """Note each call of each step on a line of a file: other processes write there too."""

    for name, (owner, function, tell) in STEPS.items():
        monkeypatch.setattr(owner, function, _noting(notes, name, getattr(owner, function), tell))


def _noting(notes: Path, name: str, real: Callable[..., Any], tell: Callable[..., str]) -> Callable[..., Any]:
    def note(*words: Any) -> Any:
        with notes.open("a", encoding="utf-8") as file:
            file.write(f"{name}\t{tell(*words)!r}\n")
        return real(*words)

    return note


@pytest.mark.parametrize("helpers", [0, 2], ids=["alone", "with others"])
def test_a_build_from_nothing_does_each_thing_once(
    helpers: int, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if helpers and not hasattr(os, "fork"):
        pytest.skip("NO FORK: what another process does is only noted where it is forked")
    markers = write_entries(site)
    assert {kind.folder for kind in KINDS} == FIELDS.keys()
    for module in (ahead, loop):
        monkeypatch.setattr(module, "helpers_for", lambda pieces: helpers)
    monkeypatch.setattr(ahead, "AT_ONCE", 1)
    noted(monkeypatch, notes := tmp_path / "notes")
    site.run("build")
    done: Counter[tuple[str, str]] = Counter()
    for line in notes.read_text(encoding="utf-8").splitlines():
        name, _, told = line.partition("\t")
        done.update((name, mark) for mark in markers if mark in told)
    assert done == {(name, mark): 1 for name in STEPS for mark in markers}


def test_a_build_looks_for_errors_and_check_for_all_the_rest(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("incidents/2026-11-20-x.md", entry(INCIDENT, "Somebody should have known better. TODO: say who.\n"))
    asked: list[tuple[str, bool]] = []

    def noting(document: Entry, desk: Desk, clock: Clock) -> Looked:
        asked.append((document.id, desk.only_errors))
        return look_inward(document, desk, clock)

    monkeypatch.setattr(study, "look_inward", noting)
    site.run("build")
    site.run("build")
    assert asked == [("2026-11-20-x", True)]
    said = site.run("check").output
    assert "BL" in said
    assert "ST014" in said
    assert asked[1:] == [("2026-11-20-x", False)]
    # What is known is not asked again, and a strict build wants to know it.
    site.run("build")
    assert site.run("check").output == said
    assert "ST014" in site.run("build", "--strict", exit_code=1).output
    assert len(asked) == 2


def test_a_strict_build_from_nothing_asks_for_advice(site: Site) -> None:
    site.write("incidents/2026-11-20-x.md", entry(INCIDENT, "TODO: say who.\n"))
    site.run("build")
    assert "ST014" in site.run("build", "--strict", exit_code=1).output


def test_what_a_project_calls_an_error_holds_a_build_back(site: Site) -> None:
    site.write("incidents/2026-11-20-x.md", entry(INCIDENT, "TODO: say who.\n"))
    site.run("build")
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {rules: {ST014: error}}}]"))
    assert "ST014" in site.run("build", exit_code=1).output
