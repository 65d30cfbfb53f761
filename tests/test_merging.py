"""Two people write to one incident on two branches; git merges, or what comes of it is refused."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from aboveboard.cli import main
from tests.conftest import Site

NIGHT = "content/incidents/2026-11-20-checkout-timeouts.md"
GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main")


def git(site: Site, *words: str, fails: bool = False) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        [*GIT, *words], cwd=site.root, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def shared(tmp_path: Path) -> Site:
    """A project as `init` makes it, in git, with one incident open."""
    site = Site(tmp_path / "shared")
    assert CliRunner().invoke(main, ["init", str(site.root), "--name", "Try"]).exit_code == 0
    site.run("--now", "2026-11-20T02:10Z", "new", "incident", "Checkout timeouts")
    git(site, "init", "-q")
    commit(site, "Declare it")
    return site


def commit(site: Site, message: str) -> None:
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", message)


def on_two_branches(site: Site, one: list[list[str]], other: list[list[str]]) -> str:
    """Run commands on two branches, merge them, and return the incident as it then is."""
    for name, commands in (("one", one), ("other", other)):
        git(site, "checkout", "-q", "-b", name, "main")
        for clock, *words in commands:
            site.run("--now", f"2026-11-20T{clock}Z", "incident", *words)
        commit(site, f"Write as {name}")
    git(site, "merge", "-q", "one", "-m", "Merge")
    return site.read(NIGHT)


def events(text: str) -> list[str]:
    return re.findall(r"^- (\d.*)$", text, re.MULTILINE)


def errors(site: Site) -> list[str]:
    return [
        line
        for line in CliRunner().invoke(main, ["-C", str(site.root), "check"]).stdout.splitlines()
        if " error " in line
    ]


def replace(site: Site, old: str, new: str) -> None:
    text = site.read(NIGHT)
    assert text.count(old) == 1
    site.write(NIGHT.removeprefix("content/"), text.replace(old, new))


def test_the_lines_of_both_are_kept(shared: Site) -> None:
    merged = on_two_branches(
        shared,
        [
            ["02:15", "log", "I look at the database"],
            ["02:20", "log", "--kind", "act", "Rolled back release #412"],
        ],
        [["02:16", "log", "I tell the service desk"], ["02:18", "mark", "started", "--at", "02:00"]],
    )
    assert sorted(events(merged)) == [
        "02:00 started:",
        "02:15 I look at the database",
        "02:16 I tell the service desk",
        "02:20 act: Rolled back release #412",
    ]
    assert "<<<<<<<" not in merged and errors(shared) == []
    shared.run("--now", "2026-11-20T02:30Z", "incident", "log", "All lines are there")
    assert events(shared.read(NIGHT))[-1] == "02:30 All lines are there"


def test_lines_behind_one_that_was_there_are_kept_in_one_list(shared: Site) -> None:
    shared.run("--now", "2026-11-20T02:11Z", "incident", "log", "The alarm fires")
    commit(shared, "Log")
    merged = on_two_branches(shared, [["02:15", "log", "a"]], [["02:16", "log", "b"]])
    assert sorted(events(merged)) == ["02:11 The alarm fires", "02:15 a", "02:16 b"]
    section = merged.split("## Timeline")[1]
    assert re.search(r"- 02:11.*\n- .*\n- .*\n", section), section


def test_the_same_line_on_both_stands_once(shared: Site) -> None:
    merged = on_two_branches(shared, [["02:15", "log", "a"]], [["02:15", "log", "a"]])
    assert events(merged) == ["02:15 a"]


def test_without_the_attribute_git_would_have_asked(shared: Site) -> None:
    (shared.root / ".gitattributes").unlink()
    commit(shared, "Take the attributes away")
    for name, clock in (("one", "02:15"), ("other", "02:16")):
        git(shared, "checkout", "-q", "-b", name, "main")
        shared.run("--now", f"2026-11-20T{clock}Z", "incident", "log", name)
        commit(shared, name)
    git(shared, "merge", "-q", "one", "-m", "Merge", fails=True)
    assert "<<<<<<<" in shared.read(NIGHT)


def test_a_field_set_twice_is_refused_with_both_lines(shared: Site) -> None:
    scale = re.search(r"^severity:.*$", shared.read(NIGHT), re.MULTILINE)
    assert scale
    for name in ("one", "other"):
        git(shared, "checkout", "-q", "-b", name, "main")
        replace(shared, scale[0], f"severity: sev{1 if name == 'one' else 2}")
        commit(shared, name)
    git(shared, "merge", "-q", "one", "-m", "Merge")
    lines = [n for n, line in enumerate(shared.read(NIGHT).splitlines(), 1) if line.startswith("severity:")]
    assert len(lines) == 2
    (said,) = errors(shared)
    assert said.startswith(f"{NIGHT}:{lines[1]}:1: FM006 error `severity` stands on line {lines[0]} already")


def test_two_times_for_one_milestone_are_refused_with_both(shared: Site) -> None:
    on_two_branches(shared, [["02:41", "mark", "mitigated"]], [["02:45", "mark", "mitigated"]])
    (said,) = errors(shared)
    assert "TM005" in said and "02:41" in said and "02:45" in said


def test_one_milestone_at_one_time_in_two_sets_of_words_is_fine(shared: Site) -> None:
    on_two_branches(shared, [["02:41", "mark", "mitigated", "it works"]], [["02:41", "mark", "mitigated"]])
    assert errors(shared) == []


RESOLVED = [
    ("at one time", [["03:10", "mark", "resolved"]], [["03:10", "mark", "resolved"]]),
    ("with a line each before", [["03:01", "log", "a"], ["03:10", "mark", "resolved"]], [["03:02", "log", "b"], ["03:10", "mark", "resolved"]]),
    ("in other words", [["03:10", "mark", "resolved", "a"]], [["03:10", "mark", "resolved", "b"]]),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in RESOLVED], ids=[case[0] for case in RESOLVED])
def test_resolved_on_both_opens_one_second_half(
    shared: Site, one: list[list[str]], other: list[list[str]]
) -> None:
    merged = on_two_branches(shared, one, other)
    headings = re.findall(r"^## .*$", merged, re.MULTILINE)
    keys = re.findall(r"^(\w+):", merged.split("\n---\n")[0], re.MULTILINE)
    assert len(set(headings)) == len(headings)
    assert len(set(keys)) == len(keys)
    assert errors(shared) == []


def test_a_section_that_a_merge_doubles_is_refused_with_both_lines(shared: Site) -> None:
    written = {
        "one": [("## Where we were lucky\n\n", "")],
        "other": [
            ("## What surprised us\n", "## What surprised us\n\nHow little it took.\n"),
            ("## What we learned\n", "## What we keep\n"),
        ],
    }
    for name, changes in written.items():
        git(shared, "checkout", "-q", "-b", name, "main")
        shared.run("--now", "2026-11-20T03:10Z", "incident", "mark", "resolved")
        for change in changes:
            replace(shared, *change)
        commit(shared, name)
    git(shared, "merge", "-q", "one", "-m", "Merge")
    lines = [n for n, line in enumerate(shared.read(NIGHT).splitlines(), 1) if line == "## What surprised us"]
    assert len(lines) == 2
    assert errors(shared) == [
        f"{NIGHT}:{lines[1]}:1: ST019 error \u201cWhat surprised us\u201d is a heading on line {lines[0]} already: "
        "make one section of the two"
    ]


def test_a_timeline_begun_on_both_is_refused_until_it_is_one(shared: Site) -> None:
    shared.write(NIGHT.removeprefix("content/"), "---\ntitle: T\ndate: 2026-11-20\ntimezone: UTC\n---\n\nText.\n")
    commit(shared, "Take the timeline out")
    merged = on_two_branches(shared, [["02:15", "log", "a"]], [["02:16", "log", "b"]])
    assert sorted(events(merged)) == ["02:15 a", "02:16 b"]
    assert merged.count("## Timeline") == 1 or any("ST019" in said for said in errors(shared))
